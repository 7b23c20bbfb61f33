import Ledger
import Synchronization
import Testing

@testable import CaseViews

@Suite("Waiting for a position")
struct PositionWatchTests {
    /// A database that counts how often it is asked.
    private final class Database: Sendable {
        private let contents = Mutex((position: Position(0), polls: 0, concurrent: 0, most: 0))

        var position: Position {
            get { contents.withLock { $0.position } }
            set { contents.withLock { $0.position = newValue } }
        }
        var polls: Int { contents.withLock { $0.polls } }
        var mostAtOnce: Int { contents.withLock { $0.most } }

        func read() async throws -> Position {
            contents.withLock {
                $0.polls += 1
                $0.concurrent += 1
                $0.most = max($0.most, $0.concurrent)
            }
            try await Task.sleep(for: .milliseconds(2))
            return contents.withLock {
                $0.concurrent -= 1
                return $0.position
            }
        }
    }

    @Test("hundreds who wait cost as much as one")
    func hundreds() async throws {
        let database = Database()
        let watch = PositionWatch(pause: .milliseconds(20)) { try await database.read() }
        let pollsMeanwhile = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<600 {
                group.addTask { try await watch.wait(for: Position(1 + index % 3), timeout: .seconds(30)) }
            }
            while database.polls < 10 { try await Task.sleep(for: .milliseconds(1)) }
            for position in 1...3 { database.position = Position(position) }
            let polls = database.polls
            #expect(try await group.reduce(true) { $0 && $1 })
            return database.polls - polls
        }
        #expect(database.mostAtOnce == 1)
        #expect(pollsMeanwhile <= 3)
        let polls = database.polls
        #expect(try await watch.wait(for: 3, timeout: .zero))
        try await Task.sleep(for: .milliseconds(60))
        #expect(database.polls == polls, "nobody waits, nobody asks, and what is known needs no asking")
    }

    @Test("who cannot wait is told what is so now, and hundreds of them share the answers")
    func impatient() async throws {
        let database = Database()
        let watch = PositionWatch { try await database.read() }
        let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<300 { group.addTask { try await watch.wait(for: 5, timeout: .zero) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { !$0 })
        #expect(database.mostAtOnce == 1 && database.polls < 100)
        database.position = 5
        #expect(try await watch.wait(for: 5, timeout: .zero), "an answer from before is not good enough")
    }

    @Test("a wait ends in time, when it is cancelled, and with what went wrong")
    func ends() async throws {
        struct Broken: Error {}
        let database = Database()
        let watch = PositionWatch(pause: .milliseconds(5)) { try await database.read() }
        #expect(try await !watch.wait(for: 1, timeout: .milliseconds(30)))
        let task = Task { try await watch.wait(for: 1, timeout: .seconds(60)) }
        while database.polls < 8 { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let broken = PositionWatch { throw Broken() }
        await #expect(throws: Broken.self) { try await broken.wait(for: 1, timeout: .seconds(60)) }
        await #expect(throws: Broken.self) { try await broken.wait(for: 1, timeout: .zero) }
    }
}
