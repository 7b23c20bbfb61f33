import Foundation
public import Ledger
public import Logging
public import Postgres
public import PostgresLedger

/// Builds views anew beside the live ones, and swaps them in when they have caught up.
///
/// Commands and queries go on meanwhile. The work is cut into pieces of whole households, so that every case is read,
/// folded and written once; pieces are claimed by any number of tasks and processes, and what is done stays done when
/// one of them is killed. One process leads, under a lease, and another takes its place when it is gone.
public struct ViewRebuild: Sendable {
    /// The lease of the process that leads a rebuild, and the checkpoint of its catching up.
    public static let name = "case-views rebuild"

    /// How a rebuild is done.
    public struct Options: Sendable {
        /// What to do about an event that cannot be handled.
        public var policy: UnhandledEventPolicy
        /// How many pieces this process works on at the same time, each over a connection of its own.
        public var tasks: Int
        /// How many events a piece has, roughly.
        public var eventsPerChunk: Int
        /// How many events are taken in by one transaction while catching up.
        public var pageSize: Int
        /// How long a process that was killed keeps others from taking its place.
        public var leaseLifetime: Duration

        /// Options; the defaults are for a machine of two cores.
        public init(
            policy: UnhandledEventPolicy = .stop, tasks: Int = 3, eventsPerChunk: Int = 8_000, pageSize: Int = 500,
            leaseLifetime: Duration = .seconds(10)
        ) {
            self.policy = policy
            self.tasks = max(1, tasks)
            self.eventsPerChunk = max(1, eventsPerChunk)
            self.pageSize = max(1, pageSize)
            self.leaseLifetime = leaseLifetime
        }
    }

    let pool: PostgresPool
    let store: any EventStore
    let vault: Vault
    let options: Options
    let viewVersion: Int
    let logger: Logger
    let projections: ProjectionStore
    let rebuilds: RebuildStore

    /// A rebuild in the database behind `pool`, whose role is the worker's. It needs a few connections more than tasks.
    ///
    /// - Parameter viewVersion: which version of the views this program builds.
    public init(
        pool: PostgresPool, store: any EventStore, vault: Vault, options: Options = Options(),
        viewVersion: Int = CaseViewProjector.version, logger: Logger
    ) {
        self.pool = pool
        self.store = store
        self.vault = vault
        self.options = options
        self.viewVersion = viewVersion
        self.logger = logger
        projections = ProjectionStore(pool: pool)
        rebuilds = RebuildStore(pool: pool)
    }

    /// What is called now and then with how far the rebuild has come.
    public typealias Observer = @Sendable (RebuildProgress) -> Void

    /// Builds views anew and swaps them in. A rebuild of the same views that is not finished is finished; while another
    /// process leads it, this one helps.
    ///
    /// When the task is cancelled or the process ends, what is done stays done, and the next call goes on from there.
    ///
    /// - Throws: ``RebuildError``, `PostgresError`, ``LedgerError``.
    @discardableResult
    public func run(
        _ views: Set<ViewName> = .all, progress: @escaping Observer = { _ in }
    ) async throws -> RebuildReport {
        let holder = UUID().uuidString
        var helped: RebuildReport?
        while true {
            try await checkVersion(of: views)
            if let record = try await rebuilds.underWay(CaseViewProjector.name) {
                try check(record, against: views)
            } else if let helped {
                return try await outcome(of: helped)
            }
            let lease = try await projections.acquire(
                Self.name, holder: holder, lifetime: options.leaseLifetime, viewVersion: 0)
            if let lease {
                do {
                    return try await lead(lease, views, progress)
                } catch ProjectionError.leaseLost {
                    // Somebody else leads it by now, has ended it, or has given it up.
                    let record = try await rebuilds.last(CaseViewProjector.name)
                    helped = record.map { RebuildReport(edition: $0.edition, views: views, target: $0.target) }
                    continue
                }
            }
            if let record = try await rebuilds.underWay(CaseViewProjector.name) {
                try check(record, against: views)
                helped = helped ?? RebuildReport(edition: record.edition, views: views, target: record.target)
                if record.phase == .filling { try await fill(record, holder: holder, progress) }
                progress(RebuildProgress(phase: record.phase, edition: record.edition))
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Gives up a rebuild that is not finished, with everything that it has built so far.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    public func abandon() async throws -> Bool {
        guard let record = try await rebuilds.underWay(CaseViewProjector.name) else { return false }
        try await projections.endStalledSessions(under: Self.name, lifetime: options.leaseLifetime)
        try await rebuilds.endStalledSessions(filling: record.edition, silentFor: options.leaseLifetime * 2)
        // Whoever leads it loses the lease in this moment, and whoever fills it the tables.
        return try await pool.withTransaction { connection in
            try await connection.query(RebuildStatements.makeSure, Self.name)
            try await connection.query(RebuildStatements.expel, Self.name)
            guard let record = try await rebuilds.underWay(CaseViewProjector.name) else { return false }
            try await RebuildStore.move(record.edition, to: .abandoned, on: connection)
            try await UnhandledEvents.clear(Self.name, on: connection)
            try await connection.script("DROP SCHEMA IF EXISTS \(CaseViewSchema.quoted(record.schema)) CASCADE")
            return true
        }
    }

    /// The rebuild that is not finished, if there is one that this program can go on with.
    public func unfinished() async throws -> Set<ViewName>? {
        guard let record = try await rebuilds.underWay(CaseViewProjector.name),
            record.viewVersion == viewVersion
        else { return nil }
        return Set(record.views.compactMap { ViewName(rawValue: $0) })
    }

    // MARK: Whether to begin

    private func checkVersion(of views: Set<ViewName>) async throws {
        let found = try await projections.status(CaseViewProjector.name)?.viewVersion ?? 0
        let own = viewVersion
        if found > own { throw RebuildError.newerViews(found: found, own: own) }
        if found < own, found > 0, views != .all { throw RebuildError.partOfOtherVersion(found: found, own: own) }
    }

    private func check(_ record: RebuildRecord, against views: Set<ViewName>) throws {
        // A newer program gives up what an older one began.
        if record.viewVersion < viewVersion { return }
        guard record.viewVersion == viewVersion, record.views == Set(views.map(\.rawValue)) else {
            throw RebuildError.underWay(views: record.views, viewVersion: record.viewVersion)
        }
    }

    /// What became of a rebuild that this process helped with.
    private func outcome(of helped: RebuildReport) async throws -> RebuildReport {
        guard try await rebuilds.record(helped.edition)?.phase == .finished else { throw RebuildError.abandoned }
        var report = helped
        report.position = try await projections.checkpoint(CaseViewProjector.name)
        return report
    }
}
