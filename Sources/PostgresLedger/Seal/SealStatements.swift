import Ledger
import Postgres

/// The statements over the tables of the transparency log.
enum SealStatements {
    static let latestCheckpoint = Statement(
        "seal.latest checkpoint",
        """
        SELECT c.size, c.root, coalesce(k.transition, c.note), c.sealed_at
        FROM (SELECT * FROM ledger.checkpoints ORDER BY size DESC LIMIT 1) c
        LEFT JOIN ledger.seal_keys k ON k.took_over_at_size = c.size AND k.number > 1
        ORDER BY k.number DESC LIMIT 1
        """)

    static let checkpoint = Statement(
        "seal.checkpoint",
        """
        SELECT c.size, c.root, coalesce(k.transition, c.note), c.sealed_at
        FROM ledger.checkpoints c LEFT JOIN ledger.seal_keys k ON k.took_over_at_size = c.size AND k.number > 1
        WHERE c.size = $1 ORDER BY k.number DESC LIMIT 1
        """)

    static let keys = Statement(
        "seal.keys",
        """
        SELECT number, verifier_key, took_over_at_size, transition, created_at FROM ledger.seal_keys ORDER BY number
        """)

    static let currentKey = Statement(
        "seal.current key", "SELECT number, verifier_key FROM ledger.seal_keys ORDER BY number DESC LIMIT 1")

    static let insertKey = Statement(
        "seal.insert key",
        "INSERT INTO ledger.seal_keys (number, verifier_key, took_over_at_size, transition) VALUES ($1, $2, $3, $4)")

    static let insertTiles = Statement(
        "seal.insert tiles",
        """
        INSERT INTO ledger.tiles (level, index, root, hashes)
        SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::bytea[])
        """)

    static let insertCheckpoint = Statement(
        "seal.insert checkpoint",
        "INSERT INTO ledger.checkpoints (size, predecessor, root, note, tail) VALUES ($1, $2, $3, $4, $5)")

    /// The hashes of the leaves from the beginning of a tile on, as far as that tile is not complete.
    static let tails = Statement(
        "seal.tails",
        "SELECT predecessor, size, tail FROM ledger.checkpoints WHERE size > $1 AND size < $1 + 256 ORDER BY size")

    static let tile = Statement("seal.tile", "SELECT hashes FROM ledger.tiles WHERE level = $1 AND index = $2")

    static let tileRoots = Statement(
        "seal.tile roots",
        "SELECT index, root FROM ledger.tiles WHERE level = $1 AND index >= $2 AND index < $3 ORDER BY index")

    /// Makes sure that there is something to lock.
    static let ensureProjection = Statement(
        "seal.ensure projection", "INSERT INTO ledger.projections (name) VALUES ($1) ON CONFLICT DO NOTHING")

    static let lockProjection = Statement(
        "seal.lock projection", "SELECT position FROM ledger.projections WHERE name = $1 FOR NO KEY UPDATE")
}

extension Row {
    /// From the columns size, root, note, sealed_at.
    func sealedCheckpoint() throws -> SealedCheckpoint {
        SealedCheckpoint(
            size: try decode(0), root: try merkleHash(1), note: try decode(2), sealedAt: try instant(3))
    }

    /// From the columns number, verifier_key, took_over_at_size, transition, created_at.
    func sealKey() throws -> SealKey {
        guard let verifier = NoteVerifierKey(try decode(1, as: String.self)) else { throw TransparencyError.damaged }
        return SealKey(
            number: Int(try decode(0, as: Int32.self)), verifier: verifier, tookOverAtSize: try decode(2),
            transition: try decode(3), createdAt: try instant(4))
    }

    func merkleHash(_ column: Int) throws -> MerkleHash {
        guard let hash = MerkleHash(bytes: try decode(column, as: [UInt8].self)) else {
            throw TransparencyError.damaged
        }
        return hash
    }
}
