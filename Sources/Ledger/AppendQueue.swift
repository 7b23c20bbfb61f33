import DequeModule
public import Logging

/// Group commit: commands that arrive while one batch is in flight travel together in the next.
///
/// A thin shell around ``AppendQueueState``. Each caller gets its own verdict; one caller's cancellation or bad command
/// touches no other. When the store is lost in the middle of a batch, the batch is asked again: identifiers are
/// idempotency keys, so the store answers what became of it.
public actor AppendQueue: Appender {
    private let store: any EventStore
    private let retryDelays: [Duration]
    private let patience: Duration
    private let logger: Logger
    private var state: AppendQueueState
    private var callers: [AppendQueueState.Ticket: CheckedContinuation<AppendVerdict, any Error>] = [:]
    /// Until when callers are kept waiting, in the order in which they came. Those at the front have no verdict yet.
    private var deadlines: Deque<(ticket: AppendQueueState.Ticket, at: ContinuousClock.Instant)> = []
    private var isWatchingDeadlines = false
    private var lastTicket: AppendQueueState.Ticket = 0

    /// A queue in front of `store`.
    ///
    /// - Parameters:
    ///   - capacity: how many commands may wait before others are refused with ``LedgerError/overloaded``.
    ///   - batchLimit: how many commands travel together at most.
    ///   - retryDelays: how long to wait before asking an unavailable store again, each time.
    ///   - patience: how long a caller waits for a verdict at most. One who asks from afar has given up by then, and would
    ///     not learn it any more.
    public init(
        store: any EventStore, capacity: Int = 1024, batchLimit: Int = 64,
        retryDelays: [Duration] = [.milliseconds(50), .milliseconds(200), .seconds(1), .seconds(2)],
        patience: Duration = .seconds(20), logger: Logger
    ) {
        self.store = store
        self.retryDelays = retryDelays
        self.patience = patience
        self.logger = logger
        state = AppendQueueState(capacity: capacity, batchLimit: batchLimit)
    }

    /// How many commands wait, not counting those in flight.
    public var depth: Int { state.depth }

    /// Appends one command together with whatever else waits.
    ///
    /// - Throws: ``LedgerError/overloaded`` when the queue is full, ``LedgerError/unavailable(_:)`` when the store stays
    ///   away or does not answer in time, `CancellationError` when the task is cancelled while the command still waits,
    ///   and what the store throws for a command that it cannot take at all.
    public func append(_ command: AppendCommand) async throws -> AppendVerdict {
        try Task.checkCancellation()
        lastTicket += 1
        let ticket = lastTicket
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { caller in
                switch state.admit(command, ticket: ticket) {
                case .refused:
                    caller.resume(throwing: LedgerError.overloaded)
                case .waiting:
                    keep(caller, ticket)
                case .send(let batch):
                    keep(caller, ticket)
                    Task { await self.send(batch) }
                }
            }
        } onCancel: {
            Task { await self.withdraw(ticket) }
        }
    }

    private func withdraw(_ ticket: AppendQueueState.Ticket) {
        guard state.withdraw(ticket) else { return }
        callers.removeValue(forKey: ticket)?.resume(throwing: CancellationError())
    }

    // MARK: Patience

    private func keep(_ caller: CheckedContinuation<AppendVerdict, any Error>, _ ticket: AppendQueueState.Ticket) {
        callers[ticket] = caller
        deadlines.append((ticket, .now + patience))
        guard !isWatchingDeadlines else { return }
        isWatchingDeadlines = true
        Task { await self.watchDeadlines() }
    }

    /// Sends those away who have waited too long. A command that is on its way goes on without its caller.
    private func watchDeadlines() async {
        dropAnswered()
        while let first = deadlines.first {
            let remaining = first.at - .now
            if remaining > .zero {
                try? await Task.sleep(for: remaining)
            } else {
                _ = state.withdraw(first.ticket)
                callers.removeValue(forKey: first.ticket)?.resume(
                    throwing: LedgerError.unavailable("no verdict in time"))
            }
            dropAnswered()
        }
        isWatchingDeadlines = false
    }

    private func dropAnswered() {
        while let first = deadlines.first, callers[first.ticket] == nil { deadlines.removeFirst() }
    }

    // MARK: Sending

    private func send(_ first: [AppendQueueState.Entry]) async {
        var next: [AppendQueueState.Entry]? = first
        while let batch = next {
            let outcomes = await outcomes(for: batch.map(\.command))
            for (entry, outcome) in zip(batch, outcomes) {
                callers.removeValue(forKey: entry.ticket)?.resume(with: outcome)
            }
            dropAnswered()
            // Who was just answered may be back at once with the next command. Let them in before the next batch is made
            // up, or the first of them would travel alone and all others wait behind it.
            await Task.yield()
            next = state.batchEnded()
        }
    }

    /// One outcome per command. When the store refuses a batch for what is in it, each command is asked alone, so that only
    /// the one that is to blame fails.
    private func outcomes(for commands: [AppendCommand]) async -> [Result<AppendVerdict, any Error>] {
        switch await verdicts(for: commands) {
        case .success(let verdicts):
            return verdicts.map { .success($0) }
        case .failure(let error):
            if error is LedgerError || commands.count == 1 { return commands.map { _ in .failure(error) } }
            logger.error("a batch was refused", metadata: ["error": "\(error)", "commands": "\(commands.count)"])
            var outcomes: [Result<AppendVerdict, any Error>] = []
            for command in commands { outcomes.append(await verdicts(for: [command]).map { $0[0] }) }
            return outcomes
        }
    }

    private func verdicts(for commands: [AppendCommand]) async -> Result<[AppendVerdict], any Error> {
        for delay in retryDelays {
            do {
                return .success(try await store.append(commands))
            } catch LedgerError.unavailable(let reason) {
                logger.warning("ledger unavailable, asking again", metadata: ["reason": "\(reason)"])
                try? await Task.sleep(for: delay)
            } catch {
                return .failure(error)
            }
        }
        do {
            return .success(try await store.append(commands))
        } catch {
            return .failure(error)
        }
    }
}
