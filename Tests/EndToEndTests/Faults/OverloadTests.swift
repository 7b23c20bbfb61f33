import AsyncHTTPClient
import Foundation
import Logging
import Postgres
import Testing

@Suite("When there is too much at once", .serialized, .timeLimit(.minutes(10)))
struct OverloadTests {
    @Test("a full queue sends commands away with 503 and Retry-After, and harms nobody else")
    func fullQueue() async throws {
        let installation = try await Installation.start(
            settings: ["GLEICHTAKT_LOG_LEVEL": "error", "GLEICHTAKT_QUEUE_CAPACITY": "40"])
        var administrator = try await installation.caller("administrator", subject: "ad-1")
        let caseworker = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let client = HTTPClient.wide(400)
        administrator.client = client
        let areas = (0..<300).map { "overload-\($0)" }

        // Somebody holds the ledger, so that nothing gets through.
        let gate = AppendGate(installation)
        let asked = try await gate.whileShut {
            let asked = Task { [administrator] in
                try await withThrowingTaskGroup(of: (String, Answer).self) { group in
                    for area in areas {
                        group.addTask { (area, try await Self.publish(area, administrator)) }
                    }
                    return try await group.reduce(into: [String: Answer]()) { $0[$1.0] = $1.1 }
                }
            }
            try await eventually("the queue is full") {
                let metrics = try await caseworker.get("/metrics").text
                return metrics.contains("gleichtakt_append_queue_depth 40")
            }
            // Whoever only looks does not notice.
            for path in ["/healthz", "/readyz", "/v1/job-centre/cases", "/v1/timing/findings"] {
                #expect(try await caseworker.get(path).status == 200, "\(path)")
            }
            let refused = try await Self.publish("one-too-many", administrator)
            #expect(refused.status == 503)
            return asked
        }
        let answers = try await asked.value
        let refused = answers.filter { $0.value.status == 503 }
        #expect(answers.count - refused.count >= 40, "everybody who waited was served")
        #expect(!refused.isEmpty)
        for (area, answer) in answers {
            if answer.status == 503 {
                #expect(answer.header("Retry-After") != nil)
                #expect(answer.json["code"].text == "unavailable")
            } else {
                #expect(answer.status == 201, "\(area): \(answer.text)")
            }
        }
        // Whoever comes back is served, and whoever was served is not served twice.
        for area in areas {
            let again = try await Self.publish(area, administrator)
            #expect(again.status == 201 && again.json["version"].int == 1, "\(area): \(again.text)")
        }
        try await client.shutdown()
        let (status, output) = try await installation.verify()
        #expect(status == 0, "\(output)")
        try await installation.stop()
    }

    private static func publish(_ area: String, _ caller: Caller) async throws -> Answer {
        try await caller.post(
            "/v1/areas/\(area)/publish-area", ["name": "Overload (invented)"],
            headers: ["Idempotency-Key": HouseholdStory.id(area)])
    }

    @Test("hundreds of half requests that never go on disturb nobody")
    func slowLoris() async throws {
        let installation = try await Installation.start(settings: ["GLEICHTAKT_LOG_LEVEL": "error"])
        let crowd = try await Crowd(of: installation)
        let halves = [
            "", "GET /v1/job-cen", "POST /v1/import HTTP/1.1\r\nHost: x\r\n",
            "POST /v1/areas/a/publish-area HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"name\":",
        ]
        let lines = try (0..<300).map { try HalfRequest(port: installation.port, halves[$0 % halves.count]) }
        try await crowd.work(clients: 8, seed: 1) {
            for _ in 0..<10 {
                try await crowd.achieve(20)
                // Just enough not to be taken for dead.
                for line in lines { line.send("x") }
            }
        }
        for line in lines { line.close() }
        try await installation.expectSound(crowd, "beside 300 half requests")
        #expect(crowd.book.givenUp == 0)
        try await installation.stop()
    }
}
