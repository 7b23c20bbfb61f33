import Foundation
import Ledger
import Logging
import Postgres
import Testing

/// What `deploy/` documents: logins that are no superusers and own nothing, each a member of the roles that its process needs.
@Suite("With the logins of deploy/", .serialized)
struct DeployedLoginsTests {
    @Test("everything works, from the first migration to an erased person")
    func everything() async throws {
        let installation = try await Installation.start(isDeployed: true)
        let area = "deployed-quarter"
        let (id, today) = (HouseholdStory.id("deployed case"), LedgerClock.system.today)
        let administrator = try await installation.caller("administrator", subject: "a-1")
        let caseworker = try await installation.caller("caseworker", office: "youth-office", subject: "yo-1")
        func done(_ caller: Caller, _ path: String, _ body: JSON) async throws {
            let answer = try await caller.post(path, body)
            #expect(answer.status == 200 || answer.status == 201, "\(path): \(answer.text)")
        }
        try await done(administrator, "/v1/areas/\(area)/publish-area", ["name": "Deployed quarter (invented)"])
        func command(_ name: String, _ body: JSON) async throws {
            try await done(caseworker, "/v1/cases/\(id)/\(name)", body)
        }
        try await command(
            "register-participant",
            [
                "givenName": "Zqgiven", "familyName": "Zqfamily", "areaId": .string(area),
                // Turns 18 in two months: the worker finds that, and records it.
                "bornOn": .string((today - 18 * 365 + 60).description),
                "effectiveOn": .string((today - 10).description),
            ])
        try await command(
            "engage-office",
            ["office": "youth-office", "caseworker": "yo-1", "effectiveOn": .string((today - 10).description)])
        try await command(
            "entrust-note", ["noteId": .string(HouseholdStory.id("note")), "text": "Zqtold", "toldBy": "participant"])
        try await eventually("the worker has found something and shown it") {
            let findings = try await caseworker.get("/v1/timing/findings").json["items"].items
            return findings.contains { $0["kind"].text == "handover" }
        }
        let told = try await caseworker.get("/v1/youth-office/cases/\(id)/entrusted-notes")
        #expect(told.text.contains("Zqtold"), "\(told.text)")
        let auditor = try await installation.caller("auditor", subject: "au-1")
        for path in ["events", "", "reads", "access-report"] {
            let caller = path == "access-report" ? administrator : auditor
            let answer = try await caller.get(
                "/v1/audit/cases/\(id)\(path.isEmpty ? "" : "/" + path)", headers: ["Audit-Reason": "deployed"])
            #expect(answer.status == 200, "\(path): \(answer.text)")
            #expect(!answer.text.contains("Zqtold"), "\(path)")
        }
        let replayed = try await installation.run("replay", id)
        #expect(replayed.contains("Zqfamily") && !replayed.contains("Zqtold"))
        try await installation.run("rebuild")
        try await installation.waitUntilAtRest()
        #expect(try await installation.verify().status == 0)
        try await installation.run("keys", "rotate", "--master")
        #expect(try await administrator.get("/readyz").status == 200)
        try await installation.stop()
    }

    @Test("no login is a superuser, and none has more than its processes need")
    func logins() async throws {
        let installation = try await Installation.start(services: 0, workers: 0, isDeployed: true)
        func refusal(_ login: String, _ sql: String) async throws -> SQLState? {
            let uri = installation.databaseURL.replacingOccurrences(of: "user=postgres", with: "user=\(login)")
            let pool = PostgresPool(PostgresConfiguration(uri: uri), size: 1, logger: Logger(label: "login"))
            do {
                try await pool.withConnection { try await $0.script("BEGIN; \(sql); ROLLBACK") }
                return nil
            } catch let error as PostgresError {
                return error.sqlState
            }
        }
        let append = "SELECT * FROM ledger.append('{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}')"
        let attempts: [(login: String, sql: String, isAllowed: Bool)] = [
            ("gleichtakt-worker", "SET ROLE gleichtakt_worker; \(append)", false),
            ("gleichtakt-worker", "SET ROLE gleichtakt_appender; \(append)", true),
            ("gleichtakt-worker", "SET ROLE gleichtakt_appender; SELECT * FROM ledger.projections", false),
            ("gleichtakt-worker", "SET ROLE gleichtakt_service", false),
            ("gleichtakt-worker", "SET ROLE gleichtakt_auditor", false),
            ("gleichtakt-worker", "SET ROLE gleichtakt_eraser", false),
            ("gleichtakt-worker", "SELECT * FROM audit.reads", false),
            ("gleichtakt-service", "SET ROLE gleichtakt_service; \(append)", true),
            ("gleichtakt-service", "SET ROLE gleichtakt_worker", false),
            ("gleichtakt-service", "SET ROLE gleichtakt_appender", false),
            ("gleichtakt-service", "SET ROLE gleichtakt_eraser", false),
            ("gleichtakt-service", "SET ROLE gleichtakt_auditor; \(append)", false),
            ("gleichtakt-service", "SET ROLE gleichtakt_auditor; SELECT * FROM ledger.events", true),
            ("gleichtakt-service", "SET ROLE gleichtakt_auditor; SELECT * FROM vault.person_keys", false),
            ("gleichtakt-auditor", "SELECT * FROM ledger.events", true),
            ("gleichtakt-auditor", "SELECT * FROM vault.person_keys", false),
            ("gleichtakt-auditor", "SET ROLE gleichtakt_service", false),
            ("gleichtakt-eraser", "SET ROLE gleichtakt_eraser; SELECT vault.destroy('{}')", true),
            ("gleichtakt-eraser", "SET ROLE gleichtakt_service", false),
        ]
        for (login, sql, isAllowed) in attempts {
            #expect(
                try await refusal(login, sql) == (isAllowed ? nil : .insufficientPrivilege), "\(login): \(sql)")
            #expect(try await refusal(login, "CREATE ROLE beside SUPERUSER") == .insufficientPrivilege)
            #expect(try await refusal(login, "CREATE TABLE ledger.beside (a int)") == .insufficientPrivilege)
        }
        try await installation.stop()
    }
}
