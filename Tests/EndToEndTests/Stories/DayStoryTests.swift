import Foundation
import Testing

/// The documentation's days, one in each office, played as they are written, so that they cannot become stale.
@Suite("A day in each office", .serialized)
struct DayStoryTests {
    @Test(
        "runs as it is written",
        arguments: ["A-day-in-the-job-centre", "A-day-in-the-youth-office", "A-day-in-the-social-office"])
    func day(_ article: String) async throws {
        let story = try DocumentedStory(article: article)
        #expect(story.steps.count > 15, "a day has more in it")
        let installation = try await Installation.start()
        try await StoryPlayer(story, on: installation).play()
        try await installation.waitUntilAtRest()
        let (status, output) = try await installation.verify()
        #expect(status == 0, "\(output)")
        try await installation.stop()
    }

    @Test("shows persons that are marked as invented", arguments: ["job-centre", "youth-office", "social-office"])
    func invented(_ office: String) throws {
        for step in try DocumentedStory(article: "A-day-in-the-\(office)").steps where !step.request.body.isEmpty {
            guard let body = try? JSON(parsing: Data(step.request.body.utf8)) else { continue }
            for name in ["familyName", "employer", "provider"] {
                guard let text = body[name].text else { continue }
                #expect(text.hasSuffix("(invented)"), "line \(step.request.line): \(text)")
            }
        }
    }

    @Test("has to show each request with its answer")
    func turns() throws {
        let request = "```http\nGET /v1/rules\nAuthorization: Bearer {jc-4}\n```\n"
        let answer = "```http\nHTTP/1.1 200\n\n{\"items\": []}\n```\n"
        let story = try DocumentedStory(article: "x", text: "# X\n" + request + "and\n" + answer)
        #expect(story.steps.count == 1)
        #expect(story.steps[0].request.headers.map(\.name) == ["Authorization"])
        #expect(story.steps[0].answer.line == 7)
        for text in [
            request, answer + request, request + request, "no block", "```http\n```\n" + answer, "```http\nGET /",
        ] {
            #expect(throws: DocumentedStory.Flaw.self) { try DocumentedStory(article: "x", text: text) }
        }
    }

    @Test("is held to everything that it shows, and to nothing else")
    func parts() throws {
        let answer: JSON = ["a": 1, "list": [["b": 2, "c": 3], ["b": 4]], "none": [], "null": nil]
        for part: JSON in [
            [:], ["a": 1], ["list": [["b": 4]]], ["list": [["b": 4], ["c": 3]]], ["none": []], ["null": nil],
        ] {
            #expect(answer.contains(part), "\(part)")
        }
        for part: JSON in [["a": 2], ["d": 1], ["list": [["b": 5]]], ["list": []], ["none": [1]], ["d": nil], [1]] {
            #expect(!answer.contains(part), "\(part)")
        }
    }
}
