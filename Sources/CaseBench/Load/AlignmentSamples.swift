import CaseTiming
import Ledger

/// Invented problems of bringing measures into step, the same in every run.
struct AlignmentSamples {
    /// How large they are.
    enum Size: CaseIterable {
        /// Four to eight measures of a household, with as many relations.
        case household
        /// Fifty measures with a hundred relations.
        case large
        /// As large, and each office has room in some months of a year and not in others.
        case windowed
        /// As large, with three measures that each are to come before the next, round in a circle.
        case contradictory
    }

    private var chance: Chance

    /// The problems that follow from a seed.
    init(seed: UInt64) { chance = Chance(state: seed) }

    /// The next problem.
    mutating func next(_ size: Size) throws -> AlignmentProblem {
        let count = size == .household ? chance.draw(4...8) : 50
        // Where the measures can be: what is asked of them is taken from it, so that it can be met.
        let solution = (0..<count).map { number in
            if size == .windowed, let room = Self.terms(of: number % 3)[chance.draw(2...6)].from {
                let first = room + chance.draw(0...30)
                return DayRange(first: first, atLeastTo: first + chance.draw(13...38))
            }
            let first = ("2026-01-01" as CalendarDate) + chance.draw(0...365)
            return DayRange(first: first, atLeastTo: first + chance.draw(13...180))
        }
        let offices = (0..<3).map { office in
            size == .windowed
                ? OfficeCapacity(CapacityWindows(Self.terms(of: office)), weight: office + 1)
                : OfficeCapacity(from: "2025-12-01", to: "2027-12-31", weight: office + 1)
        }
        let measures = solution.enumerated().map { number, days in
            let isMovable = chance.draw(1...100) > 15
            let moved = isMovable ? chance.draw(-45...45) : 0
            return AlignmentMeasure(
                id: "m\(number)", days: days.shifted(by: moved),
                earliestStart: chance.draw(1...100) > 30 ? nil : days.first - chance.draw(0...30),
                latestEnd: chance.draw(1...100) > 30 ? nil : days.last + chance.draw(0...30), isMovable: isMovable,
                capacity: offices[number % offices.count])
        }
        var relations: [AlignmentRelation] = []
        while relations.count < (size == .household ? count : 100) {
            let (first, second) = (chance.draw(0...(count - 1)), chance.draw(0...(count - 1)))
            guard first != second else { continue }
            relations.append(relation(first, second, solution[first], solution[second]))
        }
        if size == .contradictory {
            for (first, second) in [(0, 1), (1, 2), (2, 0)] {
                relations.append(AlignmentRelation(first: "m\(first)", second: "m\(second)", kind: .before))
            }
        }
        return try AlignmentProblem(measures: measures, relations: relations)
    }

    /// Four times a year with room for a measure, three weeks apart, over three years.
    private static func terms(of office: Int) -> [CapacityWindow] {
        (0..<12).map { number in
            let first = ("2025-07-01" as CalendarDate) + 10 * office + 91 * number
            return CapacityWindow(from: number == 0 ? nil : first, to: number == 11 ? nil : first + 69)
        }
    }

    /// A relation that two measures have.
    private mutating func relation(_ first: Int, _ second: Int, _ a: DayRange, _ b: DayRange) -> AlignmentRelation {
        let slack = chance.draw(0...14)
        func related(_ kind: RelationKind, least: Int = 1, tolerance: Int = 0) -> AlignmentRelation {
            AlignmentRelation(
                first: "m\(first)", second: "m\(second)", kind: kind, minDays: least, tolerance: tolerance)
        }
        switch chance.draw(0...2) {
        case 0 where b.first > a.last: return related(.before)
        case 1:
            let overlap = a.overlap(with: b)?.length ?? 0
            return related(.concurrent, tolerance: min(a.length, b.length) - max(0, overlap - slack))
        default: return related(.beforeStart, least: b.first - a.first - slack)
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
private struct Chance {
    var state: UInt64

    mutating func draw(_ range: ClosedRange<Int>) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return range.lowerBound + Int(mixed.multipliedFullWidth(by: UInt64(range.count)).high)
    }
}
