public import Foundation
public import Ledger

/// Says what the acting office has to say to how it kept its word: its right of reply to what is counted of it.
public struct ReplyToCommitment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "reply-to-commitment"

    /// The commitment.
    public var commitmentId: UUID
    /// What there is to say. Personal.
    public var note: String

    /// A reply.
    public init(commitmentId: UUID, note: String) {
        self.commitmentId = commitmentId
        self.note = note
    }
}

/// An office said something to how it kept its word.
public struct CommitmentRepliedTo: EventBody {
    /// What it said.
    public struct Personal: Codable, Hashable, Sendable {
        /// The note.
        public var note: String

        /// A note.
        public init(note: String) { self.note = note }
    }

    /// The commitment.
    public var commitmentId: UUID
    /// What it said.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case commitmentId
    }

    /// A reply.
    public init(commitmentId: UUID, personal: Personal? = nil) {
        self.commitmentId = commitmentId
        self.personal = personal
    }
}

extension CommitmentRepliedTo: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["commitmentId"], .exchange: ["note"]]
}

extension CaseState {
    func decide(_ command: ReplyToCommitment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let commitment = try ownCommitment(command.commitmentId, in: context)
        let day = try context.dayOfFact()
        guard commitment.settlement.map({ $0.on <= day }) ?? (commitment.by < day) else { throw .nothingToReplyTo }
        try command.note.filled("note")
        return [
            .commitmentRepliedTo(
                CommitmentRepliedTo(
                    commitmentId: command.commitmentId,
                    personal: CommitmentRepliedTo.Personal(note: command.note)))
        ]
    }

    mutating func apply(_ event: CommitmentRepliedTo, from provenance: Provenance) {
        guard let index = commitments.firstIndex(where: { $0.commitmentId == event.commitmentId }) else { return }
        commitments[index].replies.append(Commitment.Reply(on: provenance.on, note: event.personal?.note))
    }
}

extension Rejection {
    /// The commitment is open, and its day has not passed.
    public static let nothingToReplyTo = Rejection(
        rule: "nothing-to-reply-to",
        detail: "The commitment is open and not overdue on that day; keep, break or withdraw it, with a note.")
}
