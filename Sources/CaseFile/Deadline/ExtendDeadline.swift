public import Foundation
public import Ledger

/// Gives a deadline of the acting office more time, also after it ended (§ 26 Abs. 7 SGB X).
public struct ExtendDeadline: CommandBody {
    /// The name by which it is asked for.
    public static let name = "extend-deadline"

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

/// An office gave a deadline of its own more time.
public struct DeadlineExtended: EventBody {
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

extension DeadlineExtended: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["deadlineId"], .own: ["until", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: ExtendDeadline, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let deadline = try ownDeadline(command.deadlineId, in: context)
        guard deadline.suspension == nil else { throw .deadlineSuspended }
        try command.reason.filled("reason")
        try command.until.plausible()
        guard deadline.endsOn < command.until else { throw .notExtended }
        return [
            .deadlineExtended(
                DeadlineExtended(
                    deadlineId: command.deadlineId, until: command.until,
                    personal: DeadlineExtended.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: DeadlineExtended, from provenance: Provenance) {
        update(deadline: event.deadlineId) {
            $0.change(.extended, reason: event.personal?.reason, on: provenance.on) {
                $0.rescheduledEnd = event.until
                $0.suspendedDays = 0
            }
        }
    }
}

extension Rejection {
    /// The new day is no such day.
    public static let notExtended = Rejection(
        rule: "not-extended",
        detail: "The new day has to lie after the one that holds; choose a later one, or shorten it (shorten-deadline)."
    )
}
