import Foundation
import Ledger

/// Finds an office's last measure, and an office's responsibility, that end with nothing accepted to follow.
///
/// **Measure**, key `handover:measure:<measure>`: one that has started, in a plan that is agreed and not concluded. It is
/// found from `handoverDays` before its last day on (the day on which it ended, or else its window's last) unless something
/// accepted lasts beyond that day and begins no more than `handoverDays` after it, or has begun by now:
/// - another such or planned measure of the same office in the same case;
/// - another office's that begins after this one began: what ran beside it anyway takes nothing over;
/// - for a measure of the office that recorded it, an accepted placement. Other offices are told nothing of placements
///   here, so that no finding, open or closed, tells them that there is one;
/// - a referral of the office that was accepted on or after the measure's first day.
///
/// **Engagement**, key `handover:engagement:<case>:<office>:<last day>`: an office left without naming a successor, and none
/// was engaged on or after its last day. It is found for `handoverDays` after that day, by the offices that remain.
struct HandoverRule {
    let today: CalendarDate
    let thresholds: TimingThresholds

    func report(_ timeline: Timeline) -> FindingReport {
        var findings: [Finding] = []
        var changes: [CalendarDate] = []
        let open = Set(timeline.people.map(\.caseID))
        for (caseID, measures) in Dictionary(grouping: timeline.measures, by: \.caseID) where open.contains(caseID) {
            for measure in measures where measure.startedOn != nil && measure.isAgreed {
                let found = measure.range.last - days(measure.office)
                changes += [found]
                guard found <= today else { continue }
                let later = beginnings(after: measure, among: measures, timeline)
                let latest = max(measure.range.last + days(measure.office), today)
                changes += later
                if !later.contains(where: { $0 <= latest }) { findings.append(finding(measure)) }
            }
        }
        for person in timeline.people {
            for departure in person.departures where isLeft(open: departure, person) {
                let last = departure.until + days(departure.office)
                changes += [departure.until + 1, last + 1]
                if departure.until < today, today <= last { findings.append(finding(departure, person.caseID)) }
            }
        }
        return FindingReport(findings: findings, nextChange: changes.filter { $0 > today && $0 < .openEnd }.min())
    }

    private func days(_ office: Office) -> Int { thresholds.of(office).handoverDays }

    /// The first days of all that lasts beyond a measure and is accepted to follow it.
    private func beginnings(
        after measure: TimedMeasure, among measures: [TimedMeasure], _ timeline: Timeline
    ) -> [CalendarDate] {
        let last = measure.range.last
        let following = measures.filter { other in
            guard other.id != measure.id, other.isAgreed || other.startedOn != nil, other.range.last > last,
                !(other.isAbandoned && other.startedOn == nil)
            else { return false }
            return other.office == measure.office || other.range.first > measure.range.first
        }
        let work = timeline.placements.filter { placement in
            placement.caseID == measure.caseID && placement.office == measure.office
                && placement.last.map { $0 > last } ?? true
        }
        let referrals = timeline.referrals.filter { referral in
            referral.caseID == measure.caseID && referral.from == measure.office
                && referral.acceptedOn >= measure.range.first
        }
        return following.map(\.range.first) + work.compactMap(\.first) + referrals.map(\.acceptedOn)
    }

    private func isLeft(open departure: TimedPerson.Departure, _ person: TimedPerson) -> Bool {
        departure.successor == nil && person.engaged[departure.office] == nil
            && !person.engaged.values.contains { $0 >= departure.until }
    }

    private func finding(_ measure: TimedMeasure) -> Finding {
        let office = measure.office
        let what =
            office == .jobCentre
            ? "no further measure, no work and no accepted referral" : "no further measure and no accepted referral"
        return Finding(
            key: "handover:measure:\(measure.id.uuidString.lowercased())", kind: .handover,
            owner: .singleCase(measure.caseID), cases: [measure.caseID], measures: [measure.id], offices: [office],
            from: measure.range.last + 1, to: nil, days: nil,
            explanation:
                "A measure of the \(office.title) has \(measure.range.last) as its last day, and nothing accepted "
                + "follows within \(Wording.days(days(office))): \(what).",
            grounds: [
                FindingGround(.duty, in: measure.caseID, id: measure.id, office: office),
                FindingGround(.idleness, in: measure.caseID, office: office),
            ])
    }

    private func finding(_ departure: TimedPerson.Departure, _ caseID: UUID) -> Finding {
        let office = departure.office
        return Finding(
            key: "handover:engagement:\(caseID.uuidString.lowercased()):\(office.rawValue):\(departure.until)",
            kind: .handover, owner: .singleCase(caseID), cases: [caseID], measures: [], offices: [office],
            from: departure.until + 1, to: departure.until + days(office), days: nil,
            explanation:
                "The \(office.title) was responsible for this case until \(departure.until) and named no successor, "
                + "and no office was engaged since.",
            grounds: [FindingGround(.engagement, in: caseID, office: office)])
    }
}
