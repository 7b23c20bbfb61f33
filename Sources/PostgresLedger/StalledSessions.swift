import Postgres

/// Sessions that others have to wait for, and whose client has fallen silent in the midst of a transaction.
///
/// A process that is frozen between two bytes of a statement keeps every lock that its transaction has: the server waits
/// for the rest for as long as the connection lasts, under no limit that PostgreSQL has before version 17
/// (`statement_timeout` is put off while a message arrives, `idle_in_transaction_session_timeout` counts between two
/// exchanges only). So whoever is next in line ends that session.
///
/// An advisory lock tells which session it is. Each transaction that others may have to wait for holds one: shared, where
/// it only marks the transaction and nobody ever waits for it.
struct StalledSessions: Sendable {
    /// How long a session must be silent twice, the second time without a byte since the first.
    private static let secondLook = Duration.seconds(1)

    let pool: PostgresPool

    /// The advisory lock that marks a transaction under the lease of this name.
    static func mark(ofLease name: String) -> String { "ledger.lease " + name }

    /// Marks the connection's transaction.
    static func mark(_ text: String, on connection: PostgresConnection) async throws {
        try await connection.query(mark, text)
    }

    /// Ends the sessions that hold the advisory lock of this text and whose client has said nothing for so long.
    ///
    /// - Returns: how many were ended.
    /// - Throws: `PostgresError`.
    @discardableResult
    func end(holding text: String, silentFor patience: Duration) async throws -> Int {
        try await end(try await pool.query(Self.holders, text), silentFor: patience)
    }

    /// Ends those among the sessions whose client has said nothing for so long; each row begins with a process id.
    func end(_ sessions: Rows, silentFor patience: Duration) async throws -> Int {
        let pids = try sessions.map { try $0.decode(0, as: Int32.self) }
        guard !pids.isEmpty else { return 0 }
        let suspects = try await asLogin(Self.silent, [pids, patience.microseconds])
        guard !suspects.isEmpty else { return 0 }
        // What was measured may be a statement that took long. Now the server waits: if it has had nothing to do
        // meanwhile, not even a byte of a COPY, it is the client that does not go on.
        try await Task.sleep(for: Self.secondLook)
        do {
            let signs = try suspects.map { try $0.decode(0, as: String.self) }
            return try await asLogin(Self.terminate, [pids, patience.microseconds, signs]).count
        } catch let error as PostgresError where error.sqlState == .insufficientPrivilege {
            // Another login's. It is waited for, as anybody else's would be.
            return 0
        }
    }

    /// Runs a statement as the login and not as the role it acts as: what a session is about is for its own login to see,
    /// and to end.
    private func asLogin(_ statement: Statement, _ parameters: [any PostgresEncodable]) async throws -> Rows {
        try await pool.withTransaction { connection in
            let outcomes = try await connection.pipeline([(Self.loginRole, []), (statement, parameters)])
            _ = try outcomes[0].get()
            return try outcomes[1].get()
        }
    }

    // MARK: Statements

    /// The number of an advisory lock as `pg_locks` shows it.
    static let lockNumber = "((l.classid::bigint << 32) | l.objid::bigint)"

    /// What holds for an advisory lock that somebody else in this database has.
    static let isHeldAdvisory = """
        l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.pid <> pg_backend_pid()
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """

    private static let mark = Statement(
        "stalled.mark", "SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))")

    private static let holders = Statement(
        "stalled.holders",
        "SELECT l.pid FROM pg_locks l WHERE \(isHeldAdvisory) AND \(lockNumber) = hashtextextended($1, 0)")

    private static let loginRole = Statement("stalled.login role", "SET LOCAL ROLE NONE")

    /// Sessions within a transaction whose server waits for their client: the last message came so long ago, or before the
    /// clock was put back. A new message, or a new byte of a COPY, changes the sign.
    private static let silence = """
        SELECT a.pid,
            format('%s %s %s %s', a.pid, a.backend_start, a.state_change, coalesce(c.bytes_processed, 0)) AS sign
        FROM pg_stat_activity a LEFT JOIN pg_stat_progress_copy c ON c.pid = a.pid
        WHERE a.pid = ANY($1::integer[]) AND a.xact_start IS NOT NULL AND a.wait_event_type = 'Client'
            AND (a.state_change <= clock_timestamp() - $2 * interval '1 microsecond'
                OR a.state_change > clock_timestamp())
        """

    private static let silent = Statement("stalled.silent", "SELECT sign FROM (\(silence)) AS silent")

    private static let terminate = Statement(
        "stalled.terminate",
        "SELECT pg_terminate_backend(pid) FROM (\(silence)) AS silent WHERE sign = ANY($3::text[])")
}
