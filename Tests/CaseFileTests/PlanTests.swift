import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("draft-plan") struct DraftPlanTests {
    private let engaged = given(.participantRegistered(), .officeEngaged(.jobCentre))

    private func drafting(
        kind: PlanKind = .cooperation, reviewEvery: Int? = nil, from: CalendarDate? = nil, to: CalendarDate? = nil
    ) -> CaseCommand {
        .draftPlan(DraftPlan(planId: planId, kind: kind, reviewEvery: reviewEvery, from: from, to: to))
    }

    @Test func beginsAPlanOfTheActingOffice() {
        let state = engaged.when(
            .draftPlan(DraftPlan(planId: planId, kind: .cooperation, goal: "a trade", reviewEvery: 6))
        ).thenState()
        let plan = state.plan(planId)
        #expect(plan?.office == .jobCentre)
        #expect(plan?.goal == "a trade")
        #expect(plan?.reviewEvery == 6)
        #expect(plan?.isAgreed == false)
    }

    @Test func needsAnEngagedOffice() {
        engaged.when(drafting(), by: .youthOffice).thenRejected(.officeNotEngaged)
        engaged.when(drafting(), by: .administrator).thenRejected(.officeNotEngaged)
    }

    @Test func needsANewId() {
        given(.participantRegistered(), .officeEngaged(.jobCentre), .planDrafted(kind: .participation))
            .when(drafting()).thenRejected(.planExists)
    }

    @Test func thereIsOnePlanOfAKindPerOffice() {
        given(.participantRegistered(), .officeEngaged(.jobCentre), .planDrafted(otherPlanId))
            .when(drafting()).thenRejected(.planOfKindOpen)
        given(.participantRegistered(), .officeEngaged(.jobCentre), .planDrafted(otherPlanId))
            .when(drafting(kind: .participation)).thenAccepted()
        given(
            .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice),
            .planDrafted(otherPlanId, office: .youthOffice)
        ).when(drafting()).thenAccepted()
    }

    @Test(arguments: [0, -1, 121]) func refusesStrangeReviews(_ months: Int) {
        engaged.when(drafting(reviewEvery: months)).thenRejected(.invalidReviewEvery)
    }

    @Test func takesReviewsFromAMonthToTenYears() {
        engaged.when(drafting(reviewEvery: 1)).thenAccepted()
        engaged.when(drafting(reviewEvery: 120)).thenAccepted()
    }

    @Test func takesAWindowThatDoesNotEndBeforeItBegins() {
        engaged.when(drafting(from: "2026-03-02", to: "2026-03-01")).thenRejected(.windowReversed)
        engaged.when(drafting(from: "2026-03-02", to: "2026-03-02")).thenAccepted()
        engaged.when(drafting(from: "0026-03-02")).thenRejected("invalid-date")
        engaged.when(drafting(to: "2026-03-02")).thenAccepted()
    }
}

@Suite("agree-plan") struct AgreePlanTests {
    private let drafted: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice), .planDrafted(),
    ]

    private func agreeing(_ id: UUID? = nil, on day: CalendarDate? = nil) -> CaseCommand {
        .agreePlan(AgreePlan(planId: id, participantAgreedOn: day, byWhom: "jc-1"))
    }

    @Test func recordsTheAgreement() {
        given(drafted + [.potentialAssessed(), .measureAdded()])
            .when(agreeing(on: "2026-02-27"))
            .thenEvents([.planAgreed(PlanAgreed(planId: planId, participantAgreedOn: "2026-02-27", byWhom: "jc-1"))])
    }

    @Test func countsFromTheEffectiveDayUnlessSaidOtherwise() {
        let state = given(drafted + [.potentialAssessed(), .measureAdded()])
            .when(agreeing(), on: "2026-02-10").thenState()
        #expect(state.plan(planId)?.agreement?.participantAgreedOn == "2026-02-10")
    }

    @Test func needsAMeasure() {
        given(drafted + [.potentialAssessed()]).when(agreeing()).thenRejected(.noMeasure)
        given(drafted + [.potentialAssessed(), .measureAdded(), .measureAbandoned()])
            .when(agreeing()).thenRejected(.noMeasure)
    }

    @Test func aCooperationPlanNeedsTheAssessment() {
        given(drafted + [.measureAdded()]).when(agreeing()).thenRejected(.potentialNotAssessed)
    }

    @Test(arguments: [PlanKind.youthSupport, .participation]) func otherPlansDoNot(_ kind: PlanKind) {
        given(.participantRegistered(), .officeEngaged(.jobCentre), .planDrafted(kind: kind), .measureAdded())
            .when(agreeing()).thenAccepted()
    }

    @Test func isNotDoneTwice() {
        given(.agreedPlan).when(agreeing()).thenRejected(.alreadyAgreed)
        given(.agreedPlan).when(agreeing(planId)).thenRejected(.alreadyAgreed)
    }

    @Test func isTheOwnOfficesToDo() {
        given(drafted + [.measureAdded()]).when(agreeing(planId), by: .youthOffice).thenRejected(.notYourPlan)
        given(drafted + [.measureAdded()]).when(agreeing(), by: .youthOffice).thenRejected(.unknownPlan)
        given(drafted + [.measureAdded()]).when(agreeing(planId), by: .socialOffice).thenRejected(.officeNotEngaged)
    }

    @Test func needsAPlan() {
        given(drafted).when(agreeing(id(99))).thenRejected(.unknownPlan)
    }

    @Test func isAboutTheOnlyDraftUnlessSaidOtherwise() {
        let second = [Past<CaseEvent>.planDrafted(otherPlanId, kind: .participation)]
        given(.agreedPlan + second + [.measureAdded(otherMeasureId, plan: otherPlanId)])
            .when(agreeing())
            .thenEvents([
                .planAgreed(PlanAgreed(planId: otherPlanId, participantAgreedOn: "2026-03-02", byWhom: "jc-1"))
            ])
        given(drafted + second + [.measureAdded()]).when(agreeing()).thenRejected(.severalOpenPlans)
    }

    @Test func isNotRecordedAhead() {
        given(drafted + [.potentialAssessed(), .measureAdded()])
            .when(agreeing(on: "2026-03-03")).thenRejected("in-the-future")
    }
}
