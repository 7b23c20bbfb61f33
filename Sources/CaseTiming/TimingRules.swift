import Foundation
public import Ledger

/// Finds what is out of step in a timeline. Pure: the present day is given, and the same input gives the same findings.
public enum TimingRules {
    /// What is out of step on a day, and when that could next be different.
    ///
    /// - Parameters:
    ///   - timeline: the measures of a household, or of one case.
    ///   - today: the present day in Europe/Berlin.
    ///   - thresholds: from when on something counts as out of step.
    public static func findings(
        in timeline: Timeline, on today: CalendarDate, thresholds: TimingThresholds = TimingThresholds()
    ) -> FindingReport {
        let parts = [
            GapRule(today: today, gapDays: thresholds.gapDays).report(timeline),
            RelationRule.report(timeline),
            SequenceRule(today: today, horizonMonths: thresholds.sequenceHorizonMonths).report(timeline),
            OverloadRule(today: today, capacity: thresholds.weeklyHours).report(timeline),
            ClashRule(today: today).report(timeline),
            DeadlineRule(today: today, thresholds: thresholds).report(timeline),
            ReviewRule(today: today, thresholds: thresholds).report(timeline),
            HandoverRule(today: today, thresholds: thresholds).report(timeline),
            AgeLimitRule(today: today, thresholds: thresholds).report(timeline),
            IncomeGapRule(today: today, thresholds: thresholds).report(timeline),
            HouseholdStepRule.report(timeline),
        ]
        return FindingReport(
            findings: onePerKey(parts.flatMap(\.findings)), nextChange: parts.compactMap(\.nextChange).min())
    }

    /// Sorted, and of two findings with the same owner and key the one that is further out of step.
    private static func onePerKey(_ findings: [Finding]) -> [Finding] {
        struct Identity: Hashable {
            let owner: TimingScope
            let key: String
        }
        let worst = Dictionary(findings.map { (Identity(owner: $0.owner, key: $0.key), $0) }) { left, right in
            (left.days ?? .max, left.explanation) < (right.days ?? .max, right.explanation) ? right : left
        }
        return worst.values.sorted {
            ($0.kind.rank, $0.key, $0.owner.sortKey) < ($1.kind.rank, $1.key, $1.owner.sortKey)
        }
    }
}

extension FindingKind {
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension TimingScope {
    fileprivate var sortKey: String {
        switch self {
        case .singleCase(let id): "case \(id)"
        case .household(let id): "household \(id)"
        }
    }
}
