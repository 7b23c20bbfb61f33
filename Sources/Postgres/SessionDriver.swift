/// Carries out on libpq what the state machine decides. Lives under the lock of its `PostgresSession`.
struct SessionDriver: Sendable {
    typealias ExchangeID = ConnectionStateMachine.ExchangeID

    /// How much of a COPY is handed over at once, and how much is queued before the socket is looked at.
    static let copyChunk = 65_536
    /// How much longer than the server's own limit an answer may take before the session is given up: a server that is
    /// there has ended the statement by then.
    static let answerGrace: Duration = .seconds(5)

    /// Absent once the session is over.
    private(set) var libpq: LibPQ?
    var readiness: SocketReadiness?
    var machine = ConnectionStateMachine()
    private var statements = StatementCache()
    private let preparesStatements: Bool
    /// How long the server lets one statement run; `nil` if for as long as it takes.
    private let statementTimeout: Duration?
    /// Statements may take as long as they need until the transaction ends.
    var isTimeoutLifted = false
    /// Somebody will call `checkSilence`.
    private var isWatchedOver = false
    /// The exchange under way.
    var running: Running?
    private var queued: [ExchangeID: (request: Request, waiter: Waiter)] = [:]
    /// libpq holds bytes that the socket did not take.
    private(set) var isFlushing = false
    var reads = true
    private var watched = (reads: true, writes: false)
    /// A transaction was begun, and the server is to hear of it together with its first statement.
    var pendingBegin: Statement?

    struct Running: Sendable {
        var waiter: Waiter?
        var outcomes: [Result<Rows, PostgresError>?]
        /// The last of `outcomes` is that of `pendingBegin`, which the caller knows nothing of.
        var begins = false
        var isCopy = false
        var unflushedCopy = 0
        var reachedCopyEnd = false
        /// When the server must have answered, or let a COPY go on, if it is there at all.
        var deadline: ContinuousClock.Instant?
    }

    init(_ libpq: LibPQ, preparesStatements: Bool, statementTimeout: Duration?) {
        self.libpq = libpq
        self.preparesStatements = preparesStatements
        self.statementTimeout = statementTimeout
    }

    // MARK: Exchanges

    mutating func submit(_ id: ExchangeID, _ request: Request, _ waiter: Waiter) -> Effects {
        var effects = Effects()
        switch machine.submit(id) {
        case .reject(let error): effects.resume(waiter, .failed(error))
        case .wait: queued[id] = (request, waiter)
        case .send: begin(request, waiter, &effects)
        }
        return effects
    }

    private mutating func begin(_ request: Request, _ waiter: Waiter, _ effects: inout Effects) {
        running = Running(waiter: waiter, outcomes: [])
        guard let libpq, let conversation = send(request, on: libpq) else {
            return lose(.connectionLost(libpq?.errorMessage ?? ""), &effects)
        }
        machine.started(conversation)
        switch request {
        case .pipeline(let batch, _): expectAnswer(to: max(1, batch.count), &effects)
        case .copyIn, .copyOut:
            running?.isCopy = true
            expectAnswer(&effects)
        // Migrations and the like; what they set is not known here.
        case .script: break
        }
        flush(&effects)
    }

    /// From now on it is the server's turn: with so many statements, unless the caller has taken the limit away.
    mutating func expectAnswer(to statements: Int = 1, _ effects: inout Effects) {
        guard let statementTimeout, statementTimeout > .zero, !isTimeoutLifted else { return }
        let longest = statementTimeout * statements + Self.answerGrace
        running?.deadline = .now + longest
        if !isWatchedOver {
            isWatchedOver = true
            effects.vigil = longest
        }
    }

    /// Gives the session up when the server has not answered in time: it cannot be told from one that is gone.
    mutating func checkSilence() -> Effects {
        var effects = Effects()
        isWatchedOver = false
        guard let deadline = running?.deadline else { return effects }
        let remaining = deadline - .now
        if remaining > .zero {
            isWatchedOver = true
            effects.vigil = remaining
        } else {
            lose(.connectionLost("no answer in time"), &effects)
        }
        return effects
    }

    private mutating func send(_ request: Request, on libpq: LibPQ) -> ConnectionStateMachine.Conversation? {
        switch request {
        case .pipeline(let batch, let isolated): return sendPipeline(batch, isolated: isolated, on: libpq)
        case .script(let sql): return libpq.setPipelining(false) && libpq.sendSimple(sql) ? .script : nil
        case .copyIn(let sql): return libpq.setPipelining(false) && libpq.sendSimple(sql) ? .copyIn : nil
        case .copyOut(let sql): return libpq.setPipelining(false) && libpq.sendSimple(sql) ? .copyOut : nil
        }
    }

    private mutating func sendPipeline(
        _ batch: [BoundStatement], isolated: Bool, on libpq: LibPQ
    ) -> ConnectionStateMachine.Conversation? {
        guard libpq.setPipelining(true) else { return nil }
        var steps: [ConnectionStateMachine.Step] = []
        steps.reserveCapacity(isolated ? 2 * batch.count : batch.count + 2)
        var outcomes = batch.count
        if let begin = pendingBegin {
            pendingBegin = nil
            running?.begins = true
            outcomes += 1
            guard send(BoundStatement(begin), slot: batch.count, &steps, on: libpq) else { return nil }
        }
        running?.outcomes = Array(repeating: nil, count: outcomes)
        for (slot, bound) in batch.enumerated() {
            guard send(bound, slot: slot, &steps, on: libpq) else { return nil }
            if isolated {
                guard libpq.sendSync() else { return nil }
                steps.append(.sync)
            }
        }
        if steps.last != .sync {
            guard libpq.sendSync() else { return nil }
            steps.append(.sync)
        }
        return .pipeline(steps)
    }

    private mutating func send(
        _ bound: BoundStatement, slot: Int, _ steps: inout [ConnectionStateMachine.Step], on libpq: LibPQ
    ) -> Bool {
        let statement = bound.statement
        guard preparesStatements else {
            steps.append(.execute(slot: slot, statement: nil))
            return libpq.sendExecution(name: nil, sql: statement.sql, bound.parameters)
        }
        switch statements.lookup(statement, types: bound.parameters.types) {
        case .ready(let id, let name):
            steps.append(.execute(slot: slot, statement: id))
            return libpq.sendExecution(name: name, sql: statement.sql, bound.parameters)
        case .prepare(let id, let name):
            steps.append(.prepare(id, slot: slot))
            steps.append(.execute(slot: slot, statement: id))
            return libpq.sendPrepare(name, statement.sql, types: bound.parameters.types)
                && libpq.sendExecution(name: name, sql: statement.sql, bound.parameters)
        }
    }

    mutating func flush(_ effects: inout Effects) {
        guard let libpq else { return }
        switch libpq.flush() {
        case .complete: isFlushing = false
        case .pending: isFlushing = true
        case .failed: return ended(&effects)
        }
        watch()
    }

    /// Says what to watch the socket for. In the usual course of things that is reading, from first to last.
    mutating func watch() {
        let interest = (reads, isFlushing)
        guard interest != watched else { return }
        watched = interest
        readiness?.setInterest(reads: reads, writes: isFlushing)
    }

    // MARK: Readiness

    /// The socket can be read or written.
    mutating func ready() -> Effects {
        var effects = Effects()
        guard let libpq else { return effects }
        if machine.copying == .out && running?.waiter == nil && !isFlushing {
            // Nobody wants the data yet: leave it to the kernel, which slows the server down.
            reads = false
            watch()
            return effects
        }
        guard libpq.consumeInput() else {
            ended(&effects)
            return effects
        }
        if isFlushing { flush(&effects) }
        // A COPY takes as long as it takes while anything moves.
        if running?.isCopy == true, running?.deadline != nil { expectAnswer(&effects) }
        switch machine.copying {
        case .out: wake(.ready, &effects)
        case .in where !isFlushing: wake(.ready, &effects)
        case .in: break
        case nil: drain(&effects)
        }
        return effects
    }

    private mutating func wake(_ wakeup: Wakeup, _ effects: inout Effects) {
        guard let waiter = running?.waiter else { return }
        running?.waiter = nil
        // It is the caller's turn, which may take its time.
        running?.deadline = nil
        effects.resume(waiter, wakeup)
    }

    /// Takes every reply that has arrived.
    mutating func drain(_ effects: inout Effects) {
        while let libpq, machine.expectsReply, !libpq.isBusy {
            let (reply, result) = libpq.nextReply()
            if case .failed(let error) = reply, libpq.isBroken, !error.endsSession {
                return lose(.connectionLost(error.message), &effects)
            }
            switch machine.received(reply) {
            case .proceed: break
            case .forget(let statement): statements.forget(statement)
            case .deliver(let slot):
                guard let result else { break }
                if running?.outcomes.isEmpty == true { running?.outcomes = [nil] }
                running?.outcomes[slot] = .success(Rows(result: result))
            case .fail(let slot, let error): running?.outcomes[slot] = .failure(error)
            case .startCopying: wake(.ready, &effects)
            case .finish(let end): finish(end, &effects)
            case .awaitCancel: return
            case .lose(let error): return lose(error, &effects)
            }
        }
        if let libpq, libpq.isBroken || libpq.farewell != nil { ended(&effects) }
    }

    private mutating func finish(_ end: ConnectionStateMachine.ExchangeEnd, _ effects: inout Effects) {
        if var running, let waiter = running.waiter {
            if let error = end.error {
                effects.resume(waiter, .failed(error))
            } else {
                if running.begins, case .failure(let error)?? = running.outcomes.popLast(), error != .skipped {
                    running.outcomes = running.outcomes.map { _ in .failure(error) }
                }
                effects.resume(waiter, .finished(running.outcomes.map { $0 ?? .failure(.skipped) }))
            }
        }
        running = nil
        if isTimeoutLifted, libpq?.isInTransaction != true { isTimeoutLifted = false }
        if let next = end.next, let (request, waiter) = queued.removeValue(forKey: next) {
            begin(request, waiter, &effects)
        }
    }

    // MARK: Cancelling and ending

    mutating func cancel(_ id: ExchangeID) -> Effects {
        var effects = Effects()
        switch machine.cancel(id) {
        case .none: break
        case .withdraw:
            if let (_, waiter) = queued.removeValue(forKey: id) { effects.resume(waiter, .failed(.cancelled)) }
        case .request: requestCancel(id, &effects)
        }
        return effects
    }

    private mutating func requestCancel(_ id: ExchangeID, _ effects: inout Effects) {
        if let request = libpq?.cancelRequest() {
            effects.cancel = (request, id)
        } else {
            lose(.connectionLost("no cancel request possible"), &effects)
        }
    }

    mutating func cancelDelivered(_ id: ExchangeID) -> Effects {
        var effects = Effects()
        switch machine.cancelDelivered(id) {
        case .none: break
        case .finish(let end): finish(end, &effects)
        case .remind: effects.reminder = id
        }
        return effects
    }

    mutating func cancelAgain(_ id: ExchangeID) -> Effects {
        var effects = Effects()
        if machine.cancelAgain(id) { requestCancel(id, &effects) }
        return effects
    }

    mutating func cancelOverdue(_ id: ExchangeID) -> Effects {
        var effects = Effects()
        if machine.isCancelOverdue(id) { lose(.connectionLost("no answer to a cancel request"), &effects) }
        return effects
    }

    /// libpq found the connection broken. What the server said last may still lie unread in libpq's buffer.
    mutating func ended(_ effects: inout Effects) {
        guard let libpq else { return }
        let reason = libpq.errorMessage
        while machine.expectsReply, !libpq.isBusy {
            let (reply, _) = libpq.nextReply()
            guard case .failed(let error) = reply else { if reply == .end { break } else { continue } }
            return lose(.connectionLost(Self.words(error)), &effects)
        }
        lose(.connectionLost(libpq.farewell.map(Self.words) ?? reason), &effects)
    }

    private static func words(_ error: ServerError) -> String {
        error.sqlState.rawValue.isEmpty ? error.message : "\(error.sqlState): \(error.message)"
    }

    mutating func close(_ error: PostgresError) -> Effects {
        var effects = Effects()
        lose(error, &effects)
        return effects
    }

    mutating func lose(_ error: PostgresError, _ effects: inout Effects) {
        guard libpq != nil else { return }
        _ = machine.close(error)
        wake(.failed(error), &effects)
        running = nil
        for (_, waiter) in queued.values { effects.resume(waiter, .failed(error)) }
        queued = [:]
        readiness?.cancel()
        readiness = nil
        libpq = nil
        effects.lost = error
    }

    /// Whether an idle session still has its server. Looks at the socket without waiting.
    mutating func isAlive() -> (Bool, Effects) {
        var effects = Effects()
        guard let libpq, machine.isIdle else { return (false, effects) }
        if !libpq.consumeInput() || libpq.isBusy || libpq.isBroken || libpq.farewell != nil { ended(&effects) }
        return (self.libpq != nil, effects)
    }

    /// Whether the session is as good as new: nothing under way, no transaction left open.
    var isReusable: Bool {
        guard let libpq else { return false }
        return machine.isIdle && !machine.isSpoiled && !libpq.isBroken && !libpq.isInTransaction && pendingBegin == nil
    }

    var hasFailedTransaction: Bool { libpq?.hasFailedTransaction ?? false }
}
