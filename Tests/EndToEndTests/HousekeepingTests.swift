import Foundation
import Testing

/// What tells of people and whose time is over goes by itself: the programs and PostgreSQL.
@Suite("Housekeeping", .serialized)
struct HousekeepingTests {
    @Test("removes looks at cases and addresses of calendars when their time is over, and no other ones")
    func expiry() async throws {
        let installation = try await Installation.start(settings: ["GLEICHTAKT_READ_LOG_DAYS": "90"])
        let id = UUID().uuidString.lowercased()
        let administrator = try await installation.caller("administrator", subject: "admin")
        let jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        #expect(try await administrator.post("/v1/areas/gallus/publish-area", ["name": "Gallus"]).status == 201)
        let registered = try await jobCentre.post(
            "/v1/cases/\(id)/register-participant",
            ["givenName": "Invented", "familyName": "Person", "bornOn": "1990-04-05", "areaId": "gallus"])
        #expect(registered.status == 201)
        #expect(try await jobCentre.post("/v1/cases/\(id)/engage-office", ["office": "job-centre"]).status == 200)
        try await installation.waitUntilAtRest()
        for _ in 0..<2 {
            #expect(try await jobCentre.get("/v1/job-centre/cases/\(id)").status == 200)
            #expect(try await jobCentre.post("/v1/job-centre/calendar-feeds", [:]).status == 201)
        }
        let looks = "SELECT count(*)::text FROM audit.reads"
        let feeds = "SELECT count(*)::text FROM access.feeds"
        #expect(try await installation.rows(looks) == ["2"])
        #expect(try await installation.rows(feeds) == ["2"])

        // Time passes for one of each: a look of 91 days ago beside one of 89, an address that ended 31 days ago.
        try await installation.sql(
            """
            UPDATE audit.reads SET at = at - CASE WHEN id = (SELECT min(id) FROM audit.reads)
                THEN interval '91 days' ELSE interval '89 days' END;
            UPDATE access.feeds SET created_at = created_at - interval '400 days', expires_at = now() - interval '31 days'
                WHERE ctid = (SELECT min(ctid) FROM access.feeds);
            """)
        try await installation.kill(.worker)
        try await installation.start(.worker)
        try await eventually("what is over is gone") {
            let left = try await installation.rows(looks) + installation.rows(feeds)
            return left == ["1", "1"]
        }
        #expect(
            try await installation.rows("SELECT (now() - at < interval '90 days')::text FROM audit.reads") == ["true"])
        try await installation.stop()
    }
}
