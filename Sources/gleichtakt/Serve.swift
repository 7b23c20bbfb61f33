import ArgumentParser
import CaseCommands
import CaseService
import CaseViews
import Foundation
import Ledger
import Logging
import Metrics
import Postgres
import PostgresLedger
import ServiceLifecycle
import UnixSignals

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the HTTP service. Any number may run side by side.")

    @OptionGroup var data: DataOption
    @Option(help: "Port to listen on; GLEICHTAKT_PORT, else 8080.")
    var port: Int?
    @Option(help: "Address to listen on; GLEICHTAKT_HOST, else 127.0.0.1.")
    var host: String?

    func run() async throws {
        let settings = try await data.settings()
        let assembly = try Assembly(settings, as: .service)
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let queue = AppendQueue(store: assembly.store, capacity: settings.queueCapacity, logger: assembly.logger)
        let rules = try settings.rules()
        let handler = assembly.makeHandler(rules: rules, appender: queue)
        // What auditors ask of the ledger is asked as their role, which cannot append, and knows no key.
        let auditing = try Assembly.makePool(settings, as: .auditor, connections: 2, logger: assembly.logger)
        let projections = ProjectionStore(pool: assembly.pool)
        let tokens = try await TokenKeys.load(settings, clock: assembly.clock, logger: assembly.logger)
        let application = CaseServiceApplication(
            CaseServiceApplication.Dependencies(
                commands: handler, queries: ViewQueries(pool: assembly.pool),
                store: assembly.store,
                history: CaseHistory(
                    store: assembly.store, cases: handler.cases, households: handler.households),
                auditing: assembly.history(readingAs: auditing),
                log: SealedLog(pool: auditing), rules: rules,
                verifier: tokens.verifier, keys: tokens.keeper,
                reads: RecordedReads(log: ReadLog(pool: assembly.pool), history: ReadLog(pool: auditing)),
                feeds: StoredFeeds(addresses: FeedAddresses(pool: assembly.pool)),
                health: ServiceHealth(
                    queueDepth: { await queue.depth },
                    // A worker renews its lease all the time: until its end it is known to live.
                    // How long ago is for the database to say: its clock may be another one.
                    workerSeenAt: {
                        try await projections.silence(CaseViewProjector.name).map {
                            assembly.clock.now.adding(seconds: -$0.components.seconds)
                        }
                    },
                    unhandledEvents: { try await Self.unhandledEvents(assembly.pool) }),
                metrics: metrics, clock: assembly.clock, logger: assembly.logger),
            configuration: ServiceConfiguration(
                host: host ?? settings.host, port: port ?? settings.port, bodyLimit: settings.bodyLimit,
                timeLimit: settings.requestTimeout, idleLimit: settings.idleTimeout,
                connectionLimit: settings.connectionLimit, headerLimit: settings.headerLimit,
                rateLimit: try settings.rateLimit()))
        try await ServiceGroup(
            services: [PoolService(pool: assembly.pool), PoolService(pool: auditing), application.server()]
                + (tokens.keeper.map { [$0] } ?? []),
            gracefulShutdownSignals: [.sigterm, .sigint, .sighup], logger: assembly.logger
        ).run()
    }

    private static func unhandledEvents(_ pool: PostgresPool) async throws -> [ServiceHealth.UnhandledEvent] {
        try await UnhandledEvents.list(of: nil, in: pool).map {
            ServiceHealth.UnhandledEvent(
                projection: $0.projection, position: $0.position, hasStopped: $0.policy == .stop)
        }
    }
}
