import CaseFile
import CaseTiming
import Foundation
public import Ledger

/// Streams that are left out from an event on, because that event cannot be handled.
public typealias ParkedStreams = [StreamName: Position]

/// The state of a stream after so many of its events.
struct Folded<State: Sendable>: Sendable {
    var state: State
    var version = 0
    /// What its rows were when they were last written.
    var written: [ViewPart: Int] = [:]

    /// Takes facts in. What the state contains already, because a page comes again, is passed over.
    mutating func fold<Event>(
        _ facts: some Sequence<Fact<Event, Authorship>>, _ evolve: (inout State, Fact<Event, Authorship>) -> Void
    ) {
        // What an event that was split means shares one version, so the version to compare with is the one before.
        let known = version
        for fact in facts where fact.version > known {
            evolve(&state, fact)
            version = fact.version
        }
    }
}

/// What a page says, by what it is about.
struct PageFacts {
    var cases: [UUID: [Fact<CaseEvent, Authorship>]] = [:]
    var households: [UUID: [Fact<HouseholdEvent, Authorship>]] = [:]
    var areas: [(id: String, area: AreaPublished)] = []
    var touched = CaseViewProjector.TouchedScopes(cases: [], households: [])
}

/// Reads pages and whole histories, each event decoded once for all views.
struct HistoryReader: Sendable {
    let store: any EventStore
    private let vault: Vault
    private let caseCodec: EventCodec<CaseEvent>
    private let householdCodec: EventCodec<HouseholdEvent>
    private let areaCodec: EventCodec<AreaEvent>
    private let offerCodec: EventCodec<OfferEvent>
    private let partnerCodec: EventCodec<PartnerEvent>
    private let employmentFieldCodec: EventCodec<EmploymentFieldEvent>

    init(store: any EventStore, vault: Vault) {
        self.store = store
        self.vault = vault
        caseCodec = EventCodec(vault: vault)
        householdCodec = EventCodec(vault: vault)
        areaCodec = EventCodec(vault: vault)
        offerCodec = EventCodec(vault: vault)
        partnerCodec = EventCodec(vault: vault)
        employmentFieldCodec = EventCodec(vault: vault)
    }

    /// Forgets the key of a person that was just destroyed.
    func forget(_ subject: UUID) { vault.forget(subject) }

    /// What the events of a page say, but for those that are parked.
    func facts(of page: [RecordedEvent], without parked: ParkedStreams) async throws -> PageFacts {
        var facts = PageFacts()
        let page = parked.isEmpty ? page : page.filter { $0.position < parked[$0.stream] ?? .max }
        var caseReader = try await caseCodec.reader(
            for: page.filter { $0.stream.category == CaseEvent.category }, as: Authorship.self)
        var householdReader = try await householdCodec.reader(
            for: page.filter { $0.stream.category == HouseholdEvent.category }, as: Authorship.self)
        for event in page {
            guard let id = UUID(uuidString: event.stream.id) else { continue }
            switch event.stream.category {
            case CaseEvent.category:
                try caseReader.read(event) { fact in
                    facts.cases[id, default: []].append(fact)
                    if fact.event.concernsTiming { facts.touched.cases.insert(id) }
                }
            case HouseholdEvent.category:
                try householdReader.read(event) { fact in
                    facts.households[id, default: []].append(fact)
                    switch fact.event {
                    case .memberAdmitted, .memberDismissed: facts.touched.households.insert(id)
                    case .findingOpened, .findingUpdated, .findingClosed: break
                    }
                }
            default: continue
            }
        }
        for event in page where event.stream.category == AreaEvent.category {
            for fact in try await areaCodec.decode(event, as: Authorship.self) {
                guard let area = fact.event.version else { continue }
                facts.areas.removeAll { $0.id == event.stream.id }
                facts.areas.append((event.stream.id, area))
            }
        }
        return facts
    }

    /// The states of cases at a position, all of them read at once.
    func cases(
        _ ids: some Collection<UUID>, through position: Position, without parked: ParkedStreams
    ) async throws -> [UUID: Folded<CaseState>] {
        try await states(of: ids.map { StreamName(of: $0, in: CaseEvent.self) }, through: position, without: parked)
            .cases
    }

    /// The states of households at a position, all of them read at once.
    func households(
        _ ids: some Collection<UUID>, through position: Position, without parked: ParkedStreams
    ) async throws -> [UUID: Folded<HouseholdState>] {
        try await states(
            of: ids.map { StreamName(of: $0, in: HouseholdEvent.self) }, through: position, without: parked
        ).households
    }

    /// The states of streams of any kind at a position, all of them read at once.
    ///
    /// - Parameter park: asked about an event that cannot be read; when it agrees, the stream is read up to there.
    /// - Throws: ``LedgerError``.
    func states(
        of streams: [StreamName], through position: Position, without parked: ParkedStreams,
        park: (UnreadableEvent) -> Bool = { _ in false }
    ) async throws -> FoldedStreams {
        var folded = FoldedStreams()
        let events = try await store.read(streams, through: position)
        let cases = Self.histories(streams, events, of: CaseEvent.self, without: parked)
        for (id, facts) in try await facts(of: cases, caseCodec, park) {
            var state = Folded(state: CaseDecider.initial)
            state.fold(facts, CaseDecider.evolve)
            folded.cases[id] = state
        }
        let households = Self.histories(streams, events, of: HouseholdEvent.self, without: parked)
        for (id, facts) in try await facts(of: households, householdCodec, park) {
            var state = Folded(state: HouseholdDecider.initial)
            state.fold(facts, HouseholdDecider.evolve)
            folded.households[id] = state
        }
        for (stream, history) in events where stream.category == AreaEvent.category {
            let history = history.filter { $0.position < parked[stream] ?? .max }
            for fact in try await facts(of: stream, history, areaCodec, park) {
                if let area = fact.event.version { folded.areas[stream.id] = area }
            }
        }
        for stream in streams where CatalogueRow.categories.contains(stream.category) {
            let history = (events[stream] ?? []).filter { $0.position < parked[stream] ?? .max }
            if let row = try await catalogueRow(of: stream, history, park) { folded.catalogue.append(row) }
        }
        return folded
    }

    /// The row of an offer, partner, area or employment field; `nil` while it is not published.
    private func catalogueRow(
        of stream: StreamName, _ history: [RecordedEvent], _ park: (UnreadableEvent) -> Bool
    ) async throws -> CatalogueRow? {
        func folded<D: Decider>(
            _ decider: D.Type, _ codec: EventCodec<D.Event>
        ) async throws -> Folded<D.State> where D.Authorship == Authorship {
            var folded = Folded(state: D.initial)
            folded.fold(try await facts(of: stream, history, codec, park)) { D.evolve(&$0, with: $1) }
            return folded
        }
        if stream.category == AreaEvent.category {
            let area = try await folded(AreaDecider.self, areaCodec)
            return try CatalogueRow(area: stream.id, area.state, version: area.version)
        }
        guard let id = UUID(uuidString: stream.id) else { return nil }
        switch stream.category {
        case OfferEvent.category:
            let offer = try await folded(OfferDecider.self, offerCodec)
            return try CatalogueRow(offer: id, offer.state, version: offer.version)
        case PartnerEvent.category:
            let partner = try await folded(PartnerDecider.self, partnerCodec)
            return try CatalogueRow(partner: id, partner.state, version: partner.version)
        case EmploymentFieldEvent.category:
            let field = try await folded(EmploymentFieldDecider.self, employmentFieldCodec)
            return try CatalogueRow(employmentField: id, field.state, version: field.version)
        default: return nil
        }
    }

    private typealias History = (id: UUID, stream: StreamName, events: [RecordedEvent])

    /// The histories of the streams of one family; empty for those that have none.
    private static func histories<Family: EventFamily>(
        _ streams: [StreamName], _ events: [StreamName: [RecordedEvent]], of family: Family.Type,
        without parked: ParkedStreams
    ) -> [History] {
        streams.compactMap { stream in
            guard stream.category == Family.category, let id = UUID(uuidString: stream.id) else { return nil }
            let history = events[stream] ?? []
            guard let limit = parked[stream] else { return (id, stream, history) }
            return (id, stream, history.filter { $0.position < limit })
        }
    }

    /// All facts of all histories, decoded in one go; one stream after another where one of them cannot be read.
    private func facts<Family: EventFamily>(
        of histories: [History], _ codec: EventCodec<Family>, _ park: (UnreadableEvent) -> Bool
    ) async throws -> [(UUID, ArraySlice<Fact<Family, Authorship>>)] {
        do {
            var reader = try await codec.reader(for: histories.flatMap(\.events), as: Authorship.self)
            return try histories.map { history in
                var facts: [Fact<Family, Authorship>] = []
                facts.reserveCapacity(history.events.count)
                for index in history.events.indices {
                    try reader.read(history.events[index]) { facts.append($0) }
                }
                return (history.id, facts[...])
            }
        } catch LedgerError.unreadable {
            var read: [(UUID, ArraySlice<Fact<Family, Authorship>>)] = []
            for history in histories {
                read.append((history.id, try await facts(of: history.stream, history.events, codec, park)[...]))
            }
            return read
        }
    }

    private func facts<Family: EventFamily>(
        of stream: StreamName, _ history: [RecordedEvent], _ codec: EventCodec<Family>,
        _ park: (UnreadableEvent) -> Bool
    ) async throws -> [Fact<Family, Authorship>] {
        do {
            return try await codec.decode(history, as: Authorship.self)
        } catch LedgerError.unreadable(let position, let reason) {
            let event = UnreadableEvent(stream: stream, position: position, reason: reason)
            guard park(event) else { throw LedgerError.unreadable(position, reason) }
            return try await codec.decode(history.filter { $0.position < position }, as: Authorship.self)
        }
    }
}

/// What streams of any kind come to.
struct FoldedStreams {
    var cases: [UUID: Folded<CaseState>] = [:]
    var households: [UUID: Folded<HouseholdState>] = [:]
    var areas: [String: AreaPublished] = [:]
    var catalogue: [CatalogueRow] = []
}

/// An event that cannot be read, and why.
struct UnreadableEvent: Hashable, Sendable {
    var stream: StreamName
    var position: Position
    var reason: String
}

extension StreamName {
    /// The stream of a case or household.
    init<Family: EventFamily>(of id: UUID, in family: Family.Type) {
        self.init(category: Family.category, id: id.uuidString.lowercased())
    }
}

extension AreaEvent {
    /// The version of the area that the event brings, if it brings one.
    fileprivate var version: AreaPublished? {
        switch self {
        case .areaPublished(let event): event
        case .areaChanged(let event): AreaPublished(event)
        case .areaClosed: nil
        }
    }
}

extension CaseEvent {
    /// Whether timing may come to other findings because of it.
    fileprivate var concernsTiming: Bool {
        switch self {
        case .findingOpened, .findingUpdated, .findingClosed: false
        // Timing itself records them, before it looks for what is out of step.
        case .deadlineSet, .deadlineClosed: false
        default: true
        }
    }
}
