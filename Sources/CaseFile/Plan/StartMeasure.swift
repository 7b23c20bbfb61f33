public import Foundation
public import Ledger

/// Records that a measure began.
public struct StartMeasure: CommandBody {
    /// The name by which it is asked for.
    public static let name = "start-measure"

    /// The measure.
    public var measureId: UUID
    /// Its first day; absent means the effective day.
    public var on: CalendarDate?

    /// A beginning.
    public init(measureId: UUID, on: CalendarDate? = nil) {
        self.measureId = measureId
        self.on = on
    }
}

/// A measure began.
public struct MeasureStarted: EventBody {
    /// The measure.
    public var measureId: UUID
    /// Its first day, Europe/Berlin.
    public var on: CalendarDate

    /// A beginning.
    public init(measureId: UUID, on: CalendarDate) {
        self.measureId = measureId
        self.on = on
    }
}

extension MeasureStarted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["measureId"], .timing: ["on"]]
}

extension CaseState {
    func decide(_ command: StartMeasure, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let measure = try ownMeasure(command.measureId, in: context)
        guard measure.isOpen else { throw .alreadyEnded }
        guard measure.startedOn == nil else { throw .alreadyStarted }
        // What counts is that the agreement is on record: measures are often recorded late, and history is not refused.
        guard plan(measure.planId)?.isAgreed == true else { throw .planNotAgreed }
        let on = try context.dayOfFact(command.on)
        return [.measureStarted(MeasureStarted(measureId: command.measureId, on: on))]
    }

    mutating func apply(_ event: MeasureStarted, from provenance: Provenance) {
        update(event.measureId) { $0.startedOn = event.on }
    }
}

extension Rejection {
    /// The plan is not agreed yet.
    public static let planNotAgreed = Rejection(
        rule: "plan-not-agreed",
        detail: "The plan is not agreed with the participant yet; agree it first (agree-plan), then start the measure.")
    /// It began.
    public static let alreadyStarted = Rejection(
        rule: "already-started", detail: "It has already started; complete or end it when it is over.")
}
