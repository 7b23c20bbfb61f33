import Dispatch
import Logging
import Synchronization

/// One session with the server: the lock around its driver, and the way from callers' tasks to it and back.
///
/// A caller's thread writes its statements to the socket itself and suspends; the thread that finds the answer readable
/// takes it in and resumes the caller. Nobody waits for anything while holding the lock.
final class PostgresSession: Sendable {
    typealias ExchangeID = ConnectionStateMachine.ExchangeID

    /// How long a cancel request may remain without effect before the session is given up.
    static let cancelPatience: DispatchTimeInterval = .seconds(5)
    /// How long it may remain without effect before it is repeated.
    static let cancelReminder: DispatchTimeInterval = .milliseconds(50)

    private let driver: Mutex<SessionDriver>
    private let nextExchange = Atomic<UInt64>(1)
    private let logger: Logger
    private let onLost: @Sendable (PostgresError) -> Void

    /// Opens a session on a thread of its own.
    ///
    /// - Parameters:
    ///   - onLost: called once when the session ends, for whatever reason, from any thread.
    ///   - completion: called once with the session or the reason why there is none.
    static func open(
        _ configuration: PostgresConfiguration, logger: Logger,
        onLost: @escaping @Sendable (PostgresError) -> Void,
        completion: @escaping @Sendable (Result<PostgresSession, PostgresError>) -> Void
    ) {
        // A serial queue gets a thread even when others block theirs.
        DispatchQueue(label: "postgres.connect").async {
            do throws(PostgresError) {
                let libpq = try Connecting.open(configuration, NoticeLog(logger))
                let session = PostgresSession(libpq, configuration, logger, onLost)
                try session.watch(libpq.socket)
                completion(.success(session))
            } catch {
                completion(.failure(error))
            }
        }
    }

    private init(
        _ libpq: LibPQ, _ configuration: PostgresConfiguration, _ logger: Logger,
        _ onLost: @escaping @Sendable (PostgresError) -> Void
    ) {
        self.driver = Mutex(
            SessionDriver(
                libpq, preparesStatements: configuration.preparedStatements,
                statementTimeout: configuration.statementTimeout))
        self.logger = logger
        self.onLost = onLost
    }

    deinit {
        driver.withLock { _ = $0.close(.poolClosed) }
    }

    private func watch(_ socket: Int32) throws(PostgresError) {
        let readiness = SocketReadiness(socket: socket) { [weak self] in
            guard let self else { return }
            self.carryOut(self.driver.withLock { $0.ready() })
        }
        guard let readiness else { throw .connectFailed("no file descriptor left") }
        driver.withLock { $0.readiness = readiness }
    }

    // MARK: Exchanges

    /// Submits a request and waits for its end, or, for a COPY, until data can flow.
    ///
    /// - Parameter shielded: whether the statement goes on although its task is cancelled.
    nonisolated(nonsending) func exchange(
        _ request: Request, id: ExchangeID? = nil, shielded: Bool = false
    ) async -> Wakeup {
        let id = id ?? newExchange()
        return await suspend(id, shielded: shielded, begins: true) { $0.submit(id, request, $1) }
    }

    func newExchange() -> ExchangeID {
        nextExchange.add(1, ordering: .relaxed).oldValue
    }

    private nonisolated(nonsending) func suspend(
        _ id: ExchangeID, shielded: Bool, begins: Bool = false,
        _ body: @Sendable (inout SessionDriver, Waiter) -> Effects
    ) async -> Wakeup {
        if shielded {
            return await withCheckedContinuation { waiter in
                carryOut(driver.withLock { body(&$0, waiter) })
            }
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                if begins && Task.isCancelled {
                    return waiter.resume(returning: .failed(.cancelled))
                }
                carryOut(driver.withLock { body(&$0, waiter) })
                // The handler may have run before there was anything to cancel; the task was marked before that.
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: ExchangeID) {
        let effects = driver.withLock { $0.cancel(id) }
        if effects.cancel != nil {
            DispatchQueue.global().asyncAfter(deadline: .now() + Self.cancelPatience) {
                self.carryOut(self.driver.withLock { $0.cancelOverdue(id) })
            }
        }
        carryOut(effects)
    }

    private func carryOut(_ effects: Effects) {
        if let (request, id) = effects.cancel {
            // A serial queue of its own gets a thread of its own, which the request may block.
            DispatchQueue(label: "postgres.cancel").async {
                request.send()
                self.carryOut(self.driver.withLock { $0.cancelDelivered(id) })
            }
        }
        if let id = effects.reminder {
            DispatchQueue.global().asyncAfter(deadline: .now() + Self.cancelReminder) {
                self.carryOut(self.driver.withLock { $0.cancelAgain(id) })
            }
        }
        if let vigil = effects.vigil {
            // Weakly: nobody waits for an answer on a session that nobody holds.
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(vigil.milliseconds) + 1)) {
                [weak self] in
                guard let self else { return }
                self.carryOut(self.driver.withLock { $0.checkSilence() })
            }
        }
        effects.resumeWaiters()
        if let error = effects.lost {
            logger.debug("session ended: \(error)")
            onLost(error)
        }
    }

    // MARK: COPY

    nonisolated(nonsending) func write(_ bytes: [UInt8], _ id: ExchangeID) async throws(PostgresError) {
        var start = 0
        // libpq counts in `Int32` and copies what it is given: a large chunk goes in pieces.
        while start < bytes.count {
            let end = min(bytes.count, start + 16 * SessionDriver.copyChunk)
            let (step, effects) = driver.withLock { driver in
                bytes.withUnsafeBytes { driver.write(UnsafeRawBufferPointer(rebasing: $0[start..<end]), id) }
            }
            carryOut(effects)
            start = end
            if case .failed(let error) = step { throw error }
            if case .wait = step {
                let wakeup = await suspend(id, shielded: false) { $0.awaitCopy(.in, id, $1) }
                if case .failed(let error) = wakeup { throw error }
            }
        }
        if Task.isCancelled { throw .cancelled }
    }

    /// The next piece of a COPY, whole rows; `nil` at the end.
    nonisolated(nonsending) func read(_ id: ExchangeID, shielded: Bool) async throws(PostgresError) -> [UInt8]? {
        while true {
            let (step, effects) = driver.withLock { $0.read(id) }
            carryOut(effects)
            switch step {
            case .chunk(let bytes): return bytes
            case .end, .done: return nil
            case .failed(let error): throw error
            case .wait:
                let wakeup = await suspend(id, shielded: shielded) { $0.awaitCopy(.out, id, $1) }
                if case .failed(let error) = wakeup { throw error }
            }
        }
    }

    /// Ends a COPY and returns how many rows went through.
    nonisolated(nonsending) func endCopy(
        _ direction: ConnectionStateMachine.Direction, failure: String? = nil, _ id: ExchangeID, shielded: Bool = false
    ) async throws(PostgresError) -> Int {
        let wakeup = await suspend(id, shielded: shielded) { $0.endCopy(direction, failure: failure, id, $1) }
        switch wakeup {
        case .finished(let outcomes): return try outcomes.first?.get().affectedRows ?? 0
        case .ready: return 0
        case .failed(let error): throw error
        }
    }

    /// Gives up a COPY whose data nobody wants any longer.
    nonisolated(nonsending) func abandonCopyOut(_ id: ExchangeID) async {
        cancel(id)
        do throws(PostgresError) {
            while try await read(id, shielded: true) != nil {}
            _ = try await endCopy(.out, id, shielded: true)
        } catch {
            // The interruption itself, or the end of the session: the caller has its own error to report.
        }
    }

    // MARK: Transactions and life

    /// Lets the next exchange begin a transaction.
    func begin(_ statement: Statement) {
        driver.withLock { $0.pendingBegin = statement }
    }

    /// Takes back a `begin` that the server has not heard of yet.
    func withdrawBegin() -> Bool {
        driver.withLock { driver in
            defer { driver.pendingBegin = nil }
            return driver.pendingBegin != nil
        }
    }

    /// Lets statements take as long as they need until the transaction ends.
    func liftTimeout() {
        driver.withLock { $0.isTimeoutLifted = true }
    }

    var hasPendingBegin: Bool { driver.withLock { $0.pendingBegin != nil } }
    var hasFailedTransaction: Bool { driver.withLock { $0.hasFailedTransaction } }
    /// Whether the session is as good as new.
    var isReusable: Bool { driver.withLock { $0.isReusable } }

    /// Whether the server is still there, as far as can be told without asking it.
    func isAlive() -> Bool {
        let (isAlive, effects) = driver.withLock { $0.isAlive() }
        carryOut(effects)
        return isAlive
    }

    /// Ends the session. Callers in the midst of something are told `error`.
    func close(_ error: PostgresError = .poolClosed) {
        carryOut(driver.withLock { $0.close(error) })
    }
}
