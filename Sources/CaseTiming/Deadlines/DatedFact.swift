public import Foundation
public import Ledger

/// Something in a case that can begin or end a period of a rule.
public struct DatedFact: Hashable, Sendable {
    /// What it is, in a word: `plan-agreed`. Rule files name facts by it.
    public let name: String
    /// What it happened to: a plan, a measure, a placement, a referral.
    public let subject: UUID
    /// For the how-manieth time it happened to that, from 1, in the order of recording: whatever day it turns out to be of,
    /// it stays the same fact.
    public let number: Int
    /// Of which kind that is, where there are several: `cooperation`.
    public let kind: String?
    /// The office that has to act on it.
    public let office: Office
    /// The day on which it happened, or on which it is to happen.
    public let on: CalendarDate
    /// The first day of what is to end then; `nil` for what happened.
    public let since: CalendarDate?

    /// A fact.
    public init(
        _ name: String, of subject: UUID, number: Int = 1, kind: String? = nil, office: Office, on day: CalendarDate,
        since: CalendarDate? = nil
    ) {
        self.name = name
        self.subject = subject
        self.number = number
        self.kind = kind
        self.office = office
        self.on = day
        self.since = since
    }

    /// The names of the facts that follow from what commands of their own record. Rule files can build on these, and on those
    /// that they have offices record (``Rule/facts``).
    public static let names: Set<String> = [
        "participant-registered", "office-engaged", "potential-assessed", "plan-drafted", "plan-agreed",
        "plan-reviewed",
        "plan-ends", "plan-concluded", "measure-started", "measure-ends", "measure-ended", "young-adult-support-ends",
        "placement-offered", "placement-accepted", "placement-refused", "placement-started", "placement-ended",
        "subsidy-granted", "subsidy-stopped", "voucher-issued", "voucher-redeemed", "voucher-revoked",
        "reduction-decided", "reduction-lifted", "reduction-revoked", "referral-requested", "referral-accepted",
        "referral-declined",
        "referral-completed", "referral-withdrawn", "handover-accepted", "conference-called", "conference-minuted",
    ]
}

/// Which facts begin or end a period of a rule.
public struct FactPattern: Hashable, Sendable {
    /// The fact's name.
    public var fact: String
    /// The kind it is of; `nil` for any. A paragraph, such as `§ 14 SGB IX`, also is the kind of what rests on some section
    /// or sentence of it.
    public var kind: String?

    /// Facts of a name, and of a kind.
    public init(_ fact: String, kind: String? = nil) {
        self.fact = fact
        self.kind = kind
    }

    /// Whether a fact is one of these.
    public func matches(_ fact: DatedFact) -> Bool {
        guard fact.name == self.fact else { return false }
        guard let kind else { return true }
        guard let other = fact.kind else { return false }
        return kind == other || Self.isParagraph(kind, of: other)
    }

    /// "§ 14 SGB IX" of "§ 14 Abs. 1 Satz 2 SGB IX".
    private static func isParagraph(_ paragraph: String, of text: String) -> Bool {
        let wanted = paragraph.split(separator: " ")
        guard paragraph.hasPrefix("§ "), wanted.count > 2 else { return false }
        let law = wanted.dropFirst(2)
        let words = text.replacing("§", with: "§ ").split(whereSeparator: \.isWhitespace)
        return words.count >= wanted.count && words.prefix(2) == wanted.prefix(2) && words.suffix(law.count) == law
    }
}
