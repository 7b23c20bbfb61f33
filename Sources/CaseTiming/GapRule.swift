import Foundation
import Ledger

/// Finds the stretches of more than `gapDays` days on which a plan is in force in a case and no office's measure is active.
///
/// Seen from today, a measure is active
/// - on the days on which it ran, once it has ended or while it is paused;
/// - from its start to its window's end while it runs, and when that has passed until its end is recorded;
/// - within its window, but not before tomorrow, as long as it is only planned.
///
/// A stretch that a later measure bounds is found as soon as it is known. One that nothing bounds is counted up to
/// today and found when it has become too long, whether or not its plan has an end: planning may still fill it. So is
/// one that ends today only because a measure that should have started may still start tomorrow.
struct GapRule {
    let today: CalendarDate
    let gapDays: Int

    func report(_ timeline: Timeline) -> FindingReport {
        let measures = Dictionary(grouping: timeline.measures, by: \.caseID)
        let parts = Dictionary(grouping: timeline.plans, by: \.caseID).map { caseID, plans in
            report(caseID, plans, measures[caseID] ?? [])
        }
        return FindingReport(
            findings: parts.flatMap(\.findings), nextChange: parts.compactMap(\.nextChange).min())
    }

    private func report(_ caseID: UUID, _ plans: [PlanPeriod], _ measures: [TimedMeasure]) -> FindingReport {
        let inForce = DaySet(plans.compactMap(\.days)).ranges.filter { $0.last >= today }
        guard !inForce.isEmpty else { return FindingReport(findings: [], nextChange: nil) }
        let covered = DaySet(measures.flatMap(coverage))
        let startsTomorrow = measures.contains { measure in
            !isLate(measure) && coverage(measure).contains { $0.contains(today + 1) }
        }
        var findings: [Finding] = []
        var changes = plans.compactMap(\.days).flatMap { [$0.first, $0.last + 1] } + measures.flatMap(changeDays)
        for period in inForce {
            for stretch in DaySet([period]).subtracting(covered).ranges where stretch.last >= today {
                let isBounded = stretch.last < period.last && (stretch.last > today || startsTomorrow)
                changes.append(stretch.first + gapDays)
                if isBounded, stretch.length > gapDays {
                    findings.append(ahead(stretch, caseID, plans.filter { $0.days?.overlap(with: stretch) != nil }))
                } else if !isBounded, today - stretch.first + 1 > gapDays {
                    let current = plans.filter { $0.days?.contains(today) ?? false }
                    findings.append(open(since: stretch.first, caseID, current))
                }
            }
        }
        return FindingReport(findings: findings, nextChange: changes.filter { $0 > today && $0 < .openEnd }.min())
    }

    private func coverage(_ measure: TimedMeasure) -> [DayRange] {
        switch measure.progress {
        case .planned:
            return DayRange(first: max(measure.window.first, today + 1), last: measure.window.last).map { [$0] } ?? []
        case .running(let since) where measure.window.last < today:
            return DaySet([DayRange(first: since, atLeastTo: .openEnd)]).subtracting(DaySet(measure.pauses)).ranges
        case .running, .paused, .completed, .abandoned:
            return measure.activity
        }
    }

    /// Whether it should have started and has not.
    private func isLate(_ measure: TimedMeasure) -> Bool {
        measure.progress == .planned && measure.window.first <= today
    }

    /// The days on which what a measure covers begins to be seen differently, the one before its first among them, since
    /// days without activity that end today are seen differently then; those that have passed do no harm.
    private func changeDays(_ measure: TimedMeasure) -> [CalendarDate] {
        switch measure.progress {
        case .planned: [measure.window.first - 1, measure.window.first, measure.window.last]
        case .running:
            measure.activity.flatMap { [$0.first - 1, $0.first, $0.last + 1] } + [measure.window.last + 1]
                + measure.pauses.flatMap { [$0.first, $0.last, $0.last + 1] }
        case .paused, .completed, .abandoned: measure.activity.flatMap { [$0.first - 1, $0.first, $0.last + 1] }
        }
    }

    private func ahead(_ stretch: DayRange, _ caseID: UUID, _ plans: [PlanPeriod]) -> Finding {
        finding(
            caseID, plans, from: stretch.first, to: stretch.last, days: stretch.length,
            opening: "From \(stretch), \(Wording.days(stretch.length)), no office has a measure planned or running")
    }

    private func open(since first: CalendarDate, _ caseID: UUID, _ plans: [PlanPeriod]) -> Finding {
        finding(
            caseID, plans, from: first, to: nil, days: nil,
            opening: "Since \(first) no office has a measure running")
    }

    private func finding(
        _ caseID: UUID, _ plans: [PlanPeriod], from first: CalendarDate, to last: CalendarDate?, days: Int?,
        opening: String
    ) -> Finding {
        Finding(
            key: "gap:\(caseID.uuidString.lowercased()):\(first)", kind: .gap, owner: .singleCase(caseID),
            cases: [caseID], measures: [], offices: Set(plans.map(\.office)).sorted(), from: first, to: last,
            days: days,
            explanation: "\(opening) in this case although \(Wording.inForce(plans)); "
                + "more than \(Wording.days(gapDays)) are out of step.")
    }
}
