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
        /// The row at a position is not what was sealed there.
        case eventChanged = "event-changed"
        /// The event that was sealed at a position is gone.
        case eventRemoved = "event-removed"
        /// The row at a position was never sealed, and stands where another one was.
        case eventInserted = "event-inserted"
        /// The event at a position was sealed at another one.
        case eventMoved = "event-moved"
        /// A tile of the sealed tree is missing.
        case tileMissing = "tile-missing"
        /// A tile of the sealed tree has other hashes than its events.
        case tileChanged = "tile-changed"
        /// There is a tile for events that were never sealed.
        case tileSurplus = "tile-surplus"
        /// A checkpoint is missing.
        case checkpointMissing = "checkpoint-missing"
        /// A checkpoint is not what its signed note says.
        case checkpointChanged = "checkpoint-changed"
        /// A checkpoint is not signed with the key of its time.
        case checkpointUnsigned = "checkpoint-unsigned"
        /// Events and hashes alike are not those that were signed.
        case checkpointContradicted = "checkpoint-contradicted"
        /// A key of the log is missing.
        case keyMissing = "key-missing"
        /// A key of the log is none.
        case keyChanged = "key-changed"
        /// Nobody vouches for a key of the log.
        case keyUnlinked = "key-unlinked"
        /// The ledger is not the one that a checkpoint kept elsewhere is of.
        case ledgerRewritten = "ledger-rewritten"
    }

    /// The first event at which it shows; of a checkpoint, its size.
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
