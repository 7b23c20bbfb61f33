import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("Timelines from cases") struct TimelineTests {
    @Test func measuresComeWithTheirProgress() {
        let progress = given(
            .agreedPlan + [
                .measureAdded(id(21)), .measureStarted(id(21), on: "2026-02-02"), .measureAdded(id(22)),
                .measureStarted(id(22), on: "2026-02-02"), .measureCompleted(id(22), on: "2026-02-20"),
                .measureAdded(id(23)), .measureAbandoned(id(23), on: "2026-02-10"), .measureAdded(id(24)),
                .measureStarted(id(24), on: "2026-02-02"), .measureAbandoned(id(24), on: "2026-02-10"),
            ]
        ).state.timedMeasures(of: id(1)).map(\.progress)
        #expect(
            progress == [
                .planned, .running(since: "2026-02-02"), .completed(from: "2026-02-02", on: "2026-02-20"),
                .abandoned(from: nil, on: "2026-02-10"), .abandoned(from: "2026-02-02", on: "2026-02-10"),
            ])
    }

    @Test func theDaysAreTheSameAsInTiming() {
        let state = given(.agreedPlan + [.measureStarted(on: "2026-02-02")]).state
        #expect(state.measures.compactMap(\.days) == state.timedMeasures(of: id(1)).map(\.range))
    }

    @Test func onlyAgreedPlansAreInForce() {
        let state = given(.agreedPlan + [.planDrafted(otherPlanId, kind: .participation)]).state
        #expect(
            state.planPeriods(of: id(1)) == [
                PlanPeriod(
                    id: planId, caseID: id(1), office: .jobCentre, inForceFrom: "2026-01-05")
            ])
    }

    @Test func aPlanIsInForceWithinItsOwnDays() {
        func period(from: CalendarDate?, to: CalendarDate?) -> PlanPeriod? {
            given(
                .participantRegistered(), .officeEngaged(.jobCentre), .potentialAssessed(),
                .planDrafted(from: from, to: to), .measureAdded(), .planAgreed(on: "2026-01-05")
            ).state.planPeriods(of: id(1)).first
        }
        #expect(period(from: "2026-02-01", to: "2026-06-30")?.inForceFrom == "2026-02-01")
        #expect(period(from: "2026-02-01", to: "2026-06-30")?.through == "2026-06-30")
        #expect(period(from: "2025-12-01", to: nil)?.inForceFrom == "2026-01-05")
    }

    @Test func aClosedCaseIsNobodysWork() {
        let state = given(
            .agreedPlan + [
                .measureAdded(otherMeasureId), .measuresRelated(), .measureAbandoned(),
                .measureAbandoned(otherMeasureId), .caseClosed().on("2026-03-01"),
            ]
        ).state
        #expect(state.planPeriods(of: id(1)).map(\.through) == ["2026-02-28"])
        #expect(state.relatedMeasures(of: id(1)).isEmpty)
        #expect(state.timedMeasures(of: id(1)).count == 2)
    }

    @Test func aHouseholdIsLookedAtTogether() {
        let parent = given(.agreedPlan + [.measuresRelated(measureId, id(90), .concurrent)]).state
        let youth = given(
            .participantRegistered(), .officeEngaged(.youthOffice),
            .planDrafted(id(80), office: .youthOffice, kind: .youthSupport), .measureAdded(id(90), plan: id(80))
        ).state
        let timeline = Timeline(household: householdId, members: [id(2): youth, id(1): parent])
        #expect(timeline.scope == .household(householdId))
        #expect(timeline.members == [id(1), id(2)])
        #expect(timeline.measures.map(\.office) == [.jobCentre, .youthOffice])
        #expect(
            timeline.relations == [
                RelatedMeasures(
                    relation: TemporalRelation(first: measureId, second: id(90), kind: .concurrent),
                    recordedIn: id(1))
            ])
        #expect(Timeline(of: parent, id: id(1)).scope == .singleCase(id(1)))
    }
}
