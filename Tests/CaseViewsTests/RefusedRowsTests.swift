import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import PostgresLedger
import Testing

@testable import CaseViews

/// Events that every program can read, and whose rows PostgreSQL takes from nobody.
enum Unstorable: CaseIterable, Sendable {
    /// A name that is too long to be searched (`tsvector`): refused when rows are written.
    case name
    /// A caseworker whose name is too long for an index page: refused when the index is created, if that comes later.
    case caseworker

    var event: CaseEvent {
        switch self {
        case .name:
            .participantCorrected(
                ParticipantCorrected(
                    personal: ParticipantCorrected.Personal(familyName: Self.long)))
        case .caseworker:
            .caseworkerReassigned(CaseworkerReassigned(office: .jobCentre, caseworker: Self.long))
        }
    }

    /// Nothing in it repeats itself, so that it cannot be compressed either.
    private static let long: String = {
        var random = SystemRandomNumberGenerator()
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return String((0..<3_000).compactMap { _ in letters.randomElement(using: &random) })
    }()
}

@Suite("A rebuild that comes to rows that PostgreSQL refuses", .timeLimit(.minutes(5)))
struct RefusedRowsTests {
    private func alarms(_ desk: LedgerDesk, of name: String) async throws -> [UnhandledEvent] {
        try await UnhandledEvents.list(of: name, in: desk.pool)
    }

    /// A neighbourhood, one case of which has a history of several events.
    private func settle(_ desk: LedgerDesk) async throws -> (people: RandomNeighbourhood, victim: UUID) {
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 12)
        let story = CaseStory.registered()
        try await desk.append(story)
        return (people, story.id)
    }

    private func append(_ unstorable: Unstorable, to id: UUID, _ desk: LedgerDesk) async throws -> Position {
        try await desk.append(unstorable.event, to: id.uuidString.lowercased())
        return try await desk.store.head()
    }

    private func expectStop(
        at position: Position, _ rebuild: ViewRebuild, sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let error = await #expect(throws: RebuildError.self, sourceLocation: sourceLocation) { try await rebuild.run() }
        guard case .stopped(position, let reason) = error else {
            Issue.record("expected a stop at \(position) instead of \(error)", sourceLocation: sourceLocation)
            return
        }
        #expect(reason.contains("its rows are refused"), sourceLocation: sourceLocation)
    }

    @Test(
        "stops at the event that they come from, or parks its stream; everything else is built",
        arguments: Unstorable.allCases)
    func filling(_ unstorable: Unstorable) async throws {
        let desk = try await LedgerDesk.make()
        var (people, victim) = try await settle(desk)
        try await desk.project()
        let before = try await desk.dump()
        let position = try await append(unstorable, to: victim, desk)
        let id = victim.uuidString.lowercased()
        // What comes later belongs to the stream too, and does not mend it.
        try await desk.append(CaseEvent.potentialAssessed(PotentialAssessed(level: 3, personal: nil)), to: id)
        for _ in 0..<10 { try await people.stir() }

        await expectStop(at: position, desk.rebuild())
        let alarm = try #require(try await alarms(desk, of: ViewRebuild.name).first)
        #expect(alarm.stream == StreamName(of: victim, in: CaseEvent.self))
        #expect(alarm.position == position && alarm.policy == .stop)
        #expect(try await desk.dump() == before, "the live views are what they were")
        await expectStop(at: position, desk.rebuild())

        try await desk.rebuild(policy: .park).run()
        #expect(try await alarms(desk, of: ViewRebuild.name).isEmpty)
        let parked = try #require(try await alarms(desk, of: CaseViewProjector.name).first)
        #expect(parked.stream == alarm.stream && parked.position == position && parked.policy == .park)
        #expect(try await desk.verify().damages == [], "a replay leaves out the same")
        let after = try await desk.dump()
        #expect(after != before)
        #expect(
            after.filter { $0.contains(id) } == before.filter { $0.contains(id) }, "its rows are as before the event")
    }

    @Test("goes on where it stopped once the program is mended", arguments: Unstorable.allCases)
    func mended(_ unstorable: Unstorable) async throws {
        let desk = try await LedgerDesk.make()
        let (_, victim) = try await settle(desk)
        let position = try await append(unstorable, to: victim, desk)
        await expectStop(at: position, desk.rebuild())
        let mended = LedgerDesk(
            pool: desk.pool, store: desk.store, vault: desk.vault, queries: desk.queries, projector: desk.projector,
            readStore: MendedStore(store: desk.store, position: position))
        let record = try #require(try await RebuildStore(pool: desk.pool).underWay(CaseViewProjector.name))
        let report = try await mended.rebuild().run()
        #expect(report.edition == record.edition, "it is the same rebuild")
        #expect(try await alarms(desk, of: ViewRebuild.name).isEmpty)
        #expect(try await alarms(desk, of: CaseViewProjector.name).isEmpty)
        #expect(try await mended.verify().damages == [])
    }

    @Test("does not lose its way when another program filled the tables", arguments: Unstorable.allCases)
    func filledByAnother(_ unstorable: Unstorable) async throws {
        let desk = try await LedgerDesk.make()
        let (_, victim) = try await settle(desk)
        let position = try await append(unstorable, to: victim, desk)
        await expectStop(at: position, desk.rebuild())
        // As if the program had been killed between filling and finding out.
        let record = try #require(try await RebuildStore(pool: desk.pool).underWay(CaseViewProjector.name))
        if unstorable == .caseworker {
            try await desk.pool.withTransaction { connection in
                let chunks = try await RebuildStore(pool: desk.pool).chunks(of: record.edition)
                let reader = HistoryReader(store: desk.store, vault: desk.vault)
                try await CaseViewSchema.use(record.schema, on: connection)
                for chunk in chunks {
                    for table in ViewName.allCases.flatMap(\.tables) {
                        try await connection.execute(
                            RebuildStatements.removal(from: table), chunk.streams.map(\.id))
                    }
                    let rows = try await ChunkBuilder(reader: reader, views: .all, parksStreams: false)
                        .rows(of: chunk.streams, through: record.target, without: [:]).rows
                    try await ViewCopy(rows).write(on: connection)
                }
                try await connection.script("UPDATE ledger.rebuild_chunks SET is_done = true")
                try await RebuildStore.move(record.edition, to: .indexing, on: connection)
            }
        }
        let mended = LedgerDesk(
            pool: desk.pool, store: desk.store, vault: desk.vault, queries: desk.queries, projector: desk.projector,
            readStore: MendedStore(store: desk.store, position: position))
        try await mended.rebuild().run()
        #expect(try await mended.verify().damages == [])
    }

    @Test("deals with one that comes while it catches up in the same way", arguments: Unstorable.allCases)
    func catchingUp(_ unstorable: Unstorable) async throws {
        let desk = try await LedgerDesk.make()
        var (people, victim) = try await settle(desk)
        try await desk.project()
        while try await desk.rebuild().unfinished() == nil {
            let task = Task { try await desk.rebuild(eventsPerChunk: 5).run() }
            while try await desk.rebuild().unfinished() == nil { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            _ = await task.result
        }
        let position = try await append(unstorable, to: victim, desk)
        let stream = StreamName(of: victim, in: CaseEvent.self)
        // The live views have gone past it, because they parked it.
        try await desk.pool.withTransaction {
            try await UnhandledEvents.record(
                UnhandledEvent(
                    projection: CaseViewProjector.name, stream: stream, position: position, policy: .park, reason: "r"),
                on: $0)
        }
        await desk.projector.discard(parked: [stream: position])
        for _ in 0..<40 { try await people.stir() }
        try await desk.project()
        await expectStop(at: position, desk.rebuild())
        try await desk.rebuild(policy: .park).run()
        #expect(try await desk.verify().damages == [])
        #expect(try await alarms(desk, of: CaseViewProjector.name).map(\.position) == [position])
    }
}

/// A ledger as a mended program reads it: what could not be stored turns out to be nothing but the closing of a case.
private struct MendedStore: EventStore {
    let store: PostgresEventStore
    let position: Position

    private func mended(_ event: RecordedEvent) throws -> RecordedEvent {
        guard event.position == position else { return event }
        var event = event
        event.type = CaseClosed.type
        event.payload = Array(try JSONEncoder().encode(CaseClosed()))
        event.personal = nil
        return event
    }

    func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] { try await store.append(commands) }
    func read(_ stream: StreamName, after version: Int, through position: Position?) async throws -> [RecordedEvent] {
        try await store.read(stream, after: version, through: position).map(mended)
    }
    func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await store.read(after: position, limit: limit).map(mended)
    }
    func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        try await store.find(command: id)
    }
    func head() async throws -> Position { try await store.head() }
}
