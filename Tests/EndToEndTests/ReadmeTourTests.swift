import Foundation
import Testing

/// The README's tour is pasted block by block, twice, so that it cannot rot.
@Suite("The README's tour", .serialized)
struct ReadmeTourTests {
    @Test("runs as it is written, and again")
    func tour() async throws {
        let installation = try await Installation.start()
        let script = try Self.blocks(of: "sh").joined(separator: "\n")
        for round in 1...2 {
            let (status, output) = try await Self.bash(script, on: installation)
            #expect(status == 0, "round \(round):\n\(output)")
            #expect(output.contains(#""type":"ParticipantRegistered""#))
            #expect(output.contains(#""kind":"sequence""#) && output.contains(#""state":"closed""#))
            #expect(output.contains("\n404\n"), "the social office is not engaged")
            #expect(output.lowercased().contains("idempotent-replayed: true"))
            #expect(output.contains(#""rule":"already-ended""#))
            #expect(output.contains("\n0\n{"), "no title before the consent")
            #expect(output.contains("0 damages"))
        }
        try await installation.stop()
    }

    /// The fenced blocks of a language in the README, in order.
    private static func blocks(of language: String) throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let pieces = readme.components(separatedBy: "\n```")
        let blocks = pieces.filter { $0.hasPrefix("\(language)\n") }.map { String($0.dropFirst(language.count + 1)) }
        try #require(blocks.count > 3)
        return blocks
    }

    private static func bash(_ script: String, on installation: Installation) async throws -> (Int32, String) {
        let variables = [
            "BASE": installation.url(""), "DATA": installation.data.path,
            "GLEICHTAKT_BIN": Installation.executable.path,
        ]
        return try await Program(
            executable: URL(fileURLWithPath: "/bin/bash"), arguments: ["-euo", "pipefail", "-c", script],
            environment: installation.environment.merging(variables) { $1 }
        ).run(merging: true)
    }
}
