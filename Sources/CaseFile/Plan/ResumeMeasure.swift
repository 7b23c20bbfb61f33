public import Foundation
public import Ledger

/// Records that an interrupted measure goes on.
public struct ResumeMeasure: CommandBody {
    /// The name by which it is asked for.
    public static let name = "resume-measure"

    /// The measure.
    public var measureId: UUID
    /// The first day on which it runs again; absent means the effective day.
    public var on: CalendarDate?

    /// A going on.
    public init(measureId: UUID, on: CalendarDate? = nil) {
        self.measureId = measureId
        self.on = on
    }
}

/// An interrupted measure goes on.
public struct MeasureResumed: EventBody {
    /// The measure.
    public var measureId: UUID
    /// The first day on which it runs again, Europe/Berlin.
    public var on: CalendarDate

    /// A going on.
    public init(measureId: UUID, on: CalendarDate) {
        self.measureId = measureId
        self.on = on
    }
}

extension MeasureResumed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["measureId"], .timing: ["on"]]
}

extension CaseState {
    func decide(_ command: ResumeMeasure, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let measure = try ownMeasure(command.measureId, in: context)
        guard measure.isOpen else { throw .alreadyEnded }
        guard measure.startedOn != nil else { throw .notStarted }
        guard let pause = measure.openPause else { throw .notPaused }
        let on = try context.dayOfFact(command.on)
        guard pause.from <= on else { throw .resumesBeforePause }
        return [.measureResumed(MeasureResumed(measureId: command.measureId, on: on))]
    }

    mutating func apply(_ event: MeasureResumed, from provenance: Provenance) {
        update(event.measureId) {
            $0.endPause(through: event.on - 1)
            $0.resumedOn = event.on
        }
    }
}

extension Rejection {
    /// It is not interrupted.
    public static let notPaused = Rejection(
        rule: "not-paused", detail: "The measure is not paused; it runs on, and nothing needs to be done.")
    /// A going on before the interruption.
    public static let resumesBeforePause = Rejection(
        rule: "resumes-before-pause",
        detail: "The measure would go on before it was paused; resume it on the first paused day or later.")
    /// An end before it last went on.
    public static let endsBeforeResumption = Rejection(
        rule: "ends-before-resumption",
        detail: "The measure was resumed after that day; choose a last day on or after the day it was resumed.")
}
