public import Foundation
public import Ledger

/// How a day by which something is to be done lies to the present one.
public enum DeadlineStanding: String, Codable, CaseIterable, Hashable, Sendable {
    /// The day is still to come.
    case upcoming
    /// It is today, which is not too late.
    case dueToday = "due-today"
    /// It has passed.
    case overdue

    /// How `end` lies to `today`, both days in Europe/Berlin.
    public init(of end: CalendarDate, on today: CalendarDate) {
        self = today < end ? .upcoming : today == end ? .dueToday : .overdue
    }
}

/// A recorded period of a rule that runs, as timing sees it.
public struct TimedDeadline: Hashable, Sendable {
    /// The deadline.
    public let id: UUID
    /// The participant's case.
    public let caseID: UUID
    /// The office that has to act.
    public let office: Office
    /// What it is about: a plan, a measure, a referral.
    public let subject: UUID
    /// What the rule is about, for people.
    public let title: String
    /// Which of the rule's periods it is.
    public let period: String
    /// Law and paragraph.
    public let source: String
    /// The last day of the period.
    public let endsOn: CalendarDate
    /// The last days that it had before, in the order of recording.
    public let formerEnds: [CalendarDate]

    /// A deadline as timing sees it.
    public init(
        id: UUID, caseID: UUID, office: Office, subject: UUID, title: String, period: String, source: String,
        endsOn: CalendarDate, formerEnds: [CalendarDate] = []
    ) {
        self.id = id
        self.caseID = caseID
        self.office = office
        self.subject = subject
        self.title = title
        self.period = period
        self.source = source
        self.endsOn = endsOn
        self.formerEnds = formerEnds
    }
}

/// Finds the periods from rules that are about to end, end, or have ended without what ends them: from `deadlineDays` before
/// the last day until it is recorded. Key: `deadline:<deadline>`. One that is suspended is not found.
///
/// The sentence is the same on all days; how the day lies to the present one is ``DeadlineStanding``.
struct DeadlineRule {
    let today: CalendarDate
    let thresholds: TimingThresholds

    func report(_ timeline: Timeline) -> FindingReport {
        let lead = { (deadline: TimedDeadline) in deadline.endsOn - thresholds.of(deadline.office).deadlineDays }
        return FindingReport(
            findings: timeline.deadlines.filter { lead($0) <= today }.map(finding),
            nextChange: timeline.deadlines.map(lead).filter { $0 > today }.min())
    }

    private func finding(_ deadline: TimedDeadline) -> Finding {
        let former =
            deadline.formerEnds.isEmpty
            ? "" : " Before, the day was \(Wording.list(deadline.formerEnds.map(\.description)))."
        let period = deadline.period.split(separator: "-").joined(separator: " ")
        return Finding(
            key: "deadline:\(deadline.id.uuidString.lowercased())", kind: .deadline,
            owner: .singleCase(deadline.caseID),
            cases: [deadline.caseID], measures: [], offices: [deadline.office], from: deadline.endsOn,
            to: deadline.endsOn, days: nil,
            explanation: "A period of the \(deadline.office.title) in this case ends with \(deadline.endsOn): "
                + "\(deadline.title), \(period) (\(deadline.source)).\(former)",
            grounds: [deadline.id, deadline.subject].map {
                FindingGround(.duty, in: deadline.caseID, id: $0, office: deadline.office)
            })
    }
}
