import Foundation
import Ledger
import Logging
import Postgres
public import PostgresLedger

extension ViewRebuild {
    /// Leads a rebuild to its end, and gives the lease back, however that is.
    func lead(_ lease: Lease, _ views: Set<ViewName>, _ progress: @escaping Observer) async throws -> RebuildReport {
        do {
            let report = try await withThrowingTaskGroup(of: RebuildReport?.self) { group in
                group.addTask { try await carryOut(lease, views, progress) }
                group.addTask {
                    while true {
                        try await Task.sleep(for: options.leaseLifetime / 3)
                        try await projections.renew(lease, lifetime: options.leaseLifetime)
                    }
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
            await giveBack(lease)
            guard let report else { throw CancellationError() }
            return report
        } catch {
            await giveBack(lease)
            throw error
        }
    }

    /// Not to be interrupted, so that nobody has to wait for the lease to run out.
    private func giveBack(_ lease: Lease) async {
        await Task { try? await projections.release(lease) }.value
    }

    private func carryOut(
        _ lease: Lease, _ views: Set<ViewName>, _ progress: @escaping Observer
    ) async throws -> RebuildReport {
        try await dropLeftovers()
        let clock = ContinuousClock()
        var record = try await rebuilds.underWay(CaseViewProjector.name)
        if let older = record, older.viewVersion < viewVersion {
            logger.notice("gives up the rebuild of an older version", metadata: ["edition": "\(older.edition)"])
            try await giveUp(older, lease)
            record = nil
        }
        var report = RebuildReport(edition: 0, views: views, isLeader: true)
        if record == nil {
            report.planning = try await clock.measure { record = try await begin(lease, views) }
        }
        guard var record else { throw RebuildError.abandoned }
        (report.edition, report.target) = (record.edition, record.target)
        var wasFilledBefore = record.phase == .indexing
        while record.phase == .filling || record.phase == .indexing {
            if record.phase == .filling {
                report.events = try await rebuilds.extent(record.edition).events
                report.filling += try await clock.measure {
                    try await fillWithTasks(record, holder: lease.holder, progress)
                    try await move(&record, to: .indexing, lease)
                }
            }
            progress(RebuildProgress(phase: .indexing, edition: record.edition))
            report.indexing += try await clock.measure {
                do {
                    try await indexWhoeverStalls(record)
                    try await move(&record, to: .catchingUp, lease)
                } catch let error as PostgresError where error.refusalOfRows != nil {
                    try await meet(error, indexing: record, lease, mayBeOthers: wasFilledBefore)
                    (record.phase, wasFilledBefore) = (.filling, false)
                }
            }
        }
        report.swapping = try await clock.measure {
            report.position = try await catchUpAndSwap(record, lease, progress)
        }
        try await dropLeftovers()
        return report
    }

    // MARK: Beginning

    private func begin(_ lease: Lease, _ views: Set<ViewName>) async throws -> RebuildRecord? {
        let plan = try await RebuildPlan(pool: pool, store: store, eventsPerChunk: options.eventsPerChunk)
        let position = try await projections.checkpoint(Self.name)
        try await projections.commit(lease, from: position, to: max(position, plan.target), viewVersion: 0) {
            connection in
            let edition = try await RebuildStore.nextEdition(on: connection)
            let schema = "views_\(edition)"
            try await connection.script("DROP SCHEMA IF EXISTS \(CaseViewSchema.quoted(schema)) CASCADE")
            try await CaseViewSchema.create(schema, views: views, on: connection)
            try await connection.execute(RebuildStatements.number, edition)
            let definitions = try await connection.query(RebuildStatements.definitions, schema).map {
                RebuildRecord.Definition(table: try $0.decode(0), sql: try $0.decode(1))
            }
            for removal in try await connection.query(RebuildStatements.removals, schema) {
                try await connection.script(removal.decode(0))
            }
            // What is parked stays parked where only some views are built: the others go on without it.
            try await UnhandledEvents.clear(Self.name, on: connection)
            try await RebuildStore.begin(
                edition: edition, projection: CaseViewProjector.name, viewVersion: viewVersion,
                views: Set(views.map(\.rawValue)), schema: schema, target: plan.target, definitions: definitions,
                chunks: plan.chunks, on: connection)
            try await schedule(edition, through: plan.target, on: connection)
        }
        return try await rebuilds.underWay(CaseViewProjector.name)
    }

    /// Puts on timing's agenda what the live views do not contain yet, since nobody will take it in event by event.
    private func schedule(_ edition: Int64, through target: Position, on connection: PostgresConnection) async throws {
        let live = try await projections.checkpoint(CaseViewProjector.name)
        guard live < target else { return }
        try await connection.liftTimeouts()
        try await connection.query(RebuildStatements.patient)
        if live == 0 {
            try await connection.execute(RebuildStatements.wholeAgenda, edition, target)
        } else {
            try await connection.execute(RebuildStatements.agenda, live, target)
        }
    }

    /// Moves on under the lease; nobody who has lost it gets past here.
    private func move(_ record: inout RebuildRecord, to phase: RebuildRecord.Phase, _ lease: Lease) async throws {
        let position = try await projections.checkpoint(Self.name)
        let edition = record.edition
        try await projections.commit(lease, from: position, to: position, viewVersion: 0) { connection in
            try await RebuildStore.move(edition, to: phase, on: connection)
        }
        record.phase = phase
    }

    private func giveUp(_ record: RebuildRecord, _ lease: Lease) async throws {
        let position = try await projections.checkpoint(Self.name)
        try await projections.commit(lease, from: position, to: position, viewVersion: 0) { connection in
            try await RebuildStore.move(record.edition, to: .abandoned, on: connection)
            try await UnhandledEvents.clear(Self.name, on: connection)
            try await connection.script("DROP SCHEMA IF EXISTS \(CaseViewSchema.quoted(record.schema)) CASCADE")
        }
    }

    /// Drops tables that were swapped out. Who still reads them is waited for, but not for long: they are found again.
    private func dropLeftovers() async throws {
        for row in try await pool.query(RebuildStatements.leftovers) {
            let schema = try row.decode(0, as: String.self)
            var attempts = 0
            while try await !drop(schema) {
                attempts += 1
                guard attempts < 10 else {
                    logger.notice("the former views are still read", metadata: ["schema": "\(schema)"])
                    break
                }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Drops a schema, unless somebody reads its tables. Whoever reads several of them must not be taken for the other half
    /// of a deadlock, so it waits for less than the time after which the server looks for one.
    private func drop(_ schema: String) async throws -> Bool {
        do {
            try await pool.withTransaction { connection in
                try await connection.query(RebuildStatements.impatient)
                try await connection.script("DROP SCHEMA IF EXISTS \(CaseViewSchema.quoted(schema)) CASCADE")
            }
            return true
        } catch let error as PostgresError where [.lockNotAvailable, .deadlockDetected].contains(error.sqlState) {
            return false
        }
    }

    // MARK: Filling

    private func fillWithTasks(
        _ record: RebuildRecord, holder: String, _ progress: @escaping Observer
    ) async throws {
        while true {
            try await fill(record, holder: holder, progress)
            let extent = try await rebuilds.extent(record.edition)
            if extent.chunksDone == extent.chunks { return }
            // What is left is claimed by others; should they be gone, their claims run out.
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Works on pieces, several at a time, until there is none left to claim.
    func fill(_ record: RebuildRecord, holder: String, _ progress: @escaping Observer) async throws {
        let builder = builder(of: record)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<options.tasks {
                group.addTask {
                    while let chunk = try await rebuilds.claim(
                        record.edition, holder: holder, lifetime: options.leaseLifetime)
                    {
                        try await fill(chunk, of: record, builder)
                        let extent = try await rebuilds.extent(record.edition)
                        progress(
                            RebuildProgress(
                                phase: .filling, edition: record.edition, events: extent.events,
                                eventsDone: extent.eventsDone))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// What computes the rows of a rebuild's pieces.
    func builder(of record: RebuildRecord) -> ChunkBuilder {
        ChunkBuilder(
            reader: HistoryReader(store: store, vault: vault),
            views: Set(record.views.compactMap { ViewName(rawValue: $0) }), parksStreams: options.policy == .park)
    }

    private func fill(_ chunk: RebuildChunk, of record: RebuildRecord, _ builder: ChunkBuilder) async throws {
        do {
            let (rows, unreadable) = try await builder.rows(
                of: chunk.streams, through: record.target, without: try await parkedStreams(record))
            try await pool.withTransaction { connection in
                try await connection.query(RebuildStatements.relaxed)
                try await RebuildStore.mark(record.edition, on: connection)
                try await CaseViewSchema.use(record.schema, on: connection)
                try await ViewCopy(rows).write(on: connection)
                for event in unreadable { try await park(event, on: connection) }
                try await RebuildStore.complete(chunk, on: connection)
            }
        } catch is RebuildConflict {
            // Somebody else took it over; nothing was written here.
        } catch {
            await Task { try? await rebuilds.giveBack(chunk) }.value
            if let error = error as? PostgresError, error.refusalOfRows != nil {
                return try await meet(error, in: chunk, of: record)
            }
            guard case LedgerError.unreadable(let position, let reason) = error else {
                let isGivenUp = try await rebuilds.record(record.edition)?.phase == .abandoned
                throw isGivenUp ? RebuildError.abandoned : error
            }
            try await recordStop(position, reason)
            throw RebuildError.stopped(position, reason)
        }
    }

    // MARK: What cannot be handled

    /// The streams that this rebuild leaves out: those it met itself, and where only some views are built, those that the
    /// others are without.
    func parkedStreams(_ record: RebuildRecord) async throws -> ParkedStreams {
        let isPartial = Set(record.views) != Set(ViewName.allCases.map(\.rawValue))
        let known = isPartial ? try await UnhandledEvents.list(of: CaseViewProjector.name, in: pool) : []
        return ParkedStreams(known + (try await UnhandledEvents.list(of: Self.name, in: pool)))
    }

    func park(_ event: UnreadableEvent, on connection: PostgresConnection) async throws {
        try await UnhandledEvents.record(
            UnhandledEvent(
                projection: Self.name, stream: event.stream, position: event.position, policy: .park,
                reason: event.reason), on: connection)
    }

    func recordStop(_ position: Position, _ reason: String) async throws {
        guard let event = try await store.read(after: position - 1, limit: 1).first else { return }
        try await pool.withTransaction { connection in
            try await UnhandledEvents.record(
                UnhandledEvent(
                    projection: Self.name, stream: event.stream, position: position, policy: .stop, reason: reason),
                on: connection)
        }
    }
}

extension ParkedStreams {
    /// The streams that are parked, each from its first event that cannot be handled.
    public init(_ events: [UnhandledEvent]) {
        self = events.reduce(into: [:]) { parked, event in
            guard event.policy == .park else { return }
            parked[event.stream] = Swift.min(parked[event.stream] ?? .max, event.position)
        }
    }
}
