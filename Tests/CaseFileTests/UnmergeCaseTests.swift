import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("unmerge-case") struct UnmergeCaseTests {
    private let merged: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .identityDecided(.samePerson), .caseMerged(into: id(2)),
    ]
    private let unmerging = CaseCommand.unmergeCase(UnmergeCase(reason: "twins"))

    @Test func theCaseGoesOnAsItWas() {
        let outcome = given(merged).when(unmerging)
        let event = CaseEvent.caseUnmerged(CaseUnmerged(from: id(2), personal: CaseUnmerged.Personal(reason: "twins")))
        outcome.thenEvents([event])
        let state = outcome.thenState()
        #expect(state.merging == nil && !state.isClosed && state.closedPeriods.count == 1)
        #expect(
            consequences(of: event) == [
                .otherCase(id(2), .releaseCase(ReleaseCase(caseId: id(1), reason: "twins")))
            ])
        given(merged + [.caseUnmerged(from: id(2))])
            .when(.draftPlan(DraftPlan(planId: planId, kind: .participation, goal: "g"))).thenAccepted()
    }

    @Test func whatWasClosedStaysClosed() {
        let past = Array(merged.prefix(3)) + [.caseClosed(), .caseMerged(into: id(2)), .caseUnmerged(from: id(2))]
        let state = given(past).state
        #expect(state.isClosed && state.merging == nil && state.closedPeriods.isEmpty)
        given(past).when(.reopenCase(ReopenCase())).thenAccepted()
    }

    @Test func theOtherCaseGivesItBack() {
        let absorbed: [Past<CaseEvent>] = [.participantRegistered(), .caseAbsorbed(id(2))]
        let releasing = CaseCommand.releaseCase(ReleaseCase(caseId: id(2), reason: "twins"))
        let outcome = given(absorbed).when(releasing)
        outcome.thenEvents([
            .caseReleased(CaseReleased(caseId: id(2), personal: CaseReleased.Personal(reason: "twins")))
        ])
        #expect(outcome.thenState().absorbed.isEmpty)
        given(.participantRegistered()).when(releasing).thenNothing()
        given(absorbed + [.caseClosed()]).when(releasing).thenAccepted()
    }

    @Test func isForMergedCases() {
        given(.participantRegistered()).when(unmerging).thenRejected(.caseNotMerged)
        given(merged).when(.unmergeCase(UnmergeCase(reason: " "))).thenRejected("invalid-reason")
        given(merged).when(unmerging, on: "2026-01-04").thenRejected(.unmergedBeforeMerged)
        given(merged).when(unmerging, on: "2026-03-03").thenRejected("in-the-future")
    }

    @Test func afterwardsAnotherDecisionCanBeMade() {
        let apart = merged + [.caseUnmerged(from: id(2))]
        let other = Surroundings(others: [id(2): given(.participantRegistered(), .officeEngaged(.jobCentre)).state])
        given(apart).when(
            .decideIdentity(DecideIdentity(otherCaseId: id(2), verdict: .differentPersons, reason: "twins")),
            around: other
        ).thenAccepted()
        given(apart).when(.mergeCase(MergeCase(into: id(2), reason: "again")), around: other).thenAccepted()
    }

    @Test func isForThoseWhoWorkInBothCases() {
        let survivor = given(.participantRegistered(), .officeEngaged(.jobCentre)).state
        let around = Surroundings(others: [id(2): survivor])
        #expect(CommandPolicy.judge(unmerging, by: .jobCentre, around: around) == .allowed)
        guard case .forbidden = CommandPolicy.judge(unmerging, by: .youthOffice, around: around) else {
            Issue.record("an office that is not engaged there takes cases apart")
            return
        }
    }
}
