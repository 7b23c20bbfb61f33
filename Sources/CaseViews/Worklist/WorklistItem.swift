public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

/// A case in an office's worklist. Dates are days in Europe/Berlin.
///
/// In JSON, the office's own columns stand among the others.
public struct WorklistItem: Hashable, Sendable {
    /// The case.
    public var caseId: UUID
    /// Given names; `nil` once the person is erased.
    public var givenName: String?
    /// Family name; `nil` once the person is erased.
    public var familyName: String?
    /// Day of birth; `nil` once the person is erased.
    public var bornOn: CalendarDate?
    /// The programme area.
    public var areaId: String
    /// Whether the case is being worked on.
    public var status: CaseStatus
    /// The subject of the office's caseworker.
    public var caseworker: String?
    /// Why the office sees the case. Of one in which it is asked to act without being engaged, it sees who it is about and
    /// what it is asked for.
    public var relation: OfficeRelation
    /// The day from which it does: that of its engagement, or else of the referral that asks it.
    public var since: CalendarDate
    /// The day as of which the participant was registered.
    public var registeredOn: CalendarDate
    /// The day as of which the case was closed.
    public var closedOn: CalendarDate?
    /// The household.
    public var householdId: UUID?
    /// The earliest day on which something is due.
    public var dueOn: CalendarDate?
    /// What is due then, and most urgent of that.
    public var dueReason: DueReason?
    /// All that is due, the most urgent first, and why.
    public var agenda: [Due]
    /// The earliest review of a plan of the office.
    public var reviewDueOn: CalendarDate?
    /// The earliest day by which another office waits for something from this one; `nil` when no day is named.
    public var askedOn: CalendarDate?
    /// What it waits for; `nil` when no other office waits for anything.
    public var askedReason: DueReason?
    /// The earliest day by which this office waits for something from another; `nil` when no day is named.
    public var awaitedOn: CalendarDate?
    /// What it waits for; `nil` when it waits for nothing.
    public var awaitedReason: DueReason?
    /// The kinds of open findings that the office may know of.
    public var findings: [FindingKind]
    /// The day as of which the latest of them was opened.
    public var newestFindingOn: CalendarDate?
    /// What only this office's worklist has.
    public var columns: Columns

    /// What differs between the offices.
    public enum Columns: Hashable, Sendable {
        /// The job centre's columns.
        case jobCentre(JobCentreColumns)
        /// The youth office's columns.
        case youthOffice(YouthOfficeColumns)
        /// The social office's columns.
        case socialOffice(SocialOfficeColumns)
    }
}

/// The job centre's own columns: qualification, placement, next step.
public struct JobCentreColumns: Hashable, Sendable {
    /// Level in the German Qualifications Framework (DQR), 1 to 8, if the office assessed it.
    public var level: Int?
    /// Occupations sought, KldB 2010, if the office assessed it.
    public var occupationsSought: [String]
    /// Where the present placement stands.
    public var placementState: CaseFile.Placement.Status?
    /// Its first day.
    public var placementStartsOn: CalendarDate?
    /// Its last day, as offered.
    public var placementEndsOn: CalendarDate?
    /// The day of the last refusal.
    public var lastRefusalOn: CalendarDate?
    /// The next thing to happen.
    public var nextStep: DueReason?
    /// When it is to happen.
    public var nextStepOn: CalendarDate?
}

/// The youth office's own columns: age and its limits, support plan, household.
public struct YouthOfficeColumns: Hashable, Sendable {
    /// The age in years on the day asked for.
    public var age: Int?
    /// The next of the birthdays 18, 21, 25 and 27.
    public var nextTransitionOn: CalendarDate?
    /// The support plan: `draft` or `agreed`; `nil` when there is none.
    public var supportPlan: String?
    /// Number of the office's measures that are planned or running.
    public var openMeasures: Int
    /// Number of other members of the household.
    public var otherMembers: Int
}

/// The social office's own columns: household, living environment, income ahead of a placement's end.
public struct SocialOfficeColumns: Hashable, Sendable {
    /// Number of people in the household, the participant included.
    public var householdSize: Int
    /// Number of those who are there as a youth or child.
    public var minors: Int
    /// Number of the office's open measures of the strand living environment.
    public var livingEnvironmentMeasures: Int
    /// Number of the office's open measures of the strands neighbourhood and civic participation.
    public var participationMeasures: Int
    /// The last day of the present placement; only where the category *placement* is open.
    public var placementEndsOn: CalendarDate?
    /// The first day that income is recorded for after the last placement; only where *benefits* is open.
    public var incomeCoverFrom: CalendarDate?
}
