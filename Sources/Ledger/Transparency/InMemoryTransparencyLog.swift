import Synchronization

/// A transparency log over a store in memory, for fast tests: it seals whenever it is told to.
public final class InMemoryTransparencyLog: TransparencyLog {
    private struct Contents {
        var leaves: [[UInt8]] = []
        var checkpoints: [SealedCheckpoint] = []
    }

    private let store: any EventStore
    private let key: NoteSigningKey
    private let clock: LedgerClock
    private let contents = Mutex(Contents())

    /// A log of the events in `store`, signed with `key`.
    public init(store: any EventStore, key: NoteSigningKey, clock: LedgerClock = .system) {
        self.store = store
        self.key = key
        self.clock = clock
    }

    /// Seals what was recorded up to now.
    public func seal() async throws {
        let sealed = contents.withLock { $0.leaves.count }
        let events = try await store.read(after: Position(sealed), limit: .max)
        guard !events.isEmpty else { return }
        let leaves = events.map { EventLeaf.encode($0, fingerprint: nil) }
        try contents.withLock { contents in
            contents.leaves.append(contentsOf: leaves)
            let root = Self.root(of: contents.leaves)
            let checkpoint = Checkpoint(
                origin: key.verifier.name, size: Position(contents.leaves.count), root: root)
            contents.checkpoints.append(
                SealedCheckpoint(
                    size: checkpoint.size, root: root, note: try checkpoint.signed(with: [key]).description,
                    sealedAt: clock.now))
        }
    }

    /// A checkpoint; see ``TransparencyLog/checkpoint(size:)``.
    public func checkpoint(size: Position?) async throws -> SealedCheckpoint? {
        contents.withLock { contents in
            guard let size else { return contents.checkpoints.last }
            return contents.checkpoints.first { $0.size == size }
        }
    }

    /// A proof of inclusion; see ``TransparencyLog/inclusion(of:size:)``.
    public func inclusion(of position: Position, size: Position?) async throws -> SealedInclusion {
        let size = size ?? sealed
        let prover = try prover(upTo: max(size, position), isRightOrder: position <= size)
        return SealedInclusion(
            leaf: try await prover.leaf(position - 1), proof: try await prover.inclusion(of: position - 1, in: size),
            root: try await prover.root(size: size), checkpoint: try await checkpoint(size: size))
    }

    /// A proof of consistency; see ``TransparencyLog/consistency(from:to:)``.
    public func consistency(from: Position, to: Position?) async throws -> SealedConsistency {
        let to = to ?? sealed
        let prover = try prover(upTo: max(from, to), isRightOrder: from <= to)
        return SealedConsistency(
            proof: try await prover.consistency(from: from, to: to), oldRoot: try await prover.root(size: from),
            newRoot: try await prover.root(size: to))
    }

    /// The leaves of events; see ``TransparencyLog/leaves(at:)``. Fingerprints are not known in memory.
    public func leaves(at positions: [Position]) async throws -> [Position: [UInt8]] {
        let wanted = Set(positions)
        let events = try await store.read(after: 0, limit: .max).filter { wanted.contains($0.position) }
        return Dictionary(uniqueKeysWithValues: events.map { ($0.position, EventLeaf.encode($0, fingerprint: nil)) })
    }

    /// The position of the last event that is sealed.
    private var sealed: Position { contents.withLock { Position($0.leaves.count) } }

    private func prover(upTo size: Position, isRightOrder: Bool) throws -> MerkleProver<Hashes> {
        let leaves = contents.withLock { $0.leaves }
        guard size <= leaves.count else { throw TransparencyError.notSealed(upTo: Position(leaves.count)) }
        guard isRightOrder else { throw TransparencyError.contradictory }
        return MerkleProver(source: Hashes(leaves: leaves.map { MerkleHash(ofLeaf: $0) }))
    }

    private static func root(of leaves: [[UInt8]]) -> MerkleHash {
        var frontier = MerkleFrontier()
        for leaf in leaves { frontier.append(MerkleHash(ofLeaf: leaf)) }
        return frontier.root
    }

    /// All hashes of all levels, from the leaves.
    private struct Hashes: MerkleHashSource {
        let leaves: [MerkleHash]

        func hashes(onLevel level: Int, _ range: Range<Int64>) async throws -> [MerkleHash] {
            let width = Int64(1) << (MerkleTile.height * level)
            return range.map { index in
                .root(over: leaves[Int(index * width)..<Int((index + 1) * width)])
            }
        }
    }
}
