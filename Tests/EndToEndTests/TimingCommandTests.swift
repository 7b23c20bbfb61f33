import Foundation
import Testing

/// `gleichtakt timing …`, which needs neither database nor data directory.
@Suite struct TimingCommandTests {
    private func run(_ arguments: String...) async throws -> (status: Int32, output: String) {
        try await Program(
            executable: Installation.executable, arguments: ["timing"] + arguments + ["--data", "/nonexistent"],
            environment: [:]
        ).run(merging: true)
    }

    @Test func periodTellsTheLastDayAndItsSteps() async throws {
        let posted = try await run("period", "--event", "2026-03-30", "--length", "P1M", "--land", "DE-HE", "--posted")
        #expect(posted.status == 0)
        #expect(posted.output.contains(#""endsOn" : "2026-05-04""#), "\(posted.output)")
        #expect(posted.output.contains("§ 37 Abs. 2 SGB X"))
        let stays = try await run("period", "--event", "2026-03-03", "--length", "P1M", "--land", "HE", "--no-shift")
        #expect(stays.output.contains(#""endsOn" : "2026-04-03""#), "\(stays.output)")
        let unknown = try await run(
            "period", "--event", "2026-03-03", "--length", "P1M", "--land", "BY", "--municipality", "Ausburg")
        #expect(unknown.status != 0 && unknown.output.contains("catholic-majority"), "\(unknown.output)")
        #expect(try await run("period", "--event", "2026-02-30", "--length", "P1M", "--land", "BY").status != 0)
        #expect(try await run("period", "--event", "2040-12-15", "--length", "P1M", "--land", "BY").status != 0)
    }

    @Test func alignAnswersTheQuestionInAFile() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "align-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        func ask(_ question: String) async throws -> (status: Int32, output: String) {
            try Data(question.utf8).write(to: file)
            return try await run("align", file.path())
        }
        let measures = """
            {"id": "b", "start": "2026-03-22", "end": "2026-04-30"},
            {"id": "a", "start": "2026-03-01", "end": "2026-03-31", "movable": false}
            """
        let shifts = try await ask(
            #"{"measures": [\#(measures)], "relations": [{"first": "a", "second": "b", "relation": "before"}]}"#)
        #expect(shifts.status == 0)
        #expect(
            shifts.output
                == #"{"feasible":true,"cost":10,"shifts":[{"id":"a","days":0},{"id":"b","days":10}]}"# + "\n")
        let flawed = try await ask(
            #"{"measures": [\#(measures)], "relations": [{"first": "a", "second": "x", "relation": "before"}]}"#)
        #expect(flawed.status != 0 && flawed.output.contains("/relations/0/second"), "\(flawed.output)")
        let missing = try await run("align", "/nonexistent/question.json")
        #expect(missing.status != 0 && missing.output.contains("cannot be read"), "\(missing.output)")
    }
}
