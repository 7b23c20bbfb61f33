public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

/// A case that may be about the same person as another one, as far as the asking office sees it.
public struct Candidate: Codable, Hashable, Sendable {
    /// The case.
    public var caseId: UUID
    /// Given names.
    public var givenName: String
    /// Family name.
    public var familyName: String
    /// Day of birth.
    public var bornOn: CalendarDate
    /// The programme area.
    public var areaId: String
    /// Whether the case is being worked on.
    public var status: CaseStatus
    /// What is alike, names first.
    public var reasons: [CandidateReason]
    /// What was decided about the two cases; `nil` while nothing was.
    public var decision: IdentityVerdict?

    /// A case that may be about the same person.
    public init(
        caseId: UUID, givenName: String, familyName: String, bornOn: CalendarDate, areaId: String, status: CaseStatus,
        reasons: [CandidateReason], decision: IdentityVerdict? = nil
    ) {
        self.caseId = caseId
        self.givenName = givenName
        self.familyName = familyName
        self.bornOn = bornOn
        self.areaId = areaId
        self.status = status
        self.reasons = reasons
        self.decision = decision
    }
}

/// What is alike about two people.
public enum CandidateReason: String, Codable, CaseIterable, Hashable, Sendable {
    /// The names are the same but for spelling: Müller and Mueller, Yıldız and Yildiz.
    case sameName = "same-name"
    /// The names are the same with given and family names in each other's place.
    case swappedName = "swapped-name"
    /// The names differ by a letter or two, or by one of several names.
    case similarName = "similar-name"
    /// A given name is the same, as after a marriage.
    case sameGivenName = "same-given-name"
    /// The day of birth is the same.
    case sameBirthDate = "same-birth-date"
    /// The day of birth differs as by a slip: one digit, two digits or day and month in each other's place.
    case similarBirthDate = "similar-birth-date"
    /// The programme area is the same.
    case sameArea = "same-area"
}

/// Who is looked for among an office's cases.
public struct CandidateQuery: Sendable {
    /// Whose cases.
    public var office: Office
    /// Who asks. Only cases in the actor's areas are shown.
    public var actor: Actor
    /// The day as of which the office looks, Europe/Berlin.
    public var day: CalendarDate
    /// The case that the others are compared with; never a candidate itself.
    public var caseId: UUID
    /// Given names.
    public var givenName: String
    /// Family name.
    public var familyName: String
    /// Day of birth.
    public var bornOn: CalendarDate
    /// The programme area.
    public var areaId: String
    /// What was decided about the case and others. Those that are about different persons are no candidates.
    public var decisions: [UUID: IdentityVerdict]

    /// A query for somebody of these particulars.
    public init(
        office: Office, actor: Actor, day: CalendarDate, caseId: UUID, givenName: String, familyName: String,
        bornOn: CalendarDate, areaId: String, decisions: [UUID: IdentityVerdict] = [:]
    ) {
        self.office = office
        self.actor = actor
        self.day = day
        self.caseId = caseId
        self.givenName = givenName
        self.familyName = familyName
        self.bornOn = bornOn
        self.areaId = areaId
        self.decisions = decisions
    }
}
