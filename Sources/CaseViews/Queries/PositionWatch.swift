import Ledger
import Postgres

/// Tells callers when the views have reached a position: however many wait, one of them asks the database.
actor PositionWatch {
    private struct Waiter {
        let position: Position
        let continuation: CheckedContinuation<Bool, any Error>
    }

    private let read: @Sendable () async throws -> Position
    private let pause: Duration
    private var waiters: [UInt64: Waiter] = [:]
    private var nextID: UInt64 = 0
    private var isPolling = false
    /// The highest position seen; views never go back.
    private var known: Position = 0

    /// A watch over what `read` answers, asked again after `pause` as long as somebody waits.
    init(pause: Duration = .milliseconds(25), read: @escaping @Sendable () async throws -> Position) {
        self.read = read
        self.pause = pause
    }

    /// Waits until the views have reached `position`, or `timeout` is over.
    ///
    /// - Returns: whether they have.
    /// - Throws: what `read` throws; `CancellationError`.
    func wait(for position: Position, timeout: Duration) async throws -> Bool {
        if known >= position { return true }
        note(try await read())
        if known >= position { return true }
        if timeout <= .zero { return false }
        nextID += 1
        let id = nextID
        let timer = Task { [weak self] in
            try await Task.sleep(for: timeout)
            await self?.finish(id, with: .success(false))
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                    return
                }
                waiters[id] = Waiter(position: position, continuation: continuation)
                startPolling()
            }
        } onCancel: {
            Task { await self.finish(id, with: .failure(CancellationError())) }
        }
    }

    private func finish(_ id: UInt64, with result: Result<Bool, any Error>) {
        waiters.removeValue(forKey: id)?.continuation.resume(with: result)
    }

    private func note(_ position: Position) {
        known = max(known, position)
        for (id, waiter) in waiters where waiter.position <= known { finish(id, with: .success(true)) }
    }

    private func startPolling() {
        guard !isPolling else { return }
        isPolling = true
        Task {
            while !waiters.isEmpty {
                try? await Task.sleep(for: pause)
                do {
                    note(try await read())
                } catch {
                    for id in waiters.keys { finish(id, with: .failure(error)) }
                }
            }
            isPolling = false
        }
    }
}
