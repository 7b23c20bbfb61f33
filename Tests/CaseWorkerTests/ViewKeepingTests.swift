import CaseCommands
import CaseFile
import CaseTiming
import CaseViews
import CaseWorker
import Foundation
import Ledger
import Logging
import PostgresLedger
import Synchronization
import Testing

/// A ledger as a program reads it that does not know some events, until it is repaired.
final class FaultyStore: EventStore {
    private let store: PostgresEventStore
    private let poison: Mutex<Set<Position>>

    init(_ store: PostgresEventStore, poison: Position...) {
        self.store = store
        self.poison = Mutex(Set(poison))
    }

    init(_ store: PostgresEventStore, poison: Set<Position>) {
        self.store = store
        self.poison = Mutex(poison)
    }

    func repair() { poison.withLock { $0 = [] } }

    private func seen(_ event: RecordedEvent) -> RecordedEvent {
        guard poison.withLock({ $0.contains(event.position) }) else { return event }
        var event = event
        event.type = "Unknown"
        return event
    }

    func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] { try await store.append(commands) }
    func read(_ stream: StreamName, after version: Int, through position: Position?) async throws -> [RecordedEvent] {
        try await store.read(stream, after: version, through: position).map(seen)
    }
    func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await store.read(after: position, limit: limit).map(seen)
    }
    func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        try await store.find(command: id)
    }
    func head() async throws -> Position { try await store.head() }
}

@Suite("The worker keeps the views")
struct ViewKeepingTests {
    /// Two cases, the second event of the first of which will be the one that a program does not know.
    private func makeCases(_ desk: WorkerDesk) async throws -> (cases: [UUID], poison: Position) {
        var cases: [UUID] = []
        for _ in 0..<2 {
            cases.append(try await desk.makeCase(measure: UUID(), from: "2026-03-05", to: "2026-06-30"))
        }
        let events = try await desk.store.read(StreamName(category: "case", id: cases[0].uuidString.lowercased()))
        return (cases, events[1].position)
    }

    private func alarms(_ desk: WorkerDesk) async throws -> [UnhandledEvent] {
        try await UnhandledEvents.list(of: CaseViewProjector.name, in: desk.pool)
    }

    @Test("stops right before an event it cannot handle, serves what it has, and goes on once it can")
    func stop() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let (_, poison) = try await makeCases(desk)
        let store = FaultyStore(desk.store, poison: poison)
        let projections = ProjectionStore(pool: desk.pool)
        try await desk.run([desk.makeWorker(reading: store), desk.makeWorker(reading: store)]) {
            try await desk.eventually("the alarm") { try await !alarms(desk).isEmpty }
            #expect(try await projections.checkpoint(CaseViewProjector.name) == poison - 1)
            let alarm = try await alarms(desk)[0]
            #expect(alarm.position == poison && alarm.policy == .stop && alarm.reason.contains("Unknown"))
            let queries = ViewQueries(pool: desk.pool)
            #expect(try await !queries.wait(for: poison, timeout: .milliseconds(300)), "it stands still")
            #expect(try await queries.wait(for: poison - 1, timeout: .zero), "and answers")
            store.repair()
            try await desk.eventually("it goes on") {
                let position = try await projections.checkpoint(CaseViewProjector.name)
                let isQuiet = try await alarms(desk).isEmpty
                return position >= poison && isQuiet
            }
            try await desk.settle()
        }
        let report = try await ViewVerification.compareWithReplay(
            pool: desk.pool, store: desk.store, vault: desk.vault)
        #expect(report.damages.isEmpty)
    }

    @Test("parks a stream it cannot handle and goes on with everything else; a rebuild takes the stream up again")
    func park() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let (cases, poison) = try await makeCases(desk)
        let store = FaultyStore(desk.store, poison: poison)
        let queries = ViewQueries(pool: desk.pool)
        try await desk.run([desk.makeWorker(reading: store, policy: .park)]) {
            let head = try await desk.store.head()
            #expect(try await queries.wait(for: head, timeout: .seconds(60)))
            #expect(try await alarms(desk).map(\.position) == [poison])
            let file = try await queries.caseFile(
                cases[1], for: .jobCentre, actor: WorkerDesk.jobCentre, on: "2026-03-02")
            #expect(file.value != nil)
            let parked = try await queries.caseFile(
                cases[0], for: .jobCentre, actor: WorkerDesk.jobCentre, on: "2026-03-02")
            #expect(parked.value == nil, "the office was engaged by the event that is not known")
            let replay = try await ViewVerification.compareWithReplay(
                pool: desk.pool, store: store, vault: desk.vault)
            #expect(replay.damages.isEmpty)
            store.repair()
            try await ViewRebuild(
                pool: desk.pool, store: store, vault: desk.vault, logger: Logger(label: "rebuild")
            ).run()
            #expect(try await alarms(desk).isEmpty)
            try await desk.send(.assessPotential(AssessPotential(level: 4)), to: cases[0])
            let end = try await desk.store.head()
            #expect(try await queries.wait(for: end, timeout: .seconds(60)))
            try await desk.settle()
        }
        let report = try await ViewVerification.compareWithReplay(
            pool: desk.pool, store: desk.store, vault: desk.vault)
        #expect(report.damages.isEmpty)
    }

    @Test("a newer program builds its views beside the old ones and takes over; the older one stands down")
    func versions() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let (cases, _) = try await makeCases(desk)
        let projections = ProjectionStore(pool: desk.pool)
        let newer = CaseViewProjector.version + 1
        let present = ViewQueries(pool: desk.pool)
        let coming = ViewQueries(pool: desk.pool, viewVersion: newer)
        try await desk.run([desk.makeWorker()]) {
            #expect(try await present.wait(for: desk.store.head(), timeout: .seconds(60)))
            await #expect(throws: ViewQueryError.otherVersion) {
                try await coming.caseFile(cases[0], for: .jobCentre, actor: WorkerDesk.jobCentre, on: "2026-03-02")
            }
            try await desk.run([desk.makeWorker(viewVersion: newer)]) {
                try await desk.eventually("the newer views are live") {
                    try await projections.status(CaseViewProjector.name)?.viewVersion == newer
                }
                let file = try await coming.caseFile(
                    cases[0], for: .jobCentre, actor: WorkerDesk.jobCentre, on: "2026-03-02")
                #expect(file.value != nil)
                await #expect(throws: ViewQueryError.otherVersion) {
                    try await present.caseFile(cases[0], for: .jobCentre, actor: WorkerDesk.jobCentre, on: "2026-03-02")
                }
                try await desk.send(.assessPotential(AssessPotential(level: 4)), to: cases[1])
                #expect(
                    try await coming.wait(for: desk.store.head(), timeout: .seconds(60)), "the newer worker drives them"
                )
            }
            // The newer worker is gone; the older one must not touch its rows.
            let before = try #require(try await projections.status(CaseViewProjector.name))
            try await desk.send(.assessPotential(AssessPotential(level: 5)), to: cases[0])
            try await Task.sleep(for: .seconds(2))
            let after = try #require(try await projections.status(CaseViewProjector.name))
            #expect(after.viewVersion == newer && after.generation == before.generation)
        }
        await #expect(throws: RebuildError.newerViews(found: newer, own: CaseViewProjector.version)) {
            try await ViewRebuild(
                pool: desk.pool, store: desk.store, vault: desk.vault, logger: Logger(label: "rebuild")
            ).run()
        }
    }

    @Test("finishes a rebuild whose process is gone")
    func orphan() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        _ = try await makeCases(desk)
        let rebuild = ViewRebuild(
            pool: desk.pool, store: desk.store, vault: desk.vault,
            options: ViewRebuild.Options(eventsPerChunk: 3), logger: Logger(label: "rebuild"))
        while try await rebuild.unfinished() == nil {
            let task = Task { try await rebuild.run([.jobCentre]) }
            while try await rebuild.unfinished() == nil { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            _ = await task.result
        }
        try await desk.run([desk.makeWorker(), desk.makeWorker()]) {
            try await desk.eventually("it is finished") { try await rebuild.unfinished() == nil }
            try await desk.settle()
        }
        #expect((try await ProjectionStore(pool: desk.pool).status(CaseViewProjector.name)?.edition ?? 0) > 0)
        let report = try await ViewVerification.compareWithReplay(
            pool: desk.pool, store: desk.store, vault: desk.vault)
        #expect(report.damages.isEmpty)
    }
}
