import Foundation
import Testing

/// Plays a story over HTTP, sending each command again until it has its answer.
struct Storyteller: Sendable {
    let installation: Installation
    let story: HouseholdStory
    let callers: [HouseholdStory.Person: Caller]

    init(_ story: HouseholdStory, on installation: Installation) async throws {
        self.story = story
        self.installation = installation
        var callers: [HouseholdStory.Person: Caller] = [:]
        for person in HouseholdStory.Person.allCases {
            callers[person] = try await installation.caller(
                person.role, office: person.office, subject: "\(person.rawValue)-1")
        }
        self.callers = callers
    }

    func caller(_ person: HouseholdStory.Person) throws -> Caller { try #require(callers[person]) }

    /// Plays all steps in order.
    func tell() async throws {
        for (index, step) in story.steps.enumerated() { try await play(step, number: index) }
    }

    func play(_ step: HouseholdStory.Step, number: Int) async throws {
        switch step {
        case .command(let person, let path, let body):
            try await eventually("step \(number), \(path), has an answer") {
                let answer = try await caller(person).post(
                    path, body, headers: ["Idempotency-Key": story.commandID(number)])
                if answer.status >= 500 { return false }
                #expect(answer.status == 200 || answer.status == 201, "step \(number) \(path): \(answer.text)")
                return true
            }
        case .findings(let person, let kind, let state, let count):
            try await eventually("step \(number): \(person) sees \(count) \(state) \(kind) findings") {
                let answer = try await caller(person).get("/v1/timing/findings?kind=\(kind)&state=\(state)")
                return answer.status == 200 && answer.json["items"].items.count == count
            }
        }
    }

    /// Everything that people can see at the end, without what differs between any two runs.
    func endState() async throws -> [String: String] {
        let position = try await settle()
        var seen: [String: String] = [:]
        for office in [HouseholdStory.Person.jobCentre, .youthOffice, .socialOffice] {
            for path in [
                "/v1/\(office.rawValue)/cases", "/v1/\(office.rawValue)/cases/\(story.parent)",
                "/v1/\(office.rawValue)/cases/\(story.youth)", "/v1/cases/\(story.parent)/timeline",
                "/v1/cases/\(story.youth)/timeline", "/v1/timing/findings",
            ] {
                let answer = try await caller(office).get("\(path)?atLeast=\(position)&wait=20")
                seen["\(office.rawValue) \(path)"] = "\(answer.status) " + answer.json.without(Self.volatile).serialized
            }
        }
        let summary = try await caller(.supervisor).get("/v1/summary/areas?atLeast=\(position)&wait=20")
        seen["summary"] = summary.json.without(Self.volatile).serialized
        for participant in [story.parent, story.youth] {
            let history = try await caller(.auditor).get(
                "/v1/audit/cases/\(participant)/events", headers: ["Audit-Reason": "end of the story"])
            let types = history.json["items"].items.compactMap { $0["type"].text }
            // What the worker records, and between what of people's, depends on when it gets to look; in the end as many
            // findings are open.
            let own = types.filter { type in !["Finding", "Deadline", "Alignment"].contains { type.hasPrefix($0) } }
            seen["history \(participant)"] = own.joined(separator: " ")
            let (opened, closed) = (types.count { $0 == "FindingOpened" }, types.count { $0 == "FindingClosed" })
            seen["open findings of \(participant)"] = "\(opened - closed)"
            seen["closed findings of \(participant)"] = closed > 0 ? "some" : "none"
        }
        return seen
    }

    private static let volatile: Set<String> = [
        "position", "recordedAt", "version", "openedAt", "closedAt", "next", "viewPosition", "asOf",
    ]

    /// Waits until the views have reached the end of the ledger and nothing is left for timing to do, and answers where
    /// that is.
    private func settle() async throws -> Int {
        try await installation.waitUntilAtRest()
        return try await LedgerAudit(of: installation).head()
    }
}
