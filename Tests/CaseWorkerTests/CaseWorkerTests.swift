import CaseCommands
import CaseFile
import CaseTiming
import CaseViews
import Foundation
import Ledger
import PostgresLedger
import Testing

@Suite("The worker")
struct CaseWorkerTests {
    @Test("a gap opens as days pass, once, and closes when a measure starts")
    func gapOverTime() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let measure = UUID()
        let id = try await desk.makeCase(measure: measure, from: "2026-03-05", to: "2026-06-30")
        try await desk.withWorkers {
            try await desk.settle()
            #expect(try await desk.findings(of: id).entries.isEmpty)
            // From 2 March on nothing runs: the 28th such day is 29 March, the 29th is 30 March.
            desk.time.today = "2026-03-29"
            try await desk.settle()
            #expect(try await desk.findings(of: id).entries.isEmpty)
            desk.time.today = "2026-03-30"
            try await desk.eventually("the gap is found") { try await !desk.findings(of: id).open.isEmpty }
            for day in 31...60 {
                desk.time.today = ("2026-03-01" as CalendarDate) + day
                try await desk.settle()
            }
            let entry = try #require(try await desk.findings(of: id).entries.values.first)
            #expect(entry.finding.kind == .gap && entry.occurrences == 1 && entry.openedOn == "2026-03-30")
            try await desk.send(.startMeasure(StartMeasure(measureId: measure)), to: id)
            try await desk.eventually("the gap is closed") { try await desk.findings(of: id).open.isEmpty }
            try await desk.settle()
        }
        let events = try await desk.store.read(.of(CaseEvent.self, id)).map(\.type)
        #expect(events.filter { $0 == "FindingOpened" }.count == 1)
        #expect(events.filter { $0 == "FindingClosed" }.count == 1)
    }

    @Test("a clock that is put back and forth opens and closes findings in turn, and nothing twice")
    func clockPutBack() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let id = try await desk.makeCase(measure: UUID(), from: "2026-05-05", to: "2026-06-30")
        try await desk.withWorkers {
            for today in ["2026-03-30", "2026-03-29", "2026-04-02", "2026-03-02", "2026-04-10"] as [CalendarDate] {
                desk.time.today = today
                try await desk.settle()
            }
            try await desk.eventually("the gap is found") { try await !desk.findings(of: id).open.isEmpty }
        }
        let events = try await desk.store.read(.of(CaseEvent.self, id)).map(\.type).filter { $0.hasPrefix("Finding") }
        for (earlier, later) in zip(events, events.dropFirst()) where earlier == "FindingOpened" {
            #expect(later != "FindingOpened")
        }
        let entries = try await desk.findings(of: id).entries.values
        #expect(entries.map(\.occurrences).reduce(0, +) == events.count { $0 == "FindingOpened" })
    }

    @Test("a sequence in a household is found, and closes when the measures run together")
    func householdSequence() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let household = UUID()
        _ = try await desk.makeCase(
            measure: UUID(), from: "2026-03-02", to: "2026-04-30", household: household)
        let late = UUID()
        let youth = try await desk.makeCase(
            measure: late, from: "2026-06-01", to: "2026-08-31", household: household, by: WorkerDesk.youthOffice)
        try await desk.withWorkers {
            try await desk.eventually("the sequence is found") {
                try await desk.findings(ofHousehold: household).open.contains { $0.kind == .sequence }
            }
            try await desk.send(
                .addMeasure(
                    AddMeasure(
                        measureId: UUID(), strand: .education, window: Window(from: "2026-04-01", to: "2026-06-30"))),
                to: youth, by: WorkerDesk.youthOffice)
            try await desk.eventually("the sequence is closed") {
                try await desk.findings(ofHousehold: household).open.isEmpty
            }
        }
    }

    @Test("three workers that come and go find everything once, and the views equal a replay")
    func manyWorkers() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        var cases: [UUID] = []
        for _ in 0..<20 {
            cases.append(try await desk.makeCase(measure: UUID(), from: "2026-05-01", to: "2026-06-30"))
        }
        for _ in 0..<5 {
            try await desk.withWorkers(3) { try await Task.sleep(for: .milliseconds(Int.random(in: 0...150))) }
        }
        try await desk.withWorkers(3) { try await desk.settle() }
        for id in cases {
            let entries = try await desk.findings(of: id).entries
            #expect(entries.count == 1 && entries.values.allSatisfy { $0.occurrences == 1 && $0.finding.kind == .gap })
        }
        let report = try await ViewVerification.compareWithReplay(
            pool: desk.pool, store: desk.store, vault: desk.vault)
        #expect(report.damages.isEmpty && report.position > 0 && report.rows > 0)
        #expect(try await LedgerVerification(pool: desk.pool).run().damages.isEmpty)
    }
}
