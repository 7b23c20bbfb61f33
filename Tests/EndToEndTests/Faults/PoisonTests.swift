import Foundation
import Ledger
import Testing

@Suite("When an event is recorded that the views cannot handle", .serialized, .timeLimit(.minutes(10)))
struct PoisonTests {
    /// What the service says about what the views cannot handle.
    private struct Alarm {
        let caller: Caller

        init(_ installation: Installation) { caller = Caller(base: installation.url("")) }

        func stop() async throws -> (status: Int, stoppedAt: Int?, parked: Int?) {
            let ready = try await caller.get("/readyz")
            let projections = ready.json["checks"]["projections"]
            return (ready.status, projections["stoppedAt"].int, projections["parkedStreams"].int)
        }

        /// The greatest value of a metric's series.
        func metric(_ name: String) async throws -> Double? {
            try await caller.get("/metrics").text.split(separator: "\n")
                .filter { $0.hasPrefix(name) }.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
                .max()
        }
    }

    @Test(
        "they stop before it and say so, commands go on, and a rebuild that parks its stream lets all others go on",
        arguments: [Poisoner.Poison.unknownType, .unstorable])
    func stop(_ poison: Poisoner.Poison) async throws {
        let seed = Chaos.seed()
        let installation = try await Installation.start(settings: ["GLEICHTAKT_LOG_LEVEL": "critical"])
        let crowd = try await Crowd(of: installation)
        let audit = LedgerAudit(of: installation)
        let alarm = Alarm(installation)
        let victim = CaseScript(caseID: UUID(), household: UUID(), today: crowd.today)
        try await crowd.play(victim)
        try await crowd.work(clients: 8, seed: seed) {
            try await crowd.achieve(50)
            let position = try await Poisoner(installation).poison(victim.caseID, poison)
            try await eventually("readiness tells where the views have stopped") {
                let (status, stoppedAt, _) = try await alarm.stop()
                return status == 503 && stoppedAt == position
            }
            #expect(try await alarm.metric("gleichtakt_projection_stopped") == 1)
            // Everything up to it is there, nothing of it or after it; what people record goes on.
            let viewed = try await audit.viewPosition()
            #expect(viewed == position - 1)
            try await crowd.achieve(50)

            let refused = try await installation.program("rebuild").run(merging: true)
            #expect(refused.status != 0 && refused.output.contains("\(position)"), "\(refused.output)")
            try await crowd.achieve(20)
            #expect(try await audit.viewPosition() == position - 1, "the live views are what they were")

            let rebuilt = try await installation.program("rebuild", "--policy", "park").run(merging: true)
            #expect(rebuilt.status == 0, "\(rebuilt.output)")
            try await eventually("readiness tells that a stream is parked and all else goes on") {
                let (status, stoppedAt, parked) = try await alarm.stop()
                return status == 200 && stoppedAt == nil && parked == 1
            }
            #expect(try await alarm.metric("gleichtakt_parked_streams") == 1)
            #expect(try await alarm.metric("gleichtakt_projection_stopped") == 0)
            try await crowd.achieve(50)
        }
        try await installation.expectSound(crowd, "one stream parked, seed \(seed)")
        try await installation.stop()
    }

    @Test("they park its stream if they are to, in the live views and in the middle of a rebuild")
    func park() async throws {
        let seed = Chaos.seed()
        let installation = try await Installation.start(
            workers: 2, settings: ["GLEICHTAKT_LOG_LEVEL": "critical", "GLEICHTAKT_UNHANDLED_EVENTS": "park"])
        let crowd = try await Crowd(of: installation)
        let alarm = Alarm(installation)
        let poisons = Poisoner.Poison.allCases
        let victims = (0..<2 * poisons.count).map { _ in
            CaseScript(caseID: UUID(), household: UUID(), today: crowd.today)
        }
        for victim in victims { try await crowd.play(victim) }
        let poisoner = Poisoner(installation)
        var random = SeededGenerator(state: seed)
        try await crowd.work(clients: 8, seed: seed) {
            try await crowd.achieve(100)
            for (index, victim) in victims.enumerated() {
                let poison = poisons[index % poisons.count]
                guard index >= poisons.count else {
                    _ = try await poisoner.poison(victim.caseID, poison)
                    continue
                }
                async let rebuild = installation.program("rebuild").run(merging: true)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...800, using: &random)))
                _ = try await poisoner.poison(victim.caseID, poison)
                let (status, output) = try await rebuild
                #expect(status == 0, "\(output)")
            }
            try await eventually("readiness tells that all of them are parked") {
                let (status, stoppedAt, parked) = try await alarm.stop()
                return status == 200 && stoppedAt == nil && parked == victims.count
            }
            #expect(try await alarm.metric("gleichtakt_parked_streams") == Double(victims.count))
            try await crowd.achieve(50)
        }
        try await installation.expectSound(crowd, "\(victims.count) streams parked, seed \(seed)")
        try await installation.stop()
    }

    @Test("a rebuild that has met it goes on to its end once it is mended, and nobody else has noticed")
    func mended() async throws {
        let seed = Chaos.seed()
        let installation = try await Installation.start(settings: ["GLEICHTAKT_LOG_LEVEL": "critical"])
        let crowd = try await Crowd(of: installation)
        let alarm = Alarm(installation)
        let victim = CaseScript(caseID: UUID(), household: UUID(), today: crowd.today)
        try await crowd.play(victim)
        try await installation.waitUntilAtRest()
        // What is damaged before it is sealed is sealed as it is.
        let head = Double(try await LedgerAudit(of: installation).head())
        try await eventually("all of it is sealed") {
            try await alarm.metric("gleichtakt_sealed_position") ?? 0 >= head
        }
        let whereabouts = "stream = 'case-\(victim.caseID.text)' AND type = 'PlanDrafted'"
        try await crowd.work(clients: 8, seed: seed) {
            try await crowd.achieve(30)
            // Damaged where it is stored, after the views have taken it in.
            try await installation.tamper(
                "UPDATE ledger.events SET type = 'PlanDrifted' WHERE \(whereabouts)")
            for _ in 0..<2 {
                let refused = try await installation.program("rebuild").run(merging: true)
                #expect(refused.status != 0 && refused.output.contains("cannot be handled"), "\(refused.output)")
            }
            #expect(try await alarm.metric("gleichtakt_projection_stopped") == 1, "the rebuild's")
            #expect(try await alarm.stop().status == 200, "the live views are not concerned")
            try await crowd.achieve(30)
            try await installation.tamper(
                "UPDATE ledger.events SET type = 'PlanDrafted' "
                    + "WHERE \(whereabouts.replacing("PlanDrafted", with: "PlanDrifted"))")
            let rebuilt = try await installation.program("rebuild").run(merging: true)
            #expect(rebuilt.status == 0, "\(rebuilt.output)")
            #expect(try await alarm.metric("gleichtakt_projection_stopped") == 0)
            #expect(try await alarm.metric("gleichtakt_parked_streams") == 0)
            try await crowd.achieve(20)
        }
        try await installation.expectSound(crowd, "an event damaged and mended, seed \(seed)")
        try await installation.stop()
    }
}
