import Postgres
import Testbed
import Testing

/// With a server of their own, which they stop and kill.
@Suite(.serialized) struct ServerRestartTests {
    let one = Statement("one", "SELECT 1::int8")

    @Test func poolSurvivesItsServer() async throws {
        let server = TemporaryServer()
        let pool = try await makePool(try await server.uri(), size: 4, acquireTimeout: .seconds(30))
        func useAll() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let rows = try await pool.query(Statement("s", "SELECT pg_sleep(0.02)"))
                        #expect(rows.count == 1)
                    }
                }
                try await group.waitForAll()
            }
        }
        try await useAll()
        for mode in [TemporaryServer.ShutdownMode.fast, .immediate] {
            try await server.restart(mode: mode)
            // No error in between: nothing had been sent on the connections that died.
            try await useAll()
        }
        try await server.kill9()
        try await server.start()
        try await useAll()

        // Callers that come while the server is away wait for it.
        try await server.stop()
        let early = Task { try await pool.query(one).count }
        try await Task.sleep(for: .milliseconds(300))
        try await server.start()
        #expect(try await early.value == 1)

        // Statements under way are lost, and say so.
        let caught = Task { try await pool.query(Statement("long", "SELECT pg_sleep(60)")) }
        try await eventually { pool.statistics.inUse == 1 }
        try await Task.sleep(for: .milliseconds(200))
        try await server.kill9()
        guard case .connectionLost = await failure({ _ = try await caught.value }) else {
            Issue.record("expected connectionLost")
            return
        }
        try await server.start()
        try await useAll()
    }

    @Test func tooManyConnectionsAreWaitedFor() async throws {
        let server = TemporaryServer(settings: ["max_connections": "5", "superuser_reserved_connections": "0"])
        let uri = try await server.uri()
        let greedy = try await makePool(uri, size: 5)
        let modest = try await makePool(uri, size: 1, acquireTimeout: .seconds(20))
        let hold = Statement("hold", "SELECT pg_sleep(0.5)")
        let holders = (0..<5).map { _ in Task { try await greedy.withConnection { try await $0.query(hold).count } } }
        try await eventually { greedy.statistics.inUse == 5 }
        let waiting = Task { try await modest.query(one).count }
        for holder in holders { _ = try await holder.value }
        let run = Task { try await greedy.run() }
        run.cancel()
        try await run.value
        #expect(try await waiting.value == 1)
    }
}
