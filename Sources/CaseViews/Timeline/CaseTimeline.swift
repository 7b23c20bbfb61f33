public import CaseTiming
public import CaseFile
public import Foundation
public import Ledger

/// A case over time, as one office may see it: measures, placements, subsidies, vouchers, reductions, appointments, plans,
/// what passes between offices, and findings as intervals of days.
public struct CaseTimeline: Codable, Hashable, Sendable {
    /// The case.
    public var caseId: UUID
    /// The office that looks.
    public var office: Office
    /// The intervals, by first day.
    public var intervals: [TimelineInterval]
}

/// Something that lasts for some days.
public struct TimelineInterval: Codable, Hashable, Sendable {
    /// What lasts.
    public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
        /// A step of a plan.
        case measure
        /// An offered, running or past placement.
        case placement
        /// A meeting.
        case appointment
        /// Something out of step.
        case finding
        /// An office's plan.
        case plan
        /// What one office asks another for, from the day of asking to its end, or to the day by which it is due.
        case referral
        /// Part of a wage that is paid to the employer.
        case wageSubsidy = "wage-subsidy"
        /// A voucher, until it is redeemed, taken back or over.
        case voucher
        /// Less of a benefit.
        case reduction
        /// A period that a rule sets, to its last day or the day of what ended it.
        case deadline
        /// A meeting of offices.
        case conference
        /// What an office said it would do, from the day of saying so to its end, or to the day by which it is due.
        case commitment
        /// A set of shifts that waits or waited for the office's answer, from the day of proposing to its last day to answer
        /// or the day on which it was settled.
        case proposal
    }

    /// What it is.
    public var kind: Kind
    /// Its identifier.
    public var id: UUID
    /// Whose it is, of a referral the office that asks; `nil` for a finding, which may concern several, and for a proposal.
    public var office: Office?
    /// The first day, Europe/Berlin: as it was where that is known, otherwise as planned.
    public var from: CalendarDate
    /// The last day; `nil` while none is known.
    public var to: CalendarDate?
    /// Where it stands: `planned`, `started`, `paused`, `offered`, `draft`, `agreed`, `concluded`, `open`, … Of another
    /// office's appointment no more than `scheduled`, whatever became of it.
    public var state: String
    /// A measure's field of action.
    public var strand: Strand?
    /// Weekly load of a measure or placement in hours.
    public var hoursPerWeek: Double?
    /// When an appointment or conference begins, RFC 3339 with the offset of Europe/Berlin.
    public var at: BerlinMoment?
    /// How long an appointment takes.
    public var minutes: Int?
    /// A measure's title, a placement's employer, an appointment's place, a subsidy's scheme, a voucher's kind or a
    /// reduction's ground, where more than timing is open; what a referral asks for; what a commitment is about.
    public var title: String?
    /// What is out of step; what a proposal would move.
    public var explanation: String?
}
