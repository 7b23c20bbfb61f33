public import Foundation
public import Ledger

/// Records that a deadline of the acting office does not run for a while: somebody else has to act first.
public struct SuspendDeadline: CommandBody {
    /// The name by which it is asked for.
    public static let name = "suspend-deadline"

    /// The deadline.
    public var deadlineId: UUID
    /// The first day on which it does not run; absent means the effective day.
    public var on: CalendarDate?
    /// Why. Personal.
    public var reason: String

    /// A suspension.
    public init(deadlineId: UUID, on: CalendarDate? = nil, reason: String) {
        self.deadlineId = deadlineId
        self.on = on
        self.reason = reason
    }
}

/// A deadline does not run from a day on.
public struct DeadlineSuspended: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason in words.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The deadline.
    public var deadlineId: UUID
    /// The first day on which it does not run, Europe/Berlin.
    public var on: CalendarDate
    /// Why.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case deadlineId, on
    }

    /// A suspension.
    public init(deadlineId: UUID, on: CalendarDate, personal: Personal? = nil) {
        self.deadlineId = deadlineId
        self.on = on
        self.personal = personal
    }
}

extension DeadlineSuspended: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["deadlineId"], .own: ["on", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: SuspendDeadline, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let deadline = try ownDeadline(command.deadlineId, in: context)
        guard deadline.suspension == nil else { throw .deadlineSuspended }
        try command.reason.filled("reason")
        let on = try context.dayOfFact(command.on)
        guard !deadline.isAhead(of: on), on <= deadline.endsOn else { throw .notRunningThen }
        return [
            .deadlineSuspended(
                DeadlineSuspended(
                    deadlineId: command.deadlineId, on: on,
                    personal: DeadlineSuspended.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: DeadlineSuspended, from provenance: Provenance) {
        update(deadline: event.deadlineId) {
            $0.suspension = Deadline.Suspension(from: event.on, reason: event.personal?.reason)
        }
    }
}

extension Rejection {
    /// It does not run at present.
    public static let deadlineSuspended = Rejection(
        rule: "deadline-suspended", detail: "This deadline is suspended; let it run again first (resume-deadline).")
    /// It does not run on that day anyway.
    public static let notRunningThen = Rejection(
        rule: "not-running-then",
        detail: "The deadline does not run on that day; choose a day from its beginning to its end.")
}
