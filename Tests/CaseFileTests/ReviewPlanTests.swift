import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("review-plan") struct ReviewPlanTests {
    private func reviewing(
        _ id: UUID? = nil, on day: CalendarDate? = nil, findings: String? = nil, next: CalendarDate? = nil
    ) -> CaseCommand {
        .reviewPlan(ReviewPlan(planId: id, on: day, findings: findings, nextReview: next))
    }

    private func agreed(every months: Int? = nil, to: CalendarDate? = nil) -> [Past<CaseEvent>] {
        [
            .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice), .potentialAssessed(),
            .planDrafted(to: to, reviewEvery: months), .measureAdded(), .planAgreed(on: "2026-01-05"),
        ]
    }

    @Test func recordsTheReview() {
        given(agreed()).when(reviewing(on: "2026-02-27", findings: "goes well", next: "2026-08-27"))
            .thenEvents([
                .planReviewed(
                    PlanReviewed(
                        planId: planId, on: "2026-02-27", nextReview: "2026-08-27",
                        personal: PlanReviewed.Personal(findings: "goes well")))
            ])
    }

    @Test func theNextReviewFollowsTheInterval() {
        #expect(given(agreed(every: 6)).state.plan(planId)?.reviewDueOn == "2026-07-05")
        let reviewed = given(agreed(every: 6)).when(reviewing(on: "2026-02-10")).thenState()
        #expect(reviewed.plan(planId)?.reviewDueOn == "2026-08-10")
        #expect(given(agreed()).when(reviewing(on: "2026-02-10")).thenState().plan(planId)?.reviewDueOn == nil)
    }

    @Test func theNextReviewIsTheOneThatWasSet() {
        let reviewed = given(agreed(every: 6)).when(reviewing(on: "2026-02-10", next: "2026-04-01")).thenState()
        #expect(reviewed.plan(planId)?.reviewDueOn == "2026-04-01")
    }

    @Test func noReviewIsDueAfterThePlansEnd() {
        #expect(given(agreed(every: 6, to: "2026-07-04")).state.plan(planId)?.reviewDueOn == nil)
        #expect(given(agreed(every: 6) + [.planConcluded()]).state.plan(planId)?.reviewDueOn == nil)
    }

    @Test func followsTheAgreementAndTheLastReview() {
        given(agreed()).when(reviewing(on: "2026-01-04")).thenRejected(.reviewOutOfOrder)
        given(agreed()).when(reviewing(on: "2026-01-05")).thenAccepted()
        let reviewed = agreed() + [.planReviewed(on: "2026-02-10")]
        given(reviewed).when(reviewing(on: "2026-02-09")).thenRejected(.reviewOutOfOrder)
        given(reviewed).when(reviewing(on: "2026-02-10")).thenAccepted()
        given(agreed()).when(reviewing(on: "2026-03-03")).thenRejected("in-the-future")
    }

    @Test func theNextReviewLiesAheadOfThisOne() {
        given(agreed()).when(reviewing(on: "2026-02-10", next: "2026-02-10")).thenRejected(.invalidNextReview)
        given(agreed()).when(reviewing(on: "2026-02-10", next: "2026-02-11")).thenAccepted()
        given(agreed(to: "2026-12-31")).when(reviewing(next: "2027-01-01")).thenRejected(.invalidNextReview)
        given(agreed()).when(reviewing(next: "2201-01-01")).thenRejected("invalid-date")
    }

    @Test func needsAnAgreedPlan() {
        given(.participantRegistered(), .officeEngaged(.jobCentre), .planDrafted(), .measureAdded())
            .when(reviewing()).thenRejected(.planNotAgreed)
        given(.participantRegistered(), .officeEngaged(.jobCentre)).when(reviewing()).thenRejected(.unknownPlan)
    }

    @Test func isAboutTheOnlyAgreedPlanUnlessSaidOtherwise() {
        let draft = agreed() + [.planDrafted(otherPlanId, kind: .participation)]
        given(draft).when(reviewing()).thenAccepted()
        given(draft).when(reviewing(otherPlanId)).thenRejected(.planNotAgreed)
        given(draft + [.planAgreed(otherPlanId)]).when(reviewing()).thenRejected(.severalOpenPlans)
    }

    @Test func isTheOwnOfficesToDo() {
        given(agreed()).when(reviewing(planId), by: .youthOffice).thenRejected(.notYourPlan)
        given(agreed()).when(reviewing(), by: .youthOffice).thenRejected(.unknownPlan)
        given(agreed()).when(reviewing(planId), by: .socialOffice).thenRejected(.officeNotEngaged)
    }

    @Test func aConcludedPlanIsNotReviewed() {
        let over = agreed() + [.measureAbandoned(), .planConcluded()]
        given(over).when(reviewing(planId)).thenRejected(.planConcluded)
        given(over).when(reviewing()).thenRejected(.unknownPlan)
    }
}

@Suite("conclude-plan") struct ConcludePlanTests {
    private let done: [Past<CaseEvent>] =
        .agreedPlan + [.officeEngaged(.youthOffice), .measureStarted(), .measureCompleted(on: "2026-02-20")]

    private func concluding(_ id: UUID? = nil, on day: CalendarDate? = nil) -> CaseCommand {
        .concludePlan(ConcludePlan(planId: id, on: day, outcome: "in training"))
    }

    @Test func endsThePlan() {
        given(done).when(concluding(on: "2026-02-27"))
            .thenEvents([
                .planConcluded(PlanConcluded(planId: planId, on: "2026-02-27", outcome: "in training"))
            ])
        let state = given(done).when(concluding()).thenState()
        #expect(state.plan(planId)?.conclusion == Plan.Conclusion(on: "2026-03-02", outcome: "in training"))
        #expect(state.openPlans(of: .jobCentre).isEmpty)
    }

    @Test func waitsForOpenMeasures() throws {
        for open in [[], [.measureStarted()], [.measureStarted(), .measurePaused()]] as [[Past<CaseEvent>]] {
            let rejection = try #require(
                given(.agreedPlan + open).when(concluding()).thenRejected("open-measures-remain"))
            #expect(rejection.detail.contains(measureId.uuidString.lowercased()))
        }
    }

    @Test func doesNotWaitForMeasuresOfOtherPlans() {
        given(
            done + [.planDrafted(otherPlanId, kind: .participation), .measureAdded(otherMeasureId, plan: otherPlanId)]
        ).when(concluding(planId)).thenAccepted()
    }

    @Test func endsWithItsLastMeasureAtTheEarliest() {
        given(done).when(concluding(on: "2026-02-19")).thenRejected("concluded-too-early")
        given(done).when(concluding(on: "2026-02-20")).thenAccepted()
        given(done + [.planReviewed(on: "2026-02-25")]).when(concluding(on: "2026-02-24"))
            .thenRejected("concluded-too-early")
        given(.agreedPlan + [.measureAbandoned(on: "2026-02-20")]).when(concluding(on: "2026-01-04"))
            .thenRejected("concluded-too-early")
        given(.agreedPlan + [.measureAbandoned(on: "2026-02-20")]).when(concluding(on: "2026-01-05")).thenAccepted()
        given(done).when(concluding(on: "2026-03-03")).thenRejected("in-the-future")
    }

    @Test func aDraftCanBeDropped() {
        given(.participantRegistered(), .officeEngaged(.jobCentre), .planDrafted()).when(concluding()).thenAccepted()
    }

    @Test func isNotDoneTwice() {
        given(done + [.planConcluded()]).when(concluding(planId)).thenRejected(.planConcluded)
        given(done + [.planConcluded()]).when(concluding()).thenRejected(.unknownPlan)
    }

    @Test func isTheOwnOfficesToDo() {
        given(done).when(concluding(planId), by: .youthOffice).thenRejected(.notYourPlan)
        given(done).when(concluding(planId), by: .socialOffice).thenRejected(.officeNotEngaged)
        given(done).when(concluding(id(99))).thenRejected(.unknownPlan)
    }

    @Test func takesNothingMore() {
        let over = given(done + [.planConcluded()])
        over.when(
            .addMeasure(
                AddMeasure(
                    measureId: otherMeasureId, planId: planId, strand: .education,
                    window: Window(from: "2026-03-02", to: "2026-03-03")))
        ).thenRejected(.planConcluded)
        over.when(.agreePlan(AgreePlan(planId: planId))).thenRejected(.planConcluded)
    }

    @Test func makesRoomForANewPlanOfItsKind() {
        given(done).when(.draftPlan(DraftPlan(planId: otherPlanId, kind: .cooperation))).thenRejected(.planOfKindOpen)
        given(done + [.planConcluded()]).when(.draftPlan(DraftPlan(planId: otherPlanId, kind: .cooperation)))
            .thenAccepted()
        given(done + [.planConcluded()]).when(.draftPlan(DraftPlan(planId: planId, kind: .cooperation)))
            .thenRejected(.planExists)
    }

    @Test func isInForceToItsLastDay() {
        let periods = given(done + [.planConcluded(on: "2026-02-27")]).state.planPeriods(of: id(1))
        #expect(periods.map(\.through) == ["2026-02-27"])
    }
}
