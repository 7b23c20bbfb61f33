import Foundation
import Synchronization

/// Knows which erasures this process has taken note of, and asks about later ones when it has not for a while.
///
/// Nobody waits in the background: whoever is about to use what is in memory asks, those who ask at the same time ask once,
/// and a process that does nothing asks nothing.
final class ErasureWatch: Sendable {
    typealias Ask = @Sendable (_ after: Int64) async throws -> (subjects: [UUID], last: Int64)

    private struct State {
        var number: Int64 = 0
        /// When the last question was asked that was answered.
        var asOf: ContinuousClock.Instant?
        var asking: Task<Void, any Error>?
        var listeners: [@Sendable (UUID) -> Void] = []
    }

    private let state = Mutex(State())

    /// The last erasure that is known of.
    var number: Int64 { state.withLock { $0.number } }

    func add(_ listener: @escaping @Sendable (UUID) -> Void) {
        state.withLock { $0.listeners.append(listener) }
    }

    /// Returns when everybody who was erased more than `lifetime` ago is forgotten.
    func notice(within lifetime: Duration, _ ask: @escaping Ask) async throws {
        let now = ContinuousClock.now
        // Somebody else's question may be an old one by the time it is answered.
        while let asking = question(asOf: now, within: lifetime, ask) { try await asking.value }
    }

    /// What to wait for, if for anything: the question that is asked already, or else a new one.
    private func question(
        asOf now: ContinuousClock.Instant, within lifetime: Duration, _ ask: @escaping Ask
    ) -> Task<Void, any Error>? {
        state.withLock { state in
            if let asOf = state.asOf, asOf + lifetime > now { return nil }
            if let asking = state.asking { return asking }
            let task = Task { try await self.catchUp(asOf: now, ask) }
            state.asking = task
            return task
        }
    }

    private func catchUp(asOf moment: ContinuousClock.Instant, _ ask: Ask) async throws {
        let news: (subjects: [UUID], last: Int64)
        do {
            news = try await ask(number)
        } catch {
            state.withLock { $0.asking = nil }
            throw error
        }
        // The number first: whoever keeps something that was opened before compares it, and is forgotten or refrains.
        let listeners = state.withLock { state in
            state.number = max(state.number, news.last)
            return state.listeners
        }
        for subject in news.subjects {
            for forget in listeners { forget(subject) }
        }
        state.withLock { state in
            state.asOf = moment
            state.asking = nil
        }
    }
}
