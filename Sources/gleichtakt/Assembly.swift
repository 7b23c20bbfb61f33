import CaseCommands
import CaseService
import CaseTiming
import Foundation
import Ledger
import Logging
import Postgres
import PostgresLedger
import ServiceLifecycle

/// The parts that several subcommands put together in the same way.
struct Assembly {
    /// Which database role a process acts as: none of them may change or delete an event.
    enum DatabaseRole: String {
        case service = "gleichtakt_service"
        /// Projects, seals and keeps the agenda; what it decides, it records as ``appender``.
        case worker = "gleichtakt_worker"
        case appender = "gleichtakt_appender"
        case eraser = "gleichtakt_eraser"
        case auditor = "gleichtakt_auditor"
    }

    /// How long a process may think in the midst of a transaction. One that was stopped there gives way after that long,
    /// so that another takes over.
    private static let idleInTransactionTimeout = Duration.seconds(10)

    let settings: Settings
    let logger: Logger
    let clock = LedgerClock.system
    /// Connections for queries and whatever else may wait.
    let pool: PostgresPool
    let store: PostgresEventStore
    let vault: Vault

    init(_ settings: Settings, as role: DatabaseRole, connections: Int? = nil) throws {
        self.settings = settings
        logger = try settings.makeLogger("gleichtakt")
        pool = try Self.makePool(settings, as: role, connections: connections ?? settings.poolSize, logger: logger)
        store = PostgresEventStore(pool: pool)
        let masterKeys = try MasterKeyFile(settings)
        vault = Vault(
            store: PostgresKeyStore(pool: pool), masterKeys: try masterKeys.keyring(),
            renewed: { try masterKeys.keyring() })
    }

    /// Connections that act as `role`; none is opened before somebody needs it.
    static func makePool(
        _ settings: Settings, as role: DatabaseRole, connections: Int, logger: Logger
    ) throws -> PostgresPool {
        PostgresPool(
            PostgresConfiguration(
                uri: try settings.databaseURL(), role: role.rawValue, applicationName: "gleichtakt \(role)",
                statementTimeout: settings.statementTimeout, idleInTransactionTimeout: idleInTransactionTimeout),
            size: connections, logger: logger)
    }

    /// A command handler that appends through `appender`, or straight to the store. Whoever only reads needs no rules.
    func makeHandler(rules: RuleBook = RuleBook(), appender: (any Appender)? = nil) -> CommandHandler {
        CommandHandler(
            store: store, appender: appender ?? store, vault: vault, rules: rules, clock: clock, logger: logger)
    }

    /// The history of cases, read from the ledger as `pool`'s role, and opened with the keys that this part's role may read.
    func history(readingAs pool: PostgresPool) -> CaseHistory {
        let reading = PostgresEventStore(pool: pool)
        let handler = CommandHandler(
            store: reading, appender: reading, vault: vault, clock: clock, logger: logger)
        return CaseHistory(store: reading, cases: handler.cases, households: handler.households)
    }

    var thresholds: TimingThresholds { settings.thresholds }

    /// Runs `body` while the pool runs.
    func withPool<Result: Sendable>(_ body: @Sendable (Assembly) async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.pool.run() }
            defer { group.cancelAll() }
            return try await body(self)
        }
    }
}

/// The pool as a part of a process: it ends last, when nobody asks it for a connection any more.
struct PoolService: Service {
    let pool: PostgresPool

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await pool.run() }
    }
}
