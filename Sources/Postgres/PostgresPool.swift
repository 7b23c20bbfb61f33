import Dispatch
public import Logging
import Synchronization

/// A fixed number of connections, shared by everybody.
///
/// Connections are opened when somebody waits for one, and replaced when they break. The pool's lifetime is the task
/// that `run()` is called in.
public final class PostgresPool: Sendable {
    private typealias ConnectionID = PoolStateMachine.ConnectionID
    private typealias WaiterID = PoolStateMachine.WaiterID

    /// How long a connection may be idle before it is checked, and how long the check may take.
    static let idleLimit: Duration = .seconds(30)
    static let checkLimit: DispatchTimeInterval = .seconds(5)
    /// How long callers may keep their connections after the end of the pool.
    static let grace: DispatchTimeInterval = .seconds(5)

    private let configuration: PostgresConfiguration
    private let acquireTimeout: Duration
    private let logger: Logger
    private let state: Mutex<State>
    private let nextWaiter = Atomic<UInt64>(1)

    private struct State: Sendable {
        var machine: PoolStateMachine
        var sessions: [ConnectionID: PostgresSession] = [:]
        var waiters: [WaiterID: Waiting] = [:]
        var isTimerSet = false
        var isFinished = false
        var finished: [CheckedContinuation<Void, Never>] = []

        func lent(_ id: ConnectionID) -> Lent? {
            sessions[id].map { Lent(id: id, session: $0) }
        }
    }

    private struct Waiting: Sendable {
        let continuation: CheckedContinuation<Result<Lent, PostgresError>, Never>
        let deadline: ContinuousClock.Instant
    }

    /// A session together with what the pool calls it.
    private struct Lent: Sendable {
        let id: ConnectionID
        let session: PostgresSession
    }

    /// A pool that opens nothing yet.
    ///
    /// - Parameters:
    ///   - configuration: how its connections are opened.
    ///   - size: how many connections it has at most.
    ///   - acquireTimeout: how long a caller waits for a connection, including the time it takes to open it.
    ///   - logger: where notices (debug) and failures to connect (warning) go.
    public init(
        _ configuration: PostgresConfiguration, size: Int, acquireTimeout: Duration = .seconds(5), logger: Logger
    ) {
        self.configuration = configuration
        self.acquireTimeout = acquireTimeout
        self.logger = logger
        self.state = Mutex(State(machine: PoolStateMachine(size: size)))
    }

    deinit {
        let sessions = state.withLock { Array($0.sessions.values) }
        for session in sessions { session.close() }
    }

    /// A pool at a glance, for metrics.
    public var statistics: PoolStatistics { state.withLock { $0.machine.statistics } }

    // MARK: Lifetime

    /// Keeps the pool until the task is cancelled, then closes it: who waits gets `poolClosed`, who has a connection
    /// may finish with it within five seconds. Meanwhile, idle connections are checked. Connections may be used before
    /// this is called.
    ///
    /// - Throws: nothing at present; it returns when the task is cancelled.
    public func run() async throws {
        while (try? await Task.sleep(for: Self.idleLimit)) != nil {
            let lent = state.withLock { state in
                state.machine.takeIdle(since: .now - Self.idleLimit).compactMap { state.lent($0) }
            }
            await withDiscardingTaskGroup { group in
                for lent in lent { group.addTask { await self.check(lent) } }
            }
        }
        await shutDown()
    }

    private static let ping = Statement("ping", "SELECT")

    /// Asks the server whether it is there; without an answer in time the connection is closed.
    private func check(_ lent: Lent) async {
        let impatience = DispatchWorkItem { lent.session.close(.connectionLost("no answer to a check")) }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.checkLimit, execute: impatience)
        _ = try? await PostgresConnection(lent.session).run(BoundStatement(Self.ping))
        impatience.cancel()
        release(lent)
    }

    private func shutDown() async {
        carryOut(state.withLock { $0.machine.shutDown() })
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace) { [weak self] in
            guard let self else { return }
            let stragglers = self.state.withLock { state in
                state.machine.stragglers.compactMap { state.sessions[$0] }
            }
            for session in stragglers { session.close() }
            self.carryOut([.finished])
        }
        await withCheckedContinuation { continuation in
            let isFinished = state.withLock { state in
                if !state.isFinished { state.finished.append(continuation) }
                return state.isFinished
            }
            if isFinished { continuation.resume() }
        }
    }

    // MARK: Use

    /// Lends a connection to `body`.
    ///
    /// - Throws: what `body` throws; `timedOut(.acquire)` or the reason why none can be opened, when there was none
    ///   in time; `cancelled`, when the task was cancelled while waiting; `poolClosed`.
    public nonisolated(nonsending) func withConnection<Value>(
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let lent = try await acquire()
        let connection = PostgresConnection(lent.session)
        defer {
            connection.revoke()
            release(lent)
        }
        return try await body(connection)
    }

    /// Lends a connection to `body` for one transaction. See `PostgresConnection.transaction`.
    ///
    /// - Throws: as `withConnection` and `PostgresConnection.transaction` do.
    public nonisolated(nonsending) func withTransaction<Value>(
        isolation: PostgresConnection.IsolationLevel = .readCommitted, readOnly: Bool = false,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await withConnection { connection in
            try await connection.transaction(isolation: isolation, readOnly: readOnly, body)
        }
    }

    /// Executes one statement on any connection and returns its rows.
    ///
    /// - Throws: as `withConnection` and `PostgresConnection.query` do.
    @discardableResult
    public nonisolated(nonsending) func query(
        _ statement: Statement, _ parameters: any PostgresEncodable...
    ) async throws(PostgresError) -> Rows {
        try await query(statement, parameters: parameters)
    }

    /// Executes one statement on any connection and returns its rows; the parameters come as a list.
    ///
    /// - Throws: as `withConnection` and `PostgresConnection.query` do.
    @discardableResult
    public nonisolated(nonsending) func query(
        _ statement: Statement, parameters: [any PostgresEncodable]
    ) async throws(PostgresError) -> Rows {
        let bound = try BoundStatement(statement, parameters)
        let lent = try await acquire()
        defer { release(lent) }
        return try await PostgresConnection(lent.session).run(bound)
    }

    /// Executes one statement on any connection and returns how many rows it affected.
    ///
    /// - Throws: as `withConnection` and `PostgresConnection.query` do.
    @discardableResult
    public nonisolated(nonsending) func execute(
        _ statement: Statement, _ parameters: any PostgresEncodable...
    ) async throws(PostgresError) -> Int {
        try await query(statement, parameters: parameters).affectedRows
    }

    // MARK: Leases

    private nonisolated(nonsending) func acquire() async throws(PostgresError) -> Lent {
        if Task.isCancelled { throw .cancelled }
        let idle = state.withLock { state in
            state.machine.acquireIdle().flatMap { state.lent($0) }
        }
        if let idle, idle.session.isAlive() { return idle }
        let waiter = nextWaiter.add(1, ordering: .relaxed).oldValue
        let deadline = ContinuousClock.now + acquireTimeout
        let lease = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let actions = state.withLock { state in
                    state.waiters[waiter] = Waiting(continuation: continuation, deadline: deadline)
                    guard let idle else { return state.machine.acquire(waiter, deadline: deadline) }
                    return state.machine.replace(idle.id, for: waiter, deadline: deadline)
                }
                carryOut(actions)
                // The handler may have run before there was anybody to cancel; the task was marked before that.
                if Task.isCancelled { cancel(waiter) }
            }
        } onCancel: {
            cancel(waiter)
        }
        return try lease.get()
    }

    private func cancel(_ waiter: WaiterID) {
        carryOut(state.withLock { $0.machine.cancel(waiter) })
    }

    private func release(_ lent: Lent) {
        let isReusable = lent.session.isReusable
        carryOut(state.withLock { $0.machine.release(lent.id, reusable: isReusable, now: .now) })
    }

    private func carryOut(_ actions: [PoolStateMachine.Action]) {
        for action in actions {
            switch action {
            case .open(let id): open(id)
            case .lease(let id, let waiter): lease(id, to: waiter)
            case .fail(let waiter, let error):
                let waiting = state.withLock { $0.waiters.removeValue(forKey: waiter) }
                waiting?.continuation.resume(returning: .failure(error))
            case .close(let id):
                let session = state.withLock { $0.sessions.removeValue(forKey: id) }
                session?.close()
            case .retry(let pause):
                // Several services that lost the same server should not come back in step.
                let pause = pause * Double.random(in: 0.8...1.2)
                after(pause) { $0.machine.retryDue() }
            case .finished:
                let finished = state.withLock { state in
                    state.isFinished = true
                    defer { state.finished = [] }
                    return state.finished
                }
                for continuation in finished { continuation.resume() }
            }
        }
        watchDeadlines()
    }

    private func open(_ id: ConnectionID) {
        PostgresSession.open(configuration, logger: logger) { [weak self] _ in
            guard let self else { return }
            self.carryOut(self.state.withLock { $0.machine.lost(id) })
        } completion: { [weak self, logger] result in
            guard let self else { return }
            switch result {
            case .success(let session):
                let actions = self.state.withLock { state in
                    state.sessions[id] = session
                    return state.machine.opened(id, now: .now)
                }
                self.carryOut(actions)
            case .failure(let error):
                logger.warning("\(error)")
                self.carryOut(self.state.withLock { $0.machine.openFailed(id, error) })
            }
        }
    }

    private func lease(_ id: ConnectionID, to waiter: WaiterID) {
        let lent = state.withLock { $0.lent(id) }
        let isAlive = lent?.session.isAlive() ?? false
        let actions: [PoolStateMachine.Action] = state.withLock { state in
            guard let waiting = state.waiters[waiter] else {
                return state.machine.release(id, reusable: false, now: .now)
            }
            if isAlive { return [] }
            return state.machine.replace(id, for: waiter, deadline: waiting.deadline)
        }
        if let lent, isAlive, let waiting = state.withLock({ $0.waiters.removeValue(forKey: waiter) }) {
            waiting.continuation.resume(returning: .success(lent))
        }
        carryOut(actions)
    }

    /// One timer for all who wait: deadlines come in the order of arrival.
    private func watchDeadlines() {
        let deadline: ContinuousClock.Instant? = state.withLock { state in
            guard !state.isTimerSet, let deadline = state.machine.nextDeadline else { return nil }
            state.isTimerSet = true
            return deadline
        }
        guard let deadline else { return }
        after(deadline - .now) { state in
            state.isTimerSet = false
            return state.machine.expire(now: .now)
        }
    }

    private func after(_ pause: Duration, _ event: @escaping @Sendable (inout State) -> [PoolStateMachine.Action]) {
        let deadline = DispatchTime.now() + .milliseconds(Int(max(0, pause.milliseconds)) + 1)
        DispatchQueue.global().asyncAfter(deadline: deadline) { [weak self] in
            guard let self else { return }
            self.carryOut(self.state.withLock { event(&$0) })
        }
    }
}
