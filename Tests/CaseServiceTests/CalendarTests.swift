import CaseFile
import CaseTiming
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService
@testable import CaseViews

@Suite("Calendars and their secret addresses")
struct CalendarTests {
    private static let caseID = UUID(uuid: (1, 152, 160, 0, 0, 0, 112, 0, 128, 0, 0, 0, 0, 0, 0, 1))
    private static let subjects = (0..<6).map { UUID(derivedFrom: caseID, "\($0)") }

    private static func entries() throws -> [CalendarEntry] {
        let winter = try #require(WallTime("2026-03-19T14:00"))
        let summer = try #require(WallTime("2026-07-01T08:05"))
        let contents: [CalendarEntry.Content] = [
            .appointment(at: winter, minutes: 45, isCancelled: false),
            .appointment(at: summer, minutes: 30, isCancelled: true), .conference(at: winter, isCancelled: false),
            .deadline(on: "2026-04-30"), .deadline(on: "2026-03-28"),
        ]
        return zip(subjects, contents).map { CalendarEntry(caseId: caseID, subject: $0, content: $1) }
    }

    private func lines(_ text: String) -> [String] {
        text.replacing("\r\n ", with: "").components(separatedBy: "\r\n")
    }

    @Test("long lines are folded between characters, and texts are escaped")
    func writing() {
        #expect(ICalendar.escaped("a\\b;c,d\ne\u{7}") == "a\\\\b\\;c\\,d\\ne")
        let long = "SUMMARY:" + String(repeating: "äöü€😀", count: 40)
        let folded = ICalendar.folded(long)
        #expect(folded.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        #expect(folded.replacing("\r\n ", with: "") == long)
        #expect(ICalendar.folded("short") == "short")
    }

    @Test("a caseworker reads a calendar with a token, of the own office")
    func withToken() async throws {
        let fixture = try await ServiceFixture()
        let entries = try Self.entries()
        fixture.queries.change { $0.calendar = entries }
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let answer = try await client.get("/v1/youth-office/calendar.ics", token: token)
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
            let lines = lines(answer.text)
            #expect(lines.first == "BEGIN:VCALENDAR" && lines.suffix(2) == ["END:VCALENDAR", ""])
            #expect(lines.contains("DTSTART;TZID=Europe/Berlin:20260319T140000") && lines.contains("DURATION:PT45M"))
            #expect(lines.contains("DTSTART;TZID=Europe/Berlin:20260701T080500") && lines.contains("STATUS:CANCELLED"))
            #expect(lines.contains("BEGIN:VTIMEZONE") && lines.contains("DTSTAMP:20260316T090000Z"))
            #expect(lines.count { $0 == "BEGIN:VEVENT" } == entries.count)
            #expect(lines.count { $0.hasPrefix("DURATION:") } == 2, "nobody says how long a conference takes")
            #expect(lines.contains("DTSTART;VALUE=DATE:20260430") && lines.contains("DTEND;VALUE=DATE:20260501"))
            #expect(lines.contains("UID:\(Self.subjects[0].uuidString.lowercased())@gleichtakt"))
            #expect(fixture.queries.now.lastCalendar?.actor.subject == "yo-7")
            #expect(fixture.reads.reads.map(\.view) == ["calendar"])
            let foreign = try await client.get("/v1/job-centre/calendar.ics", token: token)
            #expect(foreign.status == .forbidden)
            #expect(try await client.get("/v1/youth-office/calendar.ics", token: nil).status == .unauthorized)
        }
    }

    @Test("a secret address is made, listed without it, read without a token, and revoked")
    func feeds() async throws {
        let fixture = try await ServiceFixture()
        let entries = try Self.entries()
        fixture.queries.change { $0.calendar = entries }
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice, areas: ["frankfurt-gallus"])
            let made = try await client.post("/v1/youth-office/calendar-feeds", #"{"days":30}"#, token: token)
            #expect(made.status == .created)
            let feed = made.json
            let (path, id) = (try #require(feed["path"]?.text), try #require(feed["feedId"]?.text))
            let read = try await client.get(path, token: nil)
            #expect(read.status == .ok && read.text.contains("BEGIN:VEVENT"))
            let query = try #require(fixture.queries.now.lastCalendar)
            #expect(query.actor.subject == "yo-7" && query.office == .youthOffice)
            #expect(query.actor.areas == ["frankfurt-gallus"])
            let listed = try await client.get("/v1/youth-office/calendar-feeds", token: token)
            #expect(listed.text.contains(id) && !listed.text.contains("path"))
            // Nobody else sees or revokes it.
            let other = try await fixture.token(.caseworker, office: .youthOffice, subject: "yo-8")
            let theirs = try await client.get("/v1/youth-office/calendar-feeds", token: other)
            #expect(!theirs.text.contains(id))
            #expect(
                try await client.get("/v1/youth-office/calendar-feeds/\(id)", token: other, method: .delete).status
                    == .notFound)
            #expect(try await client.get(path, token: nil).status == .ok)
            #expect(fixture.reads.reads.map(\.view) == ["calendar-feed", "calendar-feed"])
            #expect(
                try await client.get("/v1/youth-office/calendar-feeds/\(id)", token: token, method: .delete).status
                    == .noContent)
            // What is revoked, what never was and what is no secret at all cannot be told apart.
            let unknown = "/v1/calendar-feeds/\(String(repeating: "a", count: 43))/calendar.ics"
            var answers: Set<String> = []
            for path in [path, unknown, "/v1/calendar-feeds/short/calendar.ics"] {
                let answer = try await client.get(path, token: nil)
                #expect(answer.problem == "not-found")
                answers.insert(answer.text)
            }
            #expect(answers.count == 1, "\(answers)")
        }
    }

    @Test("of the secret only a hash is kept")
    func hashed() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            var paths: Set<String> = []
            for _ in 0..<2 {
                let made = try await client.post("/v1/youth-office/calendar-feeds", "{}", token: token)
                paths.insert(try #require(made.json["path"]?.text))
            }
            let secrets = paths.map { $0.split(separator: "/")[2] }
            #expect(secrets.count == 2 && secrets.allSatisfy { $0.utf8.count == 43 })
            #expect(Set(fixture.feeds.secretHashes) == Set(secrets.map { FeedSecret.hash(String($0)) }))
            #expect(fixture.feeds.secretHashes.allSatisfy { $0.count == 32 })
        }
    }

    @Test("a supervisor sees and revokes what the office's caseworkers made, and nobody of another office does")
    func supervision() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let caseworker = try await fixture.token(.caseworker, office: .youthOffice)
            let made = try await client.post("/v1/youth-office/calendar-feeds", "{}", token: caseworker)
            let (path, id) = (try #require(made.json["path"]?.text), try #require(made.json["feedId"]?.text))
            let stranger = try await fixture.token(.supervisor, office: .jobCentre, subject: "jc-9")
            let elsewhere = try await client.get(
                "/v1/job-centre/calendar-feeds/\(id)", token: stranger, method: .delete)
            #expect(elsewhere.status == .notFound)
            let supervisor = try await fixture.token(.supervisor, office: .youthOffice, subject: "yo-9")
            #expect(try await client.get("/v1/youth-office/calendar.ics", token: supervisor).status == .forbidden)
            let listed = try await client.get("/v1/youth-office/calendar-feeds", token: supervisor)
            #expect(listed.text.contains(id) && listed.text.contains("yo-7") && !listed.text.contains("path"))
            let revoked = try await client.get(
                "/v1/youth-office/calendar-feeds/\(id)", token: supervisor, method: .delete)
            #expect(revoked.status == .noContent)
            #expect(try await client.get(path, token: nil).status == .notFound)
        }
    }

    @Test("an address ends on its own")
    func expiry() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let made = try await client.post("/v1/youth-office/calendar-feeds", #"{"days":1}"#, token: token)
            let path = try #require(made.json["path"]?.text)
            fixture.time.advance(seconds: 86_399)
            #expect(try await client.get(path, token: nil).status == .ok)
            fixture.time.advance(seconds: 1)
            #expect(try await client.get(path, token: nil).status == .notFound)
        }
    }

    @Test("bodies that do not fit are refused with what is wrong", arguments: [#"{"days":0}"#, #"{"day":1}"#, "[]"])
    func malformed(_ body: String) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let answer = try await client.post("/v1/youth-office/calendar-feeds", body, token: token)
            #expect(answer.status == .badRequest)
        }
    }

    @Test("whoever asks too often waits, trying secrets too")
    func rate() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let unknown = "/v1/calendar-feeds/\(String(repeating: "a", count: 43))/calendar.ics"
            var statuses: Set<Int> = []
            for _ in 0..<200 { statuses.insert(try await client.get(unknown, token: nil).status.code) }
            #expect(statuses == [404, 429])
        }
    }
}
