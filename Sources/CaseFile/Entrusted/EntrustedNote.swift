import CaseTiming
public import Foundation
import Ledger

/// What somebody told an employee of the youth office in confidence (§ 65 SGB VIII), and who may read it.
///
/// That there is a note, its office and its days can be read by whoever reads the state of the case. What was told cannot: it
/// comes out only for an actor who may read it, so that no view, export or audit can show it by mistake.
public struct EntrustedNote: Hashable, Sendable {
    /// The note.
    public var noteId: UUID
    /// Which office it was told in, and as of when.
    public var entrusted: Provenance
    /// To whom it was handed over and why, in the order of handing over.
    public internal(set) var handovers: [Handover] = []

    /// The subject of the employee it was told to.
    private let confidant: String
    private let personal: NoteEntrusted.Personal?

    /// That somebody else may read it too.
    public struct Handover: Hashable, Sendable {
        /// The subject of the named successor.
        public var successor: String
        /// What allows it.
        public var ground: HandoverGround
        /// Which office handed it over, and as of when.
        public var handedOver: Provenance
    }

    init(_ event: NoteEntrusted, toldTo confidant: String, from provenance: Provenance) {
        noteId = event.noteId
        entrusted = provenance
        self.confidant = confidant
        personal = event.personal
    }

    /// The subject of the last named successor; `nil` while there is none.
    public var successor: String? { handovers.last?.successor }

    /// Who may read it: the employee it was told to, and the last named successor.
    var holders: [String] { [confidant] + [successor].compactMap(\.self) }

    /// Whether an actor may read it, and that there is such a note at all.
    public func isHeld(by actor: Actor) -> Bool {
        holders.contains { holder in
            entrusted.office.map {
                AccessPolicy.judge(confidenceHeldBy: holder, of: $0, by: actor).isAllowed
            } ?? false
        }
    }

    /// What was told and by whom, for an actor who may read it; `nil` for anybody else, and once the person is erased.
    public func content(for actor: Actor) -> NoteEntrusted.Personal? { isHeld(by: actor) ? personal : nil }
}

/// What allows it to hand over what was entrusted.
public enum HandoverGround: String, Codable, CaseIterable, Hashable, Sendable {
    /// Whoever entrusted it agrees (§ 65 Abs. 1 Satz 1 Nr. 1 SGB VIII).
    case consent
    /// Another employee became responsible, there are signs that a child is in danger, and what was entrusted is needed to
    /// judge that (§ 65 Abs. 1 Satz 1 Nr. 3 SGB VIII).
    case riskToChild = "risk-to-child"
}

/// Who told something in confidence.
public enum Confider: String, Codable, CaseIterable, Hashable, Sendable {
    /// The participant.
    case participant
    /// Whoever cares for the participant by law.
    case guardian
    /// Somebody else.
    case other
}

extension CaseState {
    /// The note of that id.
    public func entrustedNote(_ id: UUID) -> EntrustedNote? { entrustedNotes.first { $0.noteId == id } }

    /// What an actor may read of what was entrusted, in the order of entrusting.
    public func entrustedNotes(for actor: Actor) -> [EntrustedNote] { entrustedNotes.filter { $0.isHeld(by: actor) } }
}
