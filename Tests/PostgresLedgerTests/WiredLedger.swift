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

    func stop() async throws {
        wire.stop()
        try await server.stop(mode: .immediate)
    }

    /// A store over the wire.
    func store(connections: Int = 1, statementTimeout: Duration = .seconds(30)) -> PostgresEventStore {
        PostgresEventStore(
            pool: PostgresPool(
                PostgresConfiguration(
                    uri: wire.uri(database: name), role: "gleichtakt_service", applicationName: "victim",
                    statementTimeout: statementTimeout),
                size: connections, logger: LedgerDatabase.quiet))
    }

    /// A store that always gets through.
    var truth: PostgresEventStore { PostgresEventStore(pool: database.pool(as: nil)) }
}
