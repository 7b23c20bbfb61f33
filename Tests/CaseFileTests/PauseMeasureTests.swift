import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("pause-, resume-measure") struct PauseMeasureTests {
    private let running: [Past<CaseEvent>] = .agreedPlan + [.measureStarted(on: "2026-02-02")]
    private let paused: [Past<CaseEvent>] =
        .agreedPlan + [.measureStarted(on: "2026-02-02"), .measurePaused(on: "2026-02-10")]

    private func pausing(on day: CalendarDate? = nil) -> CaseCommand {
        .pauseMeasure(PauseMeasure(measureId: measureId, on: day, reason: "hospital"))
    }

    private func resuming(on day: CalendarDate? = nil) -> CaseCommand {
        .resumeMeasure(ResumeMeasure(measureId: measureId, on: day))
    }

    private func completing(on day: CalendarDate) -> CaseCommand {
        .completeMeasure(CompleteMeasure(measureId: measureId, on: day))
    }

    private func abandoning(on day: CalendarDate) -> CaseCommand {
        .abandonMeasure(AbandonMeasure(measureId: measureId, on: day))
    }

    private func timed(_ state: CaseState) -> TimedMeasure? { state.timedMeasures(of: id(1)).first }

    @Test func interruptsARunningMeasure() {
        given(running).when(pausing(on: "2026-02-10"))
            .thenEvents([
                .measurePaused(MeasurePaused(measureId: measureId, on: "2026-02-10", reason: "hospital"))
            ])
        let measure = given(paused).state.measure(measureId)
        #expect(measure?.status == .paused)
        #expect(measure?.isOpen == true)
    }

    @Test func countsFromTheEffectiveDayUnlessSaidOtherwise() {
        given(running).when(pausing(), on: "2026-02-11")
            .thenEvents([
                .measurePaused(MeasurePaused(measureId: measureId, on: "2026-02-11", reason: "hospital"))
            ])
        given(paused).when(resuming(), on: "2026-02-27")
            .thenEvents([.measureResumed(MeasureResumed(measureId: measureId, on: "2026-02-27"))])
    }

    @Test func goesOn() {
        let measure = given(paused).when(resuming(on: "2026-02-20")).thenState().measure(measureId)
        #expect(measure?.status == .started)
        #expect(measure?.pauses == [Measure.Pause(from: "2026-02-10", through: "2026-02-19")])
    }

    @Test func followsItsOrder() {
        given(.agreedPlan).when(pausing()).thenRejected(.notStarted)
        given(.agreedPlan).when(resuming()).thenRejected(.notStarted)
        given(running).when(resuming()).thenRejected(.notPaused)
        given(paused).when(pausing()).thenRejected(.alreadyPaused)
        for ended in [Past<CaseEvent>.measureCompleted(), .measureAbandoned()] {
            given(paused + [ended]).when(pausing()).thenRejected(.alreadyEnded)
            given(paused + [ended]).when(resuming()).thenRejected(.alreadyEnded)
        }
    }

    @Test func liesWithinTheTimeTheMeasureRan() {
        given(running).when(pausing(on: "2026-02-01")).thenRejected(.pausesBeforeStart)
        given(running).when(pausing(on: "2026-02-02")).thenAccepted()
        given(paused).when(resuming(on: "2026-02-09")).thenRejected(.resumesBeforePause)
        let resumed = paused + [.measureResumed(on: "2026-02-20")]
        given(resumed).when(pausing(on: "2026-02-19")).thenRejected(.pausesBeforeResumption)
        given(resumed).when(pausing(on: "2026-02-20")).thenAccepted()
        given(running).when(pausing(on: "2026-03-03")).thenRejected("in-the-future")
        given(paused).when(resuming(on: "2026-03-03")).thenRejected("in-the-future")
    }

    @Test func resumedOnTheSameDayItWasNotInterruptedAtAll() {
        let state = given(paused).when(resuming(on: "2026-02-10")).thenState()
        #expect(state.measure(measureId)?.pauses.isEmpty == true)
        #expect(timed(state)?.activity == [DayRange(first: "2026-02-02", atLeastTo: "2026-05-29")])
    }

    @Test func aPausedMeasureCanEnd() {
        let completed = given(paused).when(completing(on: "2026-02-20")).thenState()
        #expect(completed.measure(measureId)?.status == .completed)
        #expect(timed(completed)?.activity == [DayRange(first: "2026-02-02", atLeastTo: "2026-02-09")])
        let abandoned = given(paused).when(abandoning(on: "2026-02-20")).thenState()
        #expect(abandoned.measure(measureId)?.status == .abandoned)
        #expect(timed(abandoned)?.activity == [DayRange(first: "2026-02-02", atLeastTo: "2026-02-09")])
    }

    @Test func mayTurnOutToHaveEndedBeforeThePause() {
        let state = given(paused).when(completing(on: "2026-02-05")).thenState()
        #expect(state.measure(measureId)?.pauses.isEmpty == true)
        #expect(timed(state)?.activity == [DayRange(first: "2026-02-02", atLeastTo: "2026-02-05")])
    }

    @Test func doesNotEndBeforeItWentOn() {
        let resumed = paused + [.measureResumed(on: "2026-02-20")]
        given(resumed).when(completing(on: "2026-02-19")).thenRejected(.endsBeforeResumption)
        given(resumed).when(abandoning(on: "2026-02-19")).thenRejected(.endsBeforeResumption)
        given(resumed).when(completing(on: "2026-02-20")).thenAccepted()
    }

    @Test func pausedDaysAreNotActiveDays() {
        #expect(timed(given(paused).state)?.progress == .paused(since: "2026-02-02", on: "2026-02-10"))
        #expect(
            timed(given(paused).state)?.activity == [DayRange(first: "2026-02-02", atLeastTo: "2026-02-09")])
        let resumed = given(paused + [.measureResumed(on: "2026-02-20")]).state
        #expect(
            timed(resumed)?.activity == [
                DayRange(first: "2026-02-02", atLeastTo: "2026-02-09"),
                DayRange(first: "2026-02-20", atLeastTo: "2026-05-29"),
            ])
    }

    @Test func aLongPauseIsAGap() {
        let timeline = Timeline(of: given(paused).state, id: id(1))
        #expect(TimingRules.findings(in: timeline, on: "2026-03-09").findings.isEmpty)
        #expect(TimingRules.findings(in: timeline, on: "2026-03-10").findings.map(\.kind) == [.gap])
    }

    @Test func isTheOwnOfficesToDo() {
        for command in [pausing(), resuming()] {
            given(paused + [.officeEngaged(.youthOffice)]).when(command, by: .youthOffice).thenRejected(.notYourPlan)
            given(.participantRegistered()).when(command).thenRejected(.unknownMeasure)
        }
    }

    @Test func keepsACaseOpen() {
        given(paused).when(.closeCase(CloseCase())).thenRejected("open-work-remains")
    }
}
