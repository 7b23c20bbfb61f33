public import Foundation
public import Ledger

/// Says that what the acting office committed itself to need not be done any more.
public struct WithdrawCommitment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "withdraw-commitment"

    /// The commitment.
    public var commitmentId: UUID
    /// The day of it; absent means the effective day.
    public var on: CalendarDate?
    /// What there is to know about it. Personal.
    public var note: String?

    /// A withdrawal.
    public init(commitmentId: UUID, on: CalendarDate? = nil, note: String? = nil) {
        self.commitmentId = commitmentId
        self.on = on
        self.note = note
    }
}

/// What an office had committed itself to need not be done any more.
public struct CommitmentWithdrawn: EventBody {
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

    /// A withdrawal.
    public init(commitmentId: UUID, on: CalendarDate, personal: Personal? = nil) {
        self.commitmentId = commitmentId
        self.on = on
        self.personal = personal
    }
}

extension CommitmentWithdrawn: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["commitmentId"], .exchange: ["on", "note"]]
}

extension CaseState {
    func decide(_ command: WithdrawCommitment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let day = try dayOfSettlement(command.commitmentId, on: command.on, in: context)
        return [
            .commitmentWithdrawn(
                CommitmentWithdrawn(
                    commitmentId: command.commitmentId, on: day,
                    personal: command.note.map { CommitmentWithdrawn.Personal(note: $0) }))
        ]
    }

    mutating func apply(_ event: CommitmentWithdrawn, from provenance: Provenance) {
        settle(commitment: event.commitmentId, as: .withdrawn, on: event.on, note: event.personal?.note)
    }
}
