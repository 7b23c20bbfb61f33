import CaseFile
import CaseTiming
import Foundation
import Ledger
import Logging
import Postgres
import PostgresLedger
import Testbed

@testable import CaseViews

/// A ledger on PostgreSQL with its views: events are appended as they are, and projected by the page.
struct LedgerDesk {
    let pool: PostgresPool
    let store: PostgresEventStore
    let vault: Vault
    let queries: ViewQueries
    let projector: CaseViewProjector
    /// What is read instead of the store by a rebuild and a replay.
    var readStore: (any EventStore)?

    static let today: CalendarDate = "2026-06-01"

    static func make(cacheCapacity: Int = 1_000) async throws -> LedgerDesk {
        let uri = try await TemporaryServer.shared.freshDatabase()
        let logger = Logger(label: "test")
        _ = try await Migrator(uri: uri, logger: logger).migrate()
        let pool = PostgresPool(PostgresConfiguration(uri: uri, statementTimeout: nil), size: 12, logger: logger)
        let keys = try MasterKeyring(current: "test", keys: ["test": Array(repeating: 7, count: 32)])
        let vault = Vault(store: PostgresKeyStore(pool: pool), masterKeys: keys)
        let store = PostgresEventStore(pool: pool)
        try await pool.withTransaction { try await CaseViewSchema.create(on: $0) }
        return LedgerDesk(
            pool: pool, store: store, vault: vault, queries: ViewQueries(pool: pool),
            projector: CaseViewProjector(store: store, vault: vault, cacheCapacity: cacheCapacity))
    }

    /// Appends a case's history.
    func append(_ story: CaseStory) async throws {
        for (event, office, day) in story.events {
            try await append(event, to: story.id.uuidString.lowercased(), by: office, on: day)
        }
    }

    func append(
        _ event: some EventFamily, to id: String, by office: Office? = .jobCentre, on day: CalendarDate = "2026-01-01"
    ) async throws {
        try await append([event], to: id, by: office, on: day)
    }

    private func append<Event: EventFamily>(
        _ events: [Event], to id: String, by office: Office?, on day: CalendarDate
    ) async throws {
        let stream = StreamName(category: Event.category, id: id)
        try await append(events, to: stream, at: store.read(stream).count, by: office, on: day)
    }

    func append<Event: EventFamily>(
        _ events: [Event], to stream: StreamName, at version: Int, by office: Office? = .jobCentre,
        on day: CalendarDate = "2026-01-01"
    ) async throws {
        let codec = EventCodec<Event>(vault: vault)
        let command = UUID()
        var proposed: [ProposedEvent] = []
        for event in events {
            proposed.append(try await codec.encode(event, stream: stream, command: command, ordinal: proposed.count))
        }
        let authorship = Authorship(actor: "somebody", role: .caseworker, office: office)
        let verdict = try await store.append(
            AppendCommand(
                id: command, fingerprint: nil, effectiveOn: day, metadata: Array(try JSONEncoder().encode(authorship)),
                writes: [StreamWrite(stream: stream, expectedVersion: version, events: proposed)]))
        guard case .appended = verdict else { throw Failure.notAppended(verdict) }
    }

    enum Failure: Error {
        case notAppended(AppendVerdict)
        case noLease
    }

    /// Appends an event that no program can read.
    func appendPoison(to stream: StreamName) async throws {
        let verdict = try await store.append(
            AppendCommand(
                id: UUID(), fingerprint: nil, effectiveOn: "2026-01-01", metadata: Array("{}".utf8),
                writes: [
                    StreamWrite(
                        stream: stream, expectedVersion: try await store.read(stream).count,
                        events: [ProposedEvent(type: "Poison", schemaVersion: 1, payload: Array("{}".utf8))])
                ]))
        guard case .appended = verdict else { throw Failure.notAppended(verdict) }
    }

    func rebuild(
        policy: UnhandledEventPolicy = .stop, eventsPerChunk: Int = 40, viewVersion: Int = CaseViewProjector.version
    ) -> ViewRebuild {
        ViewRebuild(
            pool: pool, store: readStore ?? store, vault: vault,
            options: ViewRebuild.Options(
                policy: policy, tasks: 3, eventsPerChunk: eventsPerChunk, pageSize: 20, leaseLifetime: .seconds(2)),
            viewVersion: viewVersion, logger: Logger(label: "rebuild") { _ in SwiftLogNoOpLogHandler() })
    }

    func verify() async throws -> ViewVerification.Report {
        try await ViewVerification.compareWithReplay(pool: pool, store: readStore ?? store, vault: vault)
    }

    func publish(_ area: String, name: String? = nil) async throws {
        try await append(
            AreaEvent.areaPublished(AreaPublished(name: name ?? area, from: "2025-01-01")), to: area, by: nil)
    }

    /// Takes everything that was appended into the views, as the worker does.
    @discardableResult
    func project(pageSize: Int = 500, with other: CaseViewProjector? = nil) async throws -> Position {
        let projections = ProjectionStore(pool: pool)
        let name = CaseViewProjector.name
        var held: Lease?
        while held == nil {
            // While tables are swapped in, nobody gets it.
            held = try await projections.acquire(name, holder: "test", lifetime: .seconds(60))
        }
        guard let lease = held else { throw Failure.noLease }
        while true {
            let position = try await projections.checkpoint(name)
            let page = try await store.read(after: position, limit: pageSize)
            guard let last = page.last else { return position }
            try await projections.commit(
                lease, from: position, to: last.position, viewVersion: CaseViewProjector.version
            ) { connection in
                _ = try await (other ?? projector).apply(page, on: connection)
            }
        }
    }

    /// All rows of all views as text, sorted.
    func dump() async throws -> [String] {
        var rows: [String] = []
        for table in VerificationStatements.tables {
            let statement = Statement("dump \(table.name)", "SELECT t.*::text FROM views.\(table.name) t ORDER BY 1")
            for row in try await pool.query(statement) {
                rows.append("\(table.name) \(try row.decode(0, as: String.self))")
            }
        }
        return rows
    }

    func caseworker(_ office: Office, areas: Set<String>? = nil) -> Actor {
        Actor(subject: "\(office.rawValue)-1", role: .caseworker, office: office, areas: areas)
    }
}
