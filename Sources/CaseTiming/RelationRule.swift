import Foundation
import Ledger

/// Finds the relations that two measures violate: `sequence` for `concurrent`, `relation` for every other kind.
///
/// A relation is of interest as long as something could still be moved: while neither measure was abandoned, and both
/// (for `concurrent`) or at least one of them (for every other kind) has not ended. What is found does not depend on the
/// present day.
enum RelationRule {
    static func report(_ timeline: Timeline) -> FindingReport {
        let measures = Dictionary(timeline.measures.map { ($0.id, $0) }) { first, _ in first }
        let findings = timeline.relations.compactMap { related -> Finding? in
            guard let first = measures[related.relation.first], let second = measures[related.relation.second] else {
                return nil
            }
            return finding(related, first, second)
        }
        return FindingReport(findings: findings, nextChange: nil)
    }

    /// Whether a relation between two measures still asks something of them.
    static func isOfInterest(_ first: TimedMeasure, _ second: TimedMeasure) -> Bool {
        !first.isAbandoned && !second.isAbandoned && (first.isOpen || second.isOpen)
    }

    /// Whether a relation that still asks something of two measures does not hold.
    static func isViolated(_ relation: TemporalRelation, _ first: TimedMeasure, _ second: TimedMeasure) -> Bool {
        isOfInterest(first, second) && (relation.kind != .concurrent || (first.isOpen && second.isOpen))
            && relation.violation(first: first.range, second: second.range) > 0
    }

    private static func finding(
        _ related: RelatedMeasures, _ first: TimedMeasure, _ second: TimedMeasure
    ) -> Finding? {
        let relation = related.relation
        guard isViolated(relation, first, second) else { return nil }
        let isConcurrent = relation.kind == .concurrent
        let days = relation.violation(first: first.range, second: second.range)
        let pair = "\(first.id.uuidString.lowercased()):\(second.id.uuidString.lowercased())"
        return Finding(
            key: isConcurrent ? "sequence:\(pair)" : "relation:\(pair):\(relation.kind.rawValue)",
            kind: isConcurrent ? .sequence : .relation, owner: .singleCase(related.recordedIn),
            cases: Set([first.caseID, second.caseID]).sorted(), measures: [first.id, second.id],
            offices: Set([first.office, second.office]).sorted(),
            from: min(first.range.first, second.range.first), to: max(first.range.last, second.range.last), days: days,
            explanation: Wording.violation(of: relation, first, second))
    }
}
