/// One of the keys that sign a log's checkpoints, one after the other.
public struct SealKey: Hashable, Sendable {
    /// The how-manieth key of the log it is, from 1.
    public var number: Int
    /// The key that checkpoints verify with.
    public var verifier: NoteVerifierKey
    /// It signs checkpoints of trees larger than this.
    public var tookOverAtSize: Position
    /// The checkpoint of that size, signed by this key and by the one before it; `nil` for the first key.
    public var transition: String?
    /// When it took over, UTC.
    public var createdAt: Instant

    /// A key and what is known of it.
    public init(
        number: Int, verifier: NoteVerifierKey, tookOverAtSize: Position, transition: String?, createdAt: Instant
    ) {
        self.number = number
        self.verifier = verifier
        self.tookOverAtSize = tookOverAtSize
        self.transition = transition
        self.createdAt = createdAt
    }
}
