import Foundation
import LedgerSuite
import Logging
import Testing

@testable import Ledger

@Suite("The append queue", .timeLimit(.minutes(2)))
struct AppendQueueTests {
    private let store = ScriptedStore()

    private func queue(capacity: Int = 100, retryDelays: [Duration] = [.milliseconds(1), .milliseconds(1)])
        -> AppendQueue
    {
        AppendQueue(
            store: store, capacity: capacity, batchLimit: 8, retryDelays: retryDelays, logger: Logger(label: "tests"))
    }

    /// Starts a command and returns once the queue or the store has it.
    private func start(_ command: AppendCommand, on queue: AppendQueue, depth: Int) async throws
        -> Task<AppendVerdict, any Error>
    {
        let task = Task { try await queue.append(command) }
        while await queue.depth != depth { try await Task.sleep(for: .milliseconds(1)) }
        return task
    }

    @Test("sends together what came while the store was busy")
    func groups() async throws {
        let queue = queue()
        await store.close()
        let first = Task { try await queue.append(.sample(to: .sample("first"), at: 0)) }
        await store.waitForCall()
        var others: [Task<AppendVerdict, any Error>] = []
        for index in 1...5 {
            others.append(try await start(.sample(to: .sample("s\(index)"), at: 0), on: queue, depth: index))
        }
        await store.open()
        #expect(try await first.value.appended?.map(\.position) == [1])
        for (index, task) in others.enumerated() {
            #expect(try await task.value.appended?.map(\.position) == [Position(index + 2)])
        }
        #expect(await store.batchSizes == [1, 5])
    }

    @Test("refuses when it is full, and takes again when it is not")
    func overloaded() async throws {
        let queue = queue(capacity: 2)
        await store.close()
        let first = Task { try await queue.append(.sample(to: .sample("first"), at: 0)) }
        await store.waitForCall()
        let second = try await start(.sample(to: .sample("a"), at: 0), on: queue, depth: 1)
        let third = try await start(.sample(to: .sample("b"), at: 0), on: queue, depth: 2)
        await #expect(throws: LedgerError.overloaded) { try await queue.append(.sample(to: .sample("c"), at: 0)) }
        await store.open()
        for task in [first, second, third] { #expect(try await task.value.appended != nil) }
        #expect(try await queue.append(.sample(to: .sample("c"), at: 0)).appended != nil)
    }

    @Test("cancelled while it waits, a command is not sent and its neighbours are")
    func cancelledWaiting() async throws {
        let queue = queue()
        await store.close()
        let first = Task { try await queue.append(.sample(to: .sample("first"), at: 0)) }
        await store.waitForCall()
        let second = try await start(.sample(to: .sample("a"), at: 0), on: queue, depth: 1)
        let third = try await start(.sample(to: .sample("b"), at: 0), on: queue, depth: 2)
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        await store.open()
        #expect(try await first.value.appended != nil)
        #expect(try await third.value.appended != nil)
        #expect(try await store.inner.read(.sample("a")).isEmpty)
    }

    @Test("cancelled on its way, a command gets its verdict all the same")
    func cancelledInFlight() async throws {
        let queue = queue()
        await store.close()
        let first = Task { try await queue.append(.sample(to: .sample("first"), at: 0)) }
        await store.waitForCall()
        first.cancel()
        try await Task.sleep(for: .milliseconds(20))
        await store.open()
        #expect(try await first.value.appended?.count == 1)
    }

    @Test("cancelled before it begins, a command is not taken")
    func cancelledBefore() async throws {
        let queue = queue()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await queue.append(.sample(to: .sample("a"), at: 0))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await store.inner.head() == 0)
    }

    @Test("asks a lost store again, and finds out what became of the batch")
    func storeLost() async throws {
        let queue = queue()
        // The first time nothing is recorded; the second time all is, but the answer is lost.
        await store.fail([.before(LedgerError.unavailable("gone")), .after(LedgerError.unavailable("gone"))])
        let command = AppendCommand.sample(to: .sample("a"), at: 0)
        let verdict = try await queue.append(command)
        #expect(verdict.duplicate?.map(\.position) == [1])
        #expect(try await store.inner.head() == 1)
        #expect(await store.batchSizes == [1, 1, 1])
    }

    @Test("gives up on a store that stays away, and serves who comes later")
    func storeAway() async throws {
        let queue = queue()
        await store.fail(Array(repeating: .before(LedgerError.unavailable("gone")), count: 3))
        await #expect(throws: LedgerError.unavailable("gone")) {
            try await queue.append(.sample(to: .sample("a"), at: 0))
        }
        #expect(await store.batchSizes.count == 3)
        #expect(try await queue.append(.sample(to: .sample("a"), at: 0)).appended?.count == 1)
    }

    @Test("keeps nobody waiting for ever: neither who waits nor who is on the way, and the command on the way goes on")
    func impatient() async throws {
        let queue = AppendQueue(
            store: store, retryDelays: [], patience: .milliseconds(50), logger: Logger(label: "tests"))
        await store.close()
        let onTheWay = AppendCommand.sample(to: .sample("first"), at: 0)
        let first = Task { try await queue.append(onTheWay) }
        await store.waitForCall()
        let second = Task { try await queue.append(.sample(to: .sample("a"), at: 0)) }
        for task in [first, second] {
            await #expect(throws: LedgerError.unavailable("no verdict in time")) { try await task.value }
        }
        #expect(await queue.depth == 0)
        await store.open()
        // Asking again with the same identifier finds out what became of it.
        #expect(try await queue.append(onTheWay).duplicate?.count == 1)
        #expect(try await store.inner.read(.sample("a")).isEmpty)
        #expect(try await queue.append(.sample(to: .sample("b"), at: 0)).appended?.count == 1)
    }

    @Test("fails only the command that the store cannot take")
    func poison() async throws {
        let queue = queue()
        await store.close()
        let first = Task { try await queue.append(.sample(to: .sample("first"), at: 0)) }
        await store.waitForCall()
        let good = try await start(.sample(to: .sample("a"), at: 0), on: queue, depth: 1)
        let bad = try await start(.sample(to: .sample(ScriptedStore.poison), at: 0), on: queue, depth: 2)
        let alsoGood = try await start(.sample(to: .sample("b"), at: 0), on: queue, depth: 3)
        await store.open()
        #expect(try await first.value.appended != nil)
        #expect(try await good.value.appended != nil)
        await #expect(throws: ScriptedStore.Refused.self) { try await bad.value }
        #expect(try await alsoGood.value.appended != nil)
        #expect(try await store.inner.head() == 3)
    }

    @Test("loses nobody while the store comes and goes and callers give up")
    func storm() async throws {
        let queue = queue(capacity: 200, retryDelays: Array(repeating: .milliseconds(1), count: 50))
        await store.fail(
            (0..<40).map {
                $0 % 3 == 0 ? .after(LedgerError.unavailable("gone")) : .before(LedgerError.unavailable("gone"))
            })
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
            for index in 0..<200 {
                group.addTask {
                    let task = Task { try await queue.append(.sample(to: .sample("s\(index)"), at: 0)) }
                    if index % 5 == 0 { task.cancel() }
                    return (index, (try? await task.value) != nil)
                }
            }
            return await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
        }
        #expect(outcomes.count == 200)
        for (index, isAcknowledged) in outcomes {
            let count = try await store.inner.read(.sample("s\(index)")).count
            #expect(isAcknowledged ? count == 1 : count == 0)
            #expect(isAcknowledged || index % 5 == 0)
        }
        try await expectSound(store.inner)
    }
}
