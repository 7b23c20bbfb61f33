import Logging
import Postgres

/// Holds the lock under which appends take turns, so that all of them wait.
struct AppendGate: Sendable {
    private let pool: PostgresPool

    init(_ installation: Installation) {
        pool = PostgresPool(
            PostgresConfiguration(uri: installation.databaseURL, applicationName: "gate", statementTimeout: nil),
            size: 1, acquireTimeout: .seconds(30), logger: Logger(label: "gate"))
    }

    /// Runs `body` while nothing can be appended.
    func whileShut<Value: Sendable>(
        _ body: nonisolated(nonsending) () async throws -> Value
    ) async throws -> Value {
        try await pool.withTransaction { connection in
            try await connection.query(Self.lock)
            return try await body()
        }
    }

    private static let lock = Statement(
        "gate lock", "SELECT pg_advisory_xact_lock(hashtextextended('ledger.append', 0))")
}
