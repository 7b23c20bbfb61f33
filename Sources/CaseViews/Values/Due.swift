public import Foundation
public import Ledger

/// Something that an office has to see to by a day.
///
/// It follows from what is recorded alone, so it stays due, and becomes overdue, until something is recorded.
public struct Due: Codable, Hashable, Sendable {
    /// The day, Europe/Berlin.
    public var on: CalendarDate
    /// What is due.
    public var reason: DueReason
    /// The plan, measure, placement, appointment, referral, conference, commitment or voucher it is about.
    public var subject: UUID?
    /// Why on that day, in a sentence.
    public var why: String
    /// The id of the rule of law that asks for it (`GET /v1/rules`); `nil` where the day was agreed or simply follows.
    public var rule: String?
}

/// What an office has to see to.
public enum DueReason: String, Codable, CaseIterable, Hashable, Sendable {
    /// A plan is to be reviewed: on the day set in the last review, or the agreed number of months after that review or
    /// the agreement.
    case planReview = "plan-review"
    /// A planned measure of an agreed plan should start.
    case measureStart = "measure-start"
    /// A running or paused measure's window ends.
    case measureEnd = "measure-end"
    /// The office meets the participant, or has to record what became of a meeting.
    case appointment
    /// An offered placement lapses after this day.
    case placementAnswer = "placement-answer"
    /// An accepted placement should start.
    case placementStart = "placement-start"
    /// A placement ends and no income is recorded for the time after it.
    case incomeCover = "income-cover"
    /// A consent ends and no later one takes its place.
    case consentExpiry = "consent-expiry"
    /// Another office waits for an answer to what it asked for.
    case referralAnswer = "referral-answer"
    /// The office said it would have done by then what another asked it for.
    case referralCompletion = "referral-completion"
    /// Offices meet, or one of them has to record what was agreed.
    case conference
    /// The office is to have done what it committed itself to.
    case commitment
    /// A proposal to move measures of the office waits for its answer.
    case alignmentAnswer = "alignment-answer"
    /// A voucher that nobody has redeemed or taken back can be redeemed until that day.
    case voucherExpiry = "voucher-expiry"
    /// A period that a rule sets ends, and what ends it is not recorded.
    case deadline
}

extension DueReason {
    /// What comes first of that which is due on one day: 0 for what lapses with the day and cannot be made up for, 1 for
    /// what another office waits for, 2 for meetings, 3 for the office's own steps.
    var urgency: Int {
        switch self {
        case .placementAnswer, .incomeCover, .consentExpiry, .voucherExpiry, .deadline: 0
        case .referralAnswer, .referralCompletion, .commitment, .alignmentAnswer: 1
        case .appointment, .conference: 2
        case .planReview, .measureStart, .measureEnd, .placementStart: 3
        }
    }
}

extension Due: Comparable {
    /// Earlier days come first; on one day what is more urgent, then the order is that of the reasons' names.
    public static func < (left: Due, right: Due) -> Bool {
        (left.on, left.reason.urgency, left.reason.rawValue, left.subject?.uuidString ?? "")
            < (right.on, right.reason.urgency, right.reason.rawValue, right.subject?.uuidString ?? "")
    }
}

extension Due: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("on", on)
            $0.field("reason", reason)
            $0.field("subject", subject)
            $0.field("why", why)
            $0.field("rule", rule)
        }
    }
}
