import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("grant-consent, withdraw-consent") struct ConsentTests {
    private let open = given(.participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice))

    private func granting(
        _ categories: [ConsentCategory], to recipients: [Office] = [.jobCentre], purpose: String = "joint planning",
        until: CalendarDate? = nil
    ) -> CaseCommand {
        .grantConsent(
            GrantConsent(categories: categories, recipients: recipients, purpose: purpose, validUntil: until))
    }

    @Test func isRecordedAsSpecificAsItIs() {
        open.when(granting([.timing, .education, .timing], to: [.jobCentre, .jobCentre]))
            .thenEvents([
                .consentGranted(
                    ConsentGranted(
                        categories: [.timing, .education], recipients: [.jobCentre], purpose: "joint planning"))
            ])
    }

    @Test func isNeverBlanket() {
        open.when(granting([])).thenRejected(.blanketConsent)
        open.when(granting(ConsentCategory.allCases)).thenRejected(.blanketConsent)
        open.when(granting([.timing], to: [])).thenRejected(.blanketConsent)
        open.when(granting([.timing], purpose: "  ")).thenRejected(.blanketConsent)
    }

    @Test(arguments: [ConsentCategory.health, .entrusted]) func namesDelicateDataOnItsOwn(_ category: ConsentCategory) {
        open.when(granting([category, .timing])).thenRejected(.categoryNeedsOwnConsent)
        open.when(granting([category])).thenAccepted()
    }

    @Test func doesNotEndBeforeItBegins() {
        open.when(granting([.timing], until: "2026-03-01")).thenRejected(.invalidValidUntil)
        open.when(granting([.timing], until: "2026-03-02")).thenAccepted()
        open.when(granting([.timing], until: "2500-01-01")).thenRejected("invalid-date")
    }

    @Test func holdsFromItsFirstToItsLastDay() {
        let state = open.when(granting([.timing], until: "2026-03-31")).thenState()
        #expect(
            state.consents[0].period(of: .timing, to: .jobCentre)
                == ConsentPeriod(from: "2026-03-02", until: "2026-03-31"))
        #expect(state.consents[0].period(of: .education, to: .jobCentre) == nil)
        #expect(state.consents[0].period(of: .timing, to: .youthOffice) == nil)
    }

    @Test func canBeWithdrawnInPart() {
        let state = given(
            .participantRegistered(), .officeEngaged(.jobCentre),
            .consentGranted([.timing, .education], to: [.jobCentre, .socialOffice])
        ).when(
            .withdrawConsent(WithdrawConsent(categories: [.education], recipients: [.jobCentre])), on: "2026-02-01"
        ).thenState()
        let consent = state.consents[0]
        #expect(consent.period(of: .education, to: .jobCentre)?.until == "2026-01-31")
        #expect(consent.period(of: .education, to: .socialOffice)?.until == nil)
        #expect(consent.period(of: .timing, to: .jobCentre)?.until == nil)
    }

    @Test func isWithdrawnAltogetherUnlessSaidOtherwise() {
        let state = given(
            .participantRegistered(), .consentGranted([.timing], to: [.jobCentre]),
            .consentGranted([.health], to: [.socialOffice])
        ).when(.withdrawConsent(WithdrawConsent()), on: "2026-02-01").thenState()
        #expect(state.consents[0].period(of: .timing, to: .jobCentre)?.until == "2026-01-31")
        #expect(state.consents[1].period(of: .health, to: .socialOffice)?.until == "2026-01-31")
    }

    @Test func wasNeverThereWhenWithdrawnAsOfItsFirstDay() {
        let state = given(.participantRegistered(), .consentGranted([.timing], to: [.jobCentre]).on("2026-02-01"))
            .when(.withdrawConsent(WithdrawConsent()), on: "2026-02-01").thenState()
        #expect(state.consents[0].period(of: .timing, to: .jobCentre) == nil)
    }

    @Test func isWithdrawnOnlyOnceAndOnlyIfGranted() {
        given(.participantRegistered()).when(.withdrawConsent(WithdrawConsent())).thenRejected(.notGranted)
        let granted: [Past<CaseEvent>] = [.participantRegistered(), .consentGranted([.timing], to: [.jobCentre])]
        given(granted).when(.withdrawConsent(WithdrawConsent(categories: [.health]))).thenRejected(.notGranted)
        given(granted).when(.withdrawConsent(WithdrawConsent(recipients: [.youthOffice]))).thenRejected(.notGranted)
        given(granted + [.consentWithdrawn([.timing], from: [.jobCentre])])
            .when(.withdrawConsent(WithdrawConsent())).thenRejected(.notGranted)
    }

    @Test func aWithdrawalLeavesLaterConsentsAlone() {
        let state = given(
            .participantRegistered(), .consentGranted([.timing], to: [.jobCentre]),
            .consentWithdrawn([.timing], from: [.jobCentre]).on("2026-02-01")
        ).when(granting([.timing]), on: "2026-02-10").thenState()
        #expect(
            state.consents.last?.period(of: .timing, to: .jobCentre)
                == ConsentPeriod(from: "2026-02-10", until: nil))
    }
}
