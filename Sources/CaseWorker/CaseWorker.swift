public import CaseCommands
public import CaseTiming
public import CaseViews
public import Ledger
public import Logging
public import Postgres
public import PostgresLedger
public import ServiceLifecycle

/// The background process: it builds the views from the ledger, keeps the findings and seals the ledger.
///
/// Any number of workers may run; leases see to it that each piece of work is done by one of them, and expected versions
/// and derived identifiers that nothing happens twice when a lease changes hands.
public struct CaseWorker: Service {
    private let pool: PostgresPool
    private let store: any EventStore
    private let vault: Vault
    private let handler: CommandHandler
    private let clock: LedgerClock
    private let thresholds: TimingThresholds
    private let terms: AlignmentTerms
    private let policy: UnhandledEventPolicy
    private let viewVersion: Int
    private let sealer: Sealer?
    private let readLogDays: Int?
    private let logger: Logger

    /// A worker on the database behind `pool`, whose decisions go through `handler`.
    ///
    /// - Parameters:
    ///   - policy: what the views do about an event that they cannot handle.
    ///   - viewVersion: which version of the views it writes. It stands down where a newer one is live, and builds its own
    ///     beside an older one.
    ///   - sealKeys: the private keys that the ledger is sealed with, the newest last; asked again whenever sealing begins.
    ///     `nil` leaves sealing to workers that have keys.
    ///   - readLogDays: after how many days the record of a look at a case is removed, at least 30; `nil` for never.
    public init(
        pool: PostgresPool, store: any EventStore, vault: Vault, handler: CommandHandler, clock: LedgerClock,
        thresholds: TimingThresholds, terms: AlignmentTerms = AlignmentTerms(), policy: UnhandledEventPolicy = .stop,
        viewVersion: Int = CaseViewProjector.version, sealKeys: (@Sendable () throws -> [NoteSigningKey])? = nil,
        readLogDays: Int? = nil, logger: Logger
    ) {
        sealer = sealKeys.map { Sealer(pool: pool, keys: $0) }
        self.pool = pool
        self.store = store
        self.vault = vault
        self.handler = handler
        self.clock = clock
        self.thresholds = thresholds
        self.terms = terms
        self.policy = policy
        self.viewVersion = viewVersion
        self.readLogDays = readLogDays
        self.logger = logger
    }

    /// Works until the process is asked to stop or the task is cancelled; finishes what it has begun.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.project() }
                group.addTask { await self.keepVersion() }
                // Timing gives way to the views: many cases at once must not keep a page waiting.
                group.addTask(priority: .utility) { await self.keepFindings() }
                group.addTask {
                    await Housekeeping(
                        log: ReadLog(pool: pool), readLogDays: readLogDays, feeds: FeedAddresses(pool: pool),
                        projections: ProjectionStore(pool: pool), logger: logger
                    ).run()
                }
                if let sealer {
                    group.addTask {
                        await Sealing(sealer: sealer, projections: ProjectionStore(pool: pool), logger: logger).run()
                    }
                }
            }
        }
    }

    private func project() async {
        await ViewProjection(
            pool: pool, store: store, projector: CaseViewProjector(store: store, vault: vault),
            projections: ProjectionStore(pool: pool), policy: policy, viewVersion: viewVersion,
            logger: logger
        ).run()
    }

    private func keepVersion() async {
        await RebuildKeeper(
            rebuild: ViewRebuild(
                pool: pool, store: store, vault: vault, options: ViewRebuild.Options(policy: policy),
                viewVersion: viewVersion, logger: logger),
            projections: ProjectionStore(pool: pool), viewVersion: viewVersion, logger: logger
        ).run()
    }

    private func keepFindings() async {
        await FindingWatch(
            agenda: TimingAgenda(pool: pool),
            keeper: FindingKeeper(handler: handler, clock: clock, thresholds: thresholds, terms: terms),
            projections: ProjectionStore(pool: pool), clock: clock, logger: logger
        ).run()
    }
}
