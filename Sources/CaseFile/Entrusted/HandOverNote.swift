import CaseTiming
public import Foundation
public import Ledger

/// Lets a named successor read what was entrusted. By whom it was told to, or by the last named successor.
public struct HandOverNote: CommandBody {
    /// The name by which it is asked for.
    public static let name = "hand-over-note"

    /// The note.
    public var noteId: UUID
    /// The subject of the employee of the youth office who may read it from now on.
    public var successor: String
    /// What allows it.
    public var ground: HandoverGround

    /// A handover.
    public init(noteId: UUID, successor: String, ground: HandoverGround) {
        self.noteId = noteId
        self.successor = successor
        self.ground = ground
    }
}

/// A named successor may read what was entrusted; whoever was named before may not any more.
public struct NoteHandedOver: EventBody {
    /// The note.
    public var noteId: UUID
    /// The subject of the successor.
    public var successor: String
    /// What allows it.
    public var ground: HandoverGround

    /// A handover.
    public init(noteId: UUID, successor: String, ground: HandoverGround) {
        self.noteId = noteId
        self.successor = successor
        self.ground = ground
    }
}

extension NoteHandedOver: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["noteId"], .own: ["successor", "ground"],
    ]
}

extension CaseState {
    func decide(_ command: HandOverNote, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        // Whether there is such a note is part of the confidence: who may not read it is told what anybody is told of none.
        guard let note = entrustedNote(command.noteId), note.isHeld(by: context.actor) else { throw .noSuchNote }
        try command.successor.filled("successor")
        let day = try context.dayOfFact()
        guard note.entrusted.on <= day else { throw .handedOverBeforeEntrusted }
        guard !note.holders.contains(command.successor) else { return [] }
        return [
            .noteHandedOver(
                NoteHandedOver(noteId: command.noteId, successor: command.successor, ground: command.ground))
        ]
    }

    mutating func apply(_ event: NoteHandedOver, from provenance: Provenance) {
        guard let index = entrustedNotes.firstIndex(where: { $0.noteId == event.noteId }) else { return }
        entrustedNotes[index].handovers.append(
            EntrustedNote.Handover(successor: event.successor, ground: event.ground, handedOver: provenance))
    }
}

extension Rejection {
    /// There is no such note, or whoever asks may not know of it.
    public static let noSuchNote = Rejection(
        rule: "no-such-note",
        detail: "There is no such note, or it was not told to you; only who holds a note hands it over (§ 65 SGB VIII)."
    )
    /// It would be handed over before it was told.
    public static let handedOverBeforeEntrusted = Rejection(
        rule: "handed-over-before-entrusted",
        detail: "The note was told on a later day; hand it over as of that day or later (effectiveOn).")
}
