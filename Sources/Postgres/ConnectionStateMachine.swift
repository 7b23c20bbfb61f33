/// What one session is doing, as a value: events go in, actions come out, and nothing here touches a socket.
///
/// A session carries one *exchange* at a time, in the order in which they were submitted. An exchange ends when the
/// server has answered all of it, and, where it was cancelled, when the cancel request is over as well: a cancel
/// request names the session and not the statement, so the next statement must not start while one may still be under
/// way.
struct ConnectionStateMachine: Sendable {
    typealias ExchangeID = UInt64

    private(set) var state: State = .idle
    private var waiting: [ExchangeID] = []
    /// The session works, but must not be used for another purpose: its settings or prepared statements may be off.
    private(set) var isSpoiled = false

    // MARK: Submitting

    mutating func submit(_ id: ExchangeID) -> SubmitAction {
        switch state {
        case .closed(let error): return .reject(error)
        case .exchanging:
            waiting.append(id)
            return .wait
        case .idle:
            state = .exchanging(Exchange(id: id, phase: .starting))
            return .send
        }
    }

    mutating func started(_ conversation: Conversation) {
        guard case .exchanging(var exchange) = state else { return }
        switch conversation {
        case .pipeline(let steps): exchange.phase = .pipeline(steps, next: 0, ends: 0)
        case .script: exchange.phase = .script(nil)
        case .copyIn: exchange.phase = .copyOpening(.in, nil)
        case .copyOut: exchange.phase = .copyOpening(.out, nil)
        }
        state = .exchanging(exchange)
    }

    // MARK: Replies

    /// Whether libpq is to be asked for another reply.
    var expectsReply: Bool {
        guard case .exchanging(let exchange) = state else { return false }
        switch exchange.phase {
        case .pipeline, .script, .copyOpening, .copyClosing: return true
        case .starting, .copying, .answered: return false
        }
    }

    /// In which direction data flows now.
    var copying: Direction? {
        guard case .exchanging(let exchange) = state, case .copying(let direction) = exchange.phase else { return nil }
        return direction
    }

    /// The exchange under way.
    var current: ExchangeID? {
        if case .exchanging(let exchange) = state { exchange.id } else { nil }
    }

    /// Whether nothing is under way and nothing is wrong.
    var isIdle: Bool {
        if case .idle = state { true } else { false }
    }

    mutating func received(_ reply: Reply) -> ReplyAction {
        guard case .exchanging(var exchange) = state else {
            return .lose(.connectionLost("a reply without a question"))
        }
        if case .failed(let error) = reply, error.endsSession {
            return .lose(.connectionLost("\(error.sqlState): \(error.message)"))
        }
        switch exchange.phase {
        case .pipeline(let steps, let next, let ends):
            return receivedInPipeline(reply, exchange, steps, next, ends)
        case .script(let earlier):
            switch reply {
            case .rows, .command, .skipped, .sync: return .proceed
            case .failed(let error):
                exchange.phase = .script(earlier ?? outcome(of: error, &exchange))
                state = .exchanging(exchange)
                return .proceed
            case .copyIn, .copyOut: return .lose(.invalidUse("COPY in a script"))
            case .end: return answered(exchange, error: earlier)
            }
        case .copyOpening(let direction, let earlier):
            switch (reply, direction) {
            case (.copyIn, .in), (.copyOut, .out):
                exchange.phase = .copying(direction)
                state = .exchanging(exchange)
                return .startCopying
            case (.failed(let error), _):
                exchange.phase = .copyOpening(direction, earlier ?? outcome(of: error, &exchange))
                state = .exchanging(exchange)
                return .proceed
            case (.end, _): return answered(exchange, error: earlier ?? .invalidUse("not a COPY statement"))
            case (.rows, _), (.command, _), (.skipped, _), (.sync, _): return .proceed
            case (.copyIn, .out), (.copyOut, .in): return .lose(.invalidUse("a COPY in the other direction"))
            }
        case .copyClosing(let earlier, let isAnswered):
            switch reply {
            case .failed(let error):
                exchange.phase = .copyClosing(earlier ?? outcome(of: error, &exchange), answered: true)
                state = .exchanging(exchange)
                return .proceed
            case .command where !isAnswered:
                exchange.phase = .copyClosing(earlier, answered: true)
                state = .exchanging(exchange)
                return .deliver(slot: 0)
            case .rows, .command, .skipped, .sync: return .proceed
            case .copyIn, .copyOut: return .lose(.invalidUse("more than one COPY"))
            case .end: return answered(exchange, error: earlier)
            }
        case .starting, .copying, .answered:
            return .lose(.connectionLost("a reply out of turn"))
        }
    }

    private mutating func receivedInPipeline(
        _ reply: Reply, _ exchange: Exchange, _ steps: [Step], _ next: Int, _ ends: Int
    ) -> ReplyAction {
        var exchange = exchange
        guard next < steps.count else { return .lose(.connectionLost("more replies than statements")) }
        if reply == .end {
            // One `end` follows each statement. A second one means that libpq has nothing left to tell while we still
            // wait: the two have lost track of each other.
            guard ends == 0 else { return .lose(.connectionLost("fewer replies than statements")) }
            exchange.phase = .pipeline(steps, next: next, ends: 1)
            state = .exchanging(exchange)
            return .proceed
        }
        exchange.phase = .pipeline(steps, next: next + 1, ends: 0)
        let action: ReplyAction
        switch (steps[next], reply) {
        case (.sync, .sync):
            if next + 1 == steps.count { return answered(exchange, error: nil) }
            action = .proceed
        case (.prepare, .command): action = .proceed
        case (.prepare(let statement, _), .failed(let error)):
            exchange.failedStatements[statement] = outcome(of: error, &exchange)
            action = .forget(statement)
        case (.prepare(let statement, _), .skipped): action = .forget(statement)
        case (.execute(let slot, _), .rows), (.execute(let slot, _), .command): action = .deliver(slot: slot)
        case (.execute(let slot, let statement), .failed(let error)):
            action = .fail(slot: slot, preparation(of: statement, exchange) ?? outcome(of: error, &exchange))
        case (.execute(let slot, let statement), .skipped):
            action = .fail(slot: slot, preparation(of: statement, exchange) ?? .skipped)
        case (.execute, .copyIn), (.execute, .copyOut): return .lose(.invalidUse("COPY in a pipeline"))
        default: return .lose(.connectionLost("the replies do not match the statements"))
        }
        state = .exchanging(exchange)
        return action
    }

    /// Why a statement could not be prepared, where that is why its execution came to nothing.
    private func preparation(of statement: StatementCache.ID?, _ exchange: Exchange) -> PostgresError? {
        statement.flatMap { exchange.failedStatements[$0] }
    }

    /// What a server's error means to the caller.
    private mutating func outcome(of error: ServerError, _ exchange: inout Exchange) -> PostgresError {
        if error.isStalePlan { isSpoiled = true }
        if error.sqlState == .queryCanceled && exchange.cancellation != .none {
            exchange.wasInterrupted = true
            return .cancelled
        }
        return .server(error)
    }

    private mutating func answered(_ exchange: Exchange, error: PostgresError?) -> ReplyAction {
        var exchange = exchange
        if exchange.cancellation != .none && !exchange.wasInterrupted
            || exchange.cancellation == .requested && exchange.cancelRequests > 1
        {
            // The statement ended without, or before, the last cancel request. It might hit the next one.
            isSpoiled = true
        }
        guard exchange.cancellation != .requested else {
            exchange.phase = .answered(error)
            state = .exchanging(exchange)
            return .awaitCancel
        }
        return .finish(end(exchange.id, error: error))
    }

    private mutating func end(_ id: ExchangeID, error: PostgresError?) -> ExchangeEnd {
        guard !waiting.isEmpty else {
            state = .idle
            return ExchangeEnd(id: id, error: error, next: nil)
        }
        let next = waiting.removeFirst()
        state = .exchanging(Exchange(id: next, phase: .starting))
        return ExchangeEnd(id: id, error: error, next: next)
    }

    // MARK: COPY

    /// Whether data of this exchange may flow in this direction now.
    func mayCopy(_ direction: Direction, _ id: ExchangeID) -> PostgresError? {
        switch state {
        case .closed(let error): return error
        case .exchanging(let exchange) where exchange.id == id && exchange.phase == .copying(direction): return nil
        case .exchanging, .idle: return .invalidUse("this COPY is over")
        }
    }

    /// All data went through, or libpq reported the end of it; now the verdict is awaited.
    mutating func copyEnded() {
        guard case .exchanging(var exchange) = state, case .copying = exchange.phase else { return }
        exchange.phase = .copyClosing(nil, answered: false)
        state = .exchanging(exchange)
    }

    // MARK: Cancelling

    mutating func cancel(_ id: ExchangeID) -> CancelAction {
        if let index = waiting.firstIndex(of: id) {
            waiting.remove(at: index)
            return .withdraw
        }
        guard case .exchanging(var exchange) = state, exchange.id == id, exchange.cancellation == .none else {
            return .none
        }
        exchange.cancellation = .requested
        exchange.cancelRequests += 1
        state = .exchanging(exchange)
        return .request
    }

    /// The cancel request is over, whatever came of it.
    mutating func cancelDelivered(_ id: ExchangeID) -> DeliveryAction {
        guard case .exchanging(var exchange) = state, exchange.id == id else { return .none }
        exchange.cancellation = .delivered
        state = .exchanging(exchange)
        guard case .answered(let error) = exchange.phase else { return .remind }
        return .finish(end(id, error: error))
    }

    /// Whether the server is to be asked once more. It forgets a cancel request that arrives before the statement does.
    mutating func cancelAgain(_ id: ExchangeID) -> Bool {
        guard case .exchanging(var exchange) = state, exchange.id == id, exchange.cancellation == .delivered,
            !exchange.wasInterrupted
        else { return false }
        exchange.cancellation = .requested
        exchange.cancelRequests += 1
        state = .exchanging(exchange)
        return true
    }

    /// Whether an exchange that should have been interrupted by now still goes on. The session is then given up.
    func isCancelOverdue(_ id: ExchangeID) -> Bool {
        guard case .exchanging(let exchange) = state, exchange.id == id else { return false }
        return exchange.cancellation != .none
    }

    // MARK: Ending

    /// The session is over. Returns the exchanges whose callers are to be told, the one under way first.
    mutating func close(_ error: PostgresError) -> [ExchangeID] {
        let affected: [ExchangeID]
        switch state {
        case .closed: return []
        case .idle: affected = waiting
        case .exchanging(let exchange): affected = [exchange.id] + waiting
        }
        waiting = []
        state = .closed(error)
        return affected
    }

    /// The session works, but is not to be used for another purpose.
    mutating func spoil() {
        isSpoiled = true
    }
}
