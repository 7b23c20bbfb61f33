import CaseTiming
public import Foundation
public import Ledger

/// Records what somebody told the asking employee of the youth office in confidence (§ 65 SGB VIII). Nobody else reads it.
public struct EntrustNote: CommandBody {
    /// The name by which it is asked for.
    public static let name = "entrust-note"

    /// The note.
    public var noteId: UUID
    /// What was told. Personal, and entrusted.
    public var text: String
    /// Who told it. Personal, and entrusted.
    public var toldBy: Confider

    /// A note.
    public init(noteId: UUID, text: String, toldBy: Confider) {
        self.noteId = noteId
        self.text = text
        self.toldBy = toldBy
    }
}

/// Something was told in confidence, to whoever recorded it.
public struct NoteEntrusted: EventBody {
    /// What was told.
    public struct Personal: Codable, Hashable, Sendable {
        /// What was told.
        public var text: String
        /// Who told it.
        public var toldBy: Confider

        /// What somebody told.
        public init(text: String, toldBy: Confider) {
            self.text = text
            self.toldBy = toldBy
        }
    }

    /// The note.
    public var noteId: UUID
    /// What was told; `nil` once the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case noteId
    }

    /// A note.
    public init(noteId: UUID, personal: Personal? = nil) {
        self.noteId = noteId
        self.personal = personal
    }
}

extension NoteEntrusted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["noteId"], .entrusted: ["text", "toldBy"],
    ]
}

extension CaseState {
    func decide(_ command: EntrustNote, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let office = context.actor.office, isEngaged(office) else { throw .notEngaged }
        guard entrustedNote(command.noteId) == nil else { throw .noteKnown }
        try command.text.filled("text")
        _ = try context.dayOfFact()
        return [
            .noteEntrusted(
                NoteEntrusted(
                    noteId: command.noteId,
                    personal: NoteEntrusted.Personal(text: command.text, toldBy: command.toldBy)))
        ]
    }

    mutating func apply(_ event: NoteEntrusted, toldTo confidant: String, from provenance: Provenance) {
        entrustedNotes.append(EntrustedNote(event, toldTo: confidant, from: provenance))
    }
}

extension Rejection {
    /// There is a note of that id.
    public static let noteKnown = Rejection(
        rule: "note-known", detail: "This id is taken by another note; choose a new one.")
}
