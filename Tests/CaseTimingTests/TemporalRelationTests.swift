import CaseTiming
import Foundation
import Ledger
import Testing

@Suite struct TemporalRelationTests {
    private func relation(
        _ kind: RelationKind, min: Int = 1, max: Int? = nil, tolerance: Int = 0
    ) -> TemporalRelation {
        TemporalRelation(
            first: id("a"), second: id("b"), kind: kind, minDays: min, maxDays: max, tolerance: tolerance)
    }

    private let march = days("2026-03-01", "2026-03-31")

    @Test func beforeCountsFromTheLastDayToTheFirst() {
        let before = relation(.before)
        #expect(before.violation(first: march, second: days("2026-04-01", "2026-04-30")) == 0)
        #expect(before.violation(first: march, second: days("2026-03-31", "2026-04-30")) == 1)
        #expect(before.violation(first: march, second: days("2026-03-01", "2026-04-30")) == 31)
    }

    @Test func atMostFourteenDaysLater() {
        let soonAfter = relation(.after, max: 14)
        #expect(soonAfter.violation(first: days("2026-04-14", "2026-04-20"), second: march) == 0)
        #expect(soonAfter.violation(first: days("2026-04-15", "2026-04-20"), second: march) == 1)
    }

    @Test func toleranceWidensBothBounds() {
        let exact = relation(.beforeStart, min: 7, max: 7, tolerance: 2)
        #expect(exact.violation(first: march, second: days("2026-03-06", "2026-03-07")) == 0)
        #expect(exact.violation(first: march, second: days("2026-03-10", "2026-03-11")) == 0)
        #expect(exact.violation(first: march, second: days("2026-03-05", "2026-03-07")) == 1)
        #expect(exact.violation(first: march, second: days("2026-03-11", "2026-03-12")) == 1)
    }

    @Test func concurrentAsksForTheWholeShorterMeasure() {
        let concurrent = relation(.concurrent)
        #expect(concurrent.violation(first: march, second: days("2026-03-10", "2026-03-20")) == 0)
        #expect(concurrent.violation(first: march, second: days("2026-03-30", "2026-04-03")) == 3)
        #expect(concurrent.violation(first: march, second: days("2026-04-01", "2026-04-05")) == 5)
        #expect(concurrent.violation(first: march, second: days("2026-04-11", "2026-04-15")) == 15)
    }

    @Test func concurrentRequiresNothingWhenTheToleranceIsTheWholeShorterMeasure() {
        let weekLater = days("2026-05-01", "2026-05-05")
        #expect(relation(.concurrent, tolerance: 5).violation(first: march, second: weekLater) == 0)
        #expect(relation(.concurrent, tolerance: 4).violation(first: march, second: weekLater) > 0)
    }

    @Test func numbersBeyondTheCalendarDoNotOverflow() {
        for kind in RelationKind.allCases {
            for extreme in [Int.min, Int.max] {
                let relation = relation(kind, min: extreme, max: extreme, tolerance: extreme)
                _ = relation.violation(first: march, second: march)
                _ = SimpleTemporalNetwork.contradiction(
                    lengths: [id("a"): 1, id("b"): 31], relations: [relation, relation])
            }
        }
    }

    /// The table, word for word, on single days; the violation is the least shift of the second measure that helps.
    @Test func equalsTheTableDayByDay() {
        var generator = SeededGenerator(seed: 11)
        let epoch = CalendarDate(daysSince1970: 20_500)
        func holds(_ relation: TemporalRelation, _ first: DayRange, _ second: DayRange) -> Bool {
            func bounded(_ distance: Int) -> Bool {
                relation.minDays - relation.tolerance <= distance
                    && relation.maxDays.map { distance <= $0 + relation.tolerance } ?? true
            }
            switch relation.kind {
            case .before: return bounded(second.first - first.last)
            case .after: return bounded(first.first - second.last)
            case .beforeStart: return bounded(second.first - first.first)
            case .afterStart: return bounded(first.first - second.first)
            case .beforeEnd: return bounded(second.last - first.last)
            case .afterEnd: return bounded(first.last - second.last)
            case .concurrentWithStart: return abs(first.first - second.first) <= relation.tolerance
            case .concurrentWithEnd: return abs(first.last - second.last) <= relation.tolerance
            case .concurrent:
                let common = Set(first.first...first.last).intersection(second.first...second.last)
                return min(first.length, second.length) - common.count <= relation.tolerance
            }
        }
        for _ in 0..<6000 {
            let start = epoch + generator.integer(0...20)
            let first = DayRange(first: start, atLeastTo: start + generator.integer(0...9))
            let other = epoch + generator.integer(0...20)
            let second = DayRange(first: other, atLeastTo: other + generator.integer(0...9))
            let least = generator.integer(-5...5)
            let relation = relation(
                generator.one(of: RelationKind.allCases), min: least,
                max: generator.happens(50) ? least + generator.integer(0...5) : nil,
                tolerance: generator.integer(0...4))
            let leastShift = (0...100).first {
                holds(relation, first, second.shifted(by: $0)) || holds(relation, first, second.shifted(by: -$0))
            }
            #expect(relation.violation(first: first, second: second) == leastShift, "\(relation) \(first) \(second)")
        }
    }
}
