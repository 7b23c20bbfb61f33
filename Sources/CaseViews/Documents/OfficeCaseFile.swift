public import CaseTiming
public import Foundation
public import Ledger

/// A case as one office may see it on one day: who it is about, the office's own plans, placements and findings, and what
/// others share with it.
///
/// An office that is neither engaged in the case nor asked to act in it has no such file. One that is asked and not engaged
/// sees who it is about and what it is asked for, and nothing else. Dates are days in Europe/Berlin.
public struct OfficeCaseFile: Codable, Hashable, Sendable {
    /// The case.
    public var caseId: UUID
    /// The office that looks.
    public var office: Office
    /// Why it sees the case.
    public var relation: OfficeRelation
    /// The day from which it does: that of its engagement, or else of the referral that asks it.
    public var since: CalendarDate
    /// The last day on which it does, where that depends on a consent with an end.
    public var until: CalendarDate?
    /// Whether the case is being worked on.
    public var status: CaseStatus
    /// The day as of which the participant was registered.
    public var registeredOn: CalendarDate
    /// The day as of which the case was closed.
    public var closedOn: CalendarDate?
    /// The case in which the work goes on, where this one was merged into it.
    public var mergedInto: UUID?
    /// What comes first at the job centre; `nil` in other offices' files.
    public var jobCentre: JobCentreFocus?
    /// What comes first at the youth office; `nil` in other offices' files.
    public var youthOffice: YouthOfficeFocus?
    /// What comes first at the social office; `nil` in other offices' files.
    public var socialOffice: SocialOfficeFocus?
    /// Who the case is about.
    public var identity: Identity
    /// Whom the participant lives and plans with.
    public var household: Household?
    /// The offices responsible, in the order job centre, youth office, social office.
    public var engagements: [Engagement]
    /// The consents that concern the office, or that it recorded.
    public var consents: [Consent]
    /// What the office has to see to, earliest first.
    public var due: [Due]
    /// What other offices wait for from this one, earliest first.
    public var asked: [Awaited]
    /// What this office waits for from others, earliest first.
    public var awaited: [Awaited]
    /// What the office asked others for, and what it is asked for, in the order of asking.
    public var referrals: [Referral]
    /// The meetings of offices that it takes part in, by time.
    public var conferences: [Conference]
    /// What the office committed itself to, and what others did to it, in the order of recording.
    public var commitments: [Commitment]
    /// The office's own plans with their measures.
    public var plans: [Plan]
    /// How measures should lie in time, as far as the office set it or may know all measures involved.
    public var relations: [Relation]
    /// The placements the office offered.
    public var placements: [Placement]
    /// The wage subsidies the office granted.
    public var subsidies: [Subsidy]
    /// The vouchers the office issued.
    public var vouchers: [Voucher]
    /// The reductions the office decided.
    public var reductions: [Reduction]
    /// The periods from rules by whose end the office has to act, in the order of setting.
    public var deadlines: [Deadline]
    /// The appointments the office made, by time.
    public var appointments: [Appointment]
    /// The last assessment of potential, if the office made it.
    public var potential: Potential?
    /// The open findings that the office may know of.
    public var findings: [Finding]
    /// What was proposed to bring measures into step, as far as the office may know when they are, in the order of proposing.
    public var proposals: [Proposal]
    /// What other offices recorded and this one may see, by category.
    public var shared: [SharedBlock]
    /// The cases that were merged into this one, as far as the office may see them: each as it was and for itself, so
    /// that what was consented to there counts there and nowhere else.
    public var merged: [OfficeCaseFile] = []
    /// Why and how far processing is restricted now (Art. 18 GDPR, § 84 SGB X).
    public var restrictions: [Restriction] = []
    /// What the office recorded because a period of the law begins or ends with it, in the order of recording.
    public var facts: [Fact] = []
    /// What of all this the participant disputes, so far as it is not found to be right: it may be used only with that notice
    /// (§ 84 Abs. 2 SGB X).
    public var disputes: [Dispute] = []
}
