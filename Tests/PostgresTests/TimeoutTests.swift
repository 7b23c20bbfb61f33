import Postgres
import Testbed
import Testing

/// What ends when it takes too long, and what does not.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TimeoutTests {
    private let one = Statement("one", "SELECT 1::int8")

    /// Runs `body` for each of several ways to fall silent, all at once and each over a wire of its own.
    private func silently(
        _ faults: [FaultyWire.Fault], statementTimeout: Duration,
        _ body: @escaping @Sendable (FaultyWire, FaultyWire.Fault, PostgresPool) async throws -> Void
    ) async throws {
        let server = TemporaryServer()
        _ = try await server.uri()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for fault in faults {
                group.addTask {
                    let wire = try FaultyWire(to: await server.socketPath())
                    let pool = try await makePool(wire.uri(database: "postgres"), size: 1) {
                        $0.statementTimeout = statementTimeout
                    }
                    #expect(try await pool.query(one).count == 1)
                    try await body(wire, fault, pool)
                    #expect(wire.hasStruck)
                    #expect(try await pool.query(one).count == 1, "another connection serves the next one")
                    wire.stop()
                }
            }
            try await group.waitForAll()
        }
        try await server.stop(mode: .immediate)
    }

    private func expectLoss(
        _ fault: FaultyWire.Fault, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
    ) async {
        let error = await failure(sourceLocation: sourceLocation, body)
        guard case .connectionLost = error else {
            Issue.record(
                "\(fault): expected connectionLost instead of \(String(describing: error))",
                sourceLocation: sourceLocation)
            return
        }
    }

    @Test func aServerThatSaysNothingIsGivenUp() async throws {
        // Several exchanges one after the other, meanwhile, do not add up to a silence.
        async let answered: Void = manyNaps()
        try await silently(
            [.silence(.toServer, after: 0), .silence(.fromServer, after: 10), .stall(.toServer, after: 0)],
            statementTimeout: .milliseconds(300)
        ) { wire, fault, pool in
            wire.arm(fault)
            await expectLoss(fault) { try await pool.query(one) }
        }
        try await answered
    }

    private func manyNaps() async throws {
        let pool = try await makePool(size: 1) { $0.statementTimeout = .milliseconds(300) }
        try await pool.withConnection { connection in
            for _ in 0..<24 { try await connection.query(Statement("nap", "SELECT pg_sleep(0.25)")) }
        }
    }

    @Test func aLineThatFallsSilentInTheMiddleOfACopyIsGivenUp() async throws {
        try await silently(
            [
                .silence(.fromServer, after: 300_000), .silence(.toServer, after: 300_000),
                .stall(.fromServer, after: 300_000), .stall(.toServer, after: 300_000),
            ], statementTimeout: .milliseconds(1500)
        ) { wire, fault, pool in
            let table = "copied_\(wire.port)"
            try await pool.withConnection { try await $0.script("CREATE TABLE \(table) (text text)") }
            let line = [UInt8](repeating: UInt8(ascii: "x"), count: 9_999) + [UInt8(ascii: "\n")]
            wire.arm(fault)
            await expectLoss(fault) {
                try await pool.withConnection { connection in
                    switch fault {
                    case .cut, .silence(.toServer, _), .stall(.toServer, _):
                        try await connection.copyIn("COPY \(table) FROM STDIN") { writer in
                            for _ in 0..<2_000 { try await writer.write(line) }
                        }
                    case .silence(.fromServer, _), .stall(.fromServer, _):
                        try await connection.copyOut(
                            "COPY (SELECT repeat('x', 9999) FROM generate_series(1, 2000)) TO STDOUT"
                        ) { _ in }
                    }
                }
            }
        }
    }

    @Test func aCopyMayTakeAsLongAsItsCallerTakes() async throws {
        let pool = try await makePool(size: 1) { $0.statementTimeout = .milliseconds(200) }
        // The server lets no statement take that long, a COPY neither, unless it is told to; so only we count here.
        try await pool.withTransaction { connection in
            try await connection.query(Statement("no limit", "SELECT set_config('statement_timeout', '0', true)"))
            var count = 0
            try await connection.copyOut(
                "COPY (SELECT repeat('x', 9999) FROM generate_series(1, 2000)) TO STDOUT"
            ) { _ in
                // Once longer than the patience with a server that says nothing.
                if count == 0 { try await Task.sleep(for: .milliseconds(5500)) }
                count += 1
            }
            #expect(count > 1)
        }
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
