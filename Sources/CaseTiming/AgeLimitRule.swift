import Foundation
import Ledger

/// Finds the ages that end a time of the law, 18, 21, 25 and 27, with nothing accepted to follow. Key:
/// `handover:age:<age>:<case>`.
///
/// At 18 support for minors and their families ends, at 21 as a rule the support of young adults (§ 41 SGB VIII), at 25 the
/// common household with the parents (§ 7 Abs. 3 SGB II), at 27 all of youth support (§ 7 Abs. 1 SGB VIII). It matters while
/// the youth office is engaged in the case, and is found from `ageDays` before the month of the birthday to `handoverDays`
/// after it, unless
/// - a measure of any office, in an agreed plan and not ended, lasts to the end of that month or beyond;
/// - or a referral of the youth office was accepted in that time and not yet completed, or completed in it.
///
/// Somebody born on a 29th of February reaches an age on the 1st of March of a common year. Placements are not looked at: the
/// youth office would learn from the finding whether there is one.
///
/// It knows the month and never the day: findings are recorded where nothing is sealed, so what they say, and the days on
/// which they open and close, outlive the erasure of the day of birth. Whoever may see the case reads the day there.
struct AgeLimitRule {
    static let ages = [18, 21, 25, 27]

    let today: CalendarDate
    let thresholds: TimingThresholds

    func report(_ timeline: Timeline) -> FindingReport {
        var findings: [Finding] = []
        var changes: [CalendarDate] = []
        let days = thresholds.of(.youthOffice)
        for person in timeline.people {
            guard let bornOn = person.bornOn, person.engaged[.youthOffice] != nil else { continue }
            for age in Self.ages {
                let month = bornOn.birthday(age).month
                let span = DayRange(first: month.first - days.ageDays, atLeastTo: month.last + days.handoverDays)
                changes += [span.first, span.last + 1]
                guard span.contains(today), !isFollowed(person.caseID, month, since: span.first, timeline) else {
                    continue
                }
                findings.append(finding(person.caseID, age, month))
            }
        }
        return FindingReport(findings: findings, nextChange: changes.filter { $0 > today }.min())
    }

    private func isFollowed(
        _ caseID: UUID, _ month: DayRange, since first: CalendarDate, _ timeline: Timeline
    ) -> Bool {
        timeline.measures.contains {
            $0.caseID == caseID && $0.isAgreed && $0.isOpen && $0.range.last >= month.last
        }
            || timeline.referrals.contains {
                $0.caseID == caseID && $0.from == .youthOffice && $0.completedOn.map { $0 >= first } ?? true
            }
    }

    private func finding(_ caseID: UUID, _ age: Int, _ month: DayRange) -> Finding {
        Finding(
            key: "handover:age:\(age):\(caseID.uuidString.lowercased())", kind: .handover, owner: .singleCase(caseID),
            cases: [caseID], measures: [], offices: [.youthOffice], from: month.first, to: month.last, days: nil,
            explanation:
                "The participant turns \(age) in \(month.first.description.prefix(7)), and nothing accepted lasts to the end "
                + "of that month: no measure and no accepted referral of the youth office.",
            grounds: [
                FindingGround(.participant, in: caseID), FindingGround(.duty, in: caseID, office: .youthOffice),
                FindingGround(.idleness, in: caseID, office: .youthOffice),
            ])
    }
}

extension CalendarDate {
    /// The month that the day lies in, from its first to its last day.
    fileprivate var month: DayRange {
        let first = self - (components.day - 1)
        return DayRange(first: first, atLeastTo: first.adding(months: 1) - 1)
    }
}
