import CaseTiming
import Ledger

/// Alignments made up from a seed.
struct RandomAlignment {
    var measures: [AlignmentMeasure]
    var relations: [AlignmentRelation]

    /// - Parameters:
    ///   - spread: over how many days the starts lie; lengths are up to half of it.
    ///   - withOffices: whether the measures are those of three offices with a window and weights of their own.
    ///   - withWindows: whether offices, and some measures, have several windows with gaps between them.
    init(
        _ generator: inout SeededGenerator, measures count: Int, relations relationCount: Int, spread: Int,
        weights: ClosedRange<Int> = 0...4, withOffices: Bool = false, withWindows: Bool = false
    ) {
        let epoch: CalendarDate = "2026-01-01"
        let offices: [OfficeCapacity?] =
            withWindows
            ? (0..<3).map { _ in
                OfficeCapacity(
                    Self.windows(&generator, around: epoch, spread: spread), weight: generator.integer(weights))
            }
            : withOffices
                ? (0..<3).map { _ in
                    OfficeCapacity(
                        from: generator.happens(50) ? epoch + generator.integer(-spread...spread / 2) : nil,
                        to: generator.happens(50) ? epoch + generator.integer(spread...spread * 2) : nil,
                        weight: generator.integer(weights))
                } : [nil]
        measures = (0..<count).map { number in
            let first = epoch + generator.integer(0...spread)
            let days = DayRange(
                first: first, atLeastTo: first + generator.integer(0...max(1, spread / (withWindows ? 4 : 2))))
            return AlignmentMeasure(
                id: "m\(number)", days: days,
                earliestStart: generator.happens(30) ? first + generator.integer(-spread...spread / 4) : nil,
                latestEnd: generator.happens(30) ? days.last + generator.integer(-spread / 4...spread) : nil,
                isMovable: !generator.happens(15),
                weight: (withOffices || withWindows) && generator.happens(70) ? nil : generator.integer(weights),
                windows: withWindows && generator.happens(20)
                    ? Self.windows(&generator, around: epoch, spread: spread) : .always,
                capacity: offices[withOffices || withWindows ? number % 3 : 0])
        }
        relations = []
        while relations.count < relationCount {
            let (first, second) = (generator.integer(0...(count - 1)), generator.integer(0...(count - 1)))
            guard first != second else { continue }
            let least = generator.integer(-spread / 2...spread / 2)
            relations.append(
                AlignmentRelation(
                    first: "m\(first)", second: "m\(second)", kind: generator.one(of: RelationKind.allCases),
                    minDays: least,
                    maxDays: generator.happens(30) ? least + generator.integer(-1...spread) : nil,
                    tolerance: generator.integer(0...max(1, spread / 4))))
        }
    }

    /// Some windows with gaps, the outer ones open now and then.
    private static func windows(
        _ generator: inout SeededGenerator, around epoch: CalendarDate, spread: Int
    ) -> CapacityWindows {
        var day = epoch + generator.integer(-spread...0)
        var windows: [CapacityWindow] = []
        let count = generator.integer(2...4)
        for number in 0..<count {
            let last = day + generator.integer(spread / 4...spread)
            windows.append(
                CapacityWindow(
                    from: number == 0 && generator.happens(30) ? nil : day,
                    to: number == count - 1 && generator.happens(50) ? nil : last))
            day = last + generator.integer(2...max(2, spread / 2))
        }
        windows.shuffle(using: &generator)
        return CapacityWindows(windows)
    }

    var solution: Alignment {
        guard let problem = try? AlignmentProblem(measures: measures, relations: relations) else {
            preconditionFailure("what is made up is well-formed")
        }
        return Alignment(of: problem)
    }
}

extension Alignment {
    /// The shift of each measure by its id, `nil` for a contradiction.
    var days: [String: Int]? {
        guard case .shifts(let shifts, _) = self else { return nil }
        return Dictionary(uniqueKeysWithValues: shifts.map { ($0.id, $0.days) })
    }

    var cost: Int128? {
        guard case .shifts(_, let cost) = self else { return nil }
        return cost
    }

    var contradiction: AlignmentContradiction? {
        guard case .contradiction(let contradiction) = self else { return nil }
        return contradiction
    }
}

extension CapacityWindows {
    /// Whether there is room on all days.
    fileprivate func hold(_ days: DayRange) -> Bool {
        windows.contains { window in
            window.from.map { $0 <= days.first } ?? true && window.to.map { days.last <= $0 } ?? true
        }
    }
}

/// Whether measures shifted by so many days keep their limits and relations, told by the days themselves.
func holds(_ alignment: RandomAlignment, _ shifts: [String: Int]) -> Bool {
    var days: [String: DayRange] = [:]
    for measure in alignment.measures {
        let shift = shifts[measure.id] ?? 0
        let range = measure.days.shifted(by: shift)
        days[measure.id] = range
        if !measure.isMovable {
            if shift != 0 { return false }
        } else if measure.earliestStart.map({ range.first < $0 }) ?? false
            || measure.latestEnd.map({ range.last > $0 }) ?? false
            || ![measure.windows, measure.capacity?.windows ?? .always].allSatisfy({ $0.hold(range) })
        {
            return false
        }
    }
    return alignment.relations.allSatisfy { relation in
        guard let a = days[relation.first], let b = days[relation.second] else { return false }
        func lies(_ distance: Int) -> Bool {
            distance >= relation.minDays - relation.tolerance
                && distance <= relation.maxDays.map { $0 + relation.tolerance } ?? .max
        }
        switch relation.kind {
        case .before: return lies(b.first - a.last)
        case .after: return lies(a.first - b.last)
        case .beforeStart: return lies(b.first - a.first)
        case .afterStart: return lies(a.first - b.first)
        case .beforeEnd: return lies(b.last - a.last)
        case .afterEnd: return lies(a.last - b.last)
        case .concurrentWithStart: return abs(a.first - b.first) <= relation.tolerance
        case .concurrentWithEnd: return abs(a.last - b.last) <= relation.tolerance
        case .concurrent:
            return (a.overlap(with: b)?.length ?? 0) >= min(a.length, b.length) - relation.tolerance
        }
    }
}
