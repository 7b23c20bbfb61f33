import Foundation
import Ledger
import Logging
import Postgres
import Testing

/// Somebody is erased: the programs, PostgreSQL and HTTP, and whatever SQL reaches afterwards.
@Suite("Erasure", .serialized)
struct ErasureTests {
    private let id = UUID().uuidString.lowercased()
    private let other = UUID().uuidString.lowercased()

    /// What is planted in every field that is personal, and how the views fold it.
    private let planted = [
        "Plantadora", "plantadora", "Wurzelwerk", "wurzelwerk", "Verborgenallee", "0151-7777123", "geheimziel",
        "geheimstaerke", "geheimhuerde", "geheimnotiz", "geheimgrund", "1991-02-03",
    ]

    private var registration: JSON {
        .object([
            "givenName": .string("Plantadora"), "familyName": .string("Wurzelwerk"), "bornOn": .string("1991-02-03"),
            "areaId": .string("gallus"), "address": .object(["street": .string("Verborgenallee")]),
            "contact": .object(["phone": .string("0151-7777123")]),
        ])
    }

    @Test("takes a person out of all that SQL reaches and all that runs, and leaves history, proofs and numbers")
    func story() async throws {
        let installation = try await Installation.start()
        let administrator = try await installation.caller("administrator", subject: "admin")
        let jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let supervisor = try await installation.caller("supervisor", office: "job-centre", subject: "su-1")
        let auditor = try await installation.caller("auditor", subject: "au-1")
        _ = try await administrator.post("/v1/areas/gallus/publish-area", .object(["name": .string("Gallus")]))
        var position = "0"
        func post(_ id: String, _ command: String, _ body: [String: JSON]) async throws {
            let answer = try await jobCentre.post("/v1/cases/\(id)/\(command)", .object(body))
            #expect((200...201).contains(answer.status), "\(command): \(answer.text)")
            position = answer.header("Ledger-Position") ?? position
        }
        func reached(_ caller: Caller, _ path: String) async throws -> Answer {
            try await caller.get("\(path)\(path.contains("?") ? "&" : "?")atLeast=\(position)&wait=30")
        }
        let reason = ["Audit-Reason": "Complaint 12"]
        #expect(
            try await jobCentre.post("/v1/cases/\(id)/register-participant", registration).status == 201)
        try await post(
            other, "register-participant",
            [
                "givenName": .string("Mira"), "familyName": .string("Bleibt"), "bornOn": .string("1990-04-05"),
                "areaId": .string("gallus"),
            ])
        let household = UUID().uuidString.lowercased()
        for id in [id, other] {
            try await post(
                id, "engage-office", ["office": .string("job-centre"), "legalBasis": .string("§ 15 SGB II")])
            try await post(id, "join-household", ["householdId": .string(household)])
        }
        try await post(
            id, "assess-potential",
            [
                "goals": .array([.string("geheimziel")]), "strengths": .array([.string("geheimstaerke")]),
                "obstacles": .array([.string("geheimhuerde")]),
            ])
        try await post(
            id, "reassign-caseworker",
            [
                "office": .string("job-centre"), "caseworker": .string("jc-1"), "handoverNote": .string("geheimnotiz"),
            ])
        try await post(id, "close-case", [:])
        let hold = UUID().uuidString.lowercased()
        try await post(id, "set-legal-hold", ["holdId": .string(hold), "reason": .string("geheimgrund")])
        #expect(try await reached(jobCentre, "/v1/job-centre/cases/\(id)").text.contains("Verborgenallee"))
        try await installation.sql("ANALYZE")
        let before = try await everything(installation)
        for value in ["Plantadora", "wurzelwerk", "Verborgenallee"] {
            #expect(before.contains { $0.contains(value) }, "\(value) was never there: the test proves nothing")
        }
        let summary = try await reached(supervisor, "/v1/summary/areas").text

        // The law wants it kept for now: it is restricted instead.
        let refused = try await installation.program("erase", id).run(merging: true)
        #expect(refused.status == 1 && refused.output.contains("legal-hold"), "\(refused.output)")
        #expect(refused.output.contains("restricted instead"), "\(refused.output)")
        let again = try await installation.program("erase", id).run(merging: true)
        #expect(again.status == 1 && again.output.contains("restricted already"), "\(again.output)")
        let stored = try await jobCentre.post("/v1/cases/\(id)/reopen-case", .object([:]))
        #expect(stored.status == 409 && stored.json["rule"] == .string("processing-restricted"))
        try await post(id, "lift-legal-hold", ["holdId": .string(hold), "reason": .string("geheimgrund")])
        let file = try await reached(jobCentre, "/v1/job-centre/cases/\(id)")
        #expect(file.json["restrictions"][0]["ground"] == .string("erasure-barred"), "\(file.text)")

        // Whoever looked is on record, also at the list, with what the office works on.
        _ = try await jobCentre.get("/v1/job-centre/cases")
        let looks = try await auditor.get("/v1/audit/cases/\(id)/reads", headers: reason)
        #expect(looks.status == 200 && looks.json["items"][0]["view"] == .string("worklist"), "\(looks.text)")
        #expect(looks.json["items"][0]["isOnList"] == .bool(true))
        #expect(looks.json["items"][1]["legalBasis"] == .string("§ 15 SGB II"), "\(looks.text)")
        let report = try await administrator.get("/v1/audit/cases/\(id)/access-report?format=html", headers: reason)
        #expect(report.status == 200 && report.text.contains("geheimziel") && report.text.contains("§ 15 SGB II"))
        let printed = try await installation.run("access-report", id, "--reason", "Request of 3 May")
        #expect(printed.contains("Verborgenallee"))

        // The service has the key and the state in memory.
        let known = try await auditor.get("/v1/audit/cases/\(id)", headers: reason)
        #expect(known.text.contains("Plantadora"))
        let erased = try await installation.run("erase", id)
        #expect(erased.contains("is erased"))

        let state = try await auditor.get("/v1/audit/cases/\(id)", headers: reason)
        #expect(state.json["participant"]["isErased"] == .bool(true), "\(state.text)")
        #expect(state.json["dataProtection"]["erasure"]["ground"] == .string("not-necessary"))
        let events = try await auditor.get("/v1/audit/cases/\(id)/events", headers: reason)
        #expect(events.text.contains("ParticipantErased") && events.text.contains("PotentialAssessed"))
        let search = try await jobCentre.get("/v1/job-centre/cases?q=Wurzelwerk")
        let answers = try await [
            state, events, search, jobCentre.get("/v1/job-centre/cases/\(id)"), jobCentre.get("/v1/job-centre/cases"),
            jobCentre.get("/v1/job-centre/cases/\(other)"),
        ]
        for value in planted {
            for answer in answers { #expect(!answer.text.contains(value), "\(value)") }
        }
        #expect(search.json["items"] == .array([]))
        let tried = try await jobCentre.post("/v1/cases/\(id)/reopen-case", .object([:]))
        #expect(tried.status == 409 && tried.json["rule"] == .string("participant-erased"))

        try await expectNothingPlanted(installation)
        #expect(try await supervisor.get("/v1/summary/areas").text == summary)
        let verified = try await installation.verify()
        #expect(verified.status == 0, "\(verified.output)")

        // Built anew, everything is as it is.
        let rows = try await views(installation)
        try await installation.run("rebuild")
        #expect(try await views(installation) == rows)
        try await expectNothingPlanted(installation)
        #expect(try await installation.run("erase", id).contains("is erased"), "repeating it is safe")
        let unknown = try await installation.program("erase", UUID().uuidString).run(merging: true)
        #expect(unknown.status == 1 && unknown.output.contains("case-not-registered"), "\(unknown.output)")
        let open = try await installation.program("erase", other).run(merging: true)
        #expect(open.status == 1 && open.output.contains("case-not-at-rest"), "\(open.output)")
        #expect(!open.output.contains("restricted"))
        try await installation.stop()
    }

    @Test("goes on with a new master key, which takes over while the programs run")
    func rotation() async throws {
        let installation = try await Installation.start()
        let administrator = try await installation.caller("administrator", subject: "admin")
        let jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let auditor = try await installation.caller("auditor", subject: "au-1")
        _ = try await administrator.post("/v1/areas/gallus/publish-area", .object(["name": .string("Gallus")]))
        func register(_ id: String, key: String) async throws -> Answer {
            try await jobCentre.post(
                "/v1/cases/\(id)/register-participant", registration, headers: ["Idempotency-Key": key])
        }
        let key = UUID().uuidString
        #expect(try await register(id, key: key).status == 201)
        let file = installation.data.appendingPathComponent("master-key")
        let former = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let prepared = try await installation.run("keys", "rotate", "--master", "--prepare")
        #expect(prepared.contains("beside the former one"))
        #expect(try String(contentsOf: file, encoding: .utf8).contains(former))
        let rotated = try await installation.run("keys", "rotate", "--master")
        #expect(rotated.contains("1 keys of persons"), "\(rotated)")
        #expect(try !String(contentsOf: file, encoding: .utf8).contains(former))
        #expect(try await installation.run("keys", "rotate", "--master").contains("1 keys of persons"))

        // The service began with the first master key; it opens, seals and knows repeated commands all the same.
        #expect(try await register(other, key: UUID().uuidString).status == 201)
        for id in [id, other] {
            let state = try await auditor.get("/v1/audit/cases/\(id)", headers: ["Audit-Reason": "Complaint 12"])
            #expect(state.text.contains("Plantadora"), "\(state.text)")
        }
        #expect(try await register(id, key: key).header("Idempotent-Replayed") == "true")
        try await installation.kill(.service)
        try await installation.start(.service)
        try await installation.waitUntilReady()
        #expect(try await register(id, key: key).header("Idempotent-Replayed") == "true")
        let state = try await auditor.get("/v1/audit/cases/\(id)", headers: ["Audit-Reason": "Complaint 12"])
        #expect(state.text.contains("Plantadora"))
        let verified = try await installation.verify()
        #expect(verified.status == 0, "\(verified.output)")
        try await installation.stop()
    }

    @Test("leaves nothing that tells the day of birth, though a finding was made from it")
    func birthday() async throws {
        let installation = try await Installation.start()
        let administrator = try await installation.caller("administrator", subject: "admin")
        let youthOffice = try await installation.caller("caseworker", office: "youth-office", subject: "yo-1")
        _ = try await administrator.post("/v1/areas/gallus/publish-area", .object(["name": .string("Gallus")]))
        // The 17th of a month in which the participant comes of age, within the days before that are looked at.
        let month = LedgerClock.system.today.adding(months: 3)
        let birthday = month + (17 - month.components.day)
        let born = birthday.adding(months: -12 * 18)
        func post(_ command: String, _ body: JSON) async throws {
            let answer = try await youthOffice.post("/v1/cases/\(id)/\(command)", body)
            #expect((200...201).contains(answer.status), "\(command): \(answer.text)")
        }
        try await post(
            "register-participant",
            [
                "givenName": "Plantadora", "familyName": "Wurzelwerk", "bornOn": .string(born.description),
                "areaId": "gallus",
            ])
        try await post("engage-office", ["office": "youth-office", "legalBasis": "§ 41 SGB VIII"])
        try await eventually("the age limit is found") {
            try await youthOffice.get("/v1/timing/findings?kind=handover&state=open").text.contains("turns 18")
        }
        let recorded = "SELECT convert_from(payload, 'UTF8') FROM ledger.events WHERE type = 'FindingOpened'"
        let findings = try await installation.rows(recorded)
        #expect(findings.contains { $0.contains("handover:age:18") }, "nothing was recorded: the test proves nothing")
        try await post("close-case", [:])
        #expect(try await installation.run("erase", id).contains("is erased"))
        try await installation.sql("ANALYZE")
        // The day itself, and those on which something would begin or end because of it.
        let days = [born] + [0, -182, 28, 29].map { birthday + $0 }
        try await expectNothing(days.map(\.description), installation)
        let exported = try await installation.run("export", "--format", "ndjson")
        #expect(exported.contains("handover:age:18"))
        for day in days { #expect(!exported.contains(day.description), "\(day)") }
        try await installation.stop()
    }

    @Test("takes cases along that were merged into the person's, and refuses a merged case by itself")
    func merged() async throws {
        let installation = try await Installation.start()
        let administrator = try await installation.caller("administrator", subject: "admin")
        let jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let youthOffice = try await installation.caller("caseworker", office: "youth-office", subject: "yo-1")
        _ = try await administrator.post("/v1/areas/gallus/publish-area", .object(["name": .string("Gallus")]))
        func post(_ caller: Caller, _ id: String, _ command: String, _ body: JSON) async throws {
            let answer = try await caller.post("/v1/cases/\(id)/\(command)", body)
            #expect((200...201).contains(answer.status), "\(command): \(answer.text)")
        }
        for id in [id, other] {
            try await post(jobCentre, id, "register-participant", registration)
            for (caller, office) in [(jobCentre, "job-centre"), (youthOffice, "youth-office")] {
                try await post(caller, id, "engage-office", ["office": .string(office)])
            }
            try await post(
                youthOffice, id, "entrust-note",
                ["noteId": .string(UUID().uuidString), "text": "geheimgrund", "toldBy": "participant"])
            try await post(jobCentre, id, "assess-potential", ["goals": ["geheimziel"]])
        }
        // A feed, and a look at a list by name: each of them is kept somewhere.
        #expect(try await jobCentre.post("/v1/job-centre/calendar-feeds", [:]).status == 201)
        #expect(try await jobCentre.get("/v1/job-centre/cases?q=Wurzelwerk").status == 200)
        try await post(
            jobCentre, other, "decide-identity",
            ["otherCaseId": .string(id), "verdict": "same-person", "reason": "geheimgrund"])
        try await post(jobCentre, other, "merge-case", ["into": .string(id), "reason": "geheimgrund"])
        try await post(jobCentre, id, "close-case", [:])
        let apart = try await installation.program("erase", other).run(merging: true)
        #expect(apart.status == 1 && apart.output.contains("Not erased"), "\(apart.output)")
        let before = try await everything(installation)
        #expect(before.contains { $0.contains("Verborgenallee") }, "it was never there: the test proves nothing")
        #expect(try await installation.run("erase", id).contains("is erased"))
        try await expectNothingPlanted(installation)
        let keys = try await installation.rows(
            "SELECT count(*)::text FROM vault.person_keys WHERE wrapped IS NOT NULL AND subject IN ('\(id)', '\(other)')"
        )
        #expect(keys == ["0"])
        for id in [id, other] {
            let told = try await youthOffice.get("/v1/youth-office/cases/\(id)/entrusted-notes")
            #expect(!told.text.contains("geheimgrund"), "\(told.text)")
        }
        try await installation.run("rebuild")
        try await expectNothingPlanted(installation)
        let verified = try await installation.verify()
        #expect(verified.status == 0, "\(verified.output)")
        try await installation.stop()
    }

    @Test("rotates the master key to its end after it was killed in the midst of it")
    func killedRotation() async throws {
        let installation = try await Installation.start()
        let administrator = try await installation.caller("administrator", subject: "admin")
        let jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let auditor = try await installation.caller("auditor", subject: "au-1")
        _ = try await administrator.post("/v1/areas/gallus/publish-area", .object(["name": .string("Gallus")]))
        #expect(try await jobCentre.post("/v1/cases/\(id)/register-participant", registration).status == 201)
        // So many more persons that there is a midst: a wrapped key does not say whose it is.
        try await installation.sql(
            """
            INSERT INTO vault.person_keys (subject, master_key_id, wrapped)
            SELECT gen_random_uuid(), master_key_id, wrapped FROM vault.person_keys, generate_series(1, 30000)
            WHERE subject = '\(id)'
            """)
        let counts = "SELECT count(*)::text FROM vault.person_keys GROUP BY master_key_id ORDER BY 1"
        let rotation = try installation.program("keys", "rotate", "--master").start()
        while try await installation.rows(counts).count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        kill(rotation.identifier, SIGKILL)
        #expect(await rotation.status() != 0)
        #expect(try await installation.rows(counts).count == 2, "it was killed before its end, and after its beginning")
        // Meanwhile everybody works on.
        #expect(try await jobCentre.post("/v1/cases/\(other)/register-participant", registration).status == 201)
        for id in [id, other] {
            let state = try await auditor.get("/v1/audit/cases/\(id)", headers: ["Audit-Reason": "Complaint 12"])
            #expect(state.text.contains("Plantadora"), "\(state.text)")
        }
        let resumed = try await installation.run("keys", "rotate", "--master")
        #expect(resumed.contains("interrupted"), "\(resumed)")
        #expect(try await installation.rows(counts).count == 1)
        #expect(try await installation.rows("SELECT count(*)::text FROM vault.retired_master_keys") == ["1"])
        try await installation.kill(.service)
        try await installation.start(.service)
        try await installation.waitUntilReady()
        for id in [id, other] {
            let state = try await auditor.get("/v1/audit/cases/\(id)", headers: ["Audit-Reason": "Complaint 12"])
            #expect(state.text.contains("Plantadora"), "\(state.text)")
        }
        let verified = try await installation.verify()
        #expect(verified.status == 0, "\(verified.output)")
        try await installation.stop()
    }

    /// Every row of every table, and what the planner sampled of them, as text. Bytes are read as text where they are.
    func everything(_ installation: Installation) async throws -> [String] {
        let tables = try await installation.rows(
            """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
            """)
        var rows: [String] = []
        for table in tables {
            rows += try await installation.rows("SELECT t::text FROM \(table) AS t").map { "\(table) \($0)" }
        }
        rows += try await installation.rows(
            """
            SELECT concat_ws(' ', 'pg_stats', tablename, attname, most_common_vals::text, histogram_bounds::text,
                most_common_elems::text)
            FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
            """)
        return rows
    }

    private func views(_ installation: Installation) async throws -> [String] {
        try await everything(installation).filter { $0.hasPrefix("views.") && !$0.hasPrefix("views.edition") }.sorted()
    }

    private func expectNothingPlanted(_ installation: Installation) async throws {
        try await expectNothing(planted, installation)
    }

    func expectNothing(_ values: [String], _ installation: Installation) async throws {
        let rows = try await everything(installation)
        for value in values {
            let hexadecimal = value.utf8.map { String(format: "%02x", $0) }.joined()
            for row in rows {
                #expect(!row.contains(value) && !row.contains(hexadecimal), "\(value) is in \(row.prefix(200))")
            }
        }
    }
}

extension Installation {
    /// Executes something as the database's superuser.
    func sql(_ sql: String) async throws {
        try await superuser.withConnection { try await $0.script(sql) }
    }

    /// The first column of the answer to a query of the database's superuser, as text.
    func rows(_ query: String) async throws -> [String] {
        try await superuser.query(Statement("test \(query.hashValue)", query)).map { try $0.decode(0) }
    }

    private var superuser: PostgresPool {
        PostgresPool(PostgresConfiguration(uri: databaseURL), size: 1, logger: Logger(label: "superuser"))
    }
}
