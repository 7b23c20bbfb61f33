public import CaseFile
public import CaseTiming
public import CaseViews
public import Foundation
public import Ledger

/// The history of cases, read from the ledger itself and not from any view.
public struct CaseHistory: Sendable {
    /// Up to where the history counts.
    public struct Moment: Hashable, Sendable {
        /// Up to this position.
        public var position: Position?
        /// Up to what was recorded at this moment.
        public var instant: Instant?
        /// Only what counts in the world on this day or before.
        public var effectiveOn: CalendarDate?

        /// A moment; what is `nil` does not cut.
        public init(position: Position? = nil, instant: Instant? = nil, effectiveOn: CalendarDate? = nil) {
            self.position = position
            self.instant = instant
            self.effectiveOn = effectiveOn
        }

        func includes(_ event: RecordedEvent) -> Bool {
            (instant.map { event.recordedAt <= $0 } ?? true) && (effectiveOn.map { event.effectiveOn <= $0 } ?? true)
        }
    }

    private let store: any EventStore
    private let cases: Repository<CaseDecider>
    private let households: Repository<HouseholdDecider>

    /// The histories in `store`, folded by the repositories of the command handler.
    public init(
        store: any EventStore, cases: Repository<CaseDecider>, households: Repository<HouseholdDecider>
    ) {
        self.store = store
        self.cases = cases
        self.households = households
    }

    /// The recorded events of a case up to a moment, oldest first, with those of the cases that were merged into it then.
    public func events(of id: UUID, at moment: Moment = Moment()) async throws -> [RecordedEvent] {
        let own = try await store.read(Self.stream(id), after: 0, through: moment.position).filter(moment.includes)
        guard own.contains(where: { $0.type == CaseAbsorbed.type }) else { return own }
        let merged = try await state(of: id, at: moment)?.state.absorbed.keys.map(Self.stream) ?? []
        let histories = try await store.read(Set(merged), through: moment.position)
        return (own + histories.values.joined().filter(moment.includes)).sorted { $0.position < $1.position }
    }

    /// A case as it stood at a moment, with the position of the last event that counts; `nil` when there was none.
    public func state(of id: UUID, at moment: Moment) async throws -> (state: CaseState, position: Position)? {
        let snapshot = try await cases.replay(Self.stream(id), through: moment.position, where: moment.includes)
        return snapshot.version == 0 ? nil : (snapshot.state, snapshot.position)
    }

    /// The cases that a case was merged with, as they stood at a moment: the one it was merged into, and those merged into
    /// it.
    public func merged(with state: CaseState, at moment: Moment) async throws -> [UUID: CaseState] {
        let ids = [state.merging?.into].compactMap(\.self) + state.absorbed.keys
        guard !ids.isEmpty else { return [:] }
        let snapshots = try await cases.replay(
            Set(ids.map(Self.stream)), through: moment.position, where: moment.includes)
        return ids.reduce(into: [:]) { $0[$1] = snapshots[Self.stream($1)]?.state }
    }

    /// A case as an office could see it at a moment; `nil` when there was no such case for it.
    ///
    /// - Parameter today: the day on which the office looks, unless the moment names one.
    public func file(
        of id: UUID, for office: Office, at moment: Moment, today: CalendarDate
    ) async throws -> (file: OfficeCaseFile, position: Position)? {
        guard let (state, position) = try await state(of: id, at: moment) else { return nil }
        let file = OfficeCaseFile.make(
            caseId: id, state: state, household: try await household(of: state, at: moment),
            among: try await merged(with: state, at: moment), office: office,
            on: moment.effectiveOn ?? moment.instant.map { LedgerClock.day(of: $0) } ?? today)
        return file.map { ($0, position) }
    }

    private func household(of state: CaseState, at moment: Moment) async throws -> HouseholdFile? {
        guard let id = state.household?.householdId else { return nil }
        let stream = Repository<HouseholdDecider>.stream(id.uuidString.lowercased())
        let household = try await households.replay(stream, through: moment.position, where: moment.includes)
        var members: [UUID: CaseState] = [:]
        let snapshots = try await cases.replay(
            Set(household.state.members.keys.map(Self.stream)), through: moment.position, where: moment.includes)
        for member in household.state.members.keys {
            members[member] = snapshots[Self.stream(member)].flatMap { $0.version == 0 ? nil : $0.state }
        }
        return HouseholdFile(id: id, state: household.state, members: members)
    }

    /// The state of a case at a moment in JSON; with an office, what that office could see of it then.
    ///
    /// - Returns: the document and the position of the last event in it; `nil` when there was no such case, or not for
    ///   that office.
    public func document(
        of id: UUID, at moment: Moment, office: Office?, today: CalendarDate
    ) async throws -> (document: [UInt8], position: Position)? {
        guard let office else {
            guard let (state, position) = try await state(of: id, at: moment) else { return nil }
            let merged = state.absorbed.isEmpty ? [:] : try await merged(with: state, at: moment)
            return (CaseStateDocument(id: id, state: state, merged: merged).bytes, position)
        }
        guard let (file, position) = try await file(of: id, for: office, at: moment, today: today) else { return nil }
        return (Array(try ViewReader.encoded(file)), position)
    }

    /// Recorded events in JSON, payloads as they are, with the leaves of those that have one here.
    static func document(of events: [RecordedEvent], leaves: [Position: [UInt8]] = [:]) -> [UInt8] {
        var writer = JSONWriter(reserving: 256 + 512 * events.count)
        writer.beginObject()
        writer.name("items")
        writer.beginArray()
        for event in events {
            writer.beginObject()
            writer.member("caseId", event.stream.id)
            write(event, to: &writer)
            if let leaf = leaves[event.position] { writer.member("leaf", Data(leaf).base64EncodedString()) }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// The members of an event as it is recorded, payload included, into an object that is open.
    static func write(_ event: RecordedEvent, to writer: inout JSONWriter) {
        writer.member("position", event.position)
        writer.member("version", event.version)
        writer.member("type", event.type)
        writer.member("schemaVersion", event.schemaVersion)
        writer.member("recordedAt", event.recordedAt.description)
        writer.member("effectiveOn", event.effectiveOn.description)
        writer.member("commandId", event.commandID.uuidString.lowercased())
        writer.member("ordinal", event.ordinal)
        writer.name("metadata")
        writer.raw(event.metadata)
        writer.name("data")
        writer.raw(event.payload)
        writer.name("isSealed")
        writer.boolean(event.personal != nil)
    }

    private static func stream(_ id: UUID) -> StreamName {
        Repository<CaseDecider>.stream(id.uuidString.lowercased())
    }
}
