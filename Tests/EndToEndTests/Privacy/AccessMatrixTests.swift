import Foundation
import Ledger
import NIOHTTP1
import Testing

/// Every role, office, relation to the case and state of consent against every operation that the API describes, over the
/// wire, with the running programs: no planted value reaches anybody who may not see it.
@Suite("Nobody sees what they may not see", .serialized)
struct AccessMatrixTests {
    private static let area = "planted-quarter"

    @Test("in any byte of any answer, log line or measurement")
    func matrix() async throws {
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: log) }
        let installation = try await Installation.start(settings: ["GLEICHTAKT_LOG_LEVEL": "trace"], log: log)
        let stories = PlantedCase.all.map {
            PlantedStory($0, today: LedgerClock.system.today, area: Self.area)
        }
        let watchers = try await watchers(of: installation)
        try await tell(stories, as: watchers, on: installation)
        try await installation.waitUntilAtRest()

        let described = try await watchers[0].caller.get("/openapi.json").json
        let operations = APIOperation.all(in: described)
        #expect(operations.count > 70)
        #expect(
            Set(operations.filter { $0.method != "GET" && $0.method != "POST" }.map { "\($0.method) \($0.path)" })
                == ["DELETE /v1/{office}/calendar-feeds/{feedId}"], "what else changes something belongs into this test"
        )
        let plants = stories.flatMap(\.plants)
        var seen: [String: Set<String>] = [:]
        for watcher in watchers {
            seen[watcher.name] = try await read(operations, stories, plants, as: watcher)
        }
        whatIsOpenIsShown(plants, watchers, seen)
        for watcher in watchers {
            try await command(operations, stories, plants, as: watcher)
        }
        try await revocations(watchers)
        try await imports(stories, plants, as: #require(watchers.first { $0.name == "social-office caseworker" }))

        let metrics = try await watchers[0].caller.get("/metrics").text
        try await installation.stop()
        let lines = try String(contentsOf: log, encoding: .utf8)
        #expect(lines.contains("request"), "at this level every request is in the log")
        for (place, text) in [("the log", lines), ("the metrics", metrics)] {
            #expect(!text.contains("Zq"), "\(place): \(Self.excerpt(of: text))")
            for story in stories {
                #expect(!text.contains(story.planted.caseId), "\(place) names a case")
            }
        }
    }

    private static func excerpt(of text: String) -> String {
        text.split(separator: "\n").first { $0.contains("Zq") }.map { String($0.prefix(600)) } ?? ""
    }

    // MARK: Preparation

    private func watchers(of installation: Installation) async throws -> [Watcher] {
        var watchers: [Watcher] = []
        for office in ["job-centre", "youth-office", "social-office"] {
            for role in ["caseworker", "supervisor"] {
                watchers.append(
                    Watcher(
                        name: "\(office) \(role)", role: role, office: office, subject: "\(office)-1",
                        caller: try await installation.caller(role, office: office, subject: "\(office)-1")))
            }
        }
        // A colleague, and one to whom was handed over what was told in confidence.
        for subject in ["youth-office-2", "youth-office-9"] {
            watchers.append(
                Watcher(
                    name: subject, role: "caseworker", office: "youth-office", subject: subject,
                    caller: try await installation.caller("caseworker", office: "youth-office", subject: subject)))
        }
        for role in ["supervisor", "auditor", "administrator", "partner"] {
            watchers.append(
                Watcher(
                    name: role, role: role, subject: "\(role)-1",
                    caller: try await installation.caller(role, subject: "\(role)-1")))
        }
        for office in ["job-centre", "social-office"] {
            let token = try await installation.run(
                "token", "--role", "caseworker", "--office", office, "--subject", "elsewhere", "--areas", "elsewhere")
            watchers.append(
                Watcher(
                    name: "\(office) elsewhere", role: "caseworker", office: office, subject: "elsewhere",
                    caller: Caller(
                        base: installation.url(""), token: token.trimmingCharacters(in: .whitespacesAndNewlines)),
                    isResponsible: false))
        }
        watchers.append(Watcher(name: "nobody", caller: Caller(base: installation.url(""))))
        return watchers
    }

    private func tell(_ stories: [PlantedStory], as watchers: [Watcher], on installation: Installation) async throws {
        func caller(_ name: String) throws -> Caller { try #require(watchers.first { $0.name == name }?.caller) }
        let published = try await caller("administrator").post(
            "/v1/areas/\(Self.area)/publish-area", ["name": "Planted quarter (invented)"])
        #expect(published.status == 201, "\(published.text)")
        // Side by side, for each is about a case of its own.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for story in stories {
                group.addTask {
                    for step in story.steps {
                        let answer = try await caller("\(step.office) caseworker").post(
                            "/v1/cases/\(story.planted.caseId)/\(step.command)", step.body)
                        #expect(
                            answer.status == 200 || answer.status == 201,
                            "\(story.planted.name): \(step.command): \(answer.text)")
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    // MARK: Reading

    /// Asks every question that can be asked, and answers which planted values were told.
    private func read(
        _ operations: [APIOperation], _ stories: [PlantedStory], _ plants: [PlantedCase.Plant], as watcher: Watcher
    ) async throws -> Set<String> {
        let unknown = HouseholdStory.id("no case")
        let cases = stories.map(\.planted.caseId) + [unknown]
        var told: Set<String> = []
        for operation in operations where operation.method == "GET" {
            var addresses = operation.addresses(of: cases)
            if operation.path == "/v1/{office}/cases" {
                let names = stories.map(\.planted.familyName) + ["Zq"]
                addresses += addresses.flatMap { address in
                    ["?limit=200", "?limit=200&sort=due", "?waitsFor=us"].map { address + $0 }
                        + names.map { "\(address)?q=\($0)" }
                }
            }
            if operation.path.hasPrefix("/v1/summary") { addresses += addresses.map { "\($0)?from=2020-01" } }
            let forbidden = plants.filter { !watcher.maySee($0, in: operation) }
            var answers: [String: Answer] = [:]
            for address in addresses {
                let answer = try await watcher.caller.get(address, headers: ["Audit-Reason": "the matrix of access"])
                answers[address] = answer
                #expect(answer.status < 500, "\(watcher.name) \(address): \(answer.text)")
                let text = answer.everything
                guard text.contains("Zq") else { continue }
                for plant in forbidden where text.contains(plant.value) {
                    Issue.record("\(watcher.name) \(address) tells \(plant.value)")
                }
                for plant in plants where text.contains(plant.value) { told.insert(plant.value) }
            }
            guard operation.path.contains("{caseId}") else { continue }
            constants(operation, stories, answers, unknown, watcher)
        }
        return told
    }

    /// What is not visible is answered like what is unknown, byte for byte.
    private func constants(
        _ operation: APIOperation, _ stories: [PlantedStory], _ answers: [String: Answer], _ unknown: String,
        _ watcher: Watcher
    ) {
        for (address, answer) in answers {
            for story in stories where address.contains(story.planted.caseId) {
                let nowhere = address.replacingOccurrences(of: story.planted.caseId, with: unknown)
                // An office that is only asked to act is told nothing of how others act.
                let isClosed = operation.path.hasSuffix("simultaneity") && story.planted.standing == .addressed
                let isVisible =
                    !(isClosed && watcher.office == "social-office")
                    && story.plants.contains { watcher.maySee($0, in: operation) && $0.category == "identity" }
                if isVisible {
                    let isOwn = !operation.path.contains("{office}") || address.contains(watcher.office ?? "-")
                    let isAllowed =
                        operation.roles.contains(watcher.role ?? "")
                        && (!operation.path.hasSuffix("/entrusted-notes") || watcher.office == "youth-office")
                    if isOwn, isAllowed { #expect(answer.status == 200, "\(watcher.name) \(address): \(answer.text)") }
                } else if story.planted.standing != .registered || !operation.path.hasSuffix("candidates") {
                    #expect(
                        answer.constant == answers[nowhere]?.constant, "\(watcher.name) \(address): \(answer.text)")
                }
            }
        }
    }

    /// The matrix has teeth: what may be seen is seen.
    private func whatIsOpenIsShown(
        _ plants: [PlantedCase.Plant], _ watchers: [Watcher], _ seen: [String: Set<String>]
    ) {
        let files = APIOperation(method: "GET", path: "/v1/{office}/cases/{caseId}", roles: [], query: [], body: .null)
        for plant in plants where plant.category == "told" {
            #expect(
                Set(watchers.filter { seen[$0.name]?.contains(plant.value) == true }.compactMap(\.subject))
                    == plant.holders, "\(plant.value)")
        }
        for watcher in watchers where watcher.office != nil && watcher.isResponsible {
            for plant in plants where plant.isShown && watcher.maySee(plant, in: files) {
                #expect(
                    seen[watcher.name]?.contains(plant.value) == true, "\(watcher.name) is not shown \(plant.value)")
            }
        }
    }

    // MARK: Commands

    /// Asks for every command that the watcher may not ask for, in cases that are there and in one that is not.
    private func command(
        _ operations: [APIOperation], _ stories: [PlantedStory], _ plants: [PlantedCase.Plant], as watcher: Watcher
    ) async throws {
        let unknown = HouseholdStory.id("no case")
        for operation in operations where operation.method == "POST" && operation.path != "/v1/timing/align" {
            let mayAsk = operation.roles.contains(watcher.role ?? "")
            let isCase = operation.path.hasPrefix("/v1/cases/{caseId}/")
            // Who may publish offers, and so on, may; that is no secret to be kept here.
            guard isCase || !mayAsk, operation.path != "/v1/import" else { continue }
            let strangers = stories.filter { story in
                !story.plants.contains { plant in
                    plant.category == "identity" && watcher.office.map { plant.isVisible(to: $0) } ?? false
                } && story.planted.standing != .registered
            }
            let cases = (mayAsk && watcher.isResponsible ? strangers : Array(stories.prefix(3))).map(\.planted.caseId)
            guard let absent = operation.addresses(of: [unknown]).first else { continue }
            let nothing = try await watcher.caller.post(absent, operation.body)
            #expect(nothing.status >= 400, "\(watcher.name) \(absent): \(nothing.text)")
            for address in operation.addresses(of: cases) {
                // Two questions are answered differently by what they are: whether an id is taken, and whether an office
                // may make itself responsible.
                let isEntrance =
                    operation.path.hasSuffix("register-participant") || operation.path.hasSuffix("engage-office")
                if isEntrance, mayAsk { continue }
                let answer = try await watcher.caller.post(address, operation.body)
                #expect(answer.constant == nothing.constant, "\(watcher.name) \(address): \(answer.text)")
                for plant in plants where answer.everything.contains(plant.value) {
                    Issue.record("\(watcher.name) \(address) tells \(plant.value)")
                }
            }
        }
        try await entrances(stories, plants, as: watcher)
    }

    /// What is revoked: nobody can tell another's feed from one that is not there, and nobody ends it.
    private func revocations(_ watchers: [Watcher]) async throws {
        let (office, owner) = ("youth-office", try #require(watchers.first { $0.name == "youth-office caseworker" }))
        let made = try await owner.caller.post("/v1/\(office)/calendar-feeds", [:])
        #expect(made.status == 201, "\(made.text)")
        let (feed, path) = (try #require(made.json["feedId"].text), try #require(made.json["path"].text))
        let absent = HouseholdStory.id("no feed")
        for watcher in watchers where watcher.name != owner.name && watcher.name != "\(office) supervisor" {
            for named in ["job-centre", office, "social-office"] {
                let nothing = try await watcher.caller.send(.DELETE, "/v1/\(named)/calendar-feeds/\(absent)", nil, [:])
                let answer = try await watcher.caller.send(.DELETE, "/v1/\(named)/calendar-feeds/\(feed)", nil, [:])
                #expect((400..<500).contains(answer.status), "\(watcher.name): \(answer.text)")
                #expect(answer.constant == nothing.constant, "\(watcher.name): \(answer.text)")
            }
        }
        let nobody = try #require(watchers.first { $0.name == "nobody" })
        #expect(try await nobody.caller.get(path).status == 200, "nobody has revoked it")
        let supervisor = try #require(watchers.first { $0.name == "\(office) supervisor" })
        let revoked = try await supervisor.caller.send(.DELETE, "/v1/\(office)/calendar-feeds/\(feed)", nil, [:])
        #expect(revoked.status == 204, "\(revoked.text)")
        #expect(try await nobody.caller.get(path).status == 404)
    }

    /// Registering in a case that is there, and a command of somebody else under its own id, tell nothing of the case.
    private func entrances(
        _ stories: [PlantedStory], _ plants: [PlantedCase.Plant], as watcher: Watcher
    ) async throws {
        guard watcher.name == "social-office caseworker" else { return }
        for story in stories where story.planted.standing == .unrelated {
            guard let first = story.steps.first else { continue }
            let answer = try await watcher.caller.post(
                "/v1/cases/\(story.planted.caseId)/register-participant", first.body)
            #expect(answer.status == 409 && answer.json["rule"].text == "already-registered", "\(answer.text)")
            let version = try await watcher.caller.post(
                "/v1/cases/\(story.planted.caseId)/withdraw-consent", [:], headers: ["If-Match": "\"1\""])
            #expect(version.status == 404 && version.header("etag") == nil, "\(version.text)")
            for plant in plants {
                #expect(!answer.everything.contains(plant.value), "\(plant.value)")
            }
        }
    }

    /// An import is no way around it.
    private func imports(
        _ stories: [PlantedStory], _ plants: [PlantedCase.Plant], as watcher: Watcher
    ) async throws {
        let hidden = stories.filter { $0.planted.standing == .unrelated || $0.planted.standing == .left }
        let lines = hidden.flatMap { story in
            story.steps.filter { !["register-participant", "engage-office"].contains($0.command) }.map { step in
                JSON.object([
                    "command": .string(step.command), "caseId": .string(story.planted.caseId), "data": step.body,
                ]).serialized
            }
        }
        let answer = try await watcher.caller.send(
            .POST, "/v1/import", Data(lines.joined(separator: "\n").utf8),
            ["Content-Type": "application/x-ndjson"])
        #expect(answer.status == 200)
        let verdicts = answer.text.split(separator: "\n")
        #expect(verdicts.count == lines.count)
        for verdict in verdicts {
            let status = (try? JSON(parsing: Data(verdict.utf8)))?["status"].int
            #expect(status == 404 || status == 403, "\(verdict)")
        }
        for plant in plants where answer.everything.contains(plant.value) {
            Issue.record("an import tells \(plant.value)")
        }
    }
}
