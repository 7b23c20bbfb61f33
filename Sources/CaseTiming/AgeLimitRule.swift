import Foundation
import Ledger

/// Finds the birthdays that end a time of the law, 18, 21, 25 and 27, with nothing accepted to follow. Key:
/// `handover:age:<age>:<case>`.
///
/// At 18 support for minors and their families ends, at 21 as a rule the support of young adults (§ 41 SGB VIII), at 25 the
/// common household with the parents (§ 7 Abs. 3 SGB II), at 27 all of youth support (§ 7 Abs. 1 SGB VIII). It matters while
/// the youth office is engaged in the case, and is found from `ageDays` before the birthday to `handoverDays` after it,
/// unless
/// - a measure of any office, in an agreed plan and not ended, lasts to the birthday or beyond;
/// - or a referral of the youth office was accepted in that time and not yet completed, or completed in it.
///
/// Somebody born on a 29th of February reaches an age on the 1st of March of a common year. Placements are not looked at: the
/// youth office would learn from the finding whether there is one.
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
                let birthday = bornOn.birthday(age)
                let span = DayRange(first: birthday - days.ageDays, atLeastTo: birthday + days.handoverDays)
                changes += [span.first, span.last + 1]
                guard span.contains(today), !isFollowed(person.caseID, birthday, since: span.first, timeline) else {
                    continue
                }
                findings.append(finding(person.caseID, age, birthday))
            }
        }
        return FindingReport(findings: findings, nextChange: changes.filter { $0 > today }.min())
    }

    private func isFollowed(
        _ caseID: UUID, _ birthday: CalendarDate, since first: CalendarDate, _ timeline: Timeline
    ) -> Bool {
        timeline.measures.contains {
            $0.caseID == caseID && $0.isAgreed && $0.isOpen && $0.range.last >= birthday
        }
            || timeline.referrals.contains {
                $0.caseID == caseID && $0.from == .youthOffice && $0.completedOn.map { $0 >= first } ?? true
            }
    }

    private func finding(_ caseID: UUID, _ age: Int, _ birthday: CalendarDate) -> Finding {
        Finding(
            key: "handover:age:\(age):\(caseID.uuidString.lowercased())", kind: .handover, owner: .singleCase(caseID),
            cases: [caseID], measures: [], offices: [.youthOffice], from: birthday, to: birthday, days: nil,
            explanation:
                "The participant turns \(age) on \(birthday), and nothing accepted lasts until then: no measure "
                + "and no accepted referral of the youth office.",
            grounds: [
                FindingGround(.participant, in: caseID), FindingGround(.duty, in: caseID, office: .youthOffice),
                FindingGround(.idleness, in: caseID, office: .youthOffice),
            ])
    }
}
