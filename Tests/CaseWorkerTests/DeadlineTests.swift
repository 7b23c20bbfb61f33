import CaseCommands
import CaseFile
import CaseTiming
import CaseViews
import CaseWorker
import Foundation
import Ledger
import Logging
import PostgresLedger
import Testing

@Suite("Deadlines from rules")
struct DeadlineTests {
    /// Two months for participation plans; `moves` where their end moves to a working day.
    private static func rules(moving moves: Bool = false) throws -> RuleBook {
        try RuleBook([
            Rule(
                id: "participation-plan-review", title: "Review of the participation plan", source: "§ 121 SGB IX",
                validFrom: "2020-01-01", event: "The plan was agreed or reviewed.",
                periods: [
                    RulePeriod(
                        "review", try #require(PeriodLength("P2M")), movesToWorkingDay: moves,
                        starts: [FactPattern("plan-agreed"), FactPattern("plan-reviewed")],
                        ends: [FactPattern("plan-reviewed"), FactPattern("plan-concluded")])
                ])
        ])
    }

    /// Workers under rules, with findings about nothing else.
    private static func workers(_ count: Int, _ desk: WorkerDesk, _ rules: RuleBook) -> [CaseWorker] {
        let handler = CommandHandler(
            store: desk.store, appender: desk.store, vault: desk.vault, rules: rules, clock: desk.time.clock,
            logger: Logger(label: "worker") { _ in SwiftLogNoOpLogHandler() })
        return (0..<count).map { _ in
            CaseWorker(
                pool: desk.pool, store: desk.store, vault: desk.vault, handler: handler, clock: desk.time.clock,
                thresholds: TimingThresholds(gapDays: 1000),
                logger: Logger(label: "worker") { _ in SwiftLogNoOpLogHandler() })
        }
    }

    private static func deadlines(_ desk: WorkerDesk, _ id: UUID) async throws -> [Deadline] {
        try await desk.handler.cases.replay(.of(CaseEvent.self, id)).state.deadlines
    }

    private static func found(_ desk: WorkerDesk, _ id: UUID) async throws -> [Finding] {
        try await desk.findings(of: id).open.filter { $0.kind == .deadline }
    }

    @Test("a fact begins one, days make it a finding, and another fact ends it")
    func overTime() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let id = try await desk.makeCase(measure: UUID(), from: "2026-03-05", to: "2026-12-31")
        try await desk.run(Self.workers(2, desk, try Self.rules())) {
            try await desk.eventually("the deadline is set") { try await !Self.deadlines(desk, id).isEmpty }
            #expect(try await Self.deadlines(desk, id).map(\.endsOn) == ["2026-05-02"])
            for day: CalendarDate in ["2026-04-17", "2026-04-18", "2026-05-02", "2026-05-03"] {
                desk.time.today = day
                try await desk.settle()
                #expect(try await Self.found(desk, id).isEmpty == (day < "2026-04-18"), "\(day)")
            }
            let deadline = try #require(try await Self.deadlines(desk, id).first)
            try await desk.send(
                .extendDeadline(ExtendDeadline(deadlineId: deadline.deadlineId, until: "2026-06-30", reason: "ill")),
                to: id)
            try await desk.eventually("the finding is closed") { try await Self.found(desk, id).isEmpty }
            desk.time.today = "2026-07-03"
            try await desk.eventually("it is overdue") {
                try await Self.found(desk, id).map(\.to) == ["2026-06-30"]
            }
            try await desk.send(.reviewPlan(ReviewPlan()), to: id)
            try await desk.eventually("it is met, and the next one begins") {
                let status = try await Self.deadlines(desk, id).map(\.status)
                let open = try await Self.found(desk, id)
                return status == [.met, .running] && open.isEmpty
            }
            #expect(try await Self.deadlines(desk, id).map(\.endsOn) == ["2026-06-30", "2026-09-03"])
            #expect(try await Self.deadlines(desk, id).first?.formerEnds.map(\.endsOn) == ["2026-05-02"])
            try await desk.settle()
        }
        let entry = try #require(
            try await desk.findings(of: id).entries.values.first { $0.finding.kind == .deadline })
        #expect(entry.occurrences == 2, "found, closed by more time, and found again")
        let basis = Set(entry.finding.events?.map(\.type) ?? [])
        #expect(basis.isSuperset(of: ["PlanAgreed", "DeadlineSet", "DeadlineExtended"]), "\(basis)")
        let events = try await desk.store.read(.of(CaseEvent.self, id)).map(\.type)
        #expect(events.count { $0 == "DeadlineSet" } == 2 && events.count { $0 == "DeadlineClosed" } == 1)
        let report = try await ViewVerification.compareWithReplay(pool: desk.pool, store: desk.store, vault: desk.vault)
        #expect(report.damages.isEmpty)
    }

    /// Two months from 4 April 2026 end on 4 June: Corpus Christi, a public holiday in Hessen and not in Berlin.
    @Test("they end on a working day of where the participant lives, and move when that turns out to be elsewhere")
    func place() async throws {
        let desk = try await WorkerDesk(today: "2026-04-04")
        for (area, land) in [("gallus", "HE"), ("wedding", "BE")] {
            _ = try await desk.handler.handle(
                CommandRequest(
                    target: .area(area, .publishArea(PublishArea(name: area, land: land))),
                    actor: Actor(subject: "admin", role: .administrator)))
        }
        let id = try await desk.makeCase(measure: UUID(), from: "2026-04-05", to: "2026-12-31")
        try await desk.run(Self.workers(1, desk, try Self.rules(moving: true))) {
            try await desk.eventually("it is set") {
                try await Self.deadlines(desk, id).map(\.endsOn) == ["2026-06-05"]
            }
            try await desk.send(
                .correctParticipant(CorrectParticipant(areaId: "wedding", reason: "typed wrongly")), to: id)
            try await desk.eventually("it is recalculated") {
                try await Self.deadlines(desk, id).map(\.endsOn) == ["2026-06-04"]
            }
        }
        let former = try #require(try await Self.deadlines(desk, id).first).formerEnds
        #expect(former.map(\.endsOn) == ["2026-06-05"] && former.map(\.change) == [.recalculated])
    }

    @Test("once each, whatever dies meanwhile")
    func restarts() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        var cases: [UUID] = []
        for _ in 0..<10 {
            cases.append(try await desk.makeCase(measure: UUID(), from: "2026-03-05", to: "2026-12-31"))
        }
        let rules = try Self.rules()
        for _ in 0..<5 {
            try await desk.run(Self.workers(3, desk, rules)) {
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...150)))
            }
        }
        try await desk.run(Self.workers(3, desk, rules)) { try await desk.settle() }
        for id in cases {
            let events = try await desk.store.read(.of(CaseEvent.self, id)).map(\.type)
            #expect(events.count { $0 == "DeadlineSet" } == 1, "\(events)")
        }
    }

    @Test("a case that is closed has none, and one that is opened again has them again")
    func closing() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let measure = UUID()
        let id = try await desk.makeCase(measure: measure, from: "2026-03-05", to: "2026-12-31")
        // A rule whose periods a closed case still could hold.
        let rules = try RuleBook([
            Rule(
                id: "a-rule", title: "A rule", source: "§ 1 X", validFrom: "2020-01-01", event: "An office is engaged.",
                periods: [
                    RulePeriod("act", try #require(PeriodLength("P1W")), starts: [FactPattern("office-engaged")])
                ])
        ])
        try await desk.run(Self.workers(1, desk, rules)) {
            try await desk.eventually("it is found") { try await Self.found(desk, id).count == 1 }
            try await desk.send(.abandonMeasure(AbandonMeasure(measureId: measure, reason: "moved")), to: id)
            try await desk.send(.concludePlan(ConcludePlan(outcome: "over")), to: id)
            try await desk.send(.closeCase(CloseCase(reason: "moved")), to: id)
            try await desk.eventually("it is gone") {
                let open = try await Self.found(desk, id)
                let status = try await Self.deadlines(desk, id).map(\.status)
                return open.isEmpty && status == [.void]
            }
            try await desk.send(.reopenCase(ReopenCase(reason: "came back")), to: id)
            try await desk.eventually("it is back") {
                let open = try await Self.found(desk, id)
                let status = try await Self.deadlines(desk, id).map(\.status)
                return open.count == 1 && status == [.running]
            }
            try await desk.settle()
        }
        let events = try await desk.store.read(.of(CaseEvent.self, id)).map(\.type)
        #expect(events.count { $0 == "DeadlineSet" } == 2 && events.count { $0 == "DeadlineClosed" } == 1)
    }
}
