import Foundation
import Testing

@Suite("When a worker is frozen and wakes up again", .serialized, .timeLimit(.minutes(10)))
struct PauseTests {
    @Test("the other one takes over meanwhile, and the one that slept changes nothing")
    func paused() async throws {
        let seed = Chaos.seed()
        let installation = try await Installation.start(workers: 2, settings: ["GLEICHTAKT_LOG_LEVEL": "error"])
        let crowd = try await Crowd(of: installation)
        let audit = LedgerAudit(of: installation)
        var roundsThatWentOn = 0
        try await crowd.work(clients: 8, seed: seed) {
            for round in 0..<4 {
                try await crowd.achieve(30)
                let sleeper = Installation.Part.worker(round % 2)
                await installation.processes.signal(sleeper, SIGSTOP)
                // Long enough for its leases to run out; if they were not its own, nothing changes hands.
                try await Task.sleep(for: .seconds(6))
                let generation = try await audit.leases()
                let position = try await audit.head()
                // One frozen in the middle of sending a long statement keeps its place until it wakes: record 0014.
                let goesOn = try await becomesTrue(within: .seconds(30)) {
                    try await audit.viewPosition() >= position
                }
                if goesOn { roundsThatWentOn += 1 }
                await installation.processes.signal(sleeper, SIGCONT)
                try await eventually("the views go on when the worker is awake") {
                    try await audit.viewPosition() >= position
                }
                #expect(try await audit.leases() >= generation)
            }
        }
        #expect(try await audit.leases() > 2, "the leases changed hands")
        #expect(roundsThatWentOn >= 3, "the views go on while one worker sleeps")
        try await installation.expectSound(crowd, "workers frozen and woken, seed \(seed)")
        try await installation.stop()
    }
}
