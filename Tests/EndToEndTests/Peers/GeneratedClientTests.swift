import Foundation
import Testing

/// A client that openapi-python-client generates from the API's description plays a household's story: see
/// ops/python-packages.
@Suite("A generated client", .timeLimit(.minutes(5)))
struct GeneratedClientTests {
    @Test("tells the household's story")
    func householdStory() async throws {
        guard try await Peer.has("openapi_python_client") else { return }
        let installation = try await Installation.start()
        let document = installation.data.appendingPathComponent("openapi.json")
        try await Caller(base: installation.url("")).get("/openapi.json").body.write(to: document)
        let client = installation.data.appendingPathComponent("client")
        try FileManager.default.createDirectory(at: client, withIntermediateDirectories: true)
        let generated = try await Peer.python([
            "-m", "openapi_python_client", "generate", "--path", document.path, "--meta", "none", "--output-path",
            client.appendingPathComponent("gleichtakt_client").path,
        ])
        #expect(generated.status == 0, "\(generated.output)")
        // NDJSON is the one thing that it cannot make a function of.
        let warnings = generated.output.components(separatedBy: "WARNING").dropFirst()
        #expect(warnings.allSatisfy { $0.contains("/v1/import") }, "\(generated.output)")
        var tokens: [String: String] = [:]
        for office in ["job-centre", "youth-office", "social-office"] {
            tokens[office] = try await Peer.token("caseworker", office, on: installation)
        }
        tokens["administrator"] = try await Peer.token("administrator", on: installation)
        let (status, output) = try await Peer.python(
            [Peer.folder.appendingPathComponent("household_story.py").path, client.path, installation.url("")],
            environment: ["GLEICHTAKT_TOKENS": String(decoding: try JSONEncoder().encode(tokens), as: UTF8.self)])
        #expect(status == 0, "\(output)")
        #expect(output.contains("The household's story was told"), "\(output)")
        try await installation.stop()
    }
}
