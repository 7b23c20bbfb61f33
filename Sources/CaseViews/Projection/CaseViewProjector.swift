import CaseFile
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
    public static let version = 15

    private let reader: HistoryReader
    private let schema: String
    private let views: Set<ViewName>
    private let cacheCapacity: Int
    private var parked: ParkedStreams = [:]
    private var cases: LeastRecentlyUsed<UUID, Folded<CaseState>>
    private var households: LeastRecentlyUsed<UUID, Folded<HouseholdState>>

    /// What a page touched.
    public struct TouchedScopes: Hashable, Sendable {
        /// Cases whose plans, measures, relations, placements or circumstances may have changed.
        public var cases: Set<UUID>
        /// Households whose members may have changed.
        public var households: Set<UUID>
    }

    /// A projector that reads states it does not keep from `store`.
    ///
    /// - Parameters:
    ///   - schema: where the tables are; see ``CaseViewSchema``.
    ///   - views: the views whose rows it writes.
    ///   - cacheCapacity: from how many events the cases that are kept in memory are folded at most, and as many of
    ///     households.
    public init(
        store: any EventStore, vault: Vault, schema: String = "views", views: Set<ViewName> = .all,
        cacheCapacity: Int = 200_000
    ) {
        reader = HistoryReader(store: store, vault: vault)
        self.schema = schema
        self.views = views
        self.cacheCapacity = cacheCapacity
        cases = LeastRecentlyUsed(capacity: cacheCapacity)
        households = LeastRecentlyUsed(capacity: cacheCapacity)
    }

    /// Forgets all states. To be called after a page's transaction failed, since the states are ahead of the rows then.
    ///
    /// - Parameter parked: the streams that are left out from now on; as before, unless stated.
    public func discard(parked: ParkedStreams? = nil) {
        cases = LeastRecentlyUsed(capacity: cacheCapacity)
        households = LeastRecentlyUsed(capacity: cacheCapacity)
        if let parked { self.parked = parked }
    }

    /// Folds a page and writes the rows that it changes, inside the caller's transaction.
    ///
    /// - Parameters:
    ///   - page: events in the order of their positions, following the page before without a gap.
    ///   - connection: a connection on which a transaction is open. Its search path leads to the views' schema afterwards,
    ///     until the transaction ends.
    /// - Returns: what was touched, so that timing can look at it again. Findings change no timing and do not count.
    /// - Throws: `PostgresError`, ``LedgerError``. The caller rolls back and calls ``discard(parked:)``.
    public func apply(_ page: [RecordedEvent], on connection: PostgresConnection) async throws -> TouchedScopes {
        guard let first = page.first, let last = page.last else { return TouchedScopes(cases: [], households: []) }
        let facts = try await reader.facts(of: page, without: parked)
        var scope = Scope(through: last.position)
        try await fold(facts, before: first.position, into: &scope)
        try await foldAnew(Self.erased(in: page), into: &scope)
        var writer = ViewWriter(views: views)
        writer.areas = facts.areas
        writer.catalogue = try await catalogue(of: page)
        try await write(&scope, into: &writer)
        try await CaseViewSchema.use(schema, on: connection)
        try await writer.write(on: connection)
        return facts.touched
    }

    /// The rows of the offers, partners, areas and employment fields that a page is about. Their histories are short and
    /// seldom touched, so they are read whole.
    private func catalogue(of page: [RecordedEvent]) async throws -> [CatalogueRow] {
        guard views.contains(.catalogue), let last = page.last else { return [] }
        let streams = Set(page.lazy.map(\.stream).filter { CatalogueRow.categories.contains($0.category) })
        guard !streams.isEmpty else { return [] }
        return try await reader.states(of: Array(streams), through: last.position, without: parked).catalogue
    }

    /// Writes the rows of cases anew, although no event touched them: after a person was erased, or a stream was parked.
    ///
    /// - Parameter position: the views' checkpoint.
    /// - Throws: as ``apply(_:on:)`` does.
    public func refresh(
        _ ids: Set<UUID>, through position: Position, on connection: PostgresConnection
    ) async throws {
        var scope = Scope(through: position)
        for id in ids { cases.remove(id) }
        scope.cases = try await reader.cases(ids, through: position, without: parked)
        var writer = ViewWriter(views: views)
        try await write(&scope, into: &writer)
        try await CaseViewSchema.use(schema, on: connection)
        try await writer.write(on: connection)
    }

    /// Writes the rows of a stream's case or household anew; does nothing for other streams.
    ///
    /// - Throws: as ``apply(_:on:)`` does.
    public func refresh(
        _ stream: StreamName, through position: Position, on connection: PostgresConnection
    ) async throws {
        guard let id = UUID(uuidString: stream.id) else { return }
        switch stream.category {
        case CaseEvent.category:
            try await refresh([id], through: position, on: connection)
        case HouseholdEvent.category:
            let members = try await reader.households([id], through: position, without: parked)[id]?.state.members
            try await refresh(Set(members.map { Array($0.keys) } ?? []), through: position, on: connection)
        default: break
        }
    }

    // MARK: Reading

    /// The states that a page's rows depend on, so that no state that is needed can drop out of memory meanwhile.
    private struct Scope {
        let position: Position
        var cases: [UUID: Folded<CaseState>] = [:]
        var households: [UUID: Folded<HouseholdState>] = [:]

        init(through position: Position) { self.position = position }
    }

    /// Takes a page's facts into the states it touches, as they were before the page: from memory, from nothing, or, all
    /// that are missing in one step, from the ledger.
    private func fold(_ facts: PageFacts, before position: Position, into scope: inout Scope) async throws {
        for (id, facts) in facts.cases {
            scope.cases[id] =
                cases.value(for: id) ?? (facts.first?.version == 1 ? Folded(state: CaseDecider.initial) : nil)
        }
        for (id, facts) in facts.households {
            scope.households[id] =
                households.value(for: id) ?? (facts.first?.version == 1 ? Folded(state: HouseholdDecider.initial) : nil)
        }
        try await load(
            cases: facts.cases.keys.filter { scope.cases[$0] == nil },
            households: facts.households.keys.filter { scope.households[$0] == nil }, through: position - 1,
            into: &scope)
        for (id, facts) in facts.cases {
            scope.cases[id]?.fold(facts, CaseDecider.evolve)
            if let folded = scope.cases[id] { cases.set(folded, for: id, weight: max(1, folded.version)) }
        }
        for (id, facts) in facts.households {
            scope.households[id]?.fold(facts, HouseholdDecider.evolve)
            if let folded = scope.households[id] { households.set(folded, for: id, weight: max(1, folded.version)) }
        }
    }

    /// Whose key was destroyed with an event of the page, also where the stream is parked and its events are left out.
    private static func erased(in page: [RecordedEvent]) -> Set<UUID> {
        Set(
            page.lazy.filter { $0.type == ParticipantErased.type && $0.stream.category == CaseEvent.category }
                .compactMap { UUID(uuidString: $0.stream.id) })
    }

    /// What was folded of erased persons holds what does not open any more: it is folded anew from what still does.
    private func foldAnew(_ erased: Set<UUID>, into scope: inout Scope) async throws {
        guard !erased.isEmpty else { return }
        for id in erased { reader.forget(id) }
        for (id, folded) in try await reader.cases(erased, through: scope.position, without: parked) {
            scope.cases[id] = folded
            cases.set(folded, for: id)
        }
    }

    private func load(
        cases: [UUID], households: [UUID], through position: Position, into scope: inout Scope
    ) async throws {
        for (id, folded) in try await reader.cases(cases, through: position, without: parked) {
            scope.cases[id] = folded
        }
        for (id, folded) in try await reader.households(households, through: position, without: parked) {
            scope.households[id] = folded
        }
    }

    // MARK: Writing

    private func write(_ scope: inout Scope, into writer: inout ViewWriter) async throws {
        // A merged case stands in the file of the one it was merged into, and is seen by those who work on there.
        try await loadMerged(into: &scope)
        var affected = Set(scope.cases.keys)
        let touched = Set(scope.cases.values.compactMap(\.state.household?.householdId))
        var cold: [UUID] = []
        for id in touched where scope.households[id] == nil {
            if let known = households.value(for: id) { scope.households[id] = known } else { cold.append(id) }
        }
        try await load(cases: [], households: cold, through: scope.position, into: &scope)
        for household in scope.households.values { affected.formUnion(household.state.members.keys) }
        cold = []
        for id in affected where scope.cases[id] == nil {
            if let known = cases.value(for: id) { scope.cases[id] = known } else { cold.append(id) }
        }
        try await load(cases: cold, households: [], through: scope.position, into: &scope)
        try await loadMerged(into: &scope)
        for id in affected {
            guard var folded = scope.cases[id] else { continue }
            let others = folded.state.mergedWith.reduce(into: [:]) { $0[$1] = scope.cases[$1]?.state }
            writer.add(id, folded.state, in: household(of: folded.state, in: scope), among: others) {
                folded.written.changes($0, to: $1())
            }
            cases.set(folded, for: id, weight: max(1, folded.version))
        }
        for (id, var folded) in scope.households {
            let members = members(of: folded.state, in: scope)
            writer.add(FindingRows(owner: id, register: folded.state.findings, cases: members)) {
                folded.written.changes($0, to: $1())
            }
            households.set(folded, for: id, weight: max(1, folded.version))
        }
    }

    /// Adds the cases that those of the scope were merged into, and then all that were merged into any of them.
    private func loadMerged(into scope: inout Scope) async throws {
        try await include(scope.cases.values.compactMap(\.state.merging?.into), into: &scope)
        try await include(scope.cases.values.flatMap(\.state.absorbed.keys), into: &scope)
    }

    private func include(_ ids: [UUID], into scope: inout Scope) async throws {
        var cold: Set<UUID> = []
        for id in ids where scope.cases[id] == nil {
            if let known = cases.value(for: id) { scope.cases[id] = known } else { cold.insert(id) }
        }
        guard !cold.isEmpty else { return }
        try await load(cases: Array(cold), households: [], through: scope.position, into: &scope)
    }

    private func members(of household: HouseholdState, in scope: Scope) -> [UUID: CaseState] {
        household.members.keys.reduce(into: [:]) { $0[$1] = scope.cases[$1]?.state }
    }

    private func household(of state: CaseState, in scope: Scope) -> HouseholdFile? {
        guard let id = state.household?.householdId, let household = scope.households[id]?.state else { return nil }
        return HouseholdFile(id: id, state: household, members: members(of: household, in: scope))
    }
}

extension Dictionary where Value == Int {
    /// Takes note of a digest and answers whether it is another one than before.
    fileprivate mutating func changes(_ part: Key, to digest: Int) -> Bool {
        updateValue(digest, forKey: part) != digest
    }
}
