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

    /// Queries over the pool's connections. Each acts as the role of what it asks for, of which the pool's user has to be a
    /// member.
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
        """
        SELECT set_config('search_path', $1, true), set_config('plan_cache_mode', $2, true),
            set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
            set_config('gleichtakt.areas', $3, true), set_config('role', $4, true)
        """)

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
        try await worklist(query, names: nil)
    }

    /// A page of an office's worklist, with names looked up in a way; `nil` for the faster one.
    func worklist(_ query: WorklistQuery, names: NameSearch?) async throws -> Viewed<Page<WorklistItem>> {
        let reading = try ViewReading(of: query.office, for: query.actor)
        let limit = min(max(1, query.limit), WorklistQuery.greatestLimit)
        let signature = query.signature
        let place = try query.cursor.map { try query.sort.place(of: PageCursor($0, of: signature), query.waitsFor) }
        let name = query.name.flatMap { FoldedName.searchQuery($0) }
        // A name in which there is nothing to look for is nobody's.
        if query.name != nil, name == nil { return Viewed(Page(items: [], next: nil), position: try await position()) }
        var search = names
        if let name, search == nil { search = try await nameSearch(name, query.sort, reading, of: query.office) }
        let statement = WorklistStatements.statement(
            WorklistStatements.Key(
                office: query.office, sort: query.sort, names: name == nil ? nil : search,
                byFinding: query.finding != nil || query.findingSince != nil, byReason: query.reason != nil,
                waitsFor: query.waitsFor, isContinued: place != nil))
        let parameters: [any PostgresEncodable] =
            [
                query.day.postgres, query.area?.storable, query.actor.areas.map { $0.sorted() },
                query.status.map { $0 == .open }, query.caseworker?.storable, query.dueEnd?.postgres, name,
                query.finding?.rawValue, limit + 1, query.reason?.rawValue, query.findingSince?.postgres,
                query.name.map { FoldedName.searchPatterns($0) },
            ] + (place ?? [])
        return try await read(reading, .forceCustom, [(statement, parameters)]) { answers in
            let rows = answers[0]
            let items = try rows.prefix(limit).map { try WorklistItem($0, office: query.office, on: query.day) }
            guard rows.count > limit, let last = items.last else { return Page(items: items, next: nil) }
            let sortName = try rows[limit - 1].decode(WorklistStatements.commonColumnCount - 1, as: String.self)
            let next = PageCursor(place: query.sort.place(of: last, sortName: sortName, query.waitsFor))
            return Page(items: items, next: next.text(of: signature))
        }
    }

    /// How cases are best looked up by a name, which depends on how many people are called so; the planner's statistics
    /// tell that without looking at any.
    func nameSearch(
        _ name: String, _ sort: WorklistQuery.Sort, _ reading: ViewReading, of office: Office
    ) async throws -> NameSearch {
        // The order by name has a way of its own, since people of one name stand together in it.
        guard !sort.isByName else { return .rare }
        let questions: [Question] = [
            (WorklistStatements.namesExplained(office), [name]), (WorklistStatements.namesCounted(office), []),
        ]
        return try await read(reading, .forceCustom, questions) { answers in
            let plans = try answers[0].first.map { try Self.decode([ExplainedPlan].self, from: $0) }
            let rows = try answers[1].first?.decode(0, as: Double.self)
            return NameSearch(matches: plans?.first?.plan.rows ?? 0, of: max(1, rows ?? 1))
        }.value
    }

    /// What of a plan counts here.
    private struct ExplainedPlan: Decodable {
        struct Node: Decodable {
            var rows: Double

            private enum CodingKeys: String, CodingKey { case rows = "Plan Rows" }
        }
        var plan: Node

        private enum CodingKeys: String, CodingKey { case plan = "Plan" }
    }

    /// A case as an office may see it on a day; the value is `nil` when it is unknown or not visible to the actor, which
    /// cannot be told apart.
    public func caseFile(
        _ id: UUID, for office: Office, actor: Actor, on day: CalendarDate
    ) async throws -> Viewed<OfficeCaseFile?> {
        let reading = try ViewReading(of: office, for: actor)
        let parameters: [any PostgresEncodable] = [id, office.rawValue, day.postgres, actor.areas.map { $0.sorted() }]
        return try await read(reading, .auto, [(CaseStatements.document(of: office), parameters)]) { answers in
            try answers[0].first.map { try Self.decode(StoredCaseFile.self, from: $0).cut(on: day) }
        }
    }

    /// A case over time as an office may see it on a day; the value is `nil` as in ``caseFile(_:for:actor:on:)``.
    public func timeline(
        _ id: UUID, for office: Office, actor: Actor, on day: CalendarDate
    ) async throws -> Viewed<CaseTimeline?> {
        let reading = try ViewReading(of: office, for: actor)
        let parameters: [any PostgresEncodable] = [id, office.rawValue, day.postgres, actor.areas.map { $0.sorted() }]
        return try await read(reading, .auto, [(CaseStatements.timeline(of: office), parameters)]) { answers in
            try answers[0].first.map {
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
        let reading = try ViewReading(of: query.office, for: query.actor)
        let limit = min(max(1, query.limit), FindingQuery.greatestLimit)
        let signature = query.signature
        let place = try query.cursor.map { try FindingQuery.place(of: PageCursor($0, of: signature)) }
        let name = query.name.flatMap { FoldedName.searchQuery($0) }
        // A name in which there is nothing to look for is nobody's.
        if query.name != nil, name == nil { return Viewed(Page(items: [], next: nil), position: try await position()) }
        let parameters: [any PostgresEncodable] =
            [
                query.office.rawValue, query.day.postgres, query.kind?.rawValue, query.state.map { $0 == .open },
                query.area?.storable, query.actor.areas.map { $0.sorted() }, query.dueBefore?.postgres, limit + 1,
                query.openedSince?.postgres,
            ] + AboutCases.parameters(status: query.status, caseworker: query.caseworker, name: name) + (place ?? [])
        let statement = FindingStatements.statement(
            of: query.office, about: AboutCases(status: query.status, caseworker: query.caseworker, name: name),
            isContinued: place != nil)
        return try await read(reading, .forceCustom, [(statement, parameters)]) { answers in
            let rows = answers[0]
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
        let published: [any PostgresEncodable] = [query.area, areas]
        let counts: [any PostgresEncodable] = [
            query.area, areas, query.from.postgres, min(query.to, query.today.month).postgres, query.today.postgres,
        ]
        return try await read(
            ViewReading(as: .summary, for: query.actor), .forceCustom,
            [
                (SummaryStatements.memory, []), (SummaryStatements.areas, published),
                (SummaryStatements.counts, counts),
            ]
        ) { answers in
            try SummaryReport(query, areas: answers[1], counts: answers[2])
        }
    }

    // MARK: Reading

    /// Thrown out of a transaction that a swap has overtaken.
    private struct Overtaken: Error {}

    /// How statements with filters that may be absent are planned: with the filters' values, or as PostgreSQL sees fit.
    enum Planning: String {
        case auto
        case forceCustom = "force_custom_plan"
    }

    /// A statement with its parameters.
    typealias Question = (Statement, [any PostgresEncodable])

    /// Asks some questions and reads the views' position, as the role that may read them, all on one snapshot and in one round
    /// trip.
    ///
    /// Names lead to the tables that are live now, and not when the snapshot was taken. So the edition is read after the
    /// questions, by name: when it is not the one that belongs to the position, tables were swapped in meanwhile, and they
    /// are asked again.
    func read<Value: Sendable>(
        _ reading: ViewReading, _ planning: Planning, _ questions: [Question], _ make: ([Rows]) throws -> Value
    ) async throws -> Viewed<Value> {
        for _ in 1..<Self.attempts {
            do {
                return try await readOnce(reading, planning, questions, make)
            } catch is Overtaken {
                continue
            } catch let error as PostgresError where Self.isOvertaken(error) {
                continue
            }
        }
        return try await readOnce(reading, planning, questions, make)
    }

    /// How often a query is asked at most; a swap is rare.
    private static let attempts = 10

    /// A table that is gone, or has another shape than a moment ago.
    private static func isOvertaken(_ error: PostgresError) -> Bool {
        guard let state = error.sqlState else { return false }
        return state == .undefinedTable || state == "0A000" || state == "3F000"
    }

    private func readOnce<Value: Sendable>(
        _ reading: ViewReading, _ planning: Planning, _ questions: [Question], _ make: ([Rows]) throws -> Value
    ) async throws -> Viewed<Value> {
        let (projection, answers) = try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) {
            connection in
            var batch: [Question] = [
                (Self.prepareStatement, [schema, planning.rawValue, reading.areas, reading.role.rawValue]),
                (Self.projectionStatement, [CaseViewProjector.name]),
            ]
            batch += questions
            batch.append((Self.editionStatement, []))
            let outcomes = try await connection.pipeline(batch)
            let projection = try outcomes[1].get()
            // What another version's tables answer, or that they do not, says nothing.
            let version = try projection.first?.decode(1, as: Int.self) ?? 0
            guard version == 0 || version == viewVersion else { throw ViewQueryError.otherVersion }
            let answers = try outcomes.dropFirst(2).map { try $0.get() }
            let edition = try answers.last?.first?.decode(0, as: Int64?.self)
            guard edition == (try projection.first?.decode(2, as: Int64.self) ?? 0) else { throw Overtaken() }
            return (projection, answers.dropLast())
        }
        return Viewed(try make(Array(answers)), position: try Self.position(in: projection))
    }

    private static func position(in rows: Rows) throws -> Position {
        try rows.first?.decode(0, as: Int64.self) ?? 0
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from row: Row) throws -> Value {
        try LedgerJSON.decode(type, from: Array(row.decode(0, as: PostgresJSON.self).bytes))
    }
}
