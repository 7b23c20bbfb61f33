import Foundation
import NIOHTTP1
import Testing

/// icalendar, a library that calendar programs read calendars with: see ops/python-packages.
@Suite("What icalendar reads", .serialized, .timeLimit(.minutes(5)))
struct CalendarPeerTests {
    private static let script = """
        import sys
        from datetime import datetime, timezone
        from icalendar import Calendar
        calendar = Calendar.from_ical(open(sys.argv[1], "rb").read())
        assert calendar["VERSION"] == "2.0" and calendar["METHOD"] == "PUBLISH"
        assert not calendar.errors and not calendar.get_missing_tzids(), calendar.errors
        # The zone as the calendar itself describes it, and not as Python knows it.
        zone = calendar.timezones[0].to_tz()
        for event in calendar.walk("VEVENT"):
            assert not event.errors, event.errors
            if not isinstance(event.start, datetime):
                assert (event.end - event.start).days == 1 and event["TRANSP"] == "TRANSPARENT"
                print(event["CATEGORIES"].to_ical().decode(), event.start.isoformat(), event["SUMMARY"])
                continue
            start = event.start.replace(tzinfo=zone).astimezone(timezone.utc)
            assert start == event.start.astimezone(timezone.utc), start
            print(event["UID"], start.isoformat(), int(event.duration.total_seconds() / 60), int(event["SEQUENCE"]),
                  event["STATUS"], event["CLASS"], event["SUMMARY"])
        """

    @Test("is a caseworker's appointments, under a secret address until it is revoked")
    func feed() async throws {
        guard try await Peer.has("icalendar") else { return }
        let installation = try await Installation.start()
        let administrator = try await installation.caller("administrator", subject: "ad-1")
        let caseworker = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let area = JSON.object(["name": .string("Gallus")])
        #expect(try await administrator.post("/v1/areas/gallus/publish-area", area).status == 201)
        let id = UUID().uuidString.lowercased()
        let person = JSON.object([
            "givenName": .string("Planted"), "familyName": .string("Secretname"), "bornOn": .string("1990-04-05"),
            "areaId": .string("gallus"),
        ])
        #expect(try await caseworker.post("/v1/cases/\(id)/register-participant", person).status == 201)
        let engagement = JSON.object([
            "office": .string("job-centre"), "caseworker": .string("jc-1"), "legalBasis": .string("§ 15 SGB II"),
        ])
        #expect(try await caseworker.post("/v1/cases/\(id)/engage-office", engagement).status == 200)
        let (winter, summer) = (UUID().uuidString.lowercased(), UUID().uuidString.lowercased())
        for (appointment, at) in [(winter, "2031-01-15T10:00"), (summer, "2031-07-15T10:00")] {
            let body = JSON.object([
                "appointmentId": .string(appointment), "office": .string("job-centre"), "at": .string(at),
                "minutes": .number(45), "place": .string("planted-place"),
            ])
            let answer = try await caseworker.post("/v1/cases/\(id)/schedule-appointment", body)
            #expect(answer.status == 200, "\(answer.text)")
        }
        let cancelled = try await caseworker.post(
            "/v1/cases/\(id)/cancel-appointment", .object(["appointmentId": .string(summer)]))
        #expect(cancelled.status == 200)
        let plan = UUID().uuidString.lowercased()
        let drafted: [(String, JSON)] = [
            (
                "draft-plan",
                ["planId": .string(plan), "kind": "participation", "goal": "planted-goal", "reviewEvery": 6]
            ),
            (
                "add-measure",
                [
                    "planId": .string(plan), "measureId": .string(UUID().uuidString.lowercased()),
                    "title": "planted-title", "strand": "education",
                    "window": ["from": "2031-02-03", "to": "2031-05-30"],
                ]
            ), ("agree-plan", ["planId": .string(plan)]),
        ]
        var position = ""
        for (command, body) in drafted {
            let answer = try await caseworker.post("/v1/cases/\(id)/\(command)", body)
            #expect(answer.status == 200, "\(answer.text)")
            position = try #require(answer.header("Ledger-Position"))
        }
        let made = try await caseworker.post(
            "/v1/job-centre/calendar-feeds", .object(["days": .number(7)]))
        #expect(made.status == 201)
        let path = try #require(made.json["path"].text)
        let own = try await caseworker.get("/v1/job-centre/calendar.ics?atLeast=\(position)&wait=20")
        #expect(own.status == 200)
        let file = try await caseworker.get("/v1/job-centre/cases/\(id)").json
        let review = try #require(file["due"].items.first { $0["reason"] == "plan-review" }?["on"].text)
        let nobody = Caller(base: installation.url(""))
        let answer = try await nobody.get(path)
        #expect(answer.status == 200 && !answer.text.contains("lanted"))
        let feedFile = FileManager.default.temporaryDirectory.appendingPathComponent("calendar-\(id).ics")
        try answer.body.write(to: feedFile)
        defer { try? FileManager.default.removeItem(at: feedFile) }
        let (status, output) = try await Peer.python(["-c", Self.script, feedFile.path])
        let lines = output.split(separator: "\n").map(String.init)
        let short = id.suffix(6)
        #expect(
            status == 0
                && Set(lines) == [
                    "\(winter)@gleichtakt 2031-01-15T09:00:00+00:00 45 0 CONFIRMED PRIVATE Appointment, case …\(short)",
                    "\(summer)@gleichtakt 2031-07-15T08:00:00+00:00 45 1 CANCELLED PRIVATE Appointment, case …\(short)",
                    "Review \(review) Review of a plan, case …\(short)",
                    "Due 2031-02-03 Start of a measure, case …\(short)",
                ], "\(output)")
        let feed = try #require(made.json["feedId"].text)
        let revoked = try await caseworker.send(.DELETE, "/v1/job-centre/calendar-feeds/\(feed)", nil, [:])
        #expect(revoked.status == 204)
        #expect(try await nobody.get(path).status == 404)
        try await installation.stop()
    }
}
