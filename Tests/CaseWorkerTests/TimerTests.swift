import CaseCommands
import CaseFile
import CaseTiming
import CaseViews
import Foundation
import Ledger
import PostgresLedger
import Testing

@Suite("Timers")
struct TimerTests {
    /// A case in which the job centre has committed itself by accepting a proposal of its own, to begin on a day.
    private func commitment(_ desk: WorkerDesk, by day: CalendarDate) async throws -> (id: UUID, commitment: UUID) {
        let measure = UUID()
        let id = try await desk.makeCase(measure: measure, from: day - 7, to: day + 60)
        try await desk.send(
            .proposeAlignment(
                ProposeAlignment(
                    proposalId: UUID(), shifts: [ProposeAlignment.Shift(measureId: measure, days: 7)])), to: id)
        let made = try await desk.handler.cases.replay(.of(CaseEvent.self, id)).state.commitments
        return (id, try #require(made.first).commitmentId)
    }

    private func passed(_ desk: WorkerDesk) async throws -> [RecordedEvent] {
        try await desk.store.read(after: 0, limit: 10_000).filter { $0.type == "CommitmentPassed" }
    }

    @Test("fire once, each as of its own day, when a worker comes back after a week")
    func catchUp() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let days: [CalendarDate] = ["2026-03-14", "2026-03-11", "2026-03-16", "2026-03-12", "2026-03-20", "2026-03-13"]
        for day in days { _ = try await commitment(desk, by: day) }
        try await desk.withWorkers { try await desk.settle() }
        #expect(try await passed(desk).isEmpty)
        // Nobody works for a week.
        desk.time.today = "2026-03-19"
        try await desk.withWorkers { try await desk.settle() }
        let fired = try await passed(desk)
        // Each counts from its own day.
        #expect(
            fired.map(\.effectiveOn).sorted() == ["2026-03-12", "2026-03-13", "2026-03-14", "2026-03-15", "2026-03-17"])
        for _ in 0..<3 { try await desk.withWorkers(3) { try await desk.settle() } }
        #expect(try await passed(desk).count == 5)
        desk.time.today = "2026-03-21"
        try await desk.withWorkers(3) { try await desk.settle() }
        #expect(try await passed(desk).count == 6)
    }

    @Test("fire once whenever workers are killed")
    func restarts() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        for index in 0..<10 { _ = try await commitment(desk, by: ("2026-03-10" as CalendarDate) + index % 3) }
        try await desk.withWorkers { try await desk.settle() }
        desk.time.today = "2026-04-01"
        for _ in 0..<6 {
            try await desk.withWorkers(3) { try await Task.sleep(for: .milliseconds(Int.random(in: 0...120))) }
        }
        try await desk.withWorkers(3) { try await desk.settle() }
        let fired = try await passed(desk)
        #expect(fired.count == 10 && Set(fired.map(\.stream)).count == 10)
    }

    @Test("are cancelled when what they wait for has come")
    func cancelled() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let kept = try await commitment(desk, by: "2026-03-10")
        try await desk.withWorkers {
            try await desk.settle()
            try await desk.send(
                .withdrawCommitment(WithdrawCommitment(commitmentId: kept.commitment)), to: kept.id)
            desk.time.today = "2026-05-01"
            try await desk.settle()
        }
        #expect(try await passed(desk).isEmpty)
    }

    @Test(
        "fire when the day begins in Berlin, on those with 23 and with 25 hours too",
        arguments: [
            // The last minute of the day, and the first of the next; UTC.
            ("2026-03-29", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"),
            ("2026-03-28", "2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z"),
            ("2026-10-25", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"),
            ("2026-10-24", "2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z"),
        ])
    func daylightSaving(_ day: String, _ before: String, _ after: String) async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        _ = try await commitment(desk, by: try #require(CalendarDate(day)))
        try await desk.withWorkers {
            try await desk.settle()
            desk.time.today = try #require(CalendarDate(day))
            desk.time.now = Instant(before)
            try await desk.settle()
            #expect(try await passed(desk).isEmpty)
            desk.time.now = Instant(after)
            try await desk.eventually("it fires") { try await passed(desk).count == 1 }
        }
    }
}
