import AsyncHTTPClient
import Foundation
import Testing

@Suite("When a service is asked to stop under load", .serialized, .timeLimit(.minutes(10)))
struct ShutdownTests {
    @Test("it ends by itself, what is under way is answered, and the other one takes the rest")
    func underLoad() async throws {
        let seed = Chaos.seed()
        let installation = try await Installation.start(services: 2, settings: ["GLEICHTAKT_LOG_LEVEL": "error"])
        let crowd = try await Crowd(of: installation, pause: 1...10)
        try await crowd.work(clients: 12, seed: seed) {
            for round in 0..<6 {
                try await crowd.achieve(20)
                let part = Installation.Part.service(round % 2)
                #expect(await installation.processes.end(part, with: SIGTERM) == 0)
                try await crowd.achieve(20)
                try await installation.start(part)
            }
            try await crowd.achieve(20)
        }
        try await installation.expectSound(crowd, "services stopped one after the other, seed \(seed)")
        try await installation.stop()
    }

    @Test("commands that wait for the ledger when it is asked to stop get their answers")
    func inFlight() async throws {
        let installation = try await Installation.start(settings: ["GLEICHTAKT_LOG_LEVEL": "error"])
        var administrator = try await installation.caller("administrator", subject: "ad-1")
        let client = HTTPClient.wide(64)
        administrator.client = client
        let gate = AppendGate(installation)
        let (asked, ended) = try await gate.whileShut {
            let asked = Task { [administrator] in
                try await withThrowingTaskGroup(of: Answer.self) { group in
                    for number in 0..<30 {
                        group.addTask {
                            try await administrator.post(
                                "/v1/areas/last-\(number)/publish-area", ["name": "Last (invented)"])
                        }
                    }
                    return try await group.reduce(into: [Answer]()) { $0.append($1) }
                }
            }
            // The first batches are on their way and wait for their turn; the rest waits for them.
            try await eventually("no more commands arrive, because all are here") {
                var depths: Set<String> = []
                for _ in 0..<10 {
                    let metrics = try await administrator.get("/metrics").text.split(separator: "\n")
                    depths.insert(
                        metrics.first { $0.hasPrefix("gleichtakt_append_queue_depth") }.map(String.init) ?? "")
                    try await Task.sleep(for: .milliseconds(100))
                }
                return depths.count == 1 && !depths.contains("gleichtakt_append_queue_depth 0")
            }
            let ended = Task { await installation.processes.end(.service(0), with: SIGTERM) }
            try await eventually("nobody is let in any more") {
                (try? await Caller(base: installation.url(""), patience: .seconds(1)).get("/healthz")) == nil
            }
            return (asked, ended)
        }
        let answers = try await asked.value
        #expect(answers.count == 30)
        for answer in answers { #expect(answer.status == 201, "\(answer.text)") }
        #expect(await ended.value == 0)
        try await client.shutdown()
        try await installation.stop()
    }
}
