import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("merge-case") struct MergeCaseTests {
    private let ready: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .identityDecided(.samePerson),
    ]
    private let merging = CaseCommand.mergeCase(MergeCase(into: id(2), reason: "twice"))

    private func survivor(_ past: [Past<CaseEvent>] = []) -> Surroundings {
        Surroundings(others: [id(2): given([.participantRegistered(), .officeEngaged(.jobCentre)] + past).state])
    }

    @Test func goesOnInTheOtherCase() {
        let outcome = given(ready).when(merging, around: survivor())
        let event = CaseEvent.caseMerged(CaseMerged(into: id(2), personal: CaseMerged.Personal(reason: "twice")))
        outcome.thenEvents([event])
        let state = outcome.thenState()
        #expect(state.merging?.into == id(2) && state.merging?.reason == "twice" && state.merging?.wasClosed == false)
        #expect(state.isClosed && state.closure?.closed.on == "2026-03-02")
        #expect(
            consequences(of: event) == [.otherCase(id(2), .absorbCase(AbsorbCase(caseId: id(1), reason: "twice")))])
        #expect(merging.needs(given: given(ready).state) == Needs(cases: [id(2)]))
    }

    @Test func isKnownInTheOtherCase() {
        let absorbing = CaseCommand.absorbCase(AbsorbCase(caseId: id(2), reason: "twice"))
        let outcome = given(.participantRegistered()).when(absorbing)
        outcome.thenEvents([
            .caseAbsorbed(CaseAbsorbed(caseId: id(2), personal: CaseAbsorbed.Personal(reason: "twice")))
        ])
        #expect(outcome.thenState().absorbed.keys.sorted() == [id(2)])
        given(.participantRegistered(), .caseAbsorbed(id(2))).when(absorbing).thenNothing()
    }

    @Test func isOnceAndForOneCase() {
        let merged = ready + [.caseMerged(into: id(2))]
        given(merged).when(merging, around: survivor()).thenNothing()
        given(merged).when(.mergeCase(MergeCase(into: id(3), reason: "r"))).thenRejected(.caseMerged)
    }

    @Test func needsADecisionThatItIsTheSamePerson() {
        given(.participantRegistered()).when(merging, around: survivor()).thenRejected(.identityNotDecided)
        given(ready + [.identityDecided(.differentPersons)]).when(merging, around: survivor())
            .thenRejected(.identityNotDecided)
        given(ready).when(.mergeCase(MergeCase(into: id(2), reason: "")), around: survivor())
            .thenRejected("invalid-reason")
        given(ready).when(merging).thenRejected(.sameCase)
        given(ready).when(merging, on: "2026-03-03", around: survivor()).thenRejected("in-the-future")
    }

    @Test func needsAnOpenCaseToGoOnIn() {
        given(ready).when(merging, around: survivor([.caseClosed()])).thenRejected(.survivorClosed)
        given(ready).when(merging, around: survivor([.caseMerged(into: id(3))])).thenRejected(.otherCaseMerged)
        given(ready + [.caseClosed()]).when(merging, around: survivor()).thenAccepted()
        #expect(given(ready + [.caseClosed()]).when(merging, around: survivor()).thenState().merging?.wasClosed == true)
    }

    @Test func leavesNothingOpenBehind() {
        for open: [Past<CaseEvent>] in [
            [.planDrafted(), .measureAdded()], [.placementOffered()], [.placementOffered(), .placementAccepted()],
            [.referralRequested()], [.appointmentScheduled()], [.conferenceCalled(at: "2026-03-20T10:00")],
            [.commitmentMade()],
        ] {
            given(ready + open).when(merging, around: survivor()).thenRejected("open-work-remains")
        }
        given(ready + [.planDrafted(), .measureAdded(), .measureAbandoned()]).when(merging, around: survivor())
            .thenAccepted()
        let voucher = Past<CaseEvent>(
            event: .voucherIssued(
                VoucherIssued(voucherId: id(7), kind: .education, scope: VoucherScope(goal: "g", until: "2026-06-30"))))
        given(ready + [voucher]).when(merging, around: survivor()).thenRejected("vouchers-remain")
        given(ready + [voucher]).when(merging, on: "2026-07-01", today: "2026-07-01", around: survivor())
            .thenAccepted()
        given(ready + [.householdJoined()]).when(merging, around: survivor()).thenRejected(.householdRemains)
        given(ready + [.householdJoined(), .householdLeft()]).when(merging, around: survivor()).thenAccepted()
    }

    @Test func takesNoOfficeItsSight() {
        let shared = ready + [.officeEngaged(.youthOffice)]
        let rejection = given(shared).when(merging, around: survivor()).thenRejected("offices-not-in-survivor")
        #expect(rejection?.detail.contains("youth-office") == true)
        given(shared).when(merging, around: survivor([.officeEngaged(.youthOffice)])).thenAccepted()
    }

    @Test func isOneLevelDeep() {
        let rejection = given(ready + [.caseAbsorbed(id(5))]).when(merging, around: survivor())
            .thenRejected("holds-merged-cases")
        #expect(rejection?.detail.contains(id(5).uuidString.lowercased()) == true)
        given(ready).when(merging, around: survivor([.caseAbsorbed(id(5))])).thenAccepted()
    }

    @Test func isNothingForTheErased() {
        let erased = Past<CaseEvent>(
            event: .participantRegistered(ParticipantRegistered(areaId: "gallus", personal: nil)))
        given([erased] + ready.dropFirst()).when(merging, around: survivor()).thenRejected(.participantErased)
        given(ready).when(merging, around: Surroundings(others: [id(2): given(erased).state]))
            .thenRejected(.participantErased)
    }

    @Test func afterwardsTheCaseTakesOnlyWhatProtects() throws {
        let merged =
            ready + [.consentGranted([.timing], to: [.socialOffice]), .caseMerged(into: id(2))]
        for command: CaseCommand in [
            .reopenCase(ReopenCase()), .draftPlan(DraftPlan(planId: planId, kind: .cooperation, goal: "g")),
            .engageOffice(EngageOffice(office: .socialOffice)), .joinHousehold(JoinHousehold(householdId: householdId)),
            .grantConsent(GrantConsent(categories: [.timing], recipients: [.socialOffice], purpose: "p")),
        ] {
            let told = given(merged).when(command, around: survivor()).thenRejected("case-merged")
            #expect(told?.detail.contains(id(2).uuidString.lowercased()) == true)
        }
        given(merged).when(.withdrawConsent(WithdrawConsent(categories: [.timing]))).thenAccepted()
        given(merged).when(.openFinding(OpenFinding(finding: .gap())), by: .worker).thenNothing()
        given(merged).when(.closeFinding(CloseFinding(key: "gap:1")), by: .worker).thenAccepted()
    }

    @Test func whereItGoesOnIsToldOnlyToThoseWhoSeeThatCase() {
        let merged = ready + [.officeEngaged(.youthOffice), .caseMerged(into: id(2))]
        let reopening = CaseCommand.reopenCase(ReopenCase())
        #expect(reopening.needs(given: given(merged).state) == Needs(cases: [id(2)]))
        let told = given(merged).when(reopening, by: .jobCentre, around: survivor()).thenRejected("case-merged")
        #expect(told?.detail == Rejection.caseMerged(into: id(2)).detail)
        var elsewhere = Actor.jobCentre
        elsewhere.areas = ["nordend"]
        for actor in [Actor.youthOffice, elsewhere] {
            let untold = given(merged).when(reopening, by: actor, around: survivor()).thenRejected("case-merged")
            #expect(untold?.detail == Rejection.caseMerged.detail)
            #expect(untold?.detail.contains(id(2).uuidString.lowercased()) == false)
        }
    }

    @Test func whatThePersonHadBeforeStillCounts() throws {
        let ended: [Past<CaseEvent>] = [
            .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(id(35), hours: 38),
            .placementAccepted(id(35)), .placementStarted(id(35), on: "2026-02-02"),
            .placementEnded(id(35), on: "2026-02-20"),
        ]
        let own: [Past<CaseEvent>] = [
            .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(hours: 38), .placementAccepted(),
            .caseAbsorbed(id(2)),
        ]
        let around = Surroundings(others: [id(2): given(ended).state])
        let starting = CaseCommand.startPlacement(StartPlacement(placementId: placementId, on: "2026-02-16"))
        #expect(starting.needs(given: given(own).state) == Needs(cases: [id(2)]))
        given(own).when(starting, around: around).thenRejected(.overlappingPlacement)
        given(own).when(.startPlacement(StartPlacement(placementId: placementId, on: "2026-02-23")), around: around)
            .thenAccepted()

        let reduction = CaseCommand.decideReduction(
            DecideReduction(
                reductionId: id(9), percentage: 20, months: 2, ground: "breach-of-duty", hearingHeldOn: "2026-02-20",
                hardshipExamined: true))
        let first = given(.participantRegistered(), .officeEngaged(.jobCentre)).when(
            .decideReduction(
                DecideReduction(
                    reductionId: id(8), percentage: 10, months: 1, ground: "breach-of-duty",
                    hearingHeldOn: "2025-11-20", hardshipExamined: true)),
            on: "2025-12-01", rules: try .shipped)
        given(own).when(reduction, around: around, rules: try .shipped).thenRejected("not-a-repeat")
        given(own).when(
            reduction, around: Surroundings(others: [id(2): first.thenState()]), rules: try .shipped
        ).thenAccepted()
    }

    @Test func isForThoseWhoWorkInBothCases() {
        let own = given(ready).state
        #expect(CommandPolicy.judge(merging, by: .jobCentre, around: survivor()) == .allowed)
        #expect(CommandPolicy.judge(merging, by: .youthOffice, on: own) == .notFound)
        #expect(CommandPolicy.judge(merging, by: .youthOffice, around: survivor()) == .notFound)
        #expect(
            CommandPolicy.judge(merging, by: .jobCentre, around: Surroundings(others: [id(2): CaseState()]))
                == .notFound)
        for command: CaseCommand in [
            .absorbCase(AbsorbCase(caseId: id(2))), .releaseCase(ReleaseCase(caseId: id(2))),
            .recordIdentity(RecordIdentity(otherCaseId: id(2), verdict: .samePerson, reason: nil)),
        ] {
            guard case .forbidden = CommandPolicy.judge(command, by: .jobCentre, on: own) else {
                Issue.record("\(command.name) is for anybody")
                continue
            }
        }
    }
}
