import Foundation
import Ledger
import LedgerSuite
import Postgres
import PostgresLedger
import Testbed
import Testing

/// Processes that are frozen in the midst of a transaction, so exactly that not a byte more arrives: the wire holds it back.
@Suite("Somebody who falls silent in the midst of a transaction", .serialized, .timeLimit(.minutes(3)))
struct StalledSessionTests {
    private static let swallow = Statement("test swallow", "SELECT length($1::text)")
    private static let nap = Statement("test nap", "SELECT pg_sleep(5)")

    /// Longer than the socket's buffers on the way.
    private static let long = String(repeating: "long ", count: 2_000_000)

    /// Somebody at the far end of the wire who never loses patience, as a frozen process does not.
    private func victim(of ledger: WiredLedger) -> PostgresPool {
        ledger.pool(as: "gleichtakt_worker", statementTimeout: nil)
    }

    private func bystander(_ ledger: WiredLedger, size: Int = 4) -> PostgresPool {
        ledger.database.pool(as: "gleichtakt_worker", size: size)
    }

    @Test("in the middle of sending a statement longer than the line's buffers: the next one takes the lease")
    func sending() async throws {
        let ledger = try await WiredLedger.start()
        let frozen = ProjectionStore(pool: victim(of: ledger))
        let other = ProjectionStore(pool: bystander(ledger))
        let lifetime = Duration.milliseconds(500)
        let lease = try #require(try await frozen.acquire("cases", holder: "frozen", lifetime: lifetime))
        let commit = Task {
            try await frozen.commit(lease, from: 0, to: 5, viewVersion: 1) { connection in
                ledger.wire.arm(.stall(.toServer, after: 100_000))
                _ = try await connection.query(Self.swallow, Self.long)
            }
        }
        var next: Lease?
        while next == nil {
            try await Task.sleep(for: .milliseconds(100))
            next = try await other.acquire("cases", holder: "other", lifetime: lifetime)
            if next != nil { #expect(ledger.wire.hasStruck) }
        }
        let taken = try #require(next)
        #expect(taken.generation == lease.generation + 1)
        try await other.commit(taken, from: 0, to: 7, viewVersion: 1) { _ in }
        // It wakes up: what it has left to say nobody hears.
        ledger.wire.cutAll()
        await #expect(throws: PostgresError.self) { try await commit.value }
        #expect(try await other.checkpoint("cases") == 7)
        try await ledger.stop()
    }

    @Test("with all that it has to say said, but for the end of an append: the next one's turn comes")
    func appending() async throws {
        let ledger = try await WiredLedger.start()
        let frozen = PostgresEventStore(pool: ledger.pool(as: "gleichtakt_service", statementTimeout: nil))
        let other = PostgresEventStore(
            pool: ledger.database.pool(as: "gleichtakt_service", statementTimeout: .milliseconds(500)))
        func command(_ stream: String) -> AppendCommand { .sample(to: .sample(stream), at: 0, count: 1) }
        // From the second time on, an append of one size is one size on the wire, the last five bytes of which commit it.
        _ = try await frozen.append([command("a")])
        ledger.wire.arm(nil)
        _ = try await frozen.append([command("b")])
        let size = ledger.wire.passed.toServer
        ledger.wire.arm(.stall(.toServer, after: size - 5))
        let append = Task { try await frozen.append([command("c")]) }
        while !ledger.wire.hasStruck { try await Task.sleep(for: .milliseconds(5)) }
        await #expect(throws: LedgerError.self, "as long as it may only be slow, it has its turn") {
            try await other.append([command("d")])
        }
        var verdicts: [AppendVerdict] = []
        while verdicts.isEmpty { verdicts = (try? await other.append([command("d")])) ?? [] }
        #expect(verdicts.first?.appended != nil)
        ledger.wire.cutAll()
        await #expect(throws: LedgerError.self) { try await append.value }
        #expect(try await other.head() == 3, "what was not committed is not there")
        try await ledger.stop()
    }

    @Test("is not taken for somebody whose statement takes long")
    func working() async throws {
        let ledger = try await WiredLedger.start()
        let slow = ProjectionStore(pool: bystander(ledger))
        let other = ProjectionStore(pool: bystander(ledger))
        let lifetime = Duration.milliseconds(500)
        let lease = try #require(try await slow.acquire("cases", holder: "slow", lifetime: lifetime))
        let commit = Task {
            try await slow.commit(lease, from: 0, to: 5, viewVersion: 1) { connection in
                _ = try await connection.query(Self.nap)
            }
        }
        var next: Lease?
        while next == nil {
            try await Task.sleep(for: .milliseconds(100))
            next = try await other.acquire("cases", holder: "other", lifetime: lifetime)
        }
        // The lease had run out long before, but who works under it comes to an end.
        try await commit.value
        #expect(try await other.checkpoint("cases") == 5)
        try await ledger.stop()
    }

    @Test("is left alone as long as the lease is its own, however silent it is")
    func holding() async throws {
        let ledger = try await WiredLedger.start()
        let thinking = ProjectionStore(pool: bystander(ledger))
        let other = ProjectionStore(pool: bystander(ledger))
        let lease = try #require(try await thinking.acquire("cases", holder: "thinking", lifetime: .seconds(60)))
        // To whoever counts in tens of milliseconds it has been silent for long.
        let moment = Duration.milliseconds(20)
        try await thinking.commit(lease, from: 0, to: 5, viewVersion: 1) { connection in
            _ = try await connection.query(Self.swallow, "short")
            try await Task.sleep(for: .milliseconds(200))
            #expect(try await other.endStalledSessions(under: "cases", holder: "other", lifetime: .seconds(40)) == 0)
        }
        #expect(try await other.acquire("cases", holder: "other", lifetime: .seconds(60)) == nil)
        // The same silence under a lease that is over (one from before the clock was put back, to who counts like that).
        let last = Task {
            try await thinking.commit(lease, from: 5, to: 6, viewVersion: 1) { connection in
                while !Task.isCancelled {
                    if try await other.endStalledSessions(under: "cases", holder: "other", lifetime: moment) > 0 {
                        break
                    }
                }
                _ = try await connection.query(Self.swallow, "short")
            }
        }
        await #expect(throws: PostgresError.self) { try await last.value }
        #expect(try await other.checkpoint("cases") == 5)
        try await ledger.stop()
    }
}
