import Foundation
import Logging
import Postgres
import PostgresLedger
import Testbed

/// A migrated database of a test's own.
///
/// The first one is migrated; the others are copies of it, which takes a fraction of the time.
struct LedgerDatabase: Sendable {
    let uri: String

    static func fresh() async throws -> LedgerDatabase {
        _ = try await template.value
        let uri = try await TemporaryServer.shared.freshDatabase(template: templateName)
        // A copy lacks the privileges on the database itself.
        _ = try await Migrator(uri: uri, logger: logger).migrate()
        return LedgerDatabase(uri: uri)
    }

    private static let templateName = "ledger_template_\(ProcessInfo.processInfo.processIdentifier)"

    private static let template = Task {
        let uri = try await TemporaryServer.shared.createDatabase(named: templateName)
        _ = try await Migrator(uri: uri, logger: logger).migrate()
    }

    static let logger = Logger(label: "tests")

    /// For tests in which hundreds of connections are lost.
    static let quiet: Logger = {
        var logger = Logger(label: "tests")
        logger.logLevel = .error
        return logger
    }()

    /// Connections that act as `role`, or as the owner.
    func pool(
        as role: String? = "gleichtakt_service", size: Int = 4, statementTimeout: Duration? = .seconds(30)
    ) -> PostgresPool {
        PostgresPool(
            PostgresConfiguration(uri: uri, role: role, statementTimeout: statementTimeout), size: size,
            logger: Self.logger)
    }
}
