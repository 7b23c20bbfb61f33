import Foundation
import Ledger
import Testing

@Suite("Building views anew in an installation", .serialized)
struct RebuildProcessTests {
    @Test("survives being killed at random moments, with queries, commands and a worker all the while")
    func killed() async throws {
        let installation = try await Installation.start()
        let story = HouseholdStory(today: LedgerClock.system.today)
        let teller = try await Storyteller(story, on: installation)
        try await teller.tell()
        let before = try await teller.endState()
        var random = SeededGenerator(state: 21)
        for round in 0..<8 {
            let process = try installation.program("rebuild", "--tasks", "2").start()
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...400, using: &random)))
            kill(process.identifier, SIGKILL)
            _ = await process.status()
            if round == 4 {
                try await installation.kill(.worker)
                try await installation.start(.worker)
            }
            #expect(try await teller.endState() == before, "round \(round)")
        }
        // Two at once: one leads, and either way both end well.
        async let one = installation.program("rebuild").run(merging: true)
        async let other = installation.program("rebuild").run(merging: true)
        for (status, output) in try await [one, other] {
            #expect(status == 0 && output.contains("is live at position"), "\(output)")
        }
        try await installation.waitUntilReady()
        #expect(try await teller.endState() == before)
        try await installation.run("rebuild", "job-centre", "timeline")
        #expect(try await teller.endState() == before)
        try await installation.run("verify")
        try await installation.stop()
    }

    @Test("tells an unknown view from a known one, and works without a worker")
    func names() async throws {
        let installation = try await Installation.start()
        let (status, output) = try await installation.program("rebuild", "job-center").run(merging: true)
        #expect(status != 0 && output.contains("job-center"), "\(output)")
        try await installation.kill(.worker)
        let rebuilt = try await installation.run("rebuild", "summary")
        #expect(rebuilt.contains("is live at position"))
        #expect(try await installation.run("rebuild", "--abandon").contains("No rebuild"))
        try await installation.run("verify")
        try await installation.stop()
    }
}
