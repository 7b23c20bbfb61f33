public import Foundation
public import Ledger

/// Records that a running measure is interrupted.
public struct PauseMeasure: CommandBody {
    /// The name by which it is asked for.
    public static let name = "pause-measure"

    /// The measure.
    public var measureId: UUID
    /// The first day on which it does not run; absent means the effective day.
    public var on: CalendarDate?
    /// Why.
    public var reason: String?

    /// An interruption.
    public init(measureId: UUID, on: CalendarDate? = nil, reason: String? = nil) {
        self.measureId = measureId
        self.on = on
        self.reason = reason
    }
}

/// A running measure was interrupted.
public struct MeasurePaused: EventBody {
    /// The measure.
    public var measureId: UUID
    /// The first day on which it does not run, Europe/Berlin.
    public var on: CalendarDate
    /// Why.
    public var reason: String?

    /// An interruption.
    public init(measureId: UUID, on: CalendarDate, reason: String? = nil) {
        self.measureId = measureId
        self.on = on
        self.reason = reason
    }
}

extension MeasurePaused: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["measureId"], .timing: ["on"], .byPlan: ["reason"],
    ]
}

extension CaseState {
    func decide(_ command: PauseMeasure, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let measure = try ownMeasure(command.measureId, in: context)
        guard measure.isOpen else { throw .alreadyEnded }
        guard let startedOn = measure.startedOn else { throw .notStarted }
        guard measure.openPause == nil else { throw .alreadyPaused }
        let on = try context.dayOfFact(command.on)
        guard startedOn <= on else { throw .pausesBeforeStart }
        if let resumedOn = measure.resumedOn, on < resumedOn { throw .pausesBeforeResumption }
        return [.measurePaused(MeasurePaused(measureId: command.measureId, on: on, reason: command.reason))]
    }

    mutating func apply(_ event: MeasurePaused, from provenance: Provenance) {
        update(event.measureId) {
            guard $0.openPause == nil else { return }
            $0.pauses.append(Measure.Pause(from: event.on, reason: event.reason))
        }
    }
}

extension Rejection {
    /// It is interrupted.
    public static let alreadyPaused = Rejection(
        rule: "already-paused", detail: "The measure is already paused; resume it first (resume-measure), or end it.")
    /// An interruption before the beginning.
    public static let pausesBeforeStart = Rejection(
        rule: "pauses-before-start",
        detail: "The measure had not started by that day; pause it on its first day or later.")
    /// An interruption before the end of the last one.
    public static let pausesBeforeResumption = Rejection(
        rule: "pauses-before-resumption",
        detail: "The measure was still paused on that day; pause it again on the day it was resumed or later.")
}
