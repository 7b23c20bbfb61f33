import Ledger
import Postgres

/// Tells callers when the views have reached a position: however many wait, the database is asked once at a time.
///
/// An answer counts for everybody who waited before it was asked for. Who cannot wait is answered after the next one; for
/// the others it is asked again after a pause.
actor PositionWatch {
    private struct Waiter {
        let position: Position
        /// Whether one answer is all that it waits for.
        let isImpatient: Bool
        let continuation: CheckedContinuation<Bool, any Error>
    }

    private let read: @Sendable () async throws -> Position
    private let pause: Duration
    private var waiters: [UInt64: Waiter] = [:]
    private var nextID: UInt64 = 0
    private var isReading = false
    private var isPolling = false
    /// The last one who waited when the database was asked.
    private var lastAsked: UInt64 = 0
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
        nextID += 1
        let id = nextID
        let timer = Task { [weak self] in
            guard timeout > .zero else { return }
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
                waiters[id] = Waiter(position: position, isImpatient: timeout <= .zero, continuation: continuation)
                if timeout <= .zero { askOnce() } else { startPolling() }
            }
        } onCancel: {
            Task { await self.finish(id, with: .failure(CancellationError())) }
        }
    }

    private func finish(_ id: UInt64, with result: Result<Bool, any Error>) {
        waiters.removeValue(forKey: id)?.continuation.resume(with: result)
    }

    /// Asks once for those who cannot wait. While an answer is on its way they are asked for after it.
    private func askOnce() {
        guard !isReading else { return }
        Task { await ask() }
    }

    /// Asks again and again as long as somebody waits.
    private func startPolling() {
        guard !isPolling else { return }
        isPolling = true
        Task {
            while !waiters.isEmpty {
                await ask()
                if !waiters.isEmpty { try? await Task.sleep(for: pause) }
            }
            isPolling = false
        }
    }

    private func ask() async {
        guard !isReading else { return }
        isReading = true
        repeat { await readOnce() } while waiters.contains { $0 > lastAsked && $1.isImpatient }
        isReading = false
    }

    private func readOnce() async {
        lastAsked = nextID
        let asked = lastAsked
        do {
            known = max(known, try await read())
            for (id, waiter) in waiters {
                if waiter.position <= known {
                    finish(id, with: .success(true))
                } else if waiter.isImpatient, id <= asked {
                    finish(id, with: .success(false))
                }
            }
        } catch {
            for id in waiters.keys where id <= asked { finish(id, with: .failure(error)) }
        }
    }
}
