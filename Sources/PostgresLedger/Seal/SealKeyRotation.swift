public import Ledger
public import Postgres

/// Lets a new key take over the sealing of the log.
///
/// From the transaction on, the new key signs; a sealer that still has the old one is refused and looks for its keys anew.
/// The checkpoint at the turn bears both signatures, so who trusts the old key can trust the new one.
public struct SealKeyRotation: Sendable {
    /// What happened.
    public struct Outcome: Hashable, Sendable {
        /// The key that signed before; `nil` if there was none.
        public var before: NoteVerifierKey?
        /// The key that signs from now on.
        public var now: NoteVerifierKey
        /// The checkpoint at the turn, signed by both; `nil` if there was no key before.
        public var transition: String?
    }

    private let pool: PostgresPool

    /// Rotation of the keys of the log in the database behind `pool`.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The key that signs at present; `nil` if none ever did.
    public func current() async throws -> String? {
        try await pool.query(SealStatements.currentKey).first?.decode(1)
    }

    /// Makes `key` the one that signs. Does nothing if it is already.
    ///
    /// - Parameters:
    ///   - predecessors: the private keys among which the one is that signed up to now.
    ///   - withoutPredecessor: goes on although that key is lost. The turn then bears the new signature only, and every
    ///     verification says so, unless it is given the new key as trusted.
    /// - Throws: ``SealError/foreignKey(_:)`` when the key that signed up to now is not among `predecessors`;
    ///   `PostgresError`.
    public func rotate(
        to key: NoteSigningKey, predecessors: [NoteSigningKey], withoutPredecessor: Bool = false
    ) async throws -> Outcome {
        try await pool.withTransaction { connection in
            // Whoever seals holds this lock while a checkpoint is written.
            try await connection.execute(SealStatements.ensureProjection, Sealer.name)
            try await connection.query(SealStatements.lockProjection, Sealer.name)
            let keys = try await connection.query(SealStatements.keys).map { try $0.sealKey() }
            guard let last = keys.last else {
                try await connection.execute(
                    SealStatements.insertKey, Int32(1), key.verifier.description, Position(0), String?.none)
                return Outcome(before: nil, now: key.verifier, transition: nil)
            }
            if last.verifier == key.verifier {
                return Outcome(before: nil, now: key.verifier, transition: last.transition)
            }
            let predecessor = predecessors.first { $0.verifier == last.verifier }
            guard predecessor != nil || withoutPredecessor else {
                throw SealError.foreignKey(last.verifier.description)
            }
            let latest = try await connection.query(SealStatements.latestCheckpoint).first?.sealedCheckpoint()
            let checkpoint = Checkpoint(
                origin: last.verifier.name, size: latest?.size ?? 0, root: latest?.root ?? .emptyTree)
            let note = try checkpoint.signed(with: [predecessor, key].compactMap(\.self)).description
            try await connection.execute(
                SealStatements.insertKey, Int32(clamping: last.number + 1), key.verifier.description, checkpoint.size,
                note)
            return Outcome(before: last.verifier, now: key.verifier, transition: note)
        }
    }
}
