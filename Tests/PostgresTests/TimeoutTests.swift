import Postgres
import Testbed
import Testing

/// What ends when it takes too long, and what does not.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TimeoutTests {
    private let one = Statement("one", "SELECT 1::int8")

    @Test func aServerThatSaysNothingIsGivenUp() async throws {
        let server = TemporaryServer()
        _ = try await server.uri()
        let wire = try FaultyWire(to: await server.socketPath())
        let pool = try await makePool(wire.uri(database: "postgres"), size: 1) {
            $0.statementTimeout = .milliseconds(300)
        }
        #expect(try await pool.query(one).count == 1)
        for fault in [FaultyWire.Fault.silence(.toServer, after: 0), .silence(.fromServer, after: 10)] {
            wire.arm(fault)
            guard case .connectionLost = await failure({ try await pool.query(one) }) else {
                Issue.record("expected connectionLost")
                return
            }
            #expect(wire.hasStruck)
            #expect(try await pool.query(one).count == 1)
        }
        // Several exchanges one after the other do not add up to a silence.
        try await pool.withConnection { connection in
            for _ in 0..<24 { try await connection.query(Statement("nap", "SELECT pg_sleep(0.25)")) }
        }
        wire.stop()
        try await server.stop(mode: .immediate)
    }

    @Test func timeoutsCanBeLiftedForOneTransaction() async throws {
        let pool = try await makePool(size: 1) {
            $0.statementTimeout = .milliseconds(100)
            $0.idleInTransactionTimeout = .milliseconds(100)
        }
        try await pool.withTransaction { connection in
            try await connection.liftTimeouts()
            // Longer than the patience with a server that says nothing.
            try await connection.query(Statement("long", "SELECT pg_sleep(5.5)"))
            try await Task.sleep(for: .milliseconds(300))
            #expect(try await connection.query(one).count == 1)
        }
        let error = await failure { try await pool.query(Statement("slow", "SELECT pg_sleep(10)")) }
        #expect(error?.sqlState == .queryCanceled)
        let outside = await failure { try await pool.withConnection { try await $0.liftTimeouts() } }
        #expect(outside == .invalidUse("timeouts lifted outside a transaction"))
    }

    @Test func whoeverRestsInATransactionLosesItsLocks() async throws {
        let pool = try await makePool(size: 2)
        let resting = try await makePool(size: 1) { $0.idleInTransactionTimeout = .milliseconds(100) }
        let lock = Statement("lock", "SELECT pg_advisory_xact_lock(4711)")
        let lost = await failure {
            try await resting.withTransaction { connection in
                try await connection.query(lock)
                // Succeeds only because the other one has lost it.
                _ = try await pool.withTransaction { try await $0.query(lock) }
                try await connection.query(one)
            }
        }
        guard case .connectionLost = lost else {
            Issue.record("expected connectionLost instead of \(String(describing: lost))")
            return
        }
        #expect(try await resting.query(one).count == 1)
    }
}
