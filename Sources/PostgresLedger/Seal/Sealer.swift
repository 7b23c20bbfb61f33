public import Ledger
public import Postgres

/// Seals the ledger: takes new events into the Merkle tree and signs its root.
///
/// One page is one transaction: tiles, checkpoint and progress together or not at all, guarded by the lease's generation.
/// Besides, a checkpoint's predecessor has one successor in the table. However many workers there are and wherever they are
/// killed, the log does not fork, and what was sealed stays sealed.
public actor Sealer {
    /// What the lease is called.
    public static let name = "seal"
    /// How its rows are written; there is one way so far.
    static let version = 1

    private let pool: PostgresPool
    private let projections: ProjectionStore
    private let keys: @Sendable () throws -> [NoteSigningKey]
    private let pageSize: Int64

    private var tree = MerkleTiling()
    private var signer: NoteSigningKey?

    /// A sealer of the ledger in the database behind `pool`.
    ///
    /// - Parameters:
    ///   - keys: the signing keys at hand, the newest last. Asked whenever the lease is taken and after every failure, so
    ///     that a key that took over in the meantime is found.
    ///   - pageSize: how many events one checkpoint covers at most; so many hashes are in memory.
    public init(
        pool: PostgresPool, pageSize: Int = 16_384, keys: @escaping @Sendable () throws -> [NoteSigningKey]
    ) {
        self.pool = pool
        projections = ProjectionStore(pool: pool)
        self.pageSize = Int64(max(1, pageSize))
        self.keys = keys
    }

    /// Takes up the tree where the last checkpoint left it.
    ///
    /// - Throws: ``SealError`` when there is no going on from there, or no key to sign with; `PostgresError`.
    public func begin() async throws {
        signer = nil
        let (found, current) = try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) {
            connection in
            let current = try await connection.query(SealStatements.currentKey).first?.decode(1, as: String.self)
            guard let row = try await connection.query(SealStatements.latestCheckpoint).first else {
                return (MerkleTiling(), current)
            }
            let latest = try row.sealedCheckpoint()
            let edge = try await StoredHashes(connection).edge(size: latest.size)
            // A log must not sign what contradicts what it signed before.
            guard let tree = MerkleTiling(size: latest.size, edge: edge), tree.root == latest.root else {
                throw SealError.contradictsCheckpoint(latest.size)
            }
            return (tree, current)
        }
        tree = found
        let keys = try keys()
        guard let key = current == nil ? keys.last : keys.first(where: { $0.verifier.description == current }) else {
            throw SealError.foreignKey(current ?? "none")
        }
        signer = key
    }

    /// Seals at most a page of what was recorded since.
    ///
    /// - Returns: whether there may be more to seal at once.
    /// - Throws: ``SealError``, ``ProjectionError``, `PostgresError`. Before the next call, ``begin()`` is due.
    public func seal(under lease: Lease) async throws -> Bool {
        guard let signer else { throw SealError.foreignKey("none") }
        let size = tree.size
        let (grown, tiles) = try await grow()
        guard grown.size > size else { return false }
        let checkpoint = Checkpoint(origin: signer.verifier.name, size: grown.size, root: grown.root)
        let note = try checkpoint.signed(with: [signer]).description
        let unfinished = grown.size % Int64(MerkleTile.width)
        let tail = grown.partialTile.suffix(Int(min(grown.size - size, unfinished)))
        try await projections.commit(lease, from: size, to: grown.size, viewVersion: Self.version) { connection in
            try await Self.confirm(signer.verifier, on: connection)
            if !tiles.isEmpty {
                try await connection.execute(
                    SealStatements.insertTiles, tiles.map { Int16(clamping: $0.place.level) }, tiles.map(\.place.index),
                    tiles.map(\.root.bytes), tiles.map(\.hashes.concatenated))
            }
            try await connection.execute(
                SealStatements.insertCheckpoint, grown.size, size, grown.root.bytes, note, Array(tail).concatenated)
        }
        tree = grown
        return grown.size - size == pageSize
    }

    /// The tree with the next page of events, and the tiles that are complete with them.
    private func grow() async throws -> (MerkleTiling, [MerkleTile]) {
        var (grown, tiles) = (tree, [MerkleTile]())
        let (from, through) = (tree.size, tree.size + pageSize)
        try await pool.withConnection { connection in
            try await LeafCopy.read(after: from, through: through, on: connection) { leaf in
                guard leaf.position == grown.size + 1 else { throw SealError.gap(after: grown.size) }
                grown.append(leaf.hash) { tiles.append($0) }
            }
        }
        return (grown, tiles)
    }

    /// Makes sure that `key` is the one that signs. The lock on the lease's row keeps it so until the transaction's end.
    private static func confirm(_ key: NoteVerifierKey, on connection: PostgresConnection) async throws {
        if let row = try await connection.query(SealStatements.currentKey).first {
            let current = try row.decode(1, as: String.self)
            guard current == key.description else { throw SealError.foreignKey(current) }
        } else {
            try await connection.execute(
                SealStatements.insertKey, Int32(1), key.description, Position(0), String?.none)
        }
    }
}

/// Why the ledger cannot be sealed.
public enum SealError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The hashes that are stored do not lead to the last checkpoint, of this size.
    case contradictsCheckpoint(Position)
    /// The next event is missing.
    case gap(after: Position)
    /// The log is sealed with this key, and it is not among those at hand.
    case foreignKey(String)

    /// What is the matter and what to do about it.
    public var description: String {
        switch self {
        case .contradictsCheckpoint(let size):
            "the stored hashes contradict the checkpoint of size \(size); nothing is sealed. See gleichtakt verify."
        case .gap(let position):
            "after position \(position) an event is missing; nothing is sealed. See gleichtakt verify."
        case .foreignKey(let key):
            "the ledger is sealed with the key \(key), which is not the one at hand; nothing is sealed. "
                + "A new key takes over with gleichtakt keys rotate."
        }
    }
}
