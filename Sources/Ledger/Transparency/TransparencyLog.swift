/// The ledger as auditors see it: signed checkpoints, and proofs that lead to them.
public protocol TransparencyLog: Sendable {
    /// The checkpoint of exactly that size, or the latest one; `nil` if there is none.
    ///
    /// A checkpoint at which the log changed its key bears the signatures of both keys.
    func checkpoint(size: Position?) async throws -> SealedCheckpoint?

    /// Proves that the event at `position` is part of the log at `size`, or at the latest checkpoint.
    ///
    /// - Throws: ``TransparencyError``, ``LedgerError``.
    func inclusion(of position: Position, size: Position?) async throws -> SealedInclusion

    /// Proves that the log at size `from` is the beginning of the log at size `to`, or at the latest checkpoint.
    ///
    /// - Throws: ``TransparencyError``, ``LedgerError``.
    func consistency(from: Position, to: Position?) async throws -> SealedConsistency

    /// The leaves of events, sealed or not, as ``EventLeaf`` describes them.
    ///
    /// - Throws: ``LedgerError``.
    func leaves(at positions: [Position]) async throws -> [Position: [UInt8]]
}

/// A checkpoint as the log keeps it.
public struct SealedCheckpoint: Hashable, Sendable {
    /// How many events it covers: the position of the last one.
    public var size: Position
    /// The hash of the tree over them.
    public var root: MerkleHash
    /// The signed note, as it is handed out.
    public var note: String
    /// When it was signed, UTC.
    public var sealedAt: Instant

    /// A checkpoint of that size.
    public init(size: Position, root: MerkleHash, note: String, sealedAt: Instant) {
        self.size = size
        self.root = root
        self.note = note
        self.sealedAt = sealedAt
    }
}

/// A proof of inclusion with what it connects.
public struct SealedInclusion: Hashable, Sendable {
    /// The hash of the event's leaf.
    public var leaf: MerkleHash
    /// From the leaf to the root.
    public var proof: InclusionProof
    /// The hash of the tree of the proof's size.
    public var root: MerkleHash
    /// The checkpoint of that size, if there is one.
    public var checkpoint: SealedCheckpoint?

    /// A proof with what it connects.
    public init(leaf: MerkleHash, proof: InclusionProof, root: MerkleHash, checkpoint: SealedCheckpoint?) {
        self.leaf = leaf
        self.proof = proof
        self.root = root
        self.checkpoint = checkpoint
    }
}

/// A proof of consistency with what it connects.
public struct SealedConsistency: Hashable, Sendable {
    /// From one root to the other.
    public var proof: ConsistencyProof
    /// The hash of the smaller tree.
    public var oldRoot: MerkleHash
    /// The hash of the larger tree.
    public var newRoot: MerkleHash

    /// A proof with what it connects.
    public init(proof: ConsistencyProof, oldRoot: MerkleHash, newRoot: MerkleHash) {
        self.proof = proof
        self.oldRoot = oldRoot
        self.newRoot = newRoot
    }
}

/// Why the log has no such proof.
public enum TransparencyError: Error, Hashable, Sendable {
    /// The log is not sealed that far yet: how far it is.
    case notSealed(upTo: Position)
    /// Sizes and positions that contradict one another, such as a position after the end of the tree.
    case contradictory
    /// Stored hashes are missing or were changed; `gleichtakt verify` says which.
    case damaged
}
