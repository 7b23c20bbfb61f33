public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger
public import Postgres

/// Everything that is asked of the views. No SQL is outside of this room.
///
/// Each query runs in one read-only transaction with a snapshot of its own, from which the position of the views is read
/// too. Queries throw `PostgresError`; a transient one means that it may be asked again.
public struct ViewQueries: Sendable {
    private let pool: PostgresPool
    private let schema: String
    private let viewVersion: Int
    private let watch: PositionWatch

    /// Queries over the pool's connections, in the role the pool acts as.
    ///
    /// - Parameters:
    ///   - schema: where the views' tables are.
    ///   - viewVersion: which version of the views it reads.
    public init(pool: PostgresPool, schema: String = "views", viewVersion: Int = CaseViewProjector.version) {
        self.pool = pool
        self.schema = schema
        self.viewVersion = viewVersion
        watch = PositionWatch {
            try await Self.position(in: pool.query(Self.positionStatement, CaseViewProjector.name))
        }
    }

    private static let positionStatement = Statement(
        "view position", "SELECT position FROM ledger.projections WHERE name = $1")
    private static let projectionStatement = Statement(
        "view projection", "SELECT position, view_version, edition FROM ledger.projections WHERE name = $1")
    private static let editionStatement = Statement("view edition", "SELECT number FROM edition")
    private static let prepareStatement = Statement(
        "view query",
        "SELECT set_config('search_path', $1, true), set_config('plan_cache_mode', $2, true), set_config('jit', 'off', true)"
    )

    // MARK: Position

    /// The position of the last event that the views contain; 0 before the first.
    public func position() async throws -> Position {
        try await Self.position(in: pool.query(Self.positionStatement, CaseViewProjector.name))
    }

    /// Waits until the views contain a position.
    ///
    /// However many wait, the database is asked by one of them, every 25 ms.
    /// - Returns: `false` when they do not before the time is over.
    public func wait(for position: Position, timeout: Duration) async throws -> Bool {
        try await watch.wait(for: position, timeout: timeout)
    }

    // MARK: Cases

    /// A page of an office's worklist.
    ///
    /// - Throws: ``ViewQueryError``, `PostgresError`.
    public func worklist(_ query: WorklistQuery) async throws -> Viewed<Page<WorklistItem>> {
        try Self.check(query.actor, query.office)
        let limit = min(max(1, query.limit), WorklistQuery.greatestLimit)
        let signature = query.signature
        let place = try query.cursor.map { try query.sort.place(of: PageCursor($0, of: signature), query.waitsFor) }
        let name = query.name.flatMap { FoldedName.searchQuery($0) }
        // A name in which there is nothing to look for is nobody's.
        if query.name != nil, name == nil { return Viewed(Page(items: [], next: nil), position: try await position()) }
        let statement = WorklistStatements.statement(
            WorklistStatements.Key(
                office: query.office, sort: query.sort, byName: name != nil,
                byFinding: query.finding != nil || query.findingSince != nil, byReason: query.reason != nil,
                waitsFor: query.waitsFor, isContinued: place != nil))
        let parameters: [any PostgresEncodable] =
            [
                query.day.postgres, query.area?.storable, query.actor.areas.map { $0.sorted() },
                query.status.map { $0 == .open }, query.caseworker?.storable, query.dueEnd?.postgres, name,
                query.finding?.rawValue, limit + 1, query.reason?.rawValue, query.findingSince?.postgres,
            ] + (place ?? [])
        return try await read(.forceCustom) { connection in
            let rows = try await connection.query(statement, parameters: parameters)
            let items = try rows.prefix(limit).map { try WorklistItem($0, office: query.office, on: query.day) }
            guard rows.count > limit, let last = items.last else { return Page(items: items, next: nil) }
            let sortName = try rows[limit - 1].decode(WorklistStatements.commonColumnCount - 1, as: String.self)
            let next = PageCursor(place: query.sort.place(of: last, sortName: sortName, query.waitsFor))
            return Page(items: items, next: next.text(of: signature))
        }
    }

    /// A case as an office may see it on a day; the value is `nil` when it is unknown or not visible to the actor, which
    /// cannot be told apart.
    public func caseFile(
        _ id: UUID, for office: Office, actor: Actor, on day: CalendarDate
    ) async throws -> Viewed<OfficeCaseFile?> {
        try Self.check(actor, office)
        return try await read { connection in
            let rows = try await connection.query(
                CaseStatements.document, id, office.rawValue, day.postgres, actor.areas.map { $0.sorted() })
            return try rows.first.map { try Self.decode(StoredCaseFile.self, from: $0).cut(on: day) }
        }
    }

    /// A case over time as an office may see it on a day; the value is `nil` as in ``caseFile(_:for:actor:on:)``.
    public func timeline(
        _ id: UUID, for office: Office, actor: Actor, on day: CalendarDate
    ) async throws -> Viewed<CaseTimeline?> {
        try Self.check(actor, office)
        return try await read { connection in
            let rows = try await connection.query(
                CaseStatements.timeline, id, office.rawValue, day.postgres, actor.areas.map { $0.sorted() })
            return try rows.first.map {
                CaseTimeline(
                    caseId: id, office: office, intervals: try Self.decode(StoredTimeline.self, from: $0).cut(on: day))
            }
        }
    }

    // MARK: Findings

    /// A page of findings, the latest opened first.
    ///
    /// - Throws: ``ViewQueryError``, `PostgresError`.
    public func findings(_ query: FindingQuery) async throws -> Viewed<Page<FindingItem>> {
        try Self.check(query.actor, query.office)
        let limit = min(max(1, query.limit), FindingQuery.greatestLimit)
        let signature = query.signature
        let place = try query.cursor.map { try FindingQuery.place(of: PageCursor($0, of: signature)) }
        let parameters: [any PostgresEncodable] =
            [
                query.office.rawValue, query.day.postgres, query.kind?.rawValue, query.state.map { $0 == .open },
                query.area?.storable, query.actor.areas.map { $0.sorted() }, query.dueBefore?.postgres, limit + 1,
                query.openedSince?.postgres,
            ] + (place ?? [])
        return try await read(.forceCustom) { connection in
            let rows = try await connection.query(
                place == nil ? FindingStatements.first : FindingStatements.continued, parameters: parameters)
            let items = try rows.prefix(limit).map { try FindingItem($0, on: query.day) }
            guard rows.count > limit, let last = items.last else { return Page(items: items, next: nil) }
            let next = PageCursor(place: [last.openedOn.description, last.id.uuidString])
            return Page(items: items, next: next.text(of: signature))
        }
    }

    // MARK: Summary

    /// The indicators of programme areas side by side, by month and office.
    public func summary(_ query: SummaryQuery) async throws -> Viewed<SummaryReport> {
        let areas = query.actor.areas.map { $0.sorted() }
        return try await read(.forceCustom) { connection in
            let published = try await connection.query(SummaryStatements.areas, query.area, areas)
            let counts = try await connection.query(
                SummaryStatements.counts, query.area, areas, query.from.postgres,
                min(query.to, query.today.month).postgres, query.today.postgres)
            return try SummaryReport(query, areas: published, counts: counts)
        }
    }

    // MARK: Reading

    /// Thrown out of a transaction that a swap has overtaken.
    private struct Overtaken: Error {}

    /// How statements with filters that may be absent are planned: with the filters' values, or as PostgreSQL sees fit.
    private enum Planning: String {
        case auto
        case forceCustom = "force_custom_plan"
    }

    /// Runs a query and reads the views' position, both on one snapshot.
    ///
    /// Names lead to the tables that are live now, and not when the snapshot was taken. So the edition is read after the
    /// query, by name: when it is not the one that belongs to the position, tables were swapped in meanwhile, and the
    /// query is repeated.
    private func read<Value: Sendable>(
        _ planning: Planning = .auto, _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Viewed<Value> {
        for _ in 1..<Self.attempts {
            do {
                return try await readOnce(planning, body)
            } catch is Overtaken {
                continue
            } catch let error as PostgresError where Self.isOvertaken(error) {
                continue
            }
        }
        return try await readOnce(planning, body)
    }

    /// How often a query is asked at most; a swap is rare.
    private static let attempts = 10

    /// A table that is gone, or has another shape than a moment ago.
    private static func isOvertaken(_ error: PostgresError) -> Bool {
        guard let state = error.sqlState else { return false }
        return state == .undefinedTable || state == "0A000" || state == "3F000"
    }

    private func readOnce<Value: Sendable>(
        _ planning: Planning, _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Viewed<Value> {
        try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) { connection in
            let outcomes = try await connection.pipeline([
                (Self.prepareStatement, [schema, planning.rawValue]),
                (Self.projectionStatement, [CaseViewProjector.name]),
            ])
            let rows = try outcomes[1].get()
            let version = try rows.first?.decode(1, as: Int.self) ?? 0
            guard version == 0 || version == viewVersion else { throw ViewQueryError.otherVersion }
            let value = try await body(connection)
            let edition = try await connection.query(Self.editionStatement).first?.decode(0, as: Int64?.self)
            guard edition == (try rows.first?.decode(2, as: Int64.self) ?? 0) else { throw Overtaken() }
            return Viewed(value, position: try Self.position(in: rows))
        }
    }

    private static func position(in rows: Rows) throws -> Position {
        try rows.first?.decode(0, as: Int64.self) ?? 0
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, from row: Row) throws -> Value {
        try JSONDecoder().decode(type, from: Data(row.decode(0, as: PostgresJSON.self).bytes))
    }

    /// Default deny: nobody looks into another office's views, whatever the caller has checked before.
    private static func check(_ actor: Actor, _ office: Office) throws(ViewQueryError) {
        guard actor.office == office else { throw .foreignOffice }
    }
}
