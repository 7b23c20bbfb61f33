import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("reopen-case") struct ReopenCaseTests {
    private let reopening = CaseCommand.reopenCase(ReopenCase(reason: "lost the job"))
    private let closed: [Past<CaseEvent>] =
        .agreedPlan + [.measureAbandoned(on: "2026-01-20"), .caseClosed().on("2026-02-01")]

    @Test func opensAClosedCase() {
        let outcome = given(closed).when(reopening)
        outcome.thenEvents([.caseReopened(CaseReopened(reason: "lost the job"))])
        let state = outcome.thenState()
        #expect(!state.isClosed)
        #expect(
            state.closedPeriods == [
                ClosedPeriod(
                    closure: Closure(closed: Provenance(office: .jobCentre, on: "2026-02-01")), reason: "lost the job",
                    reopened: Provenance(office: .jobCentre, on: "2026-03-02"))
            ])
    }

    @Test func workGoesOn() {
        let open = given(closed + [.caseReopened().on("2026-03-01")])
        open.when(.draftPlan(DraftPlan(planId: otherPlanId, kind: .participation))).thenAccepted()
        open.when(.closeCase(CloseCase())).thenAccepted()
    }

    @Test func isForClosedCases() {
        given(.participantRegistered()).when(reopening).thenRejected(.caseNotClosed)
        given(closed + [.caseReopened()]).when(reopening).thenRejected(.caseNotClosed)
        given().when(reopening).thenRejected(.caseNotRegistered)
    }

    @Test func isNotRecordedAheadOrBeforeTheClosing() {
        given(closed).when(reopening, on: "2026-03-03").thenRejected("in-the-future")
        given(closed).when(reopening, on: "2026-01-31").thenRejected(.reopenedBeforeClosed)
        given(closed).when(reopening, on: "2026-02-01").thenAccepted()
    }

    @Test func plansAreInForceBeforeAndAfter() {
        let state = given(closed + [.caseReopened().on("2026-03-01")]).state
        #expect(
            state.planPeriods(of: id(1)).map { "\($0.inForceFrom) \($0.through?.description ?? "")" }
                == ["2026-01-05 2026-01-31", "2026-03-01 "])
        let again = given(closed + [.caseReopened().on("2026-03-01"), .caseClosed().on("2026-04-01")]).state
        #expect(again.planPeriods(of: id(1)).map(\.through) == ["2026-01-31", "2026-03-31"])
    }

    @Test func whatWasOverBeforeStaysOver() {
        let state = given(
            .agreedPlan + [
                .measureAbandoned(on: "2026-01-20"), .planConcluded(on: "2026-01-25"), .caseClosed().on("2026-02-01"),
                .caseReopened().on("2026-03-01"),
            ]
        ).state
        #expect(state.planPeriods(of: id(1)).map(\.through) == ["2026-01-25"])
    }

    @Test func isForThoseWhoWereResponsible() {
        let state = given(closed).state
        #expect(CommandPolicy.judge(reopening, by: .jobCentre, on: state) == .allowed)
        #expect(CommandPolicy.judge(reopening, by: .youthOffice, on: state) == .notFound)
    }
}
