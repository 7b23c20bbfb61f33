public import CaseTiming
public import Foundation

/// All that is known of a case after its events so far. Dates are kept, so that "as of" can be computed from it.
public struct CaseState: Hashable, Sendable {
    /// The person the case is about; `nil` while nobody is registered.
    public internal(set) var participant: Participant?
    /// The offices responsible for the case.
    public internal(set) var engagements: [Office: Engagement] = [:]
    /// The responsibilities that ended, in the order of leaving.
    public internal(set) var departures: [Departure] = []
    /// What the participant allowed to be shared, in the order of recording, whether in force or not.
    public internal(set) var consents: [Consent] = []
    /// The household the participant belongs to.
    public internal(set) var household: HouseholdMembership?
    /// The last assessment of potential.
    public internal(set) var potential: Potential?
    /// The plans of all offices, in the order of drafting.
    public internal(set) var plans: [Plan] = []
    /// The measures of all plans, in the order of adding.
    public internal(set) var measures: [Measure] = []
    /// How measures should lie in time, in the order of relating.
    public internal(set) var relations: [MeasureRelation] = []
    /// Offered, refused, running and past placements, in the order of offering.
    public internal(set) var placements: [Placement] = []
    /// What is and was paid to employers, in the order of granting.
    public internal(set) var subsidies: [WageSubsidy] = []
    /// The vouchers of all offices, in the order of issuing.
    public internal(set) var vouchers: [Voucher] = []
    /// Reductions of benefits, in the order of deciding.
    public internal(set) var reductions: [Reduction] = []
    /// The appointments of all offices, in the order of scheduling.
    public internal(set) var appointments: [Appointment] = []
    /// What offices asked of one another, in the order of asking.
    public internal(set) var referrals: [Referral] = []
    /// The meetings of offices over the participant, in the order of calling.
    public internal(set) var conferences: [Conference] = []
    /// What offices said they would do, in the order of recording.
    public internal(set) var commitments: [Commitment] = []
    /// What was proposed to bring measures into step, in the order of proposing.
    public internal(set) var alignments: [AlignmentProposal] = []
    /// What rules ask for and no other command records, in the order of recording.
    public internal(set) var recordedFacts: [RecordedFact] = []
    /// The periods that rules set, in the order of setting.
    public internal(set) var deadlines: [Deadline] = []
    /// What is and was out of step.
    public internal(set) var findings = FindingRegister()
    /// What keeps or restricts the person's data, what is disputed of it, and that it is erased.
    public internal(set) var dataProtection = DataProtection()
    /// What was told in confidence in the youth office, in the order of entrusting; without what was told.
    public internal(set) var entrustedNotes: [EntrustedNote] = []
    /// That the case is closed; `nil` while it is open.
    public internal(set) var closure: Closure?
    /// What was decided about this case and others, whether they are about the same person, by the other case's id.
    public internal(set) var identityDecisions: [UUID: IdentityDecision] = [:]
    /// That the case was merged into another one; `nil` while it stands by itself.
    public internal(set) var merging: Merging?
    /// The cases that were merged into this one, by id, and by whom and as of when.
    public internal(set) var absorbed: [UUID: Provenance] = [:]
    /// The times when it was closed before it was opened again.
    public internal(set) var closedPeriods: [ClosedPeriod] = []

    /// A case about nobody yet.
    public init() {}

    /// Whether the case is about somebody.
    public var isRegistered: Bool { participant != nil }
    /// Whether the case is closed.
    public var isClosed: Bool { closure != nil }
}
