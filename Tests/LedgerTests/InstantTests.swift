import Foundation
import Ledger
import Testing

@Suite("Instants")
struct InstantTests {
    @Test(
        "are read from RFC 3339, whatever the offset",
        arguments: [
            // The examples of RFC 3339, section 5.8, without the leap second, which PostgreSQL does not have either.
            ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.52Z"),
            ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z"),
            ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.87Z"),
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
            ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
            ("2026-03-02t08:30:00.250000z", "2026-03-02T08:30:00.25Z"),
            ("2026-03-02T00:00:00-00:00", "2026-03-02T00:00:00Z"),
            ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ])
    func read(_ text: String, _ expected: String) throws {
        let instant = try #require(Instant(text))
        #expect(instant.description == expected)
        #expect(Instant(instant.description) == instant)
        #expect(try JSONDecoder().decode([Instant].self, from: JSONEncoder().encode([instant])) == [instant])
    }

    @Test("count microseconds from 1970")
    func microseconds() {
        #expect(Instant("1970-01-01T00:00:00.000001Z")?.microsecondsSince1970 == 1)
        #expect(Instant("1969-12-31T23:59:59.999999Z")?.microsecondsSince1970 == -1)
        #expect(Instant("2000-01-01T00:00:00Z")?.microsecondsSince1970 == 946_684_800_000_000)
        let instant = Instant(microsecondsSince1970: 5)
        #expect(instant.adding(seconds: -1) < instant)
        #expect(instant.adding(seconds: 3).microsecondsSince1970 == 3_000_005)
    }

    @Test("are written and read back unchanged")
    func roundTrip() {
        for _ in 0..<2000 {
            let instant = Instant(microsecondsSince1970: .random(in: -62_135_596_800_000_000...253_402_300_799_999_999))
            #expect(Instant(instant.description) == instant)
        }
    }

    @Test(
        "are not read from anything else",
        arguments: [
            "", "2026-03-02", "2026-03-02T08:30:00", "2026-03-02 08:30:00Z", "2026-03-02T24:00:00Z",
            "2026-03-02T08:60:00Z", "2026-03-02T08:30:60Z", "2026-02-30T08:30:00Z", "2026-03-02T08:30:00.Z",
            "2026-03-02T08:30:00.1234567Z", "2026-03-02T08:30:00+0100", "2026-03-02T08:30:00+24:00",
            "2026-03-02T08:30:00+01:60", "2026-03-02T08:30:00 Z", "2026-03-02T08:30:00ZZ", "2026-03-02T8:30:00Z",
            "2026-03-02T08:30Z", "2026-03-02T08:30:00*01:00", "2026-03-02T+8:30:00Z",
        ])
    func refused(_ text: String) {
        #expect(Instant(text) == nil)
    }
}

@Suite("The clock")
struct LedgerClockTests {
    @Test(
        "tells the day in Berlin",
        arguments: [
            ("2026-01-15T22:59:59Z", "2026-01-15"), ("2026-01-15T23:00:00Z", "2026-01-16"),
            ("2026-07-15T21:59:59Z", "2026-07-15"), ("2026-07-15T22:00:00Z", "2026-07-16"),
            // Summer time begins on 2026-03-29 and ends on 2026-10-25, at 01:00 UTC.
            ("2026-03-28T23:00:00Z", "2026-03-29"), ("2026-03-29T22:00:00Z", "2026-03-30"),
            ("2026-10-24T22:00:00Z", "2026-10-25"), ("2026-10-25T22:59:59Z", "2026-10-25"),
            ("1969-12-31T22:59:59.5Z", "1969-12-31"), ("1969-12-31T23:00:00Z", "1970-01-01"),
        ])
    func berlin(_ moment: String, _ day: String) throws {
        let instant = try #require(Instant(moment))
        #expect(LedgerClock.day(of: instant).description == day)
        #expect(LedgerClock { instant }.today.description == day)
    }

    @Test("is the machine's, unless a test says otherwise")
    func system() {
        let before = Date().timeIntervalSince1970
        let now = Double(LedgerClock.system.now.microsecondsSince1970) / 1_000_000
        #expect(abs(now - before) < 60)
    }
}
