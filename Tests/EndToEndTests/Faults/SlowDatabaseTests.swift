import Foundation
import Logging
import Postgres
import Testing

@Suite("When the database takes too long", .serialized, .timeLimit(.minutes(10)))
struct SlowDatabaseTests {
    @Test("a command that waits too long for its turn is sent away, is not half done, and succeeds when sent again")
    func append() async throws {
        let installation = try await Installation.start(
            settings: ["GLEICHTAKT_LOG_LEVEL": "error", "GLEICHTAKT_STATEMENT_SECONDS": "1"])
        let administrator = try await installation.caller("administrator", subject: "ad-1")
        let key = ["Idempotency-Key": HouseholdStory.id("slow append")]
        let sentAway = try await AppendGate(installation).whileShut {
            try await administrator.post("/v1/areas/slow/publish-area", ["name": "Slow (invented)"], headers: key)
        }
        #expect(sentAway.status == 503)
        #expect(sentAway.json["code"].text == "unavailable")
        #expect(sentAway.header("Retry-After") != nil)
        #expect(try await LedgerAudit(of: installation).head() == 0)

        let served = try await administrator.post(
            "/v1/areas/slow/publish-area", ["name": "Slow (invented)"], headers: key)
        #expect(served.status == 201, "\(served.text)")
        #expect(served.header("Idempotent-Replayed") == nil, "nothing had been recorded")
        #expect(try await LedgerAudit(of: installation).head() == 1)
        try await installation.stop()
    }

    @Test("a query that takes too long is sent away, and the next one is answered")
    func query() async throws {
        let installation = try await Installation.start(
            settings: ["GLEICHTAKT_LOG_LEVEL": "error", "GLEICHTAKT_STATEMENT_SECONDS": "1"])
        let caseworker = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        #expect(try await caseworker.get("/v1/job-centre/cases").status == 200)
        let pool = PostgresPool(
            PostgresConfiguration(uri: installation.databaseURL), size: 1, logger: Logger(label: "slow"))
        try await pool.withTransaction { connection in
            try await connection.script("LOCK TABLE views.job_centre_cases IN ACCESS EXCLUSIVE MODE")
            let sentAway = try await caseworker.get("/v1/job-centre/cases")
            #expect(sentAway.status == 503, "\(sentAway.text)")
            #expect(sentAway.json["code"].text == "unavailable")
            #expect(sentAway.header("Retry-After") != nil)
            // Others look elsewhere.
            #expect(try await caseworker.get("/healthz").status == 200)
        }
        for _ in 0..<20 { #expect(try await caseworker.get("/v1/job-centre/cases").status == 200) }
        try await installation.stop()
    }
}
