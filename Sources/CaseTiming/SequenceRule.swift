import Foundation
import Ledger

/// Finds pairs of offices that each have measures in the coming months but on no day act both, where nobody has
/// set a relation between measures of theirs.
///
/// A measure that is planned or paused is expected to its window's end, one that runs to its window's end or, when
/// that has passed, until its end is recorded.
struct SequenceRule {
    let today: CalendarDate
    let horizonMonths: Int

    /// A measure and the days on which it is expected to run.
    private struct Expected {
        let measure: TimedMeasure
        let days: DayRange
    }

    private struct OfficePair: Hashable {
        let first: Office
        let second: Office

        init(_ one: Office, _ other: Office) {
            first = min(one, other)
            second = max(one, other)
        }
    }

    func report(_ timeline: Timeline) -> FindingReport {
        let related = relatedOffices(timeline)
        let horizonEnd = today.adding(months: horizonMonths)
        let open = Dictionary(grouping: timeline.measures.filter(\.isOpen).map(expected), by: \.measure.office)
        var findings: [Finding] = []
        var changes: [CalendarDate] = []
        for (index, one) in Office.allCases.enumerated() {
            for other in Office.allCases[(index + 1)...] where !related.contains(OfficePair(one, other)) {
                guard let ours = open[one], let theirs = open[other] else { continue }
                changes += (ours + theirs).flatMap(changeDays)
                let nearest = nearest(
                    ours.filter { $0.days.last >= today && $0.days.first <= horizonEnd },
                    theirs.filter { $0.days.last >= today && $0.days.first <= horizonEnd })
                if let nearest { findings.append(finding(timeline.scope, nearest.0, nearest.1)) }
            }
        }
        return FindingReport(findings: findings, nextChange: changes.filter { $0 > today && $0 < .openEnd }.min())
    }

    private func relatedOffices(_ timeline: Timeline) -> Set<OfficePair> {
        let measures = Dictionary(timeline.measures.map { ($0.id, $0) }) { first, _ in first }
        return Set(
            timeline.relations.compactMap { related in
                guard let first = measures[related.relation.first], let second = measures[related.relation.second],
                    RelationRule.isOfInterest(first, second)
                else { return nil }
                return OfficePair(first.office, second.office)
            })
    }

    private func expected(_ measure: TimedMeasure) -> Expected {
        Expected(measure: measure, days: measure.expectedDays(on: today))
    }

    /// Of two offices without a common day the two measures that come nearest to one, or `nil` when they have one or when
    /// one of them has no measure.
    ///
    /// Measures that all reach into the horizon and overlap somewhere also overlap within it.
    private func nearest(_ ours: [Expected], _ theirs: [Expected]) -> (Expected, Expected)? {
        var best: (Expected, Expected)?
        for one in ours {
            for other in theirs {
                if one.days.overlap(with: other.days) != nil { return nil }
                guard let known = best else {
                    best = (one, other)
                    continue
                }
                if isNearer((one, other), than: known) { best = (one, other) }
            }
        }
        return best
    }

    private func isNearer(_ pair: (Expected, Expected), than known: (Expected, Expected)) -> Bool {
        let distance = pair.0.days.daysBetween(pair.1.days)
        let knownDistance = known.0.days.daysBetween(known.1.days)
        guard distance == knownDistance else { return distance < knownDistance }
        return (pair.0.days, pair.1.days, pair.0.measure.id, pair.1.measure.id)
            < (known.0.days, known.1.days, known.0.measure.id, known.1.measure.id)
    }

    /// The days on which a measure comes into the horizon, leaves it, or outlives its window.
    private func changeDays(_ expected: Expected) -> [CalendarDate] {
        let first = expected.days.first
        var entry = first.adding(months: -horizonMonths) - 4
        while entry.adding(months: horizonMonths) < first { entry = entry + 1 }
        return [entry, expected.measure.window.last + 1, expected.days.last + 1]
    }

    private func finding(_ scope: TimingScope, _ one: Expected, _ other: Expected) -> Finding {
        let (earlier, later) = one.days < other.days ? (one.measure, other.measure) : (other.measure, one.measure)
        let offices = [one.measure.office, other.measure.office]
        return Finding(
            key: "sequence:\(offices[0].rawValue):\(offices[1].rawValue)", kind: .sequence, owner: scope,
            cases: Set([earlier.caseID, later.caseID]).sorted(), measures: [earlier.id, later.id], offices: offices,
            from: earlier.range.first, to: later.range.last, days: earlier.range.daysBetween(later.range),
            explanation: Wording.sequence(scope, months: horizonMonths, earlier: earlier, later: later))
    }
}
