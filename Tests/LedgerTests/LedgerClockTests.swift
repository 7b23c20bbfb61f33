import Foundation
import Testing

@testable import Ledger

@Suite("The day in Berlin")
struct LedgerZoneTests {
    @Test(
        "begins an hour before UTC's in winter and two hours before it in summer",
        arguments: [
            ("2026-03-28T22:59:59Z", "2026-03-28"), ("2026-03-28T23:00:00Z", "2026-03-29"),
            ("2026-03-29T21:59:59.999999Z", "2026-03-29"), ("2026-03-29T22:00:00Z", "2026-03-30"),
            ("2026-10-24T22:00:00Z", "2026-10-25"), ("2026-10-25T22:30:00Z", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "2026-10-26"), ("1970-01-01T00:00:00Z", "1970-01-01"),
            ("1969-12-31T23:00:00Z", "1970-01-01"), ("1969-12-31T22:59:59.5Z", "1969-12-31"),
            ("1945-05-24T00:00:00Z", "1945-05-24"), ("1890-01-01T00:00:00Z", "1890-01-01"),
        ])
    func days(_ instant: String, _ day: String) throws {
        #expect(LedgerClock.day(of: try #require(Instant(instant))).description == day)
    }

    @Test("is the one that the zone database says, whichever moment was asked for before")
    func sameAsTheZoneDatabase() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            // Around the changes of 1980 to 2100, and anywhere from 1900 on.
            let seconds = Int.random(in: -2_208_988_800...4_102_444_800, using: &generator)
            let offset = berlin.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
            let expected = Int((Double(seconds + offset) / 86_400).rounded(.down))
            let instant = Instant(microsecondsSince1970: Int64(seconds) * 1_000_000)
            #expect(LedgerClock.day(of: instant).daysSince1970 == expected)
        }
    }
}
