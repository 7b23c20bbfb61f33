import Ledger
import Postgres

/// A tile as the database has it, which may be anything.
struct StoredTile {
    /// Its hashes; `nil` unless there are 256.
    let hashes: [MerkleHash]?
    /// What it says its root is.
    let root: MerkleHash?
}

/// A checkpoint as the database has it, which may be anything.
struct StoredCheckpoint {
    let size: Position
    let predecessor: Position
    let root: MerkleHash?
    let note: String
    /// The hashes of the leaves after the predecessor that did not lie in a complete tile; `nil` if they are none.
    let tail: [MerkleHash]?
    /// The roots that it may be believed to state: what was signed, or whatever it says if the signature is not good.
    var believable: [MerkleHash] = []

    /// The position before the first one whose hash is in the tail.
    var tailStart: Position { max(predecessor, size / Int64(MerkleTile.width) * Int64(MerkleTile.width)) }
}

/// A key as the database has it, which may be anything.
struct StoredSealKey {
    let number: Int
    let text: String
    let tookOverAtSize: Position
    let transition: String?
}

/// Reads what the log consists of, within a transaction on one snapshot.
struct StoredSeals {
    let connection: PostgresConnection

    func keys() async throws -> [StoredSealKey] {
        try await connection.query(SealStatements.keys).map { row in
            StoredSealKey(
                number: Int(try row.decode(0, as: Int32.self)), text: try row.decode(1),
                tookOverAtSize: try row.decode(2),
                transition: try row.decode(3))
        }
    }

    /// How far the log says that it is: the size of the last checkpoint, and the sealer's progress.
    func extent() async throws -> (sealed: Position, progress: Position, head: Position) {
        guard let row = try await connection.query(Self.extent, Sealer.name).first else { return (0, 0, 0) }
        return (try row.decode(0), try row.decode(1), try row.decode(2))
    }

    /// The tiles of leaf hashes from one index on.
    func leafTiles(from index: Int64, count: Int64) async throws -> [Int64: StoredTile] {
        var tiles: [Int64: StoredTile] = [:]
        for row in try await connection.query(Self.leafTiles, index, index + count) {
            tiles[try row.decode(0)] = try Self.tile(row)
        }
        return tiles
    }

    /// The tiles above the leaves whose last hash is that of the tile of level 1 at `index`, or of one that it is part of.
    func upperTiles(over index: Int64) async throws -> [MerkleTile.Place: StoredTile] {
        var tiles: [MerkleTile.Place: StoredTile] = [:]
        for row in try await connection.query(Self.upperTiles, index) {
            let place = MerkleTile.Place(level: Int(try row.decode(3, as: Int16.self)), index: try row.decode(0))
            tiles[place] = try Self.tile(row)
        }
        return tiles
    }

    /// Tiles that a log of that size cannot have yet.
    func surplusTiles(size: Position, limit: Int) async throws -> [MerkleTile.Place] {
        try await connection.query(Self.surplusTiles, size, Int64(limit)).map { row in
            MerkleTile.Place(level: Int(try row.decode(0, as: Int16.self)), index: try row.decode(1))
        }
    }

    /// Checkpoints larger than one size and not larger than another, the smallest first.
    func checkpoints(after size: Position, through end: Position) async throws -> [StoredCheckpoint] {
        try await connection.query(Self.checkpoints, size, end).map { row in
            StoredCheckpoint(
                size: try row.decode(0), predecessor: try row.decode(1),
                root: MerkleHash(bytes: try row.decode(2, as: [UInt8].self)), note: try row.decode(3),
                tail: [MerkleHash](concatenated: try row.decode(4, as: [UInt8].self)))
        }
    }

    private static func tile(_ row: Row) throws -> StoredTile {
        let hashes = [MerkleHash](concatenated: try row.decode(2, as: [UInt8].self))
        return StoredTile(
            hashes: hashes?.count == MerkleTile.width ? hashes : nil,
            root: MerkleHash(bytes: try row.decode(1, as: [UInt8].self)))
    }

    private static let extent = Statement(
        "verify.extent",
        """
        SELECT coalesce((SELECT max(size) FROM ledger.checkpoints), 0),
            coalesce((SELECT position FROM ledger.projections WHERE name = $1), 0),
            coalesce((SELECT max(position) FROM ledger.events), 0)
        """)

    private static let leafTiles = Statement(
        "verify.leaf tiles",
        "SELECT index, root, hashes FROM ledger.tiles WHERE level = 0 AND index >= $1 AND index < $2")

    private static let upperTiles = Statement(
        "verify.upper tiles",
        """
        SELECT index, root, hashes, level FROM ledger.tiles
        WHERE level >= 1 AND index = $1::bigint >> (8 * (level - 1))
        """)

    private static let surplusTiles = Statement(
        "verify.surplus tiles",
        """
        SELECT level, index FROM ledger.tiles
        WHERE index >= CASE WHEN level BETWEEN 0 AND 6 THEN $1::bigint >> (8 * (level + 1)) ELSE 0 END
        ORDER BY level, index LIMIT $2
        """)

    private static let checkpoints = Statement(
        "verify.checkpoints",
        """
        SELECT size, predecessor, root, note, tail FROM ledger.checkpoints
        WHERE size > $1 AND size <= $2 ORDER BY size
        """)
}
