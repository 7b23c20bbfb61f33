import Foundation
import Testing

/// `gleichtakt import` and `export` as somebody types them.
@Suite("Import and export from the command line", .serialized)
struct ImportCommandTests {
    private static let administrator = ["--role", "administrator", "--subject", "ad-1"]
    private static let youthOffice = ["--role", "caseworker", "--office", "youth-office", "--subject", "yo-7"]

    private func withFiles<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    private func publishAreas(_ folder: URL, on installation: Installation) async throws {
        let areas = folder.appendingPathComponent("areas.ndjson")
        try Data(
            """
            {"command":"publish-area","areaId":"frankfurt-gallus","data":{"name":"Frankfurt Gallus"}}
            {"command":"publish-area","areaId":"frankfurt-hoechst","data":{"name":"Frankfurt Höchst"}}
            """.utf8
        ).write(to: areas)
        let output = try await installation.importing(areas, Self.administrator)
        #expect(output.contains("2 done, 0 done before, 0 refused"), "\(output)")
    }

    @Test("The documentation's table is imported with the documentation's mapping, once")
    func table() async throws {
        let installation = try await Installation.start()
        try await withFiles { folder in
            try await publishAreas(folder, on: installation)
            let table = folder.appendingPathComponent("people.csv")
            let mapping = folder.appendingPathComponent("people.yaml")
            try Data(Self.block("yaml").utf8).write(to: mapping)
            let text = try Self.block("csv")
            try #require(text.data(using: .windowsCP1252)).write(to: table)
            // To look at what would be sent, nobody needs a service or a token.
            let lines = try await installation.run("import", table.path, "--mapping", mapping.path, "--dry-run")
            #expect(lines.split(separator: "\n").count == 8 && lines.contains(#""familyName":"Weiß (erfunden)""#))
            try await installation.run("import", table.path, "--mapping", mapping.path, status: 64)
            let arguments = Self.youthOffice + ["--mapping", mapping.path]
            let first = try await installation.importing(table, arguments)
            #expect(first.contains("8 done, 0 done before, 0 refused"), "\(first)")
            let head = try await LedgerAudit(of: installation).head()
            let again = try await installation.importing(table, arguments)
            #expect(again.contains("0 done, 8 done before, 0 refused"), "\(again)")
            #expect(try await LedgerAudit(of: installation).head() == head)
            let caller = try await installation.caller("caseworker", office: "youth-office", subject: "yo-7")
            let page = try await caller.get("/v1/youth-office/cases?q=oeztuerk&atLeast=\(head)&wait=20")
            #expect(page.json["items"][0]["familyName"] == "Öztürk; geb. Ünal (erfunden)", "\(page.text)")
            let changed = text.replacing("29.02.2008", with: "29.02.2007").replacing("Höchst;", with: "Mars;")
                .replacing("Große Gasse", with: "Kleine Gasse")
            try #require(changed.data(using: .windowsCP1252)).write(to: table)
            let verdicts = folder.appendingPathComponent("verdicts.ndjson")
            let refused = try await installation.importing(
                table, arguments + ["--verdicts", verdicts.path], status: 1)
            #expect(refused.contains("line 2 (register-participant): 409 already-registered"), "\(refused)")
            #expect(refused.contains("line 3, column 55 (Stadtteil) is 'Mars'"), "\(refused)")
            #expect(refused.contains("line 4, column 30 (Geburtsdatum) is no day"), "\(refused)")
            #expect(refused.contains("0 done, 2 done before, 3 refused"), "\(refused)")
            let kept = try String(contentsOf: verdicts, encoding: .utf8).split(separator: "\n").map {
                try JSON(parsing: Data($0.utf8))
            }
            #expect(kept.map { $0["line"].int } == [2, 2, 2, 3, 4])
            #expect(kept.map { $0["status"].int } == [409, 200, 200, 400, 400])
        }
        try await installation.stop()
    }

    @Test("Exported lines are all events, sealed, and an interrupted export goes on")
    func export() async throws {
        let installation = try await Installation.start()
        try await withFiles { folder in
            try await publishAreas(folder, on: installation)
            let people = folder.appendingPathComponent("people.ndjson")
            try Data(ImportLines.cases(40).utf8).write(to: people)
            _ = try await installation.importing(people, Self.youthOffice)
            let head = try await LedgerAudit(of: installation).head()
            let whole = try await installation.run("export", "--format", "ndjson", "--reason", "a test of exports")
            let events = try whole.split(separator: "\n").map { try JSON(parsing: Data($0.utf8)) }
            #expect(events.compactMap { $0["position"].int } == Array(1...head))
            #expect(events.contains { $0["type"] == "ParticipantRegistered" && $0["isSealed"] == true })
            #expect(!whole.contains("Planted"), "names stay sealed")
            #expect(Set(events.compactMap { $0["category"].text }) == ["area", "case"])
            let rest = try await installation.run("export", "--format", "ndjson", "--after", "\(head - 3)")
            #expect(whole.hasSuffix(rest) && rest.split(separator: "\n").count == 3)
            // As a process leaves it that was killed in the midst of a line.
            let file = folder.appendingPathComponent("ledger.ndjson")
            try Data(whole.utf8.prefix(whole.utf8.count / 2)).write(to: file)
            try await installation.run("export", "--format", "ndjson", "--output", file.path)
            #expect(try String(contentsOf: file, encoding: .utf8) == whole)
            try await installation.run("export", "--format", "ndjson", "--output", file.path)
            #expect(try String(contentsOf: file, encoding: .utf8) == whole)
        }
        try await installation.stop()
    }

    /// The first fenced block of a language in the article on importing.
    private static func block(_ language: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("Sources/gleichtakt/Documentation.docc/Importing.md")
        let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "```\(language)\n")
        return try #require(parts.dropFirst().first?.components(separatedBy: "\n```").first) + "\n"
    }
}

extension Installation {
    /// Runs `gleichtakt import` and answers what it printed, complaints included.
    func importing(_ file: URL, _ arguments: [String], status: Int32 = 0) async throws -> String {
        let program = importProgram(file, arguments)
        let (ended, output) = try await program.run(merging: true)
        guard ended == status else { throw Failed(command: program.arguments, status: ended, output: output) }
        return output
    }

    func importProgram(_ file: URL, _ arguments: [String]) -> Program {
        var program = program("import", file.path, "--url", url(""))
        program.arguments += arguments
        return program
    }
}

/// Files of invented cases.
enum ImportLines {
    /// So many cases of the youth office: registered, engaged and planned for.
    static func cases(_ count: Int) -> String {
        (0..<count).map { number in
            let id = HouseholdStory.id("import \(number)")
            let day = "2026-01-12"
            return """
                {"command":"register-participant","caseId":"\(id)","data":{"givenName":"Planted","familyName":"Person \
                \(number) (invented)","bornOn":"2008-05-17","areaId":"frankfurt-gallus","effectiveOn":"\(day)"}}
                {"command":"engage-office","caseId":"\(id)","data":{"office":"youth-office","effectiveOn":"\(day)"}}
                {"command":"draft-plan","caseId":"\(id)","data":{"planId":"\(HouseholdStory.id("plan \(number)"))",\
                "kind":"youth-support","goal":"invented","effectiveOn":"\(day)"}}

                """
        }.joined()
    }
}
