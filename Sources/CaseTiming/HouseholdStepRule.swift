import Foundation
import Ledger

/// Finds related measures of an adult and of a young person in one household that fall apart: whatever the relation, it is
/// violated. Key: `household-step:<first>:<second>`.
///
/// What is out of step between the two measures is a finding of its own, `sequence` or `relation`, of the case that recorded
/// the relation; this one is the household's. Both come and go together. Of several relations between the same measures the
/// one that is further out of step is told. Adults are members whose role is adult or partner, young people those whose
/// role is youth or child. What is found does not depend on the present day.
enum HouseholdStepRule {
    static func report(_ timeline: Timeline) -> FindingReport {
        guard case .household = timeline.scope else { return FindingReport(findings: [], nextChange: nil) }
        let measures = Dictionary(timeline.measures.map { ($0.id, $0) }) { first, _ in first }
        let parts = Dictionary(timeline.people.map { ($0.caseID, $0.part) }) { first, _ in first }
        let findings = timeline.relations.compactMap { related -> Finding? in
            guard let first = measures[related.relation.first], let second = measures[related.relation.second],
                let one = parts[first.caseID] ?? nil, let other = parts[second.caseID] ?? nil, one != other,
                RelationRule.isViolated(related.relation, first, second)
            else { return nil }
            return finding(related.relation, first, second, in: timeline.scope)
        }
        return FindingReport(findings: findings, nextChange: nil)
    }

    private static func finding(
        _ relation: TemporalRelation, _ first: TimedMeasure, _ second: TimedMeasure, in scope: TimingScope
    ) -> Finding {
        Finding(
            key: "household-step:\(first.id.uuidString.lowercased()):\(second.id.uuidString.lowercased())",
            kind: .householdStep, owner: scope, cases: Set([first.caseID, second.caseID]).sorted(),
            measures: [first.id, second.id], offices: Set([first.office, second.office]).sorted(),
            from: min(first.range.first, second.range.first), to: max(first.range.last, second.range.last),
            days: relation.violation(first: first.range, second: second.range),
            explanation: "What an adult and a young person of this household do was to lie in step. "
                + Wording.violation(of: relation, first, second))
    }
}
