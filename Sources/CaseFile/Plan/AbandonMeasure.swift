public import Foundation
public import Ledger

/// Records that a measure is given up, whether it began or not.
public struct AbandonMeasure: CommandBody {
    /// The name by which it is asked for.
    public static let name = "abandon-measure"

    /// The measure.
    public var measureId: UUID
    /// Its last day, or the day of giving it up; absent means the effective day.
    public var on: CalendarDate?
    /// Why.
    public var reason: String?

    /// A giving up.
    public init(measureId: UUID, on: CalendarDate? = nil, reason: String? = nil) {
        self.measureId = measureId
        self.on = on
        self.reason = reason
    }
}

/// A measure was given up.
public struct MeasureAbandoned: EventBody {
    /// The measure.
    public var measureId: UUID
    /// Its last day, or the day of giving it up, Europe/Berlin.
    public var on: CalendarDate
    /// Why.
    public var reason: String?

    /// A giving up.
    public init(measureId: UUID, on: CalendarDate, reason: String? = nil) {
        self.measureId = measureId
        self.on = on
        self.reason = reason
    }
}

extension MeasureAbandoned: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["measureId"], .timing: ["on"], .byPlan: ["reason"],
    ]
}

extension CaseState {
    func decide(_ command: AbandonMeasure, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let measure = try ownMeasure(command.measureId, in: context)
        guard measure.isOpen else { throw .alreadyEnded }
        let on = try context.dayOfFact(command.on)
        try measure.checkEnd(on: on)
        return [
            .measureAbandoned(MeasureAbandoned(measureId: command.measureId, on: on, reason: command.reason))
        ]
    }

    mutating func apply(_ event: MeasureAbandoned, from provenance: Provenance) {
        update(event.measureId) {
            $0.endPause(through: event.on)
            $0.end = .abandoned(on: event.on, reason: event.reason)
        }
    }
}
