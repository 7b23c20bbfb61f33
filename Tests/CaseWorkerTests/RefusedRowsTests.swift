import CaseCommands
import CaseFile
import CaseTiming
import CaseViews
import Foundation
import Ledger
import PostgresLedger
import Testing

@Suite("The worker comes to rows that PostgreSQL refuses", .timeLimit(.minutes(3)))
struct RefusedRowsTests {
    /// Too long for an index page, and nothing in it repeats itself.
    private static let long: String = {
        var random = SystemRandomNumberGenerator()
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return String((0..<3_000).compactMap { _ in letters.randomElement(using: &random) })
    }()

    /// Cases with an event of the second one in the midst of the others' whose rows are refused.
    private func makeCases(_ desk: WorkerDesk) async throws -> (cases: [UUID], refused: Position) {
        var cases: [UUID] = []
        for _ in 0..<2 {
            cases.append(try await desk.makeCase(measure: UUID(), from: "2026-03-05", to: "2026-06-30"))
        }
        let codec = EventCodec<CaseEvent>(vault: desk.vault)
        let stream = StreamName.of(CaseEvent.self, cases[1])
        let event = CaseEvent.caseworkerReassigned(CaseworkerReassigned(office: .jobCentre, caseworker: Self.long))
        let command = UUID()
        _ = try await desk.store.append(
            AppendCommand(
                id: command, fingerprint: nil, effectiveOn: "2026-03-01",
                metadata: Array(
                    try JSONEncoder().encode(Authorship(actor: "jc-1", role: .caseworker, office: .jobCentre))),
                writes: [
                    StreamWrite(
                        stream: stream, expectedVersion: try await desk.store.read(stream).count,
                        events: [try await codec.encode(event, stream: stream, command: command, ordinal: 0)])
                ]))
        let refused = try await desk.store.head()
        for _ in 0..<2 {
            cases.append(try await desk.makeCase(measure: UUID(), from: "2026-03-05", to: "2026-06-30"))
        }
        return (cases, refused)
    }

    private func alarms(_ desk: WorkerDesk) async throws -> [UnhandledEvent] {
        try await UnhandledEvents.list(of: CaseViewProjector.name, in: desk.pool)
    }

    @Test("it stops right before their event, says so, and goes on once the program is mended")
    func stop() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let (cases, refused) = try await makeCases(desk)
        let projections = ProjectionStore(pool: desk.pool)
        try await desk.run([desk.makeWorker()]) {
            try await desk.eventually("the alarm") { try await !alarms(desk).isEmpty }
            #expect(try await projections.checkpoint(CaseViewProjector.name) == refused - 1)
            let alarm = try await alarms(desk)[0]
            #expect(alarm.position == refused && alarm.policy == .stop && alarm.reason.contains("SQLSTATE 54000"))
            #expect(alarm.stream == StreamName.of(CaseEvent.self, cases[1]))
        }
        // A program that writes something else instead, were it only because it does not read the event.
        try await desk.run([desk.makeWorker(reading: FaultyStore(desk.store, poison: refused), policy: .park)]) {
            let head = try await desk.store.head()
            #expect(try await ViewQueries(pool: desk.pool).wait(for: head, timeout: .seconds(60)))
        }
    }

    @Test("it parks exactly their stream from their event on, and takes in everything else")
    func park() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let (cases, refused) = try await makeCases(desk)
        let queries = ViewQueries(pool: desk.pool)
        try await desk.run([desk.makeWorker(policy: .park)]) {
            let head = try await desk.store.head()
            #expect(try await queries.wait(for: head, timeout: .seconds(60)))
            #expect(try await alarms(desk).map(\.position) == [refused])
            for id in cases {
                let file = try await queries.caseFile(
                    id, for: .jobCentre, actor: WorkerDesk.jobCentre, on: "2026-03-02")
                #expect(file.value != nil, "each is there, one of them as it was before the event")
            }
            try await desk.settle()
        }
        let replay = try await ViewVerification.compareWithReplay(pool: desk.pool, store: desk.store, vault: desk.vault)
        #expect(replay.damages.isEmpty)
    }
}
