import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("close-case") struct ClosingTests {
    private let closing = CaseCommand.closeCase(CloseCase(reason: "settled"))

    @Test func closesACaseWithoutOpenWork() {
        let state = given(.agreedPlan + [.measureStarted(), .measureCompleted()]).when(closing).thenState()
        #expect(state.closure == Closure(reason: "settled", closed: Provenance(office: .jobCentre, on: "2026-03-02")))
    }

    @Test func waitsForOpenMeasures() throws {
        let rejection = try #require(given(.agreedPlan).when(closing).thenRejected("open-work-remains"))
        #expect(rejection.detail.contains(measureId.uuidString.lowercased()))
        given(.agreedPlan + [.measureStarted()]).when(closing).thenRejected("open-work-remains")
        given(.agreedPlan + [.measureAbandoned()]).when(closing).thenAccepted()
    }

    @Test func waitsForOpenPlacements() throws {
        let offered: [Past<CaseEvent>] = [.participantRegistered(), .officeEngaged(.jobCentre), .placementOffered()]
        let rejection = try #require(given(offered).when(closing).thenRejected("open-work-remains"))
        #expect(rejection.detail.contains(placementId.uuidString.lowercased()))
        given(offered + [.placementAccepted()]).when(closing).thenRejected("open-work-remains")
        given(offered + [.placementAccepted(), .placementStarted()]).when(closing).thenRejected("open-work-remains")
        given(offered + [.placementRefused()]).when(closing).thenAccepted()
        given(offered + [.placementAccepted(), .placementEnded()]).when(closing).thenAccepted()
    }

    @Test func doesNotWaitForLapsedOffers() {
        let offered = given(
            .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(answerDue: "2026-03-01"))
        offered.when(closing, on: "2026-03-01").thenRejected("open-work-remains")
        offered.when(closing, on: "2026-03-02").thenAccepted()
    }

    @Test func isNotRecordedAhead() {
        given(.participantRegistered()).when(closing, on: "2026-03-03").thenRejected("in-the-future")
    }

    @Test func aClosedCaseTakesNothingMore() {
        let closed = given(
            .participantRegistered(), .officeEngaged(.jobCentre), .consentGranted([.timing], to: [.jobCentre]),
            .caseClosed())
        closed.when(closing).thenRejected(.caseClosed)
        closed.when(.engageOffice(EngageOffice(office: .youthOffice))).thenRejected(.caseClosed)
        closed.when(.draftPlan(DraftPlan(planId: planId, kind: .cooperation))).thenRejected(.caseClosed)
        closed.when(.grantConsent(GrantConsent(categories: [.timing], recipients: [.jobCentre], purpose: "x")))
            .thenRejected(.caseClosed)
    }

    @Test func consentCanStillBeWithdrawn() {
        given(.participantRegistered(), .consentGranted([.timing], to: [.jobCentre]), .caseClosed())
            .when(.withdrawConsent(WithdrawConsent())).thenAccepted()
    }

    @Test func findingsCanStillBeClosedButNotOpened() {
        given(.participantRegistered(), .findingOpened(.gap()), .caseClosed())
            .when(.closeFinding(CloseFinding(key: "gap:1")), by: .worker)
            .thenEvents([.findingClosed(FindingClosed(key: "gap:1"))])
        given(.participantRegistered(), .caseClosed())
            .when(.openFinding(OpenFinding(finding: .gap())), by: .worker).thenNothing()
    }
}
