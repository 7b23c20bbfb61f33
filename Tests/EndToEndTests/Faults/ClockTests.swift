import Foundation
import Testbed
import Testing

@Suite(
    "When the database's clock is put back", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: FakeClock.library != nil, "SKIPPED: libfaketime is not installed"))
struct ClockTests {
    @Test("recording times do not decrease, leases change hands, timing goes on")
    func database() async throws {
        let seed = Chaos.seed()
        let clock = try FakeClock()
        let installation = try await Installation.start(
            workers: 2, database: TemporaryServer(isDurable: true, environment: clock.environment),
            settings: ["GLEICHTAKT_LOG_LEVEL": "error"])
        let crowd = try await Crowd(of: installation)
        let audit = LedgerAudit(of: installation)
        try await crowd.work(clients: 8, seed: seed) {
            for (round, offset) in [-3600, -7200, 0, -10].enumerated() {
                try await crowd.achieve(30)
                try clock.set(offset)
                try await crowd.achieve(30)
                // Whoever holds the leases is gone: they are not to last until the clock has caught up.
                try await installation.kill(.worker(round % 2))
                let head = try await audit.head()
                try await eventually("the views go on") { try await audit.viewPosition() >= head }
                try await installation.start(.worker(round % 2))
            }
        }
        try await installation.expectSound(crowd, "the database's clock put back and forward, seed \(seed)")
        try await installation.stop()
        clock.remove()
    }
}
