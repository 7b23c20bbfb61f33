import Foundation
import Testing

@Suite("When parts are killed under load", .serialized, .timeLimit(.minutes(30)))
struct KillTests {
    /// How often something is killed; the environment variable is for a long night.
    private static let kills =
        ProcessInfo.processInfo.environment["GLEICHTAKT_FAULT_KILLS"].flatMap { Int($0) } ?? 50

    @Test("two services and two workers: nothing acknowledged is lost, nothing is half there, the views are a replay")
    func killed() async throws {
        let seed = Chaos.seed()
        let installation = try await Installation.start(
            services: 2, workers: 2, settings: ["GLEICHTAKT_LOG_LEVEL": "error"])
        let crowd = try await Crowd(of: installation)
        let chaos = Chaos(installation, crowd)
        var victims: [Chaos.Victim] = []
        try await crowd.work(clients: 12, seed: seed) {
            victims = try await chaos.run(kills: Self.kills, seed: seed)
            try await crowd.achieve(10)
        }
        try await installation.expectSound(crowd, "after \(victims.count) kills, seed \(seed): \(victims)")
        #expect(crowd.book.givenUp < crowd.book.acknowledged / 4, "most commands were answered")
        try await installation.stop()
    }
}
