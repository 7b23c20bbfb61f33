import Foundation
import Ledger
import Synchronization
import Testing

@Suite("The household story over HTTP", .serialized)
struct HouseholdStoryTests {
    @Test("plays through, and every view shows it as the visibility table says")
    func storyPlaysThrough() async throws {
        let installation = try await Installation.start()
        let story = HouseholdStory(today: LedgerClock.system.today)
        let teller = try await Storyteller(story, on: installation)
        try await teller.tell()
        let seen = try await teller.endState()

        let parentAtYouthOffice = try #require(seen["youth-office /v1/youth-office/cases/\(story.parent)"])
        #expect(parentAtYouthOffice.hasPrefix("404"), "the youth office is not engaged in the parent's case")
        for (place, answer) in seen where place.hasPrefix("youth-office") {
            for planted in [
                "planted-welding-course", "planted-provider", "planted-parents-goal", "planted-debt-advice",
            ] {
                #expect(!answer.contains(planted), "\(place) shows \(planted)")
            }
        }
        for (place, answer) in seen where place.hasPrefix("job-centre") || place.hasPrefix("social-office") {
            for planted in [
                "planted-late-training", "planted-early-training", "planted-youths-goal", "planted-place",
            ] {
                #expect(!answer.contains(planted), "\(place) shows \(planted)")
            }
        }
        let parentAtJobCentre = try #require(seen["job-centre /v1/job-centre/cases/\(story.parent)"])
        #expect(parentAtJobCentre.contains("planted-welding-course"))
        #expect(parentAtJobCentre.contains("planted-parents-goal"))
        let parentAtSocialOffice = try #require(seen["social-office /v1/social-office/cases/\(story.parent)"])
        #expect(parentAtSocialOffice.contains("planted-welding-course"), "consent to education opens the course")
        #expect(!parentAtSocialOffice.contains("planted-parents-goal"))

        let timeline = try await teller.caller(.jobCentre).get("/v1/cases/\(story.youth)/timeline")
        #expect(timeline.text.contains(story.earlyTraining), "the job centre may know that and when")
        #expect(
            timeline.text.contains("\(story.today + 7)T10:00"), "and when the youth is expected at the youth office")

        let history = try #require(seen["history \(story.youth)"]).split(separator: " ").map(String.init)
        #expect(history.filter { $0 == "MeasureStarted" }.count == 1)
        #expect(history.filter { $0 == "PlacementRefused" }.count == 1)
        #expect(seen["closed findings of \(story.youth)"] == "some")

        let replayed = try await installation.run("replay", story.youth)
        #expect(replayed.contains(story.earlyTraining))
        let verified = try await installation.run("verify")
        #expect(verified.contains("position"))

        let asOf = try await teller.caller(.auditor).get(
            "/v1/audit/cases/\(story.parent)?asOf=3", headers: ["Audit-Reason": "a look back"])
        #expect(asOf.status == 200)
        #expect(!asOf.text.contains(story.welding), "the course was not yet planned then")
        try await installation.stop()
    }

    @Test("ends the same when everything is killed at random moments")
    func storySurvivesCrashes() async throws {
        let story = HouseholdStory(today: LedgerClock.system.today)
        // All at the same time, each in an installation of its own: mostly they wait until something is started again.
        async let calm = Self.endState(of: story) { _, tell in try await tell() }
        let stormy = try await withThrowingTaskGroup(of: (seed: UInt64, kills: Int, seen: [String: String]).self) {
            group in
            for seed: UInt64 in [11, 12, 13] {
                group.addTask { try await Self.survive(story, seed: seed) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let expected = try await calm
        for (seed, kills, seen) in stormy {
            #expect(kills > 0)
            for (place, answer) in expected {
                #expect(seen[place] == answer, "\(place) after \(kills) kills, seed \(seed)")
            }
        }
    }

    /// Tells the story while everything is killed, and answers how often that was and what is seen in the end.
    private static func survive(
        _ story: HouseholdStory, seed: UInt64
    ) async throws -> (seed: UInt64, kills: Int, seen: [String: String]) {
        var kills = 0
        let seen = try await endState(of: story) { installation, tell in
            // A flag and not a cancellation, which would reach into the restart of a part.
            let isOver = Flag()
            let chaos = Task { try await killAtRandom(installation, seed: seed, until: isOver) }
            try await tell()
            isOver.raise()
            kills = try await chaos.value
            try await installation.waitUntilReady()
        }
        return (seed, kills, seen)
    }

    /// What is seen at the end of a story that is told under `circumstances`, in an installation of its own that is sound.
    private static func endState(
        of story: HouseholdStory,
        under circumstances: (Installation, _ tell: () async throws -> Void) async throws -> Void
    ) async throws -> [String: String] {
        let installation = try await Installation.start()
        let teller = try await Storyteller(story, on: installation)
        try await circumstances(installation) { try await teller.tell() }
        let seen = try await teller.endState()
        try await installation.run("verify")
        try await installation.stop()
        return seen
    }

    /// Kills a part, starts it again, and so on until the flag is raised; answers how often.
    private static func killAtRandom(
        _ installation: Installation, seed: UInt64, until isOver: Flag
    ) async throws -> Int {
        var random = SeededGenerator(state: seed)
        var kills = 0
        while !isOver.isRaised {
            let part = installation.parts.randomElement(using: &random) ?? .database
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...700, using: &random)))
            try await installation.kill(part)
            kills += 1
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...300, using: &random)))
            try await installation.start(part)
        }
        return kills
    }
}

/// Something that is so from some moment on.
private final class Flag: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() { raised.store(true, ordering: .releasing) }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed, the same story.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
