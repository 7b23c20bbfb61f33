import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("revise-measure") struct ReviseMeasureTests {
    private func revising(_ change: (inout ReviseMeasure) -> Void) -> CaseCommand {
        var command = ReviseMeasure(measureId: measureId)
        change(&command)
        return .reviseMeasure(command)
    }

    private let started: [Past<CaseEvent>] = .agreedPlan + [.measureStarted(on: "2026-03-01")]

    @Test func changesWhatItNamesAndNothingElse() {
        given(.agreedPlan).when(
            revising {
                $0.title = "Welding"
                $0.strand = .employment
                $0.window = Window(from: "2026-03-09", to: "2026-06-05")
                $0.hoursPerWeek = 20
                $0.reason = "the course begins later"
            }
        ).thenEvents([
            .measureRevised(
                MeasureRevised(
                    measureId: measureId, title: "Welding", strand: .employment,
                    window: DayRange(first: "2026-03-09", last: "2026-06-05"), hoursPerWeek: 20,
                    reason: "the course begins later"))
        ])
    }

    @Test func recordsOnlyWhatIsDifferent() {
        given(.agreedPlan).when(
            revising {
                $0.strand = .education
                $0.window = Window(from: "2026-03-02", to: "2026-05-29")
                $0.earliestStart = "2026-02-01"
            }
        ).thenEvents([.measureRevised(MeasureRevised(measureId: measureId, earliestStart: "2026-02-01"))])
    }

    @Test func whatIsSoAlreadyIsNoChange() {
        given(.agreedPlan).when(revising { $0.strand = .education }).thenNothing()
        given(.agreedPlan).when(revising { $0.remove = [.title] }).thenNothing()
        given(.agreedPlan).when(revising { $0.reason = "none" }).thenNothing()
    }

    @Test func takesBackWhatNoLongerApplies() {
        let limited = given(
            .agreedPlan + [
                .measureRevised(
                    MeasureRevised(
                        measureId: measureId, title: "Welding", orientation: .preventive, solidarity: .supply,
                        provider: "Werkhof", hoursPerWeek: 20, earliestStart: "2026-02-01", latestEnd: "2026-12-31"))
            ])
        let outcome = limited.when(revising { $0.remove = RemovableMeasureDetail.allCases.reversed() })
        outcome.thenEvents([
            .measureRevised(MeasureRevised(measureId: measureId, removed: RemovableMeasureDetail.allCases))
        ])
        #expect(outcome.thenState().measure(measureId) == given(.agreedPlan).state.measure(measureId))
    }

    @Test func whatIsGivenTakesThePlaceOfWhatIsRemoved() {
        given(.agreedPlan).when(
            revising {
                $0.title = "Welding"
                $0.remove = [.title]
            }
        ).thenEvents([.measureRevised(MeasureRevised(measureId: measureId, title: "Welding"))])
    }

    @Test func takesBackAllSlots() throws {
        let slot = WeeklySlot(weekday: 1, from: try #require(TimeOfDay("08:00")), to: try #require(TimeOfDay("12:00")))
        let slotted = given(.agreedPlan + [.measureRevised(MeasureRevised(measureId: measureId, weeklySlots: [slot]))])
        let state = slotted.when(revising { $0.weeklySlots = [] }).thenState()
        #expect(state.measure(measureId)?.weeklySlots.isEmpty == true)
        given(.agreedPlan).when(revising { $0.weeklySlots = [] }).thenNothing()
    }

    @Test func doesNotChangeWhatHasEnded() {
        for ended in [Past<CaseEvent>.measureCompleted(on: "2026-03-02"), .measureAbandoned(on: "2026-03-02")] {
            given(started + [ended]).when(revising { $0.title = "x" }).thenRejected(.alreadyEnded)
        }
    }

    @Test func aStartedMeasureDoesNotMove() {
        for first in ["2026-03-01", "2026-03-03", "2026-02-01"] as [CalendarDate] {
            given(started).when(revising { $0.window = Window(from: first, to: "2026-05-29") })
                .thenRejected(.startedMeasureMoved)
        }
        given(started).when(revising { $0.window = Window(from: "2026-03-02", to: "2026-07-31") }).thenAccepted()
        given(started).when(revising { $0.window = Window(from: "2026-03-02", to: "2026-04-30") }).thenAccepted()
        given(.agreedPlan).when(revising { $0.window = Window(from: "2026-02-02", to: "2026-04-30") }).thenAccepted()
    }

    @Test func aStartedMeasureDoesNotEndBeforeItStarted() {
        let late: [Past<CaseEvent>] = .agreedPlan + [.measureStarted(on: "2026-03-20")]
        given(late).when(revising { $0.window = Window(from: "2026-03-02", to: "2026-03-19") })
            .thenRejected(.endsBeforeStart)
        given(late).when(revising { $0.window = Window(from: "2026-03-02", to: "2026-03-20") }).thenAccepted()
    }

    @Test func takesAWindowWithinThePlan() {
        let bounded: [Past<CaseEvent>] = [
            .participantRegistered(), .officeEngaged(.jobCentre), .planDrafted(from: "2026-03-02", to: "2026-05-29"),
            .measureAdded(),
        ]
        given(bounded).when(revising { $0.window = Window(from: "2026-03-02", to: "2026-03-01") })
            .thenRejected(.windowReversed)
        given(bounded).when(revising { $0.window = Window(from: "2026-03-01", to: "2026-03-04") })
            .thenRejected(.windowOutsidePlan)
        given(bounded).when(revising { $0.window = Window(from: "2026-03-02", to: "2026-05-30") })
            .thenRejected(.windowOutsidePlan)
        given(bounded).when(revising { $0.window = Window(from: "1815-06-18", to: "2026-05-30") })
            .thenRejected("invalid-date")
        given(bounded).when(revising { $0.latestEnd = "2201-01-01" }).thenRejected("invalid-date")
    }

    @Test func fitsBetweenItsLimits() {
        given(.agreedPlan).when(
            revising {
                $0.earliestStart = "2026-03-02"
                $0.latestEnd = "2026-05-28"
            }
        ).thenRejected(.invalidLimits)
    }

    @Test func takesSoundDetails() throws {
        let noon = try #require(TimeOfDay("12:00"))
        given(.agreedPlan).when(revising { $0.hoursPerWeek = 169 }).thenRejected(.invalidHoursPerWeek)
        given(.agreedPlan).when(revising { $0.weeklySlots = [WeeklySlot(weekday: 1, from: noon, to: noon)] })
            .thenRejected(.invalidWeeklySlots)
        given(.agreedPlan).when(revising { $0.title = " " }).thenRejected("invalid-title")
        given(.agreedPlan).when(revising { $0.provider = "" }).thenRejected("invalid-provider")
    }

    @Test func aNewProviderIsKnown() {
        let text = partnerId.uuidString
        given(.agreedPlan).when(revising { $0.provider = text }).thenRejected(.unknownProvider)
        let state = given(.agreedPlan).when(revising { $0.provider = text }, around: .publishedPartner).thenState()
        #expect(state.measure(measureId)?.provider == text.lowercased())
        #expect(revising { $0.provider = text }.needs(given: CaseState()) == Needs(provider: partnerId))
        #expect(revising { $0.title = "x" }.needs(given: CaseState()) == Needs())
    }

    @Test func aProviderThatStaysIsNotAskedForAgain() {
        let provided: [Past<CaseEvent>] =
            .agreedPlan + [
                .measureRevised(
                    MeasureRevised(measureId: measureId, provider: partnerId.uuidString.lowercased()))
            ]
        given(provided).when(revising { $0.title = "Welding" }).thenAccepted()
    }

    @Test func isTheOwnOfficesToDo() {
        given(.agreedPlan + [.officeEngaged(.youthOffice)]).when(revising { $0.title = "x" }, by: .youthOffice)
            .thenRejected(.notYourPlan)
        given(.participantRegistered()).when(revising { $0.title = "x" }).thenRejected(.unknownMeasure)
    }

    @Test func movesInTimingToo() {
        let state = given(.agreedPlan).when(
            revising { $0.window = Window(from: "2026-04-01", to: "2026-06-30") }
        ).thenState()
        #expect(
            state.timedMeasures(of: id(1)).map(\.window) == [DayRange(first: "2026-04-01", atLeastTo: "2026-06-30")])
    }
}
