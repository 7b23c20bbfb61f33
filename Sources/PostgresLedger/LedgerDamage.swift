public import Ledger

/// Something in the ledger that is not as it should be.
public struct LedgerDamage: Hashable, Sendable {
    /// What kind of damage it is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Events are missing between two positions.
        case positionGap = "position-gap"
        /// An event says that it was recorded before the one in front of it.
        case timeReversed = "time-reversed"
        /// A command's events are not one after the other, or the first of them are missing.
        case commandTorn = "command-torn"
        /// Events are missing in a stream.
        case versionGap = "version-gap"
        /// A stream's events are not in the order of the ledger.
        case streamDisordered = "stream-disordered"
    }

    /// The first event at which it shows.
    public var position: Position
    /// What kind of damage it is.
    public var kind: Kind
    /// What is wrong, in a sentence, without personal data.
    public var sentence: String

    /// A damage at an event.
    public init(position: Position, kind: Kind, sentence: String) {
        self.position = position
        self.kind = kind
        self.sentence = sentence
    }
}
