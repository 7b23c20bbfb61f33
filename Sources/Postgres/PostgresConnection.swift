import Synchronization

/// A session with the server, lent out for the duration of `withConnection`.
///
/// Statements take turns in the order in which they were submitted, also when several child tasks share the connection.
/// When the task is cancelled, the statement is cancelled on the server too, and the session stays usable.
public final class PostgresConnection: Sendable {
    let session: PostgresSession
    private let isReturned = Atomic<Bool>(false)
    private let isInTransaction = Atomic<Bool>(false)

    init(_ session: PostgresSession) {
        self.session = session
    }

    /// Makes the object useless: its session now belongs to somebody else.
    func revoke() {
        isReturned.store(true, ordering: .releasing)
    }

    func checkLease() throws(PostgresError) {
        if isReturned.load(ordering: .acquiring) {
            throw .invalidUse("a connection was used after its withConnection had returned")
        }
    }

    /// Executes a statement and returns its rows.
    ///
    /// - Throws: `PostgresError.server` when the server refuses it; `encoding` when a parameter cannot be sent;
    ///   `cancelled` when the task was cancelled; `connectionLost` when the session ended.
    @discardableResult
    public nonisolated(nonsending) func query(
        _ statement: Statement, _ parameters: any PostgresEncodable...
    ) async throws(PostgresError) -> Rows {
        try await query(statement, parameters: parameters)
    }

    /// Executes a statement and returns its rows; the parameters come as a list.
    ///
    /// - Throws: as the variadic form does.
    @discardableResult
    public nonisolated(nonsending) func query(
        _ statement: Statement, parameters: [any PostgresEncodable]
    ) async throws(PostgresError) -> Rows {
        try checkLease()
        let bound = try BoundStatement(statement, parameters)
        return try await run(bound)
    }

    @discardableResult
    nonisolated(nonsending) func run(_ bound: BoundStatement, shielded: Bool = false) async throws(PostgresError)
        -> Rows
    {
        switch await session.exchange(.pipeline([bound], isolated: false), shielded: shielded) {
        case .finished(let outcomes) where outcomes.count == 1: return try outcomes[0].get()
        case .finished, .ready: throw .connectionLost("an answer is missing")
        case .failed(let error): throw error
        }
    }

    /// Executes a statement and returns how many rows it inserted, updated, deleted or selected.
    ///
    /// - Throws: as `query` does.
    @discardableResult
    public nonisolated(nonsending) func execute(
        _ statement: Statement, _ parameters: any PostgresEncodable...
    ) async throws(PostgresError) -> Int {
        try await query(statement, parameters: parameters).affectedRows
    }

    /// Executes a statement and returns how many rows it affected; the parameters come as a list.
    ///
    /// - Throws: as `query` does.
    @discardableResult
    public nonisolated(nonsending) func execute(
        _ statement: Statement, parameters: [any PostgresEncodable]
    ) async throws(PostgresError) -> Int {
        try await query(statement, parameters: parameters).affectedRows
    }

    /// Sends many statements at once and returns the outcome of each, in order: one round trip for all of them.
    ///
    /// Outside a transaction the batch is one implicit transaction: when a statement fails, the ones before it are
    /// rolled back and the ones after it are `skipped`. With `isolated`, each statement is a transaction of its own,
    /// and its failure leaves its neighbours alone. Inside a transaction a failure always dooms what follows.
    ///
    /// - Throws: `encoding`, before anything is sent; `cancelled` and `connectionLost`, as `query` does. A server's
    ///   refusal is an outcome, not an error thrown.
    public nonisolated(nonsending) func pipeline(
        _ batch: [(Statement, [any PostgresEncodable])], isolated: Bool = false
    ) async throws(PostgresError) -> [Result<Rows, PostgresError>] {
        try checkLease()
        guard !batch.isEmpty else { return [] }
        var bound: [BoundStatement] = []
        bound.reserveCapacity(batch.count)
        for (statement, parameters) in batch {
            bound.append(try BoundStatement(statement, parameters))
        }
        switch await session.exchange(.pipeline(bound, isolated: isolated)) {
        case .finished(let outcomes): return outcomes
        case .ready: throw .connectionLost("an answer is missing")
        case .failed(let error): throw error
        }
    }

    /// Executes a text of several commands, without parameters and without results: migrations. Unless it says
    /// otherwise, it is one transaction.
    ///
    /// - Throws: as `query` does.
    public nonisolated(nonsending) func script(_ sql: String) async throws(PostgresError) {
        try checkLease()
        try Self.checkText(sql)
        try await settleBegin()
        if case .failed(let error) = await session.exchange(.script(sql)) { throw error }
    }

    /// A text that goes over as a C string would end at its first NUL.
    static func checkText(_ sql: String) throws(PostgresError) {
        guard !sql.utf8.contains(0) else { throw .encoding("a NUL in a statement") }
    }

    /// Begins a transaction on the server that so far was begun here only.
    nonisolated(nonsending) func settleBegin() async throws(PostgresError) {
        guard session.hasPendingBegin else { return }
        if case .failed(let error) = await session.exchange(.pipeline([], isolated: false)) { throw error }
    }

    /// How far concurrent transactions are kept apart (PostgreSQL documentation, "Transaction Isolation").
    public enum IsolationLevel: String, Sendable, CaseIterable {
        /// Each statement sees what was committed before it began.
        case readCommitted = "READ COMMITTED"
        /// All statements see what was committed before the first one began.
        case repeatableRead = "REPEATABLE READ"
        /// As if transactions ran one after another; any may fail with `SQLState.serializationFailure`.
        case serializable = "SERIALIZABLE"
    }

    private static let commit = Statement("commit", "COMMIT")
    private static let liftTimeouts = Statement(
        "lift timeouts",
        """
        SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)
        """)
    private static let rollback = Statement("rollback", "ROLLBACK")

    /// Runs `body` as one transaction: committed when it returns, rolled back when it throws or its task is cancelled.
    ///
    /// BEGIN travels with the first statement; a body without statements costs nothing. After `connectionLost` it is
    /// unknown whether the transaction was committed.
    ///
    /// - Throws: what `body` throws; `transactionAborted`, when a statement failed and the body returned nonetheless;
    ///   `PostgresError`, when the transaction cannot be begun or committed.
    public nonisolated(nonsending) func transaction<Value>(
        isolation: IsolationLevel = .readCommitted, readOnly: Bool = false,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try checkLease()
        guard !isInTransaction.exchange(true, ordering: .relaxed) else {
            throw PostgresError.invalidUse("a transaction within a transaction")
        }
        defer { isInTransaction.store(false, ordering: .relaxed) }
        let mode = readOnly ? " READ ONLY" : ""
        session.begin(Statement("begin \(isolation)\(mode)", "BEGIN ISOLATION LEVEL \(isolation.rawValue)\(mode)"))
        let value: Value
        do {
            value = try await body(self)
            if Task.isCancelled { throw PostgresError.cancelled }
        } catch {
            await endTransaction()
            throw error
        }
        if session.withdrawBegin() { return value }
        if session.hasFailedTransaction {
            await endTransaction()
            throw PostgresError.transactionAborted
        }
        // Not to be interrupted: whether it took effect could not be told.
        try await run(BoundStatement(Self.commit), shielded: true)
        return value
    }

    /// Until the end of the transaction, statements may take as long as they need, and the session may rest between them.
    ///
    /// - Throws: as `query` does.
    public nonisolated(nonsending) func liftTimeouts() async throws(PostgresError) {
        guard isInTransaction.load(ordering: .relaxed) else {
            throw .invalidUse("timeouts lifted outside a transaction")
        }
        try await query(Self.liftTimeouts)
        session.liftTimeout()
    }

    /// Rolls back. Should that fail, the session is found out of order when it is given back, and closed.
    private nonisolated(nonsending) func endTransaction() async {
        if session.withdrawBegin() { return }
        _ = try? await run(BoundStatement(Self.rollback), shielded: true)
    }
}
