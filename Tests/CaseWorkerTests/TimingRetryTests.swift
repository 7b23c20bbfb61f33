import CaseCommands
import CaseFile
import CaseTiming
import CaseViews
import Foundation
import Ledger
import Postgres
import PostgresLedger
import Testing

@Suite("Timing that cannot look at somebody", .timeLimit(.minutes(3)))
struct TimingRetryTests {
    private static let restIsOver = Statement(
        "test rest is over", "UPDATE timing.agenda SET retry_at = clock_timestamp() WHERE retry_at IS NOT NULL")
    private static let attempts = Statement("test attempts", "SELECT coalesce(max(attempts), 0) FROM timing.agenda")

    @Test("looks at everybody else, alarms, tries again later, and goes on once the program is repaired")
    func starved() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        // The area is published with it.
        _ = try await desk.makeCase(measure: UUID(), from: "2026-03-05", to: "2026-06-30")
        // More than are taken from the agenda at once, and all of them before the one that can be looked at.
        var broken: Set<Position> = []
        var cases: [UUID] = []
        for _ in 0..<55 {
            let id = UUID()
            try await desk.send(
                .registerParticipant(
                    RegisterParticipant(
                        givenName: "Invented", familyName: "Person", bornOn: "1990-04-05", areaId: "gallus")),
                to: id)
            broken.insert(try await desk.store.head())
            cases.append(id)
        }
        let good = try await desk.makeCase(measure: UUID(), from: "2026-05-05", to: "2026-06-30")
        desk.time.today = "2026-03-30"
        let store = FaultyStore(desk.store, poison: broken)
        func alarms() async throws -> [UnhandledEvent] {
            try await UnhandledEvents.list(of: TimingAgenda.name, in: desk.pool)
        }
        try await desk.run([desk.makeWorker(decidingOn: store)]) {
            try await desk.eventually("the gap of the one that can be looked at is found") {
                try await !desk.findings(of: good).open.isEmpty
            }
            try await desk.eventually("all others are alarms") { try await alarms().count == cases.count }
            #expect(try await Set(alarms().map(\.stream)) == Set(cases.map { StreamName.of(CaseEvent.self, $0) }))
            #expect(try await alarms().allSatisfy { $0.reason.contains("cannot be read") })
            // Each rests for longer than the time before, so that few attempts fill a long time.
            try await Task.sleep(for: .seconds(3))
            let attempts = try await desk.pool.query(Self.attempts).first?.decode(0, as: Int32.self) ?? 0
            #expect((1...6).contains(attempts))
            store.repair()
            try await desk.pool.execute(Self.restIsOver)
            try await desk.eventually("no alarm is left") { try await alarms().isEmpty }
            try await desk.settle()
            #expect(try await desk.pool.query(Self.attempts).first?.decode(0, as: Int32.self) == 0)
        }
    }
}
