import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("add-measure") struct AddMeasureTests {
    private let drafted: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice), .planDrafted(),
    ]

    private func adding(
        _ id: UUID = measureId, plan: UUID? = nil, from: CalendarDate = "2026-03-02", to: CalendarDate = "2026-05-29",
        _ change: (inout AddMeasure) -> Void = { _ in }
    ) -> CaseCommand {
        var command = AddMeasure(
            measureId: id, planId: plan, title: "Welding", strand: .education, window: Window(from: from, to: to))
        change(&command)
        return .addMeasure(command)
    }

    @Test func addsAStepToTheOfficesOnlyPlan() {
        given(drafted).when(adding())
            .thenEvents([
                .measureAdded(
                    MeasureAdded(
                        measureId: measureId, planId: planId, title: "Welding", strand: .education,
                        window: DayRange(first: "2026-03-02", atLeastTo: "2026-05-29")))
            ])
    }

    @Test func belongsToThePlansOffice() {
        let measure = given(drafted).when(adding()).thenState().measure(measureId)
        #expect(measure?.office == .jobCentre)
        #expect(measure?.planKind == .cooperation)
        #expect(measure?.status == .planned)
    }

    @Test func canBeAddedAfterTheAgreement() {
        given(.agreedPlan).when(adding(otherMeasureId)).thenAccepted()
    }

    @Test func needsAPlanOfTheOffice() {
        given(drafted).when(adding(plan: id(99))).thenRejected(.unknownPlan)
        given(drafted).when(adding(plan: planId), by: .youthOffice).thenRejected(.notYourPlan)
        given(drafted).when(adding(), by: .youthOffice).thenRejected(.unknownPlan)
        given(drafted).when(adding(), by: .socialOffice).thenRejected(.officeNotEngaged)
    }

    @Test func namesThePlanWhereThereAreSeveral() {
        let several = drafted + [.planDrafted(otherPlanId, kind: .participation)]
        given(several).when(adding()).thenRejected(.severalOpenPlans)
        given(several).when(adding(plan: otherPlanId)).thenAccepted()
    }

    @Test func needsANewId() {
        given(.agreedPlan).when(adding()).thenRejected(.measureExists)
    }

    @Test func takesAWindowThatDoesNotEndBeforeItBegins() {
        given(drafted).when(adding(from: "2026-03-02", to: "2026-03-01")).thenRejected(.windowReversed)
        given(drafted).when(adding(from: "2026-03-02", to: "2026-03-02")).thenAccepted()
        given(drafted).when(adding(from: "1815-06-18", to: "2026-03-02")).thenRejected("invalid-date")
    }

    @Test func liesWithinThePlan() {
        let bounded = given(
            .participantRegistered(), .officeEngaged(.jobCentre), .planDrafted(from: "2026-03-02", to: "2026-05-29"))
        bounded.when(adding()).thenAccepted()
        bounded.when(adding(from: "2026-03-01")).thenRejected(.windowOutsidePlan)
        bounded.when(adding(to: "2026-05-30")).thenRejected(.windowOutsidePlan)
    }

    @Test func fitsBetweenItsLimits() {
        given(drafted).when(
            adding(from: "2026-03-02", to: "2026-03-04") {
                $0.earliestStart = "2026-04-01"
                $0.latestEnd = "2026-04-03"
            }
        ).thenAccepted()
        given(drafted).when(
            adding(from: "2026-03-02", to: "2026-03-04") {
                $0.earliestStart = "2026-04-01"
                $0.latestEnd = "2026-04-02"
            }
        ).thenRejected(.invalidLimits)
    }

    @Test func takesAPublishedPartnerOrAName() {
        let text = partnerId.uuidString
        given(drafted).when(adding { $0.provider = text }).thenRejected(.unknownProvider)
        let state = given(drafted).when(adding { $0.provider = text }, around: .publishedPartner).thenState()
        #expect(state.measure(measureId)?.provider == text.lowercased())
        given(drafted).when(adding { $0.provider = "Werkhof Gallus" }).thenAccepted()
        given(drafted).when(adding { $0.provider = " " }).thenRejected("invalid-provider")
        #expect(adding { $0.provider = text }.needs(given: CaseState()) == Needs(provider: partnerId))
        #expect(adding { $0.provider = "Werkhof" }.needs(given: CaseState()) == Needs())
    }

    @Test(arguments: [-1, 168.5] as [Double]) func refusesStrangeHours(_ hours: Double) {
        given(drafted).when(adding { $0.hoursPerWeek = hours }).thenRejected(.invalidHoursPerWeek)
    }

    @Test func takesSlotsOfTheWeek() throws {
        let morning = try #require(TimeOfDay("08:00"))
        let noon = try #require(TimeOfDay("12:30"))
        given(drafted).when(
            adding {
                $0.weeklySlots = [
                    WeeklySlot(weekday: 1, from: morning, to: noon), WeeklySlot(weekday: 7, from: morning, to: noon),
                ]
            }
        ).thenAccepted()
        for slot in [
            WeeklySlot(weekday: 0, from: morning, to: noon), WeeklySlot(weekday: 8, from: morning, to: noon),
            WeeklySlot(weekday: 1, from: noon, to: noon), WeeklySlot(weekday: 1, from: noon, to: morning),
        ] {
            given(drafted).when(adding { $0.weeklySlots = [slot] }).thenRejected(.invalidWeeklySlots)
        }
    }
}

@Suite("start-, complete-, abandon-measure") struct RunMeasureTests {
    private func starting(on day: CalendarDate? = nil) -> CaseCommand {
        .startMeasure(StartMeasure(measureId: measureId, on: day))
    }

    private func completing(on day: CalendarDate? = nil) -> CaseCommand {
        .completeMeasure(CompleteMeasure(measureId: measureId, on: day, outcome: "passed"))
    }

    private func abandoning(on day: CalendarDate? = nil) -> CaseCommand {
        .abandonMeasure(AbandonMeasure(measureId: measureId, on: day, reason: "moved"))
    }

    private let running: [Past<CaseEvent>] = .agreedPlan + [.measureStarted(on: "2026-02-02")]

    @Test func startsOnTheEffectiveDayUnlessSaidOtherwise() {
        given(.agreedPlan).when(starting(), on: "2026-02-27")
            .thenEvents([.measureStarted(MeasureStarted(measureId: measureId, on: "2026-02-27"))])
        given(.agreedPlan).when(starting(on: "2026-02-20"))
            .thenEvents([.measureStarted(MeasureStarted(measureId: measureId, on: "2026-02-20"))])
    }

    @Test func doesNotStartBeforeThePlanIsAgreed() {
        given(.participantRegistered(), .officeEngaged(.jobCentre), .planDrafted(), .measureAdded())
            .when(starting(on: "2026-03-02")).thenRejected(.planNotAgreed)
    }

    @Test func isRecordedOnTheDayOrLater() {
        given(.agreedPlan).when(starting(on: "2026-03-02")).thenAccepted()
        given(.agreedPlan).when(starting(on: "2026-03-03")).thenRejected("in-the-future")
        given(.agreedPlan).when(starting(), on: "2026-03-03").thenRejected("in-the-future")
        given(running).when(completing(on: "2026-03-03")).thenRejected("in-the-future")
        given(running).when(abandoning(on: "2026-03-03")).thenRejected("in-the-future")
    }

    @Test func followsItsOrder() {
        given(.agreedPlan).when(completing()).thenRejected(.notStarted)
        given(running).when(starting()).thenRejected(.alreadyStarted)
        for ended in [Past<CaseEvent>.measureCompleted(), .measureAbandoned()] {
            given(running + [ended]).when(starting()).thenRejected(.alreadyEnded)
            given(running + [ended]).when(completing()).thenRejected(.alreadyEnded)
            given(running + [ended]).when(abandoning()).thenRejected(.alreadyEnded)
        }
    }

    @Test func doesNotEndBeforeItStarts() {
        given(running).when(completing(on: "2026-02-01")).thenRejected(.endsBeforeStart)
        given(running).when(completing(on: "2026-02-02")).thenAccepted()
        given(running).when(abandoning(on: "2026-02-01")).thenRejected(.endsBeforeStart)
        given(running).when(abandoning(on: "2026-02-02")).thenAccepted()
    }

    @Test func canBeAbandonedBeforeItStarts() {
        let state = given(.agreedPlan).when(abandoning(on: "2026-01-20")).thenState()
        #expect(state.measure(measureId)?.status == .abandoned)
        #expect(state.measure(measureId)?.days == nil)
    }

    @Test func isTheOwnOfficesToRun() {
        for command in [starting(), completing(), abandoning()] {
            given(running + [.officeEngaged(.youthOffice)]).when(command, by: .youthOffice).thenRejected(.notYourPlan)
        }
    }

    @Test func needsAMeasure() {
        given(.participantRegistered(), .officeEngaged(.jobCentre)).when(starting()).thenRejected(.unknownMeasure)
        given(.participantRegistered(), .officeEngaged(.jobCentre)).when(completing()).thenRejected(.unknownMeasure)
        given(.participantRegistered(), .officeEngaged(.jobCentre)).when(abandoning()).thenRejected(.unknownMeasure)
    }

    @Test func takesTheDaysItReallyTook() {
        let planned = given(.agreedPlan).state.measure(measureId)
        #expect(planned?.days == DayRange(first: "2026-03-02", last: "2026-05-29"))
        let started = given(.agreedPlan).when(starting(on: "2026-02-16")).thenState().measure(measureId)
        #expect(started?.days == DayRange(first: "2026-02-16", last: "2026-05-29"))
        let completed = given(running).when(completing(on: "2026-02-27")).thenState().measure(measureId)
        #expect(completed?.days == DayRange(first: "2026-02-02", last: "2026-02-27"))
        #expect(completed?.status == .completed)
    }
}
