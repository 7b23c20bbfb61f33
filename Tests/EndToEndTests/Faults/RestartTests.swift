import Foundation
import Logging
import Postgres
import Testbed
import Testing

@Suite("When PostgreSQL restarts, or has no connection left", .serialized, .timeLimit(.minutes(10)))
struct RestartTests {
    @Test("fast and immediate restarts under load are got over without help")
    func restarts() async throws {
        let seed = Chaos.seed()
        let installation = try await Installation.start(
            services: 2, workers: 2, settings: ["GLEICHTAKT_LOG_LEVEL": "error"])
        let crowd = try await Crowd(of: installation)
        try await crowd.work(clients: 12, seed: seed) {
            for mode in [TemporaryServer.ShutdownMode.fast, .immediate, .fast, .immediate] {
                try await crowd.achieve(30)
                try await installation.database.restart(mode: mode)
            }
            try await crowd.achieve(30)
        }
        try await installation.expectSound(crowd, "two fast and two immediate restarts, seed \(seed)")
        try await installation.stop()
    }

    @Test("no connection left on the server: 503 until there is one again")
    func tooManyConnections() async throws {
        let seed = Chaos.seed()
        let installation = try await Installation.start(
            database: TemporaryServer(
                settings: ["max_connections": "30", "superuser_reserved_connections": "3"]),
            settings: ["GLEICHTAKT_LOG_LEVEL": "error"])
        let crowd = try await Crowd(of: installation)
        let greedy = PostgresPool(
            PostgresConfiguration(uri: installation.databaseURL, role: nil, applicationName: "greedy"), size: 40,
            acquireTimeout: .seconds(60), logger: Logger(label: "greedy") { _ in SwiftLogNoOpLogHandler() })
        let run = Task { try await greedy.run() }
        try await crowd.work(clients: 8, seed: seed) {
            try await crowd.achieve(30)
            try await greedy.withConnection { commander in
                // More than the server has, so that whatever it gets back is taken at once.
                let holders = (0..<39).map { _ in
                    Task {
                        try await greedy.withConnection { connection in
                            try await connection.query(Self.one)
                            try await Task.sleep(for: .seconds(600))
                        }
                    }
                }
                defer { for holder in holders { holder.cancel() } }
                try await eventually("commands are sent away") {
                    try await commander.query(Self.terminate)
                    return crowd.book.sentAway > 3
                }
            }
            // Its connections are given back when the greedy one ends.
            run.cancel()
            try await run.value
            try await crowd.achieve(30)
        }
        try await installation.expectSound(crowd, "all connections taken for a while, seed \(seed)")
        try await installation.stop()
    }

    private static let one = Statement("greedy one", "SELECT 1")
    private static let terminate = Statement(
        "greedy terminate",
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE 'gleichtakt%'
        """)
}
