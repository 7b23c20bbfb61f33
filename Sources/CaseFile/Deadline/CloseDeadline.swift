public import Foundation
public import Ledger

/// Records that a deadline no longer matters. Only the worker does.
public struct CloseDeadline: CommandBody {
    /// The name by which it is asked for.
    public static let name = "close-deadline"

    /// The deadline.
    public var deadlineId: UUID
    /// How it ended.
    public var outcome: DeadlineOutcome
    /// The day of what ended it; absent means the effective day.
    public var on: CalendarDate?

    /// The end of a deadline.
    public init(deadlineId: UUID, outcome: DeadlineOutcome, on: CalendarDate? = nil) {
        self.deadlineId = deadlineId
        self.outcome = outcome
        self.on = on
    }
}

/// A deadline no longer matters.
public struct DeadlineClosed: EventBody {
    /// The deadline.
    public var deadlineId: UUID
    /// How it ended.
    public var outcome: DeadlineOutcome
    /// The day of what ended it, Europe/Berlin.
    public var on: CalendarDate

    /// The end of a deadline.
    public init(deadlineId: UUID, outcome: DeadlineOutcome, on: CalendarDate) {
        self.deadlineId = deadlineId
        self.outcome = outcome
        self.on = on
    }
}

extension DeadlineClosed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["deadlineId"], .own: ["on", "outcome"],
    ]
}

extension CaseState {
    /// Closing what is not open is nothing, so that a second worker changes nothing.
    func decide(_ command: CloseDeadline, in context: DecisionContext) -> [CaseEvent] {
        guard deadline(command.deadlineId)?.isOpen == true else { return [] }
        return [
            .deadlineClosed(
                DeadlineClosed(
                    deadlineId: command.deadlineId, outcome: command.outcome, on: command.on ?? context.effectiveOn))
        ]
    }

    mutating func apply(_ event: DeadlineClosed, from provenance: Provenance) {
        update(deadline: event.deadlineId) {
            $0.closure = Deadline.Closure(outcome: event.outcome, on: event.on)
            $0.suspension = nil
        }
    }
}
