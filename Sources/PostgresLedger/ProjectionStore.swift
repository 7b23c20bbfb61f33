public import Ledger
public import Postgres

/// How far each projection has come, and which process drives it: the table `ledger.projections`.
///
/// A lease is a row with a generation, not a session's lock: it survives a pooler, and its generation fences off a holder
/// that was replaced without noticing. Leases are measured by the database's clock.
public struct ProjectionStore: Sendable {
    private let pool: PostgresPool

    /// The projections of the database behind `pool`.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    // MARK: Leases

    /// Takes the lease if it is free, has run out, or is this holder's own already; `nil` while somebody else has it or
    /// works under it, and where the rows are of another version of the view.
    ///
    /// Should the lease be free but for a session that has said nothing in the midst of its transaction for twice a
    /// lifetime, then that session is ended, and the next call takes the lease.
    ///
    /// - Parameters:
    ///   - holder: a name that no other process has.
    ///   - lifetime: how long the lease lasts unless renewed.
    ///   - viewVersion: which version of the view the holder writes; `nil` for work that has no rows.
    public func acquire(
        _ name: String, holder: String, lifetime: Duration, viewVersion: Int? = nil
    ) async throws -> Lease? {
        let lease = try await pool.query(
            Self.acquire, name, holder, lifetime.microseconds, viewVersion.map { Int32(clamping: $0) }
        ).first?.lease()
        if lease == nil { try await endStalledSessions(under: name, holder: holder, lifetime: lifetime) }
        return lease
    }

    /// Ends sessions that work under a lease that has run out, or is this holder's own, and have said nothing in the midst
    /// of a transaction for twice a lifetime.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func endStalledSessions(under name: String, holder: String = "", lifetime: Duration) async throws -> Int {
        try await StalledSessions(pool: pool).end(
            try await pool.query(Self.inTheWay, name, holder, lifetime.microseconds), silentFor: lifetime * 2)
    }

    /// Marks the connection's transaction as one under the lease of this name, so that whoever has to wait for it finds
    /// it. `commit` does so by itself.
    public static func mark(_ name: String, on connection: PostgresConnection) async throws {
        try await StalledSessions.mark(StalledSessions.mark(ofLease: name), on: connection)
    }

    /// Makes the lease last `lifetime` from now on. One that ran out is renewed too, if nobody took it in the meantime.
    ///
    /// - Throws: ``ProjectionError/leaseLost(_:)``.
    @discardableResult
    public func renew(_ lease: Lease, lifetime: Duration) async throws -> Lease {
        guard
            let row = try await pool.query(Self.renew, lease.name, lease.generation, lifetime.microseconds).first
        else { throw ProjectionError.leaseLost(lease.name) }
        return try row.lease()
    }

    /// Gives the lease back, so that nobody need wait for it to run out. Does nothing if somebody else has it.
    public func release(_ lease: Lease) async throws {
        try await pool.execute(Self.release, lease.name, lease.generation)
    }

    /// For how long nobody has held the lease, by the database's clock; `nil` if nobody ever did, or whoever did has given
    /// it back.
    public func silence(_ name: String) async throws -> Duration? {
        let seconds: Int64?? = try await pool.query(Self.silence, name).first?.decode(0)
        return seconds.flatMap { $0 }.map { .seconds($0) }
    }

    /// Whether somebody has the lease, by the database's clock.
    public func isHeld(_ name: String) async throws -> Bool {
        try await pool.query(Self.isHeld, name).first?.decode(0) ?? false
    }

    // MARK: Checkpoints

    /// The last position whose events the projection contains; 0 if it does not exist yet.
    public func checkpoint(_ name: String) async throws -> Position {
        try await status(name)?.position ?? 0
    }

    /// All that is known of a projection; `nil` if it does not exist yet.
    public func status(_ name: String) async throws -> ProjectionStatus? {
        try await pool.query(Self.status, name).first?.projectionStatus()
    }

    /// All that is known of all projections, by name.
    public func statuses() async throws -> [ProjectionStatus] {
        try await pool.query(Self.statuses).map { try $0.projectionStatus() }
    }

    /// Writes what `body` writes and moves the checkpoint, in one transaction: both or neither.
    ///
    /// When the connection is lost at its end, it is unknown whether the transaction took effect; the checkpoint tells.
    ///
    /// - Parameters:
    ///   - from: where the checkpoint must be.
    ///   - to: where it will be, not before `from`.
    ///   - viewVersion: which version of the view is written; recorded beside the checkpoint.
    /// - Throws: ``ProjectionError``, before `body` is called; what `body` throws; `PostgresError`.
    @discardableResult
    public nonisolated(nonsending) func commit<Value>(
        _ lease: Lease, from: Position, to: Position, viewVersion: Int,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        guard to >= from else { throw ProjectionError.backwards(lease.name, from: from, to: to) }
        return try await pool.withTransaction { connection in
            guard let row = try await connection.query(Self.lock, lease.name).first,
                try row.decode(0, as: Int64.self) == lease.generation
            else { throw ProjectionError.leaseLost(lease.name) }
            let found = Int(try row.decode(2, as: Int32.self))
            guard found == 0 || found == viewVersion else {
                throw ProjectionError.otherVersion(lease.name, found: found, own: viewVersion)
            }
            let position = try row.decode(1, as: Position.self)
            guard position == from else {
                throw ProjectionError.outOfStep(lease.name, expected: from, found: position)
            }
            let value = try await body(connection)
            try await connection.execute(Self.move, lease.name, to, Int32(clamping: viewVersion))
            return value
        }
    }

    // MARK: Statements

    /// What makes the lease `p` free for holder `$2`, who wants it for `$3` microseconds.
    private static let isFree = """
        (p.holder IS NULL OR p.holder = $2 OR p.lease_until <= clock_timestamp()
            -- Nobody is given that much: the clock was put back since.
            OR p.lease_until > clock_timestamp() + 2 * $3::bigint * interval '1 microsecond')
        """

    /// Does not wait for whoever has the row: who works under the lease has it.
    private static let acquire = Statement(
        "projections.acquire",
        """
        WITH free AS (
            SELECT p.name FROM ledger.projections AS p
            WHERE p.name = $1 AND \(isFree) AND ($4::integer IS NULL OR p.view_version IN (0, $4::integer))
            FOR NO KEY UPDATE SKIP LOCKED
        ), taken AS (
            UPDATE ledger.projections AS p
            SET holder = $2, generation = p.generation + 1,
                lease_until = clock_timestamp() + $3::bigint * interval '1 microsecond', updated_at = clock_timestamp()
            FROM free WHERE p.name = free.name
            RETURNING p.name, p.holder, p.generation, p.lease_until
        ), made AS (
            INSERT INTO ledger.projections (name, holder, generation, lease_until)
            SELECT $1, $2, 1, clock_timestamp() + $3::bigint * interval '1 microsecond'
            WHERE NOT EXISTS (SELECT FROM ledger.projections WHERE name = $1)
            ON CONFLICT (name) DO NOTHING
            RETURNING name, holder, generation, lease_until
        )
        SELECT * FROM taken UNION ALL SELECT * FROM made
        """)

    private static let inTheWay = Statement(
        "projections.in the way",
        """
        SELECT l.pid FROM ledger.projections AS p
        JOIN pg_locks AS l ON \(StalledSessions.isHeldAdvisory)
            AND \(StalledSessions.lockNumber) = hashtextextended('\(StalledSessions.mark(ofLease: ""))' || p.name, 0)
        WHERE p.name = $1 AND \(isFree)
        """)

    private static let renew = Statement(
        "projections.renew",
        """
        UPDATE ledger.projections SET lease_until = clock_timestamp() + $3 * interval '1 microsecond'
        WHERE name = $1 AND generation = $2 AND holder IS NOT NULL
        RETURNING name, holder, generation, lease_until
        """)

    private static let release = Statement(
        "projections.release",
        """
        UPDATE ledger.projections SET holder = NULL, lease_until = NULL, updated_at = clock_timestamp()
        WHERE name = $1 AND generation = $2
        """)

    private static let silence = Statement(
        "projections.silence",
        """
        SELECT greatest(0, extract(epoch FROM clock_timestamp() - lease_until))::bigint
        FROM ledger.projections WHERE name = $1
        """)

    private static let isHeld = Statement(
        "projections.is held",
        "SELECT holder IS NOT NULL AND lease_until > clock_timestamp() FROM ledger.projections WHERE name = $1")

    private static let status = Statement(
        "projections.status",
        """
        SELECT name, position, view_version, holder, generation, lease_until, updated_at, edition
        FROM ledger.projections WHERE name = $1
        """)

    private static let statuses = Statement(
        "projections.statuses",
        """
        SELECT name, position, view_version, holder, generation, lease_until, updated_at, edition
        FROM ledger.projections ORDER BY name
        """)

    /// Marks the transaction once it has the row.
    private static let lock = Statement(
        "projections.lock",
        """
        SELECT generation, position, view_version,
            pg_advisory_xact_lock_shared(hashtextextended('\(StalledSessions.mark(ofLease: ""))' || $1, 0))
        FROM (SELECT generation, position, view_version FROM ledger.projections
            WHERE name = $1 AND holder IS NOT NULL FOR NO KEY UPDATE) AS held
        """)

    private static let move = Statement(
        "projections.move",
        """
        UPDATE ledger.projections SET position = $2, view_version = $3, updated_at = clock_timestamp() WHERE name = $1
        """)
}

extension Row {
    fileprivate func lease() throws -> Lease {
        Lease(name: try decode(0), holder: try decode(1), generation: try decode(2), until: try instant(3))
    }

    fileprivate func projectionStatus() throws -> ProjectionStatus {
        ProjectionStatus(
            name: try decode(0), position: try decode(1), viewVersion: Int(try decode(2, as: Int32.self)),
            edition: try decode(7), holder: try decode(3), generation: try decode(4),
            leaseUntil: try isNull(5) ? nil : instant(5),
            updatedAt: try instant(6))
    }
}

extension Duration {
    /// Whole microseconds, PostgreSQL's resolution of an interval.
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
