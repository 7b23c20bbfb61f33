public import CaseFile
public import Foundation
public import Ledger

/// What comes first at the job centre: what the participant can do and seeks, and where work stands.
public struct JobCentreFocus: Codable, Hashable, Sendable {
    /// Level in the German Qualifications Framework (DQR), if the office assessed it.
    public var level: Int?
    /// Occupations sought, KldB 2010.
    public var occupationsSought: [String]
    /// The placement that runs, or else is accepted, or else awaits an answer.
    public var placement: CurrentPlacement?
    /// The day of the last refusal.
    public var lastRefusalOn: CalendarDate?
    /// The next thing to happen.
    public var nextStep: NextStep?
    /// The earliest review of a plan.
    public var reviewDueOn: CalendarDate?

    /// A placement that is not over.
    public struct CurrentPlacement: Codable, Hashable, Sendable {
        /// The placement.
        public var placementId: UUID
        /// Where it stands.
        public var state: CaseFile.Placement.Status
        /// Its first day, as it was or as offered.
        public var startsOn: CalendarDate?
        /// Its last day, as offered.
        public var endsOn: CalendarDate?
    }

    /// Something that is to happen.
    public struct NextStep: Codable, Hashable, Sendable {
        /// What is to happen.
        public var what: DueReason
        /// When, Europe/Berlin.
        public var on: CalendarDate
    }
}

/// What comes first at the youth office: age and the limits it brings, the support plan, who else lives there.
public struct YouthOfficeFocus: Codable, Hashable, Sendable {
    /// The age in years on the day asked for; `nil` when the day of birth is unknown.
    public var age: Int?
    /// The birthdays on which responsibilities change.
    public var transitions: [Transition]
    /// The open support plan, if there is one.
    public var supportPlan: SupportPlan?
    /// The other members of the household.
    public var otherMembers: [OfficeCaseFile.Member]

    /// A birthday on which responsibilities change (§§ 7, 41 SGB VIII: 18, 21 and 27; § 22 (5) SGB II: 25).
    public struct Transition: Codable, Hashable, Sendable {
        /// The age reached.
        public var age: Int
        /// The day.
        public var on: CalendarDate
    }

    /// Where the support plan stands.
    public struct SupportPlan: Codable, Hashable, Sendable {
        /// The plan.
        public var planId: UUID
        /// Whether it is agreed.
        public var isAgreed: Bool
        /// When it is to be reviewed.
        public var reviewDueOn: CalendarDate?
    }
}

/// What comes first at the social office: the household, the measures around home and participation, and what covers the
/// time after a placement, as far as that is shared.
public struct SocialOfficeFocus: Codable, Hashable, Sendable {
    /// Number of people in the household, the participant included.
    public var householdSize: Int
    /// Number of those who are there as a youth or child.
    public var minors: Int
    /// The office's open measures of the strand living environment.
    public var livingEnvironmentMeasures: [UUID]
    /// The office's open measures of the strands neighbourhood and civic participation.
    public var participationMeasures: [UUID]
    /// The last day of the present placement; only where the category *placement* is open.
    public var placementEndsOn: CalendarDate?
    /// The first day that income is recorded for after the last placement; only where *benefits* is open.
    public var incomeCoverFrom: CalendarDate?
}
