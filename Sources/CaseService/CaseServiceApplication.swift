public import CaseTiming
public import Hummingbird
public import Ledger
public import Logging
import NIOCore
public import ServiceLifecycle

/// The HTTP API as a whole: made from what it needs, run by `gleichtakt serve` and by tests alike.
public struct CaseServiceApplication: Sendable {
    /// What the service stands on.
    public struct Dependencies: Sendable {
        /// What carries out commands.
        public var commands: any CommandHandling
        /// What answers queries of the views.
        public var queries: any CaseQueries
        /// The ledger, for auditors and readiness.
        public var store: any EventStore
        /// The history of cases, for what offices ask of it.
        public var history: CaseHistory
        /// The history of cases, for auditors and access reports.
        public var auditing: CaseHistory
        /// Checkpoints of the ledger and proofs, for auditors.
        public var log: any TransparencyLog
        /// The rules of law, to be told.
        public var rules: RuleBook
        /// What tells from a token who asks.
        public var verifier: TokenVerifier
        /// What keeps the verifier's keys up to date; `nil` where they never change.
        public var keys: TokenKeyKeeper?
        /// Where reads of cases are put on record.
        public var reads: any AuditReads
        /// Where secret addresses of calendars are kept.
        public var feeds: any CalendarFeeds
        /// What readiness and gauges are made of.
        public var health: ServiceHealth
        /// Where measurements are collected.
        public var metrics: PrometheusMetrics
        /// The time.
        public var clock: LedgerClock
        /// Where requests are logged.
        public var logger: Logger

        /// Everything that the service stands on.
        public init(
            commands: any CommandHandling, queries: any CaseQueries, store: any EventStore, history: CaseHistory,
            auditing: CaseHistory? = nil, log: any TransparencyLog, rules: RuleBook, verifier: TokenVerifier,
            keys: TokenKeyKeeper? = nil,
            reads: any AuditReads, feeds: any CalendarFeeds, health: ServiceHealth,
            metrics: PrometheusMetrics = PrometheusMetrics(), clock: LedgerClock, logger: Logger
        ) {
            self.commands = commands
            self.queries = queries
            self.store = store
            self.history = history
            self.auditing = auditing ?? history
            self.log = log
            self.rules = rules
            self.verifier = verifier
            self.keys = keys
            self.reads = reads
            self.feeds = feeds
            self.health = health
            self.metrics = metrics
            self.clock = clock
            self.logger = logger
        }
    }

    private let dependencies: Dependencies
    private let configuration: ServiceConfiguration
    let operations: [Operation]

    /// The service over these dependencies.
    public init(_ dependencies: Dependencies, configuration: ServiceConfiguration = ServiceConfiguration()) {
        self.dependencies = dependencies
        self.configuration = configuration
        let metrics = ServiceMetrics(factory: dependencies.metrics)
        let catalogue = CommandCatalogue()
        let runner = CommandRunner(handler: dependencies.commands, metrics: metrics, logger: dependencies.logger)
        let reader = ViewReader(
            queries: dependencies.queries, timeLimit: configuration.timeLimit, logger: dependencies.logger)
        let candidates = CandidateRoute(
            queries: dependencies.queries, history: dependencies.history, reader: reader, reads: dependencies.reads,
            clock: dependencies.clock, logger: dependencies.logger)
        let described =
            CommandRoutes(
                catalogue: catalogue, runner: runner, candidates: candidates,
                reader: RequestBodyReader(limit: configuration.bodyLimit, timeLimit: configuration.timeLimit)
            ).operations
            + [ImportRoute(catalogue: catalogue, runner: runner, lineLimit: configuration.bodyLimit).operation]
            + OfficeRoutes(
                queries: dependencies.queries, reader: reader, reads: dependencies.reads, clock: dependencies.clock
            ).operations
            + [
                candidates.operation,
                PeriodRoute().operation,
                AlignmentRoute(
                    reader: RequestBodyReader(limit: configuration.bodyLimit, timeLimit: configuration.timeLimit)
                ).operation,
            ]
            + SimultaneityRoutes(
                queries: dependencies.queries, reader: reader, reads: dependencies.reads, clock: dependencies.clock
            ).operations
            + CalendarRoutes(
                queries: dependencies.queries, feeds: dependencies.feeds, reader: reader,
                bodies: RequestBodyReader(limit: configuration.bodyLimit, timeLimit: configuration.timeLimit),
                reads: dependencies.reads,
                // A calendar program asks every quarter of an hour at most.
                limiter: RateLimiter(limit: RateLimit(perSecond: 0.2, burst: 30), clock: dependencies.clock),
                clock: dependencies.clock
            ).operations
            + [RulesRoute(rules: dependencies.rules, clock: dependencies.clock).operation]
            + CatalogueRoutes(queries: dependencies.queries, reader: reader, clock: dependencies.clock).operations
            + SummaryRoutes(queries: dependencies.queries, reader: reader, clock: dependencies.clock).operations
            + AuditRoutes(
                history: dependencies.auditing, log: dependencies.log, reader: reader, reads: dependencies.reads,
                clock: dependencies.clock
            ).operations
            + AccessReportRoutes(
                report: AccessReport(
                    history: dependencies.auditing, reads: dependencies.reads, rules: dependencies.rules,
                    clock: dependencies.clock), history: dependencies.auditing, reader: reader,
                reads: dependencies.reads, clock: dependencies.clock
            ).operations
            + [
                EntrustedNotesRoute(
                    history: dependencies.history, reader: reader, reads: dependencies.reads, clock: dependencies.clock
                ).operation
            ]
            + TransparencyRoutes(log: dependencies.log, store: dependencies.store, reader: reader).operations
        func operationsRoutes(_ document: ByteBuffer) -> [Operation] {
            OperationsRoutes(
                store: dependencies.store, log: dependencies.log, queries: dependencies.queries,
                health: dependencies.health,
                metrics: metrics, registry: dependencies.metrics, clock: dependencies.clock,
                logger: dependencies.logger, document: document
            ).operations
        }
        // The document describes its own route too, so that route is made twice: to be described, and to answer.
        let document = OpenAPIDocument(described + operationsRoutes(ByteBuffer()))
        operations = described + operationsRoutes(ByteBuffer(bytes: document.bytes))
        self.metrics = metrics
    }

    private let metrics: ServiceMetrics

    /// The description of the API (OpenAPI 3.1), JSON.
    public var openAPI: [UInt8] { OpenAPIDocument(operations).bytes }

    /// The routes with everything around them.
    public func router() -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(metrics: metrics, paths: RoutePatterns(operations)))
        let responder = OperationResponder(
            verifier: dependencies.verifier, keys: dependencies.keys,
            limiter: configuration.rateLimit.map { RateLimiter(limit: $0, clock: dependencies.clock) })
        for operation in operations {
            router.on(RouterPath(operation.path), method: operation.method) { request, context in
                try await responder.respond(operation, to: request, in: context)
            }
        }
        return router
    }

    /// A server that can be run as a service: on graceful shutdown it takes no new connections, ends the requests under
    /// way, and then returns.
    ///
    /// - Parameters:
    ///   - services: services that live exactly as long as the server.
    ///   - onRunning: called with the port once the server listens.
    public func server(
        services: [any Service] = [], onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [UnreadableRequestHandler()],
                    idleTimeout: TimeAmount(configuration.idleLimit),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: configuration.headerLimit, maxHeaderListSize: configuration.headerLimit,
                        maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                availableConnectionsDelegate: .maximum(configuration.connectionLimit, logger: dependencies.logger)),
            services: services,
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? configuration.port) },
            logger: dependencies.logger)
    }
}
