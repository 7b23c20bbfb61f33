public import Ledger
public import Postgres

/// A rebuild of views beside the live ones, as it stands in the database.
public struct RebuildRecord: Hashable, Sendable {
    /// How far a rebuild has come.
    public enum Phase: String, Hashable, Sendable, CaseIterable {
        /// Tables without keys and indexes are filled, piece by piece.
        case filling
        /// Keys and indexes are created.
        case indexing
        /// What happened meanwhile is taken in, event by event.
        case catchingUp = "catching-up"
        /// It is live.
        case finished
        /// It was given up.
        case abandoned
    }

    /// Its number, and that of the tables it builds.
    public let edition: Int64
    /// The projection whose views are built.
    public let projection: String
    /// The version of the views.
    public let viewVersion: Int
    /// The names of the views.
    public let views: Set<String>
    /// Where the tables are built.
    public let schema: String
    /// How far it has come.
    public var phase: Phase
    /// The position up to which the tables are filled from whole streams.
    public let target: Position
    /// What keys and indexes are created with once the tables are full: table and statement.
    public let definitions: [Definition]
    /// When it was begun, UTC.
    public let startedAt: Instant

    /// A key or index that a table gets once it is full.
    public struct Definition: Hashable, Sendable {
        /// The table.
        public let table: String
        /// The statement that creates it.
        public let sql: String

        /// A statement that belongs to a table.
        public init(table: String, sql: String) {
            self.table = table
            self.sql = sql
        }
    }
}

/// A piece of a rebuild that somebody has claimed.
public struct RebuildChunk: Hashable, Sendable {
    /// The rebuild's number.
    public let edition: Int64
    /// The piece's number within it.
    public let number: Int
    /// Which claim on this piece this is; an older one can write no more.
    public let generation: Int64
    /// The streams that belong to the piece.
    public let streams: [StreamName]
    /// How many events they have, roughly.
    public let events: Int64
}

/// How much of a rebuild's filling is done.
public struct RebuildExtent: Hashable, Sendable {
    /// Pieces, and events in them.
    public var chunks = 0, events: Int64 = 0
    /// Those of them that are done.
    public var chunksDone = 0, eventsDone: Int64 = 0
}

/// Why a rebuild cannot go on.
public enum RebuildConflict: Error, Hashable, Sendable {
    /// Somebody else took a piece over, or the rebuild has ended.
    case claimLost(edition: Int64, chunk: Int)
}

/// Rebuilds and their pieces: the tables `ledger.rebuilds` and `ledger.rebuild_chunks`.
///
/// Nothing here knows what a view is. One process at a time leads a rebuild, under a lease of ``ProjectionStore``; what is
/// written here on a connection belongs to a transaction under that lease. Pieces may be claimed by anybody.
public struct RebuildStore: Sendable {
    private let pool: PostgresPool

    /// The rebuilds of the database behind `pool`.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The rebuild of a projection that is under way; `nil` if there is none.
    public func underWay(_ projection: String) async throws -> RebuildRecord? {
        try await pool.query(Self.underWay, projection).first?.rebuildRecord()
    }

    /// The last rebuild of a projection, whatever became of it.
    public func last(_ projection: String) async throws -> RebuildRecord? {
        try await pool.query(Self.latest, projection).first?.rebuildRecord()
    }

    /// A rebuild by its number.
    public func record(_ edition: Int64) async throws -> RebuildRecord? {
        try await pool.query(Self.byEdition, edition).first?.rebuildRecord()
    }

    /// The number of the next rebuild.
    public static func nextEdition(on connection: PostgresConnection) async throws -> Int64 {
        try await connection.query(next).first?.decode(0) ?? 0
    }

    /// Begins a rebuild with its pieces, each a list of streams with the number of their events.
    public static func begin(
        edition: Int64, projection: String, viewVersion: Int, views: Set<String>, schema: String, target: Position,
        definitions: [RebuildRecord.Definition], chunks: [(streams: [StreamName], events: Int64)],
        on connection: PostgresConnection
    ) async throws {
        try await connection.execute(
            insertion, edition, projection, Int32(clamping: viewVersion), views.sorted(), schema, target,
            definitions.map(\.table), definitions.map(\.sql))
        let insertions = chunks.enumerated().map { number, chunk -> (Statement, [any PostgresEncodable]) in
            (
                chunkInsertion,
                [edition, Int32(clamping: number), chunk.streams.map(\.description), chunk.events]
            )
        }
        for outcome in try await connection.pipeline(insertions) { _ = try outcome.get() }
    }

    /// Takes note of how far a rebuild has come. The pieces of one that has ended are forgotten.
    public static func move(
        _ edition: Int64, to phase: RebuildRecord.Phase, on connection: PostgresConnection
    ) async throws {
        try await connection.execute(movement, edition, phase.rawValue)
        if phase == .finished || phase == .abandoned { try await connection.execute(chunkRemoval, edition) }
    }

    // MARK: Pieces

    /// Claims the next piece that is neither done nor claimed by somebody who still lives; `nil` when there is none.
    ///
    /// - Parameters:
    ///   - holder: who claims it, for operators.
    ///   - lifetime: after how long others may take it over.
    public func claim(_ edition: Int64, holder: String, lifetime: Duration) async throws -> RebuildChunk? {
        try await pool.query(Self.claim, edition, holder, lifetime.microseconds).first?.rebuildChunk(of: edition)
    }

    /// Marks the connection's transaction as one that fills a rebuild's tables, which cannot get keys and indexes before
    /// it has ended.
    public static func mark(_ edition: Int64, on connection: PostgresConnection) async throws {
        try await StalledSessions.mark(mark(of: edition), on: connection)
    }

    private static func mark(of edition: Int64) -> String { "ledger.rebuild \(edition)" }

    /// Ends sessions that fill a rebuild's tables and have said nothing in the midst of it for so long. Their pieces are
    /// claimed again.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func endStalledSessions(filling edition: Int64, silentFor patience: Duration) async throws -> Int {
        try await StalledSessions(pool: pool).end(holding: Self.mark(of: edition), silentFor: patience)
    }

    /// Marks a piece as done, in the transaction that writes its rows.
    ///
    /// - Throws: ``RebuildConflict/claimLost(edition:chunk:)``: the transaction must not be committed.
    public static func complete(_ chunk: RebuildChunk, on connection: PostgresConnection) async throws {
        let count = try await connection.execute(
            completion, chunk.edition, Int32(clamping: chunk.number), chunk.generation)
        guard count == 1 else { throw RebuildConflict.claimLost(edition: chunk.edition, chunk: chunk.number) }
    }

    /// Gives a piece back that could not be done.
    public func giveBack(_ chunk: RebuildChunk) async throws {
        try await pool.execute(Self.release, chunk.edition, Int32(clamping: chunk.number), chunk.generation)
    }

    /// All pieces of a rebuild, done or not.
    public func chunks(of edition: Int64) async throws -> [RebuildChunk] {
        try await pool.query(Self.all, edition).map { try $0.rebuildChunk(of: edition) }
    }

    /// Says that a piece is to be done again, in the transaction that removes its rows.
    public static func reopen(_ chunk: RebuildChunk, on connection: PostgresConnection) async throws {
        try await connection.execute(reopening, chunk.edition, Int32(clamping: chunk.number))
    }

    /// How much of a rebuild's filling is done.
    public func extent(_ edition: Int64) async throws -> RebuildExtent {
        guard let row = try await pool.query(Self.extent, edition).first else { return RebuildExtent() }
        return RebuildExtent(
            chunks: try row.decode(0), events: try row.decode(1), chunksDone: try row.decode(2),
            eventsDone: try row.decode(3))
    }

    // MARK: Statements

    private static let columns = """
        edition, projection, view_version, views, schema_name, phase, target, definition_tables, definitions, started_at
        """

    private static let underWay = Statement(
        "rebuilds.under way", "SELECT \(columns) FROM ledger.rebuilds WHERE projection = $1 AND ended_at IS NULL")

    private static let latest = Statement(
        "rebuilds.last",
        "SELECT \(columns) FROM ledger.rebuilds WHERE projection = $1 ORDER BY edition DESC LIMIT 1")

    private static let byEdition = Statement(
        "rebuilds.by edition", "SELECT \(columns) FROM ledger.rebuilds WHERE edition = $1")

    private static let next = Statement(
        "rebuilds.next", "SELECT coalesce(max(edition), 0) + 1 FROM ledger.rebuilds")

    private static let insertion = Statement(
        "rebuilds.begin",
        """
        INSERT INTO ledger.rebuilds (edition, projection, view_version, views, schema_name, target, definition_tables,
            definitions)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    private static let chunkInsertion = Statement(
        "rebuilds.add chunk",
        "INSERT INTO ledger.rebuild_chunks (edition, number, streams, events) VALUES ($1, $2, $3, $4)")

    private static let movement = Statement(
        "rebuilds.move",
        """
        UPDATE ledger.rebuilds
        SET phase = $2, ended_at = CASE WHEN $2 IN ('finished', 'abandoned') THEN clock_timestamp() END
        WHERE edition = $1
        """)

    private static let chunkRemoval = Statement(
        "rebuilds.remove chunks", "DELETE FROM ledger.rebuild_chunks WHERE edition = $1")

    private static let claim = Statement(
        "rebuilds.claim",
        """
        UPDATE ledger.rebuild_chunks
        SET holder = $2, generation = generation + 1,
            lease_until = clock_timestamp() + $3 * interval '1 microsecond'
        WHERE (edition, number) = (
            SELECT edition, number FROM ledger.rebuild_chunks
            WHERE edition = $1 AND NOT is_done
                AND (lease_until IS NULL OR lease_until <= clock_timestamp()
                    -- Nobody is given that much: the clock was put back since.
                    OR lease_until > clock_timestamp() + 2 * $3 * interval '1 microsecond')
            ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING number, generation, streams, events
        """)

    private static let all = Statement(
        "rebuilds.chunks",
        "SELECT number, generation, streams, events FROM ledger.rebuild_chunks WHERE edition = $1 ORDER BY number")

    private static let reopening = Statement(
        "rebuilds.reopen chunk",
        """
        UPDATE ledger.rebuild_chunks
        SET is_done = false, holder = NULL, lease_until = NULL, generation = generation + 1
        WHERE edition = $1 AND number = $2
        """)

    private static let completion = Statement(
        "rebuilds.complete chunk",
        """
        UPDATE ledger.rebuild_chunks SET is_done = true, lease_until = NULL
        WHERE edition = $1 AND number = $2 AND generation = $3 AND NOT is_done
        """)

    private static let release = Statement(
        "rebuilds.give back chunk",
        """
        UPDATE ledger.rebuild_chunks SET holder = NULL, lease_until = NULL
        WHERE edition = $1 AND number = $2 AND generation = $3 AND NOT is_done
        """)

    private static let extent = Statement(
        "rebuilds.extent",
        """
        SELECT count(*), coalesce(sum(events), 0)::bigint, count(*) FILTER (WHERE is_done),
            coalesce(sum(events) FILTER (WHERE is_done), 0)::bigint
        FROM ledger.rebuild_chunks WHERE edition = $1
        """)
}

extension Row {
    fileprivate func rebuildChunk(of edition: Int64) throws -> RebuildChunk {
        RebuildChunk(
            edition: edition, number: Int(try decode(0, as: Int32.self)), generation: try decode(1),
            streams: try decode(2, as: [String].self).compactMap { StreamName($0) }, events: try decode(3))
    }

    fileprivate func rebuildRecord() throws -> RebuildRecord {
        RebuildRecord(
            edition: try decode(0), projection: try decode(1), viewVersion: Int(try decode(2, as: Int32.self)),
            views: Set(try decode(3, as: [String].self)), schema: try decode(4),
            phase: RebuildRecord.Phase(rawValue: try decode(5)) ?? .abandoned, target: try decode(6),
            definitions: zip(try decode(7, as: [String].self), try decode(8, as: [String].self)).map {
                RebuildRecord.Definition(table: $0, sql: $1)
            }, startedAt: try instant(9))
    }
}
