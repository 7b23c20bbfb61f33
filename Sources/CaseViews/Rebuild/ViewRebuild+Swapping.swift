import Foundation
import Ledger
import Postgres
import PostgresLedger

extension ViewRebuild {
    /// Takes in what happened since the tables were filled, until so little is left that it fits into the swap.
    ///
    /// - Returns: the position at which the tables became live.
    func catchUpAndSwap(
        _ record: RebuildRecord, _ lease: Lease, _ progress: Observer
    ) async throws -> Position {
        let projector = CaseViewProjector(
            store: store, vault: vault, schema: record.schema,
            views: Set(record.views.compactMap { ViewName(rawValue: $0) }))
        await projector.discard(parked: try await parkedStreams(record))
        while true {
            try Task.checkCancellation()
            let position = try await projections.checkpoint(Self.name)
            let live = try await projections.checkpoint(CaseViewProjector.name)
            progress(
                RebuildProgress(
                    phase: .catchingUp, edition: record.edition, position: position, goal: max(live, position)))
            do {
                if live - position > Int64(options.pageSize) {
                    let page = try await store.read(after: position, limit: options.pageSize)
                    guard let last = page.last else { continue }
                    try await projections.commit(lease, from: position, to: last.position, viewVersion: 0) {
                        connection in
                        _ = try await projector.apply(page, on: connection)
                    }
                } else {
                    return try await swap(record, lease, projector)
                }
            } catch LedgerError.unreadable(let position, let reason) {
                try await meet(position, reason, record, projector)
            } catch let error as PostgresError where error.refusalOfRows != nil {
                guard let (event, reason) = try await firstRefused(after: position, projector) else { throw error }
                try await meet(event.position, reason, record, projector)
            } catch let error as PostgresError where error.sqlState == .lockNotAvailable || error.isTransient {
                // Somebody reads the views for long; queries must not have to wait behind us. Or whoever drove them fell
                // silent in the midst of a transaction.
                await projector.discard()
                try await projections.endStalledSessions(
                    under: CaseViewProjector.name, lifetime: options.leaseLifetime)
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// The first event after a position whose rows are refused, and why.
    private func firstRefused(
        after position: Position, _ projector: CaseViewProjector
    ) async throws -> (event: RecordedEvent, reason: String)? {
        let live = try await projections.checkpoint(CaseViewProjector.name)
        var position = position
        while position < live {
            let page = try await store.read(after: position, limit: min(options.pageSize, Int(live - position)))
            guard let last = page.last else { return nil }
            if let found = try await projector.firstRefused(of: page, in: pool) { return found }
            position = last.position
        }
        return nil
    }

    /// An event that cannot be handled while catching up: the same policy as everywhere.
    private func meet(
        _ position: Position, _ reason: String, _ record: RebuildRecord, _ projector: CaseViewProjector
    ) async throws {
        guard options.policy == .park, let event = try await store.read(after: position - 1, limit: 1).first else {
            try await recordStop(position, reason)
            throw RebuildError.stopped(position, reason)
        }
        try await pool.withTransaction { connection in
            try await park(
                UnreadableEvent(stream: event.stream, position: position, reason: reason), on: connection)
        }
        await projector.discard(parked: try await parkedStreams(record))
    }

    /// Makes the tables live: in one transaction, in which nobody else writes the live ones.
    private func swap(
        _ record: RebuildRecord, _ lease: Lease, _ projector: CaseViewProjector
    ) async throws -> Position {
        try await pool.withTransaction { connection in
            try await connection.query(RebuildStatements.impatient)
            try await connection.execute(RebuildStatements.makeSure, CaseViewProjector.name)
            guard let live = try await connection.query(RebuildStatements.lockLive, CaseViewProjector.name).first,
                let lead = try await connection.query(RebuildStatements.lockLead, Self.name, lease.generation).first
            else { throw ProjectionError.leaseLost(Self.name) }
            try await ProjectionStore.mark(CaseViewProjector.name, on: connection)
            try await ProjectionStore.mark(Self.name, on: connection)
            let found = Int(try live.decode(1, as: Int32.self))
            guard found <= viewVersion else {
                throw RebuildError.newerViews(found: found, own: viewVersion)
            }
            let livePosition = try live.decode(0, as: Position.self)
            var position = try lead.decode(0, as: Position.self)
            while position < livePosition {
                let page = try await store.read(
                    after: position, limit: min(options.pageSize, Int(livePosition - position)))
                guard let last = page.last else {
                    throw ProjectionError.outOfStep(
                        Self.name, expected: livePosition, found: position)
                }
                _ = try await projector.apply(page, on: connection)
                position = last.position
            }
            // What was touched up to the target is on timing's agenda since the beginning.
            let scheduled = max(livePosition, record.target)
            if position > scheduled {
                try await connection.execute(RebuildStatements.agenda, scheduled, position)
            }
            try await forgetErased(record, through: position, projector, on: connection)
            try await exchange(record, on: connection)
            try await connection.execute(
                RebuildStatements.swap, CaseViewProjector.name, position, Int32(viewVersion),
                record.edition)
            try await settleUnhandled(record, on: connection)
            try await RebuildStore.move(record.edition, to: .finished, on: connection)
            return position
        }
    }

    /// A person may have been erased after the tables were filled. Whoever erases one writes the live views anew after the
    /// key is gone: before this transaction, and then the key is seen to be gone here, or after it, in these tables.
    private func forgetErased(
        _ record: RebuildRecord, through position: Position, _ projector: CaseViewProjector,
        on connection: PostgresConnection
    ) async throws {
        try await CaseViewSchema.use(record.schema, on: connection)
        var erased: Set<UUID> = []
        for view in record.views.compactMap({ ViewName(rawValue: $0) }) {
            for table in view.tablesOfPersons {
                for row in try await connection.query(RebuildStatements.keyless(in: table)) {
                    erased.insert(try row.decode(0))
                }
            }
        }
        guard !erased.isEmpty else { return }
        for id in erased { vault.forget(id) }
        let all = Array(erased)
        for start in stride(from: 0, to: all.count, by: options.pageSize) {
            let some = Set(all[start..<min(start + options.pageSize, all.count)])
            try await projector.refresh(some, through: position, on: connection)
        }
    }

    /// Puts the tables where the live ones were. Renaming a schema locks no table; moving single tables does, so that
    /// queries under way are waited for.
    private func exchange(_ record: RebuildRecord, on connection: PostgresConnection) async throws {
        let former = "views_until_\(record.edition)"
        let isThere = try await connection.query(RebuildStatements.schemaExists, "views").first?.decode(0) ?? false
        guard isThere, record.views != Set(ViewName.allCases.map(\.rawValue)) else {
            if isThere { try await connection.script("ALTER SCHEMA views RENAME TO \(former)") }
            try await connection.script("ALTER SCHEMA \(CaseViewSchema.quoted(record.schema)) RENAME TO views")
            return
        }
        let tables =
            record.views.compactMap { ViewName(rawValue: $0) }.flatMap(\.tables).sorted()
            + [CaseViewSchema.editionTable]
        try await connection.script("CREATE SCHEMA \(former)")
        for table in tables {
            try await connection.script("ALTER TABLE views.\(table) SET SCHEMA \(former)")
            try await connection.script(
                "ALTER TABLE \(CaseViewSchema.quoted(record.schema)).\(table) SET SCHEMA views")
        }
        try await connection.script("DROP SCHEMA \(CaseViewSchema.quoted(record.schema))")
    }

    /// A rebuild of everything takes up what was parked, and brings what it parked itself; one of some views only adds.
    private func settleUnhandled(_ record: RebuildRecord, on connection: PostgresConnection) async throws {
        if record.views == Set(ViewName.allCases.map(\.rawValue)) {
            try await UnhandledEvents.clear(CaseViewProjector.name, on: connection)
        }
        try await UnhandledEvents.move(from: Self.name, to: CaseViewProjector.name, on: connection)
    }
}

extension ViewName {
    /// The tables of this view that have a row for every person whose name may occur in them.
    fileprivate var tablesOfPersons: [String] {
        switch self {
        case .jobCentre, .youthOffice, .socialOffice, .caseFiles, .names: tables
        case .findings, .summary, .catalogue: []
        }
    }
}
