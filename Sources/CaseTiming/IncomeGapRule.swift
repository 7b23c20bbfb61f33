import Foundation
import Ledger

/// Finds the placements that end, or have ended, without any income recorded for the next day. Key:
/// `income-gap:<placement>`.
///
/// The next day is covered by an income cover of that placement that begins by then, and by another accepted placement
/// that has begun by then and lasts beyond. A later income cover, or the beginning of a later placement, ends the gap.
/// It is found from `incomeDays` before the last day on, and no longer once its own last day has passed; one without an
/// end is found until something is recorded. Of benefits no end is recorded, so placements are the only income that ends.
struct IncomeGapRule {
    let today: CalendarDate
    let thresholds: TimingThresholds

    func report(_ timeline: Timeline) -> FindingReport {
        var findings: [Finding] = []
        var changes: [CalendarDate] = []
        for (_, placements) in Dictionary(grouping: timeline.placements, by: \.caseID) {
            for placement in placements {
                guard let gap = gap(after: placement, among: placements) else { continue }
                let found = gap.first - 1 - thresholds.of(placement.office).incomeDays
                changes += [found, gap.last + 1]
                guard found <= today, today <= gap.last else { continue }
                findings.append(finding(placement, gap))
            }
        }
        return FindingReport(findings: findings, nextChange: changes.filter { $0 > today && $0 < .openEnd }.min())
    }

    private func gap(after placement: TimedPlacement, among placements: [TimedPlacement]) -> DayRange? {
        guard placement.progress != .accepted, let last = placement.last else { return nil }
        let next = last + 1
        let others = placements.filter { $0.id != placement.id }
        guard !others.contains(where: { $0.covers(next) }) else { return nil }
        let incomes = placements.compactMap(\.incomeFrom).filter { $0 > last }
        if incomes.contains(next) { return nil }
        let beginnings = others.compactMap(\.first).filter { $0 > next }
        let end = (incomes + beginnings).min().map { $0 - 1 } ?? .openEnd
        return DayRange(first: next, last: end)
    }

    private func finding(_ placement: TimedPlacement, _ gap: DayRange) -> Finding {
        let isOpen = gap.last == .openEnd
        let span = isOpen ? "from \(gap.first) on" : "from \(gap), \(Wording.days(gap.length))"
        return Finding(
            key: "income-gap:\(placement.id.uuidString.lowercased())", kind: .incomeGap,
            owner: .singleCase(placement.caseID), cases: [placement.caseID], measures: [], offices: [placement.office],
            from: gap.first, to: isOpen ? nil : gap.last, days: isOpen ? nil : gap.length,
            explanation:
                "A placement in this case has \(gap.first - 1) as its last day, and no income is recorded \(span).",
            grounds: [
                FindingGround(.placement, in: placement.caseID, id: placement.id, office: placement.office),
                FindingGround(.income, in: placement.caseID, id: placement.id, office: placement.office),
            ])
    }
}
