public import Foundation
public import Ledger

/// Records that a measure ran its course.
public struct CompleteMeasure: CommandBody {
    /// The name by which it is asked for.
    public static let name = "complete-measure"

    /// The measure.
    public var measureId: UUID
    /// Its last day; absent means the effective day.
    public var on: CalendarDate?
    /// What came of it.
    public var outcome: String?
    /// The certificate it led to.
    public var certificate: String?

    /// A completion.
    public init(measureId: UUID, on: CalendarDate? = nil, outcome: String? = nil, certificate: String? = nil) {
        self.measureId = measureId
        self.on = on
        self.outcome = outcome
        self.certificate = certificate
    }
}

/// A measure ran its course.
public struct MeasureCompleted: EventBody {
    /// The measure.
    public var measureId: UUID
    /// Its last day, Europe/Berlin.
    public var on: CalendarDate
    /// What came of it.
    public var outcome: String?
    /// The certificate it led to.
    public var certificate: String?

    /// A completion.
    public init(measureId: UUID, on: CalendarDate, outcome: String? = nil, certificate: String? = nil) {
        self.measureId = measureId
        self.on = on
        self.outcome = outcome
        self.certificate = certificate
    }
}

extension MeasureCompleted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["measureId"],
        .timing: ["on"],
        .byPlan: ["certificate", "outcome"],
    ]
}

extension CaseState {
    func decide(_ command: CompleteMeasure, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let measure = try ownMeasure(command.measureId, in: context)
        guard measure.isOpen else { throw .alreadyEnded }
        guard measure.startedOn != nil else { throw .notStarted }
        let on = try context.dayOfFact(command.on)
        try measure.checkEnd(on: on)
        return [
            .measureCompleted(
                MeasureCompleted(
                    measureId: command.measureId, on: on, outcome: command.outcome,
                    certificate: command.certificate))
        ]
    }

    mutating func apply(_ event: MeasureCompleted, from provenance: Provenance) {
        update(event.measureId) {
            $0.endPause(through: event.on)
            $0.end = .completed(on: event.on, outcome: event.outcome, certificate: event.certificate)
        }
    }
}

extension Rejection {
    /// It did not begin.
    public static let notStarted = Rejection(
        rule: "not-started", detail: "The measure has not started; start it first (start-measure), or abandon it.")
}
