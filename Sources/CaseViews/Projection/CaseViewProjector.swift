import CaseFile
import CaseTiming
public import Foundation
public import Ledger
public import Postgres

/// Builds the views from the ledger: it folds pages of events into states, and computes the rows of every case that a page
/// touches, and of its household's members, once per page.
///
/// Rows are pure functions of states, so it does not matter how the history is cut into pages, or how often a page is
/// applied. The actor keeps the states it needs at exactly the position it has reached; a state that it does not keep it
/// reads from the ledger. One projector works for one caller, who applies pages one after another.
public actor CaseViewProjector {
    /// The projection's name, for its checkpoint and its lease.
    public static let name = "case-views"
    /// The version of the rows' shape. Rows of another version have to be built anew.
    public static let version = 1

    private let store: any EventStore
    private let schema: String
    private let cacheCapacity: Int
    private let caseCodec: EventCodec<CaseEvent>
    private let householdCodec: EventCodec<HouseholdEvent>
    private let areaCodec: EventCodec<AreaEvent>
    private var cases: LeastRecentlyUsed<UUID, Folded<CaseState>>
    private var households: LeastRecentlyUsed<UUID, Folded<HouseholdState>>

    /// What a page touched.
    public struct TouchedScopes: Hashable, Sendable {
        /// Cases whose plans, measures, relations, placements or circumstances may have changed.
        public var cases: Set<UUID>
        /// Households whose members may have changed.
        public var households: Set<UUID>
    }

    /// A state at the position the projector has reached, and what its rows were when they were last written.
    private struct Folded<State: Sendable>: Sendable {
        var state: State
        var version: Int
        var written: [Part: Int] = [:]
    }

    /// The rows that are written together. A part whose rows are as they were is not written again.
    private enum Part: Hashable {
        case office(Office)
        case names
        case summary
        case findings
    }

    /// A projector that reads states it does not keep from `store`.
    ///
    /// - Parameters:
    ///   - schema: where the tables are; see ``CaseViewSchema``.
    ///   - cacheCapacity: how many cases, and as many households, are kept in memory.
    public init(store: any EventStore, vault: Vault, schema: String = "views", cacheCapacity: Int = 20_000) {
        self.store = store
        self.schema = schema
        self.cacheCapacity = cacheCapacity
        caseCodec = EventCodec(vault: vault)
        householdCodec = EventCodec(vault: vault)
        areaCodec = EventCodec(vault: vault)
        cases = LeastRecentlyUsed(capacity: cacheCapacity)
        households = LeastRecentlyUsed(capacity: cacheCapacity)
    }

    /// Forgets all states. To be called after a page's transaction failed, since the states are ahead of the rows then.
    public func discard() {
        cases = LeastRecentlyUsed(capacity: cacheCapacity)
        households = LeastRecentlyUsed(capacity: cacheCapacity)
    }

    /// Folds a page and writes the rows that it changes, inside the caller's transaction.
    ///
    /// - Parameters:
    ///   - page: events in the order of their positions, following the page before without a gap.
    ///   - connection: a connection on which a transaction is open. Its search path leads to the views' schema afterwards,
    ///     until the transaction ends.
    /// - Returns: what was touched, so that timing can look at it again. Findings change no timing and do not count.
    /// - Throws: `PostgresError`, ``LedgerError``. The caller rolls back and calls ``discard()``.
    public func apply(_ page: [RecordedEvent], on connection: PostgresConnection) async throws -> TouchedScopes {
        guard let first = page.first, let last = page.last else { return TouchedScopes(cases: [], households: []) }
        let facts = try await decode(page)
        var scope = Scope(through: last.position)
        for (id, facts) in facts.cases {
            var folded = try await caseState(id, before: first.position, facts: facts)
            Self.fold(&folded, facts, CaseDecider.evolve)
            cases.set(folded, for: id)
            scope.cases[id] = folded
        }
        for (id, facts) in facts.households {
            var folded = try await householdState(id, before: first.position, facts: facts)
            Self.fold(&folded, facts, HouseholdDecider.evolve)
            households.set(folded, for: id)
            scope.households[id] = folded
        }
        var writer = ViewWriter()
        writer.areas = facts.areas
        try await write(&scope, touched: facts, into: &writer)
        try await CaseViewSchema.use(schema, on: connection)
        try await writer.write(on: connection)
        return facts.touched
    }

    /// Writes the rows of cases anew, although no event touched them: after a person was erased.
    ///
    /// - Parameter position: the views' checkpoint.
    /// - Throws: as ``apply(_:on:)`` does.
    public func refresh(
        _ ids: Set<UUID>, through position: Position, on connection: PostgresConnection
    ) async throws {
        var scope = Scope(through: position)
        for id in ids {
            cases.remove(id)
            scope.cases[id] = try await loadCase(id, through: position)
        }
        var writer = ViewWriter()
        try await write(&scope, touched: PageFacts(), into: &writer)
        try await CaseViewSchema.use(schema, on: connection)
        try await writer.write(on: connection)
    }

    // MARK: Reading

    private struct PageFacts {
        var cases: [UUID: [Fact<CaseEvent, Authorship>]] = [:]
        var households: [UUID: [Fact<HouseholdEvent, Authorship>]] = [:]
        var areas: [(id: String, area: AreaPublished)] = []
        var touched = TouchedScopes(cases: [], households: [])
    }

    private func decode(_ page: [RecordedEvent]) async throws -> PageFacts {
        var facts = PageFacts()
        let caseEvents = page.filter { $0.stream.category == CaseEvent.category }
        for (event, fact) in zip(caseEvents, try await caseCodec.decode(caseEvents, as: Authorship.self)) {
            guard let id = UUID(uuidString: event.stream.id) else { continue }
            facts.cases[id, default: []].append(fact)
            if fact.event.concernsTiming { facts.touched.cases.insert(id) }
        }
        let householdEvents = page.filter { $0.stream.category == HouseholdEvent.category }
        for (event, fact) in zip(householdEvents, try await householdCodec.decode(householdEvents, as: Authorship.self))
        {
            guard let id = UUID(uuidString: event.stream.id) else { continue }
            facts.households[id, default: []].append(fact)
            if case .memberAdmitted = fact.event { facts.touched.households.insert(id) }
        }
        for event in page where event.stream.category == AreaEvent.category {
            let fact = try await areaCodec.decode(event, as: Authorship.self)
            guard case .areaPublished(let area) = fact.event else { continue }
            facts.areas.removeAll { $0.id == event.stream.id }
            facts.areas.append((event.stream.id, area))
        }
        return facts
    }

    /// A case as it was before the page, from memory, from nothing, or from the ledger.
    private func caseState(
        _ id: UUID, before position: Position, facts: [Fact<CaseEvent, Authorship>]
    ) async throws -> Folded<CaseState> {
        if let known = cases.value(for: id) { return known }
        if facts.first?.version == 1 { return Folded(state: CaseDecider.initial, version: 0) }
        return try await loadCase(id, through: position - 1)
    }

    private func householdState(
        _ id: UUID, before position: Position, facts: [Fact<HouseholdEvent, Authorship>]
    ) async throws -> Folded<HouseholdState> {
        if let known = households.value(for: id) { return known }
        if facts.first?.version == 1 { return Folded(state: HouseholdDecider.initial, version: 0) }
        return try await loadHousehold(id, through: position - 1)
    }

    private func loadCase(_ id: UUID, through position: Position) async throws -> Folded<CaseState> {
        let stream = StreamName(category: CaseEvent.category, id: id.uuidString.lowercased())
        let events = try await store.read(stream, after: 0, through: position)
        var folded = Folded(state: CaseDecider.initial, version: 0)
        Self.fold(&folded, try await caseCodec.decode(events, as: Authorship.self), CaseDecider.evolve)
        return folded
    }

    private func loadHousehold(_ id: UUID, through position: Position) async throws -> Folded<HouseholdState> {
        let stream = StreamName(category: HouseholdEvent.category, id: id.uuidString.lowercased())
        let events = try await store.read(stream, after: 0, through: position)
        var folded = Folded(state: HouseholdDecider.initial, version: 0)
        Self.fold(&folded, try await householdCodec.decode(events, as: Authorship.self), HouseholdDecider.evolve)
        return folded
    }

    /// Takes facts into a state. What the state contains already, because a page comes again, is passed over.
    private static func fold<State, Event>(
        _ folded: inout Folded<State>, _ facts: [Fact<Event, Authorship>],
        _ evolve: (inout State, Fact<Event, Authorship>) -> Void
    ) {
        for fact in facts where fact.version > folded.version {
            evolve(&folded.state, fact)
            folded.version = fact.version
        }
    }

    // MARK: Writing

    /// The states that a page's rows depend on, so that no state that is needed can drop out of memory meanwhile.
    private struct Scope {
        let position: Position
        var cases: [UUID: Folded<CaseState>] = [:]
        var households: [UUID: Folded<HouseholdState>] = [:]

        init(through position: Position) { self.position = position }
    }

    private func write(_ scope: inout Scope, touched: PageFacts, into writer: inout ViewWriter) async throws {
        var affected = Set(scope.cases.keys)
        for household in Set(scope.cases.values.compactMap(\.state.household?.householdId)).union(scope.households.keys)
        {
            if scope.households[household] == nil {
                scope.households[household] = try await rememberedHousehold(household, through: scope.position)
            }
            affected.formUnion(scope.households[household]?.state.members.keys ?? [:].keys)
        }
        for id in affected where scope.cases[id] == nil {
            scope.cases[id] = try await rememberedCase(id, through: scope.position)
        }
        for id in affected {
            guard var folded = scope.cases[id] else { continue }
            write(id, &folded, household(of: folded.state, in: scope), into: &writer)
            cases.set(folded, for: id)
        }
        for (id, var folded) in scope.households {
            let members = members(of: folded.state, in: scope)
            write(
                FindingRows(owner: id, register: folded.state.findings, cases: members), &folded.written, into: &writer)
            households.set(folded, for: id)
        }
    }

    private func rememberedCase(_ id: UUID, through position: Position) async throws -> Folded<CaseState> {
        if let known = cases.value(for: id) { return known }
        return try await loadCase(id, through: position)
    }

    private func rememberedHousehold(_ id: UUID, through position: Position) async throws -> Folded<HouseholdState> {
        if let known = households.value(for: id) { return known }
        return try await loadHousehold(id, through: position)
    }

    private func members(of household: HouseholdState, in scope: Scope) -> [UUID: CaseState] {
        household.members.keys.reduce(into: [:]) { $0[$1] = scope.cases[$1]?.state }
    }

    private func household(of state: CaseState, in scope: Scope) -> HouseholdFile? {
        guard let id = state.household?.householdId, let household = scope.households[id]?.state else { return nil }
        return HouseholdFile(id: id, state: household, members: members(of: household, in: scope))
    }

    private func write(
        _ id: UUID, _ folded: inout Folded<CaseState>, _ household: HouseholdFile?, into writer: inout ViewWriter
    ) {
        let surroundings = CaseSurroundings(caseId: id, state: folded.state, household: household)
        for office in Office.allCases {
            let stored = StoredCaseFile(surroundings, for: office)
            let file = stored.flatMap { CaseFileRow($0, StoredTimeline(surroundings, for: office)) }
            guard folded.written.changes(.office(office), to: file?.hashValue ?? 0) else { continue }
            guard let stored, let file else {
                writer.unengaged[office, default: []].append(id)
                continue
            }
            writer.files.append(file)
            // A worklist's row follows from the stored file, so it changes only when that does.
            if let row = JobCentreRow(stored) { writer.jobCentre.append(row) }
            if let row = YouthOfficeRow(stored) { writer.youthOffice.append(row) }
            if let row = SocialOfficeRow(stored) { writer.socialOffice.append(row) }
        }
        if let names = CaseNames(caseId: id, state: folded.state),
            folded.written.changes(.names, to: names.hashValue)
        {
            writer.names.append(names)
        }
        if let row = SummaryCaseRow(caseId: id, state: folded.state),
            folded.written.changes(.summary, to: row.hashValue)
        {
            writer.summary.append(row)
        }
        let rows = FindingRows(owner: id, register: folded.state.findings, cases: surroundings.cases)
        write(rows, &folded.written, into: &writer)
    }

    private func write(_ rows: FindingRows, _ written: inout [Part: Int], into writer: inout ViewWriter) {
        // A register only grows, so without contributions there is nothing to remove either.
        guard !rows.contributions.isEmpty, written.changes(.findings, to: rows.hashValue) else { return }
        writer.findings.append(rows)
    }
}

extension Dictionary where Value == Int {
    /// Takes note of a digest and answers whether it is another one than before.
    fileprivate mutating func changes(_ part: Key, to digest: Int) -> Bool {
        updateValue(digest, forKey: part) != digest
    }
}

extension CaseEvent {
    /// Whether timing may come to other findings because of it.
    fileprivate var concernsTiming: Bool {
        switch self {
        case .findingOpened, .findingUpdated, .findingClosed: false
        default: true
        }
    }
}
