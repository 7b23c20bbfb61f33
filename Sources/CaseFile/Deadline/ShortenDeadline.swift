public import Foundation
public import Ledger

/// Gives a deadline of the acting office less time.
public struct ShortenDeadline: CommandBody {
    /// The name by which it is asked for.
    public static let name = "shorten-deadline"

    /// The deadline.
    public var deadlineId: UUID
    /// The new last day.
    public var until: CalendarDate
    /// Why. Personal.
    public var reason: String

    /// Another last day.
    public init(deadlineId: UUID, until: CalendarDate, reason: String) {
        self.deadlineId = deadlineId
        self.until = until
        self.reason = reason
    }
}

/// An office gave a deadline of its own less time.
public struct DeadlineShortened: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason in words.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The deadline.
    public var deadlineId: UUID
    /// The new last day, Europe/Berlin.
    public var until: CalendarDate
    /// Why.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case deadlineId, until
    }

    /// Another last day.
    public init(deadlineId: UUID, until: CalendarDate, personal: Personal? = nil) {
        self.deadlineId = deadlineId
        self.until = until
        self.personal = personal
    }
}

extension DeadlineShortened: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["deadlineId"], .own: ["until", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: ShortenDeadline, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let deadline = try ownDeadline(command.deadlineId, in: context)
        guard deadline.suspension == nil else { throw .deadlineSuspended }
        try command.reason.filled("reason")
        try command.until.plausible()
        guard command.until < deadline.endsOn, !deadline.isAhead(of: command.until) else { throw .notShortened }
        return [
            .deadlineShortened(
                DeadlineShortened(
                    deadlineId: command.deadlineId, until: command.until,
                    personal: DeadlineShortened.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: DeadlineShortened, from provenance: Provenance) {
        update(deadline: event.deadlineId) {
            $0.change(.shortened, reason: event.personal?.reason, on: provenance.on) {
                $0.rescheduledEnd = event.until
                $0.suspendedDays = 0
            }
        }
    }
}

extension Rejection {
    /// The new day is no such day.
    public static let notShortened = Rejection(
        rule: "not-shortened",
        detail: "The new day has to lie before the one that holds, and not before what began it; choose such a day, or "
            + "extend it (extend-deadline).")
}
