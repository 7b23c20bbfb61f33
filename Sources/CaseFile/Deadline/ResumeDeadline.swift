public import Foundation
public import Ledger

/// Lets a suspended deadline of the acting office run again: the days on which it did not are added to its end (§ 209 BGB).
/// Where the rule wants it to end on a working day, the worker moves it there right afterwards (``SetDeadline``).
public struct ResumeDeadline: CommandBody {
    /// The name by which it is asked for.
    public static let name = "resume-deadline"

    /// The deadline.
    public var deadlineId: UUID
    /// The first day on which it runs again; absent means the effective day.
    public var on: CalendarDate?

    /// The end of a suspension.
    public init(deadlineId: UUID, on: CalendarDate? = nil) {
        self.deadlineId = deadlineId
        self.on = on
    }
}

/// A deadline runs again.
public struct DeadlineResumed: EventBody {
    /// The deadline.
    public var deadlineId: UUID
    /// The first day on which it runs again, Europe/Berlin.
    public var on: CalendarDate
    /// By how many days its end is later.
    public var days: Int

    /// The end of a suspension.
    public init(deadlineId: UUID, on: CalendarDate, days: Int) {
        self.deadlineId = deadlineId
        self.on = on
        self.days = days
    }
}

extension DeadlineResumed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["deadlineId"], .own: ["days", "on"],
    ]
}

extension CaseState {
    func decide(_ command: ResumeDeadline, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let deadline = try ownDeadline(command.deadlineId, in: context)
        guard let suspension = deadline.suspension else { throw .deadlineNotSuspended }
        let on = try context.dayOfFact(command.on)
        guard suspension.from <= on else { throw .resumedBeforeSuspended }
        return [
            .deadlineResumed(
                DeadlineResumed(deadlineId: command.deadlineId, on: on, days: on - suspension.from))
        ]
    }

    mutating func apply(_ event: DeadlineResumed, from provenance: Provenance) {
        update(deadline: event.deadlineId) {
            $0.change(.suspended, reason: $0.suspension?.reason, on: provenance.on) { $0.suspendedDays += event.days }
            $0.suspension = nil
        }
    }
}

extension Rejection {
    /// It runs.
    public static let deadlineNotSuspended = Rejection(
        rule: "deadline-not-suspended", detail: "This deadline is not suspended; nothing needs to be done.")
    /// It would run again before it was suspended.
    public static let resumedBeforeSuspended = Rejection(
        rule: "resumed-before-suspended",
        detail: "The deadline was suspended after that day; choose the day on which it was suspended or a later one.")
}
