public import Foundation
public import Ledger

/// Says that the acting office has done what it committed itself to.
public struct KeepCommitment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "keep-commitment"

    /// The commitment.
    public var commitmentId: UUID
    /// The day of it; absent means the effective day.
    public var on: CalendarDate?
    /// What there is to know about it. Personal.
    public var note: String?

    /// A keeping.
    public init(commitmentId: UUID, on: CalendarDate? = nil, note: String? = nil) {
        self.commitmentId = commitmentId
        self.on = on
        self.note = note
    }
}

/// An office did what it had committed itself to.
public struct CommitmentKept: EventBody {
    /// What there is to know about it.
    public struct Personal: Codable, Hashable, Sendable {
        /// The note.
        public var note: String

        /// A note.
        public init(note: String) { self.note = note }
    }

    /// The commitment.
    public var commitmentId: UUID
    /// The day of it, Europe/Berlin.
    public var on: CalendarDate
    /// What there is to know about it.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case commitmentId, on
    }

    /// A keeping.
    public init(commitmentId: UUID, on: CalendarDate, personal: Personal? = nil) {
        self.commitmentId = commitmentId
        self.on = on
        self.personal = personal
    }
}

extension CommitmentKept: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["commitmentId"], .exchange: ["on", "note"]]
}

extension CaseState {
    func decide(_ command: KeepCommitment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let day = try dayOfSettlement(command.commitmentId, on: command.on, in: context)
        return [
            .commitmentKept(
                CommitmentKept(
                    commitmentId: command.commitmentId, on: day,
                    personal: command.note.map { CommitmentKept.Personal(note: $0) }))
        ]
    }

    mutating func apply(_ event: CommitmentKept, from provenance: Provenance) {
        settle(commitment: event.commitmentId, as: .kept, on: event.on, note: event.personal?.note)
    }
}
