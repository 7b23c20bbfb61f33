import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("Days on which something may be seen")
struct VisibleDaysTests {
    @Test("union and intersection agree with sets of days", arguments: 0..<200)
    func agreesWithSets(seed: Int) {
        var random = Dice(seed)
        let left = random.days()
        let right = random.days()
        let all: [CalendarDate] = (0..<60).map { CalendarDate(daysSince1970: 20_000 + $0) }
        for day in all {
            #expect(left.union(right).contains(day) == (left.contains(day) || right.contains(day)))
            #expect(left.intersection(right).contains(day) == (left.contains(day) && right.contains(day)))
        }
        for (one, other) in zip(left.spans, left.spans.dropFirst()) {
            #expect(one.until.map { $0 + 1 < other.from } ?? false, "sorted, neither overlapping nor touching")
        }
    }

    @Test("are written as PostgreSQL reads multiranges, and come back from JSON")
    func forms() throws {
        let days = VisibleDays([
            .init(from: "2026-03-01", until: "2026-03-31"), .init(from: "2026-01-01", until: "2026-01-31"),
            .init(from: "2026-02-01", until: "2026-02-10"), .init(from: "2026-05-01"),
            .init(from: "2026-04-10", until: "2026-04-01"),
        ])
        #expect(days.multirange == "{[2026-01-01,2026-02-11),[2026-03-01,2026-04-01),[2026-05-01,)}")
        #expect(VisibleDays.never.multirange == "{}")
        #expect(try JSONDecoder().decode(VisibleDays.self, from: Data(days.json)) == days)
    }
}

/// Reproducible chance (SplitMix64; Steele, Lea, Flood 2014).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func days() -> VisibleDays {
        VisibleDays(
            (0..<Int.random(in: 0...4, using: &self)).map { _ in
                let from = CalendarDate(daysSince1970: 20_000 + Int.random(in: 0..<50, using: &self))
                let length = Int.random(in: -2...20, using: &self)
                return VisibleDays.Span(from: from, until: Bool.random(using: &self) ? from + length : nil)
            })
    }
}
