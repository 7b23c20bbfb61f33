import CaseTiming
import Foundation
import Ledger
import Testing

@Suite struct DayRangeTests {
    @Test func bothEndsAreIncluded() {
        let march = days("2026-03-01", "2026-03-31")
        #expect(march.length == 31)
        #expect(march.contains("2026-03-01") && march.contains("2026-03-31"))
        #expect(!march.contains("2026-02-28") && !march.contains("2026-04-01"))
        #expect(days("2026-03-01", "2026-03-01").length == 1)
    }

    @Test func reversedDaysAreNoRange() {
        #expect(DayRange(first: "2026-03-02", last: "2026-03-01") == nil)
        #expect(DayRange(first: "2026-03-02", atLeastTo: "2026-03-01") == days("2026-03-02", "2026-03-02"))
    }

    @Test func overlapIsWhatBothHave() {
        let march = days("2026-03-01", "2026-03-31")
        #expect(march.overlap(with: days("2026-03-31", "2026-05-01")) == days("2026-03-31", "2026-03-31"))
        #expect(march.overlap(with: days("2026-04-01", "2026-05-01")) == nil)
        #expect(march.overlap(with: days("2026-03-10", "2026-03-12")) == days("2026-03-10", "2026-03-12"))
    }

    @Test func daysBetweenDoNotDependOnTheOrder() {
        let march = days("2026-03-01", "2026-03-31")
        let may = days("2026-05-01", "2026-05-31")
        #expect(march.daysBetween(may) == 30)
        #expect(may.daysBetween(march) == 30)
        #expect(march.daysBetween(days("2026-04-01", "2026-04-02")) == 0)
        #expect(march.daysBetween(march) == 0)
    }

    @Test func codesAsFromAndTo() throws {
        let march = days("2026-03-01", "2026-03-31")
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(march)
        #expect(String(decoding: json, as: UTF8.self) == #"{"from":"2026-03-01","to":"2026-03-31"}"#)
        #expect(try JSONDecoder().decode(DayRange.self, from: json) == march)
    }

    @Test func decodingReversedDaysFailsAtTo() throws {
        let json = Data(#"{"from":"2026-03-31","to":"2026-03-01"}"#.utf8)
        let error = #expect(throws: DecodingError.self) { try JSONDecoder().decode(DayRange.self, from: json) }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["to"])
    }
}
