public import CaseCommands
public import CaseTiming
import CaseViews
public import Ledger
public import Logging
public import Postgres
import PostgresLedger
public import ServiceLifecycle

/// The background process: it builds the views from the ledger and keeps the findings.
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
    private let logger: Logger

    /// How many events one transaction takes into the views.
    private static let pageSize = 500

    /// A worker on the database behind `pool`, whose decisions go through `handler`.
    public init(
        pool: PostgresPool, store: any EventStore, vault: Vault, handler: CommandHandler, clock: LedgerClock,
        thresholds: TimingThresholds, logger: Logger
    ) {
        self.pool = pool
        self.store = store
        self.vault = vault
        self.handler = handler
        self.clock = clock
        self.thresholds = thresholds
        self.logger = logger
    }

    /// Works until the process is asked to stop or the task is cancelled; finishes what it has begun.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.project() }
                group.addTask { await self.keepFindings() }
            }
        }
    }

    private func project() async {
        let projections = ProjectionStore(pool: pool)
        let projector = CaseViewProjector(store: store, vault: vault)
        let name = CaseViewProjector.name
        await LeasedTask(name: name, projections: projections, logger: logger).run { _ in
            await projector.discard()
        } step: { lease in
            let position = try await projections.checkpoint(name)
            let page = try await store.read(after: position, limit: Self.pageSize)
            guard let last = page.last else { return false }
            try await projections.commit(
                lease, from: position, to: last.position, viewVersion: CaseViewProjector.version
            ) { connection in
                let touched = try await projector.apply(page, on: connection)
                let scopes =
                    touched.cases.map { TimingScope.singleCase($0) } + touched.households.map { .household($0) }
                try await TimingAgenda.add(scopes, touched: last.position, on: connection)
            }
            return true
        }
    }

    private func keepFindings() async {
        let projections = ProjectionStore(pool: pool)
        let agenda = TimingAgenda(pool: pool)
        let keeper = FindingKeeper(handler: handler, clock: clock, thresholds: thresholds)
        await LeasedTask(name: "findings", projections: projections, logger: logger).run { _ in
        } step: { _ in
            var isAnyFinished = false
            for entry in try await agenda.due(on: clock.today, limit: 50) {
                try Task.checkCancellation()
                do {
                    try await agenda.finish(entry, until: keeper.keep(entry.scope))
                    isAnyFinished = true
                } catch CommandFailure.versionConflict {
                    // Something happened meanwhile, so it stays on the agenda, or is put there anew.
                    isAnyFinished = true
                } catch {
                    // It stays on the agenda; the others need not wait for it.
                    logger.warning("a scope is looked at again", metadata: ["error": "\(error)"])
                }
            }
            return isAnyFinished
        }
    }
}
