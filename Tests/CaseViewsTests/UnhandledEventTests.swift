import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import PostgresLedger
import Testing

@testable import CaseViews

@Suite("A rebuild that meets an event it cannot handle")
struct UnhandledEventTests {
    private func alarms(_ desk: LedgerDesk, of name: String) async throws -> [UnhandledEvent] {
        try await UnhandledEvents.list(of: name, in: desk.pool)
    }

    @Test("stops, says where, leaves the live views alone, and goes on once the program is repaired")
    func stop() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 8)
        try await desk.project()
        let live = try await desk.dump()
        let poisoned = StreamName(of: people.cases[3], in: CaseEvent.self)
        try await desk.appendPoison(to: poisoned)
        let position = try await desk.store.head()
        await #expect(throws: RebuildError.stopped(position, "unknown event type 'Poison'")) {
            try await desk.rebuild().run()
        }
        let alarm = try #require(try await alarms(desk, of: ViewRebuild.name).first)
        #expect(alarm.stream == poisoned && alarm.position == position && alarm.policy == .stop)
        #expect(try await desk.dump() == live)
        #expect(try await alarms(desk, of: CaseViewProjector.name).isEmpty)
        // Without that stream it can be finished.
        try await desk.rebuild(policy: .park).run()
        #expect(try await desk.dump() == live, "what came before the event is there")
        #expect(try await alarms(desk, of: ViewRebuild.name).isEmpty)
        #expect(try await alarms(desk, of: CaseViewProjector.name).map(\.policy) == [.park])
    }

    @Test("parks the stream, keeps all others, and a later rebuild takes it up again")
    func park() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 8)
        // Of a case with which no office has anything to do there are no rows in which its end could be seen.
        for index in [0, 3] {
            try await desk.append(
                CaseEvent.officeEngaged(OfficeEngaged(office: .jobCentre)),
                to: people.cases[index].uuidString.lowercased())
        }
        try await desk.project()
        let live = try await desk.dump()
        let poisoned = StreamName(of: people.cases[3], in: CaseEvent.self)
        try await desk.appendPoison(to: poisoned)
        let position = try await desk.store.head()
        let id = people.cases[3].uuidString.lowercased()
        try await desk.append(CaseEvent.caseClosed(CaseClosed()), to: id)
        try await desk.append(CaseEvent.caseClosed(CaseClosed()), to: people.cases[0].uuidString.lowercased())
        try await desk.rebuild(policy: .park).run()
        let parked = try #require(try await alarms(desk, of: CaseViewProjector.name).first)
        #expect(parked.stream == poisoned && parked.position == position && parked.policy == .park)
        let now = try await desk.dump()
        #expect(
            now.filter { $0.contains(id) && $0.hasPrefix("summary_cases") }
                == live.filter { $0.contains(id) && $0.hasPrefix("summary_cases") }, "rows stay as they were")
        #expect(now != live, "the other case is closed")
        #expect(try await desk.verify().damages == [], "a replay leaves out the same")

        // One of some views only does not bring the stream back: the others would still be without it.
        try await desk.rebuild(policy: .park).run([.summary])
        #expect(try await alarms(desk, of: CaseViewProjector.name) == [parked])
        #expect(try await desk.verify().damages == [])

        // The program is repaired: it reads the event, whatever it was called.
        let repaired = LedgerDesk(
            pool: desk.pool, store: desk.store, vault: desk.vault, queries: desk.queries, projector: desk.projector,
            readStore: RepairedStore(store: desk.store))
        try await repaired.rebuild().run()
        #expect(try await alarms(desk, of: CaseViewProjector.name).isEmpty)
        let closed = try await desk.dump()
        #expect(closed != now)
        #expect(try await repaired.verify().damages == [])
    }

    @Test("handles one that comes while it catches up in the same way")
    func catchingUp() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 8)
        try await desk.project()
        // The live views have gone past the event, because they parked it; the rebuild was begun before it came.
        while try await desk.rebuild().unfinished() == nil {
            let task = Task { try await desk.rebuild(eventsPerChunk: 5).run() }
            while try await desk.rebuild().unfinished() == nil { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            _ = await task.result
        }
        let poisoned = StreamName(of: people.cases[1], in: CaseEvent.self)
        try await desk.appendPoison(to: poisoned)
        let position = try await desk.store.head()
        try await desk.pool.withTransaction {
            try await UnhandledEvents.record(
                UnhandledEvent(
                    projection: CaseViewProjector.name, stream: poisoned, position: position, policy: .park,
                    reason: "r"), on: $0)
        }
        await desk.projector.discard(parked: [poisoned: position])
        people.leave(people.cases[1])
        for _ in 0..<10 { try await people.stir() }
        try await desk.project()
        await #expect(throws: RebuildError.stopped(position, "unknown event type 'Poison'")) {
            try await desk.rebuild().run()
        }
        try await desk.rebuild(policy: .park).run()
        #expect(try await desk.verify().damages == [])
        #expect(try await alarms(desk, of: CaseViewProjector.name).map(\.position) == [position])
    }
}

/// A ledger seen by a program that can read every event: the poison turns out to be a closing of the case.
struct RepairedStore: EventStore {
    let store: PostgresEventStore

    private func repaired(_ event: RecordedEvent) throws -> RecordedEvent {
        guard event.type == "Poison" else { return event }
        var event = event
        event.type = CaseClosed.type
        event.payload = Array(try JSONEncoder().encode(CaseClosed()))
        event.metadata = Array(try JSONEncoder().encode(Authorship(actor: "a", role: .caseworker, office: .jobCentre)))
        return event
    }

    func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] { try await store.append(commands) }
    func read(_ stream: StreamName, after version: Int, through position: Position?) async throws -> [RecordedEvent] {
        try await store.read(stream, after: version, through: position).map(repaired)
    }
    func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await store.read(after: position, limit: limit).map(repaired)
    }
    func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        try await store.find(command: id)
    }
    func head() async throws -> Position { try await store.head() }
}
