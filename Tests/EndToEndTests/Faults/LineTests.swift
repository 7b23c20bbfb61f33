import Foundation
import Ledger
import Testbed
import Testing

@Suite("When the line between the service and the database breaks", .serialized, .timeLimit(.minutes(10)))
struct LineTests {
    @Test("cut at any byte, and dead without a word: every command is recorded once, as it was answered")
    func cutUnderLoad() async throws {
        let seed = Chaos.seed()
        let installation = try await Installation.start(
            workers: 2, isWired: true,
            settings: ["GLEICHTAKT_LOG_LEVEL": "error", "GLEICHTAKT_STATEMENT_SECONDS": "1"])
        let wire = try #require(installation.wire)
        let crowd = try await Crowd(of: installation)
        var random = SeededGenerator(state: seed)
        try await crowd.work(clients: 12, seed: seed) {
            for round in 0..<60 {
                let direction: FaultyWire.Direction = Bool.random(using: &random) ? .toServer : .fromServer
                let byte = Int.random(in: 0..<20_000, using: &random)
                wire.arm(round % 20 == 19 ? .silence(direction, after: byte) : .cut(direction, after: byte))
                try await eventually("the fault strikes") { wire.hasStruck }
                try await crowd.achieve(1)
            }
            try await crowd.achieve(30)
        }
        try await installation.expectSound(crowd, "the line broke 60 times, seed \(seed)")
        try await installation.stop()
    }
}
