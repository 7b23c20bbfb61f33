public import Ledger
public import Postgres

/// The transparency log over the ledger: the tables `ledger.checkpoints`, `ledger.tiles` and `ledger.seal_keys`.
public struct SealedLog: TransparencyLog {
    private let pool: PostgresPool

    /// The log in the database behind `pool`.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// A checkpoint; see ``TransparencyLog/checkpoint(size:)``.
    public func checkpoint(size: Position?) async throws -> SealedCheckpoint? {
        try await mappingErrors {
            let rows =
                if let size {
                    try await pool.query(SealStatements.checkpoint, size)
                } else {
                    try await pool.query(SealStatements.latestCheckpoint)
                }
            return try rows.first?.sealedCheckpoint()
        }
    }

    /// A proof of inclusion; see ``TransparencyLog/inclusion(of:size:)``.
    public func inclusion(of position: Position, size: Position?) async throws -> SealedInclusion {
        try await proving { latest, connection in
            let size = size ?? latest.size
            guard size <= latest.size, position <= latest.size else {
                throw TransparencyError.notSealed(upTo: latest.size)
            }
            guard (1...max(1, size)).contains(position) else { throw TransparencyError.contradictory }
            let prover = MerkleProver(source: StoredHashes(connection))
            let checkpoint = try await connection.query(SealStatements.checkpoint, size).first?.sealedCheckpoint()
            let inclusion = SealedInclusion(
                leaf: try await prover.leaf(position - 1),
                proof: try await prover.inclusion(of: position - 1, in: size), root: try await prover.root(size: size),
                checkpoint: checkpoint)
            // Never hand out what would not verify: then hashes were changed.
            guard inclusion.proof.verifies(leaf: inclusion.leaf, root: checkpoint?.root ?? inclusion.root) else {
                throw TransparencyError.damaged
            }
            return inclusion
        }
    }

    /// A proof of consistency; see ``TransparencyLog/consistency(from:to:)``.
    public func consistency(from: Position, to: Position?) async throws -> SealedConsistency {
        try await proving { latest, connection in
            let to = to ?? latest.size
            guard to <= latest.size, from <= latest.size else {
                throw TransparencyError.notSealed(upTo: latest.size)
            }
            guard (0...max(0, to)).contains(from) else { throw TransparencyError.contradictory }
            let prover = MerkleProver(source: StoredHashes(connection))
            let consistency = SealedConsistency(
                proof: try await prover.consistency(from: from, to: to), oldRoot: try await prover.root(size: from),
                newRoot: try await prover.root(size: to))
            guard consistency.proof.verifies(from: consistency.oldRoot, to: consistency.newRoot) else {
                throw TransparencyError.damaged
            }
            return consistency
        }
    }

    /// The leaves of events; see ``TransparencyLog/leaves(at:)``.
    public func leaves(at positions: [Position]) async throws -> [Position: [UInt8]] {
        try await mappingErrors {
            try await pool.withConnection { connection in
                var leaves: [Position: [UInt8]] = [:]
                // Events of a case lie far apart, those of a command side by side.
                for range in Self.runs(of: positions) {
                    try await LeafCopy.read(
                        after: range.lowerBound - 1, through: range.upperBound, on: connection
                    ) { leaf in leaves[leaf.position] = Array(leaf.bytes) }
                }
                return leaves
            }
        }
    }

    /// The keys that signed the log so far, the first one first.
    ///
    /// - Throws: ``TransparencyError/damaged`` when one of them is none; ``LedgerError``.
    public func keys() async throws -> [SealKey] {
        try await mappingErrors { try await pool.query(SealStatements.keys).map { try $0.sealKey() } }
    }

    private static func runs(of positions: [Position]) -> [ClosedRange<Position>] {
        positions.sorted().reduce(into: []) { runs, position in
            if let last = runs.last, position <= last.upperBound + 1 {
                runs[runs.count - 1] = last.lowerBound...max(last.upperBound, position)
            } else {
                runs.append(position...position)
            }
        }
    }

    /// Runs `body` on one snapshot of a log that has a checkpoint.
    private nonisolated(nonsending) func proving<Value>(
        _ body: nonisolated(nonsending) (SealedCheckpoint, PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await mappingErrors {
            try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) { connection in
                guard let latest = try await connection.query(SealStatements.latestCheckpoint).first else {
                    throw TransparencyError.notSealed(upTo: 0)
                }
                return try await body(try latest.sealedCheckpoint(), connection)
            }
        }
    }

    private nonisolated(nonsending) func mappingErrors<Value>(
        _ body: nonisolated(nonsending) () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError {
            throw error.asLedgerError
        } catch is MerkleError {
            throw TransparencyError.damaged
        }
    }
}
