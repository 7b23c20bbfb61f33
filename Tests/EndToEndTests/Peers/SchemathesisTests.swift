import Foundation
import Testing

/// schemathesis makes requests of all kinds from the API's description and looks at the answers: see
/// ops/python-packages.
@Suite("What schemathesis finds", .serialized, .timeLimit(.minutes(15)))
struct SchemathesisTests {
    @Test("is nothing, whoever asks")
    func everyRole() async throws {
        guard try await Peer.has("schemathesis") else { return }
        let installation = try await Installation.start()
        // Whether a body is looked at is the same for everybody; one role is asked about all that can be wrong with it.
        let people: [(role: String?, office: String?, phases: String, examples: Int)] = [
            (nil, nil, "examples,fuzzing", 1),
            ("caseworker", "job-centre", "examples,coverage,fuzzing", 3),
            ("caseworker", "youth-office", "examples,fuzzing", 2),
            ("caseworker", "social-office", "examples,fuzzing", 1),
            ("supervisor", "job-centre", "examples,fuzzing", 2), ("auditor", nil, "examples,fuzzing", 3),
            ("administrator", nil, "examples,fuzzing", 3), ("partner", nil, "examples,fuzzing", 1),
        ]
        for person in people {
            var credentials: [String] = []
            if let role = person.role {
                let token = try await Peer.token(role, person.office, on: installation)
                credentials = ["--header", "Authorization: Bearer \(token)"]
            }
            let (status, output) = try await Peer.python(
                [
                    "-c", "from schemathesis.cli import schemathesis; schemathesis()", "--config-file",
                    Peer.folder.appendingPathComponent("schemathesis.toml").path, "run",
                    installation.url("/openapi.json"), "--phases", person.phases, "--max-examples",
                    "\(person.examples)", "--seed", "1", "--continue-on-failure", "--no-shrink", "--warnings", "off",
                    "--request-timeout", "20",
                ] + credentials,
                environment: [
                    "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": Peer.folder.path,
                    "PYTHONDONTWRITEBYTECODE": "1",
                ])
            #expect(status == 0, "\(person.role ?? "nobody") \(person.office ?? ""):\n\(output)")
            #expect(output.contains("Tested: "), "nothing was tested:\n\(output)")
        }
        try await installation.waitUntilAtRest()
        let (status, output) = try await installation.verify()
        #expect(status == 0, "\(output)")
        try await installation.stop()
    }
}
