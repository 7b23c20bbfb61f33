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
        try await crowd.work(clients: 8, seed: seed) {
            for round in 0..<4 {
                try await crowd.achieve(30)
                let sleeper = Installation.Part.worker(round % 2)
                await installation.processes.signal(sleeper, SIGSTOP)
                try await crowd.achieve(10)
                let position = try await audit.head()
                // Wherever it was: resting, between two statements, or in the middle of sending one.
                try await eventually("the views go on while a worker sleeps") {
                    try await audit.viewPosition() >= position
                }
                // Long enough for all its leases to run out; if they were not its own, nothing changes hands.
                try await Task.sleep(for: .seconds(6))
                let generation = try await audit.leases()
                await installation.processes.signal(sleeper, SIGCONT)
                try await crowd.achieve(30)
                #expect(try await audit.leases() >= generation)
            }
        }
        #expect(try await audit.leases() > 2, "the leases changed hands")
        try await installation.expectSound(crowd, "workers frozen and woken, seed \(seed)")
        try await installation.stop()
    }
}
