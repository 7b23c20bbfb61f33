import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

let restrictionId = id(161)

extension Past<CaseEvent> {
    static func processingRestricted(
        _ ground: RestrictionGround = .accuracyContested, _ categories: [ConsentCategory]? = nil
    ) -> Past {
        Past(
            event: .processingRestricted(
                ProcessingRestricted(restrictionId: restrictionId, ground: ground, categories: categories)))
    }

    static func restrictionLifted() -> Past {
        Past(
            event: .restrictionLifted(
                RestrictionLifted(
                    restrictionId: restrictionId, participantToldOn: "2026-01-05",
                    personal: RestrictionLifted.Personal(reason: "verified"))))
    }
}

@Suite("restrict-processing and lift-restriction") struct RestrictProcessingTests {
    private func restricting(_ categories: [ConsentCategory]? = nil) -> CaseCommand {
        .restrictProcessing(
            RestrictProcessing(
                restrictionId: restrictionId, ground: .accuracyContested, categories: categories, reason: "a letter"))
    }

    private func lifting(told: CalendarDate = "2026-03-01", reason: String = "verified") -> CaseCommand {
        .liftRestriction(
            LiftRestriction(restrictionId: restrictionId, participantToldOn: told, reason: reason))
    }

    @Test func isRecorded() {
        let outcome = given(.participantRegistered()).when(restricting([.employment, .employment]))
        outcome.thenEvents([
            .processingRestricted(
                ProcessingRestricted(
                    restrictionId: restrictionId, ground: .accuracyContested, categories: [.employment],
                    personal: ProcessingRestricted.Personal(reason: "a letter")))
        ])
        let restriction = outcome.thenState().dataProtection.restrictions.first
        #expect(restriction?.isInForce == true && restriction?.reason == "a letter")
        #expect(!outcome.thenState().dataProtection.isRestricted)
    }

    @Test func aRestrictedCaseIsOnlyStored() {
        let restricted: [Past<CaseEvent>] = [
            .participantRegistered(), .officeEngaged(.jobCentre), .consentGranted([.timing], to: [.jobCentre]),
            .processingRestricted(),
        ]
        given(restricted).when(.closeCase(CloseCase())).thenRejected(.processingRestricted)
        given(restricted).when(.draftPlan(DraftPlan(planId: planId, kind: .cooperation)))
            .thenRejected(.processingRestricted)
        given(restricted + [.caseClosed()]).when(.reopenCase(ReopenCase())).thenRejected(.processingRestricted)
        given(restricted).when(.openFinding(OpenFinding(finding: .gap())), by: .worker).thenNothing()
        given(restricted).when(.withdrawConsent(WithdrawConsent())).thenAccepted()
        given(restricted).when(.correctParticipant(CorrectParticipant(givenName: "Maria"))).thenAccepted()
        given(restricted).when(.setLegalHold(SetLegalHold(holdId: holdId, reason: "r"))).thenAccepted()
        given(restricted).when(lifting()).thenAccepted()
        given(restricted + [.restrictionLifted()]).when(.closeCase(CloseCase())).thenAccepted()
    }

    @Test func nothingRestrictedGoesToOtherOffices() {
        let shared: [Past<CaseEvent>] = [
            .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice, legalBasis: "law"),
            .consentGranted([.employment, .education], to: [.youthOffice]),
        ]
        func categories(_ more: Past<CaseEvent>...) -> Set<ConsentCategory> {
            Set(given(shared + more).state.grants(for: .youthOffice).map(\.category))
        }
        #expect(categories() == [.timing, .employment, .education])
        #expect(categories(.processingRestricted(.accuracyContested, [.employment])) == [.timing, .education])
        #expect(categories(.processingRestricted(.objectionPending, [.timing])) == [.employment, .education])
        #expect(categories(.processingRestricted()) == [])
        #expect(categories(.processingRestricted(), .restrictionLifted()) == [.timing, .employment, .education])
    }

    @Test func namesSomethingAndIsRecordedOnce() {
        given(.participantRegistered()).when(restricting([])).thenRejected(.nothingRestricted)
        given(.participantRegistered(), .processingRestricted()).when(restricting()).thenRejected(.restrictionKnown)
        given(.participantRegistered()).when(restricting(), on: "2026-03-03").thenRejected("in-the-future")
    }

    @Test func isLiftedWhenTheParticipantKnows() {
        let restricted = given(.participantRegistered(), .processingRestricted())
        let lifted = restricted.when(lifting())
        lifted.thenEvents([
            .restrictionLifted(
                RestrictionLifted(
                    restrictionId: restrictionId, participantToldOn: "2026-03-01",
                    personal: RestrictionLifted.Personal(reason: "verified")))
        ])
        #expect(!lifted.thenState().dataProtection.isRestricted)
        restricted.when(lifting(told: "2026-03-03")).thenRejected(.participantNotTold)
        restricted.when(lifting(reason: "")).thenRejected("invalid-reason")
        restricted.when(lifting(), on: "2026-01-04").thenRejected(.liftedBeforeSet)
        restricted.when(lifting(), by: .youthOffice).thenRejected(.notYourRestriction)
        restricted.when(lifting(), by: .administrator).thenAccepted()
        given(.participantRegistered()).when(lifting()).thenRejected(.noSuchRestriction)
    }
}
