import Foundation
import Ledger
import Postgres
import PostgresLedger
import Testbed

/// A ledger on a server of its own, at the end of a wire that a test can break.
struct WiredLedger: Sendable {
    let server: TemporaryServer
    let database: LedgerDatabase
    let wire: FaultyWire
    private let name: String

    static func start() async throws -> WiredLedger {
        let server = TemporaryServer()
        let uri = try await server.freshDatabase()
        _ = try await Migrator(uri: uri, logger: LedgerDatabase.logger).migrate()
        return WiredLedger(
            server: server, database: LedgerDatabase(uri: uri), wire: try FaultyWire(to: await server.socketPath()),
            name: URLComponents(string: uri)?.path ?? "")
    }

    /// The same ledger at the end of another wire.
    func rewired() async throws -> WiredLedger {
        WiredLedger(
            server: server, database: database, wire: try FaultyWire(to: await server.socketPath()), name: name)
    }

    func stop() async throws {
        wire.stop()
        try await server.stop(mode: .immediate)
    }

    /// Connections over the wire.
    func pool(
        as role: String, connections: Int = 1, statementTimeout: Duration? = .seconds(30)
    ) -> PostgresPool {
        PostgresPool(
            PostgresConfiguration(
                uri: wire.uri(database: name), role: role, applicationName: "victim", statementTimeout: statementTimeout
            ),
            size: connections, logger: LedgerDatabase.quiet)
    }

    /// A store over the wire.
    func store(connections: Int = 1, statementTimeout: Duration = .seconds(30)) -> PostgresEventStore {
        PostgresEventStore(
            pool: pool(as: "gleichtakt_service", connections: connections, statementTimeout: statementTimeout))
    }

    /// A store that always gets through.
    var truth: PostgresEventStore { PostgresEventStore(pool: database.pool(as: nil)) }
}
