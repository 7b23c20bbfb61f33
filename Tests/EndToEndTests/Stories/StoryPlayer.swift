import Foundation
import Ledger
import NIOHTTP1
import Testing

/// Plays a documented story against a running service, filling in what stands in braces.
actor StoryPlayer {
    private let installation: Installation
    private let story: DocumentedStory
    private let today = LedgerClock.system.today
    private var tokens: [String: String] = [:]
    private var position = 0

    init(_ story: DocumentedStory, on installation: Installation) {
        self.story = story
        self.installation = installation
    }

    /// Plays all steps, and notes what is not as the article shows it.
    func play() async throws {
        for step in story.steps { try await play(step) }
    }

    private func play(_ step: DocumentedStory.Step) async throws {
        let words = step.request.first.split(separator: " ")
        try #require(words.count == 2, "\(story.article):\(step.request.line): method and address are expected")
        let isQuery = words[0] == "GET"
        let path = try await filled(String(words[1]))
        var headers: [String: String] = [:]
        for (name, value) in step.request.headers { headers[String(name)] = try await filled(String(value)) }
        let text = try await filled(step.request.body)
        // What is shown has to be JSON that somebody can send.
        let body = try text.allSatisfy(\.isWhitespace) ? nil : Data(JSON(parsing: Data(text.utf8)).serialized.utf8)
        let caller = Caller(base: installation.url(""))
        var answer: Answer
        // What the worker has to do first comes a moment later.
        let end = ContinuousClock.now + .seconds(60)
        repeat {
            answer = try await caller.send(isQuery ? .GET : .POST, path, body, headers)
            if try await isShown(step.answer, answer) { break }
            if isQuery { try await Task.sleep(for: .milliseconds(50)) }
        } while isQuery && ContinuousClock.now < end
        #expect(
            try await isShown(step.answer, answer),
            "\(story.article):\(step.answer.line), \(step.request.first): \(answer.status) \(answer.text)")
        if let reached = answer.header("Ledger-Position").flatMap({ Int($0) }) { position = max(position, reached) }
    }

    /// Whether status, headers and body are as they are shown.
    private func isShown(_ block: DocumentedStory.Block, _ answer: Answer) async throws -> Bool {
        guard block.first == "HTTP/1.1 \(answer.status)" else { return false }
        for (name, value) in block.headers where answer.header(String(name)) != String(value) { return false }
        let text = try await filled(block.body)
        return try text.allSatisfy(\.isWhitespace) || answer.json.contains(JSON(parsing: Data(text.utf8)))
    }

    // MARK: Placeholders

    private func filled(_ text: String) async throws -> String {
        var filled = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: /\{([a-z][a-z0-9-]*(?:\+[0-9]+)?)\}/) {
            filled += rest[..<match.range.lowerBound]
            filled += try await value(of: String(match.output.1))
            rest = rest[match.range.upperBound...]
        }
        return filled + rest
    }

    private func value(of name: String) async throws -> String {
        if name == "position" { return "\(position)" }
        if name == "today" { return today.description }
        if let days = name.wholeMatch(of: /today([+-][0-9]+)/).flatMap({ Int($0.output.1) }) {
            return (today + days).description
        }
        if let office = Self.offices[String(name.prefix(3))] { return try await token(name, office) }
        return HouseholdStory.id("\(story.article) \(name)")
    }

    private static let offices = [
        "jc-": "job-centre", "yo-": "youth-office", "so-": "social-office", "ad-": "",
    ]

    /// The token of a person: `jc-4` is a caseworker of the job centre, `so-lead` heads the social office.
    private func token(_ name: String, _ office: String) async throws -> String {
        if let token = tokens[name] { return token }
        let role = office.isEmpty ? "administrator" : name.hasSuffix("-lead") ? "supervisor" : "caseworker"
        let caller = try await installation.caller(role, office: office.isEmpty ? nil : office, subject: name)
        let token = try #require(caller.token)
        tokens[name] = token
        return token
    }
}
