import Ledger
import Testing

@testable import CaseTiming

@Suite struct DaySetTests {
    private let epoch = CalendarDate(daysSince1970: 20_000)

    private func randomRanges(_ generator: inout SeededGenerator) -> [DayRange] {
        (0..<generator.integer(0...6)).map { _ in
            let first = epoch + generator.integer(0...40)
            return DayRange(first: first, atLeastTo: first + generator.integer(0...12))
        }
    }

    private func allDays(_ ranges: [DayRange]) -> Set<CalendarDate> {
        Set(ranges.flatMap { $0.first...$0.last })
    }

    @Test func touchingRangesBecomeOne() {
        let set = DaySet([days("2026-03-05", "2026-03-09"), days("2026-03-01", "2026-03-04")])
        #expect(set.ranges == [days("2026-03-01", "2026-03-09")])
    }

    @Test func equalsSetsOfSingleDays() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<4000 {
            let ranges = randomRanges(&generator)
            let others = randomRanges(&generator)
            let difference = DaySet(ranges).subtracting(DaySet(others))
            #expect(allDays(DaySet(ranges).ranges) == allDays(ranges))
            #expect(allDays(difference.ranges) == allDays(ranges).subtracting(allDays(others)))
            for set in [DaySet(ranges), difference] {
                #expect(zip(set.ranges, set.ranges.dropFirst()).allSatisfy { $0.last + 1 < $1.first })
            }
        }
    }
}
