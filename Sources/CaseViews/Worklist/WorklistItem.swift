public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

/// A case in an office's worklist. Dates are days in Europe/Berlin.
///
/// In JSON, the office's own columns stand among the others.
public struct WorklistItem: Encodable, Hashable, Sendable {
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
    /// What is due then.
    public var dueReason: DueReason?
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

    private enum CodingKeys: String, CodingKey {
        case caseId, givenName, familyName, bornOn, areaId, status, caseworker, relation, since
        case registeredOn, closedOn, askedOn, askedReason, awaitedOn, awaitedReason
        case householdId, dueOn, dueReason, reviewDueOn, findings
    }

    /// Encodes one flat object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(caseId, forKey: .caseId)
        try container.encodeIfPresent(givenName, forKey: .givenName)
        try container.encodeIfPresent(familyName, forKey: .familyName)
        try container.encodeIfPresent(bornOn, forKey: .bornOn)
        try container.encode(areaId, forKey: .areaId)
        try container.encode(status, forKey: .status)
        try container.encodeIfPresent(caseworker, forKey: .caseworker)
        try container.encode(relation, forKey: .relation)
        try container.encode(since, forKey: .since)
        try container.encode(registeredOn, forKey: .registeredOn)
        try container.encodeIfPresent(closedOn, forKey: .closedOn)
        try container.encodeIfPresent(householdId, forKey: .householdId)
        try container.encodeIfPresent(dueOn, forKey: .dueOn)
        try container.encodeIfPresent(dueReason, forKey: .dueReason)
        try container.encodeIfPresent(reviewDueOn, forKey: .reviewDueOn)
        try container.encodeIfPresent(askedOn, forKey: .askedOn)
        try container.encodeIfPresent(askedReason, forKey: .askedReason)
        try container.encodeIfPresent(awaitedOn, forKey: .awaitedOn)
        try container.encodeIfPresent(awaitedReason, forKey: .awaitedReason)
        try container.encode(findings, forKey: .findings)
        switch columns {
        case .jobCentre(let columns): try columns.encode(to: encoder)
        case .youthOffice(let columns): try columns.encode(to: encoder)
        case .socialOffice(let columns): try columns.encode(to: encoder)
        }
    }
}

/// The job centre's own columns: qualification, placement, next step.
public struct JobCentreColumns: Encodable, Hashable, Sendable {
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
public struct YouthOfficeColumns: Encodable, Hashable, Sendable {
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
public struct SocialOfficeColumns: Encodable, Hashable, Sendable {
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
