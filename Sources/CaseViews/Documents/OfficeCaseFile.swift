public import CaseFile
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
    /// The appointments the office made, by time.
    public var appointments: [Appointment]
    /// The last assessment of potential, if the office made it.
    public var potential: Potential?
    /// The open findings that the office may know of.
    public var findings: [Finding]
    /// What other offices recorded and this one may see, by category.
    public var shared: [SharedBlock]
}

extension OfficeCaseFile {
    /// Who a case is about. Names, day of birth, address and contact are `nil` once the person is erased.
    public struct Identity: Codable, Hashable, Sendable {
        /// Given names.
        public var givenName: String?
        /// Family name.
        public var familyName: String?
        /// Day of birth.
        public var bornOn: CalendarDate?
        /// Where the person lives.
        public var address: Address?
        /// How to reach the person.
        public var contact: Contact?
        /// The programme area.
        public var areaId: String
        /// The first day at the present address, if the person moved since the registration.
        public var movedOn: CalendarDate?
        /// Languages, BCP 47.
        public var languages: [String]
        /// The school certificate, for the office that registered the person; others see it by consent (education).
        public var schooling: String?
        /// The vocational certificate, likewise.
        public var vocationalCertificate: String?
        /// Whether the person's data was erased.
        public var isErased: Bool
    }

    /// Whom a participant lives and plans with.
    public struct Household: Codable, Hashable, Sendable {
        /// The household.
        public var id: UUID
        /// The participant's own place in it.
        public var role: HouseholdRole?
        /// All members, by case id.
        public var members: [Member]
    }

    /// A member of a household.
    public struct Member: Codable, Hashable, Sendable {
        /// The member's case.
        public var caseId: UUID
        /// The member's place in the household.
        public var role: HouseholdRole?
    }

    /// An office's responsibility.
    public struct Engagement: Codable, Hashable, Sendable {
        /// The office.
        public var office: Office
        /// The subject of the caseworker in charge.
        public var caseworker: String?
        /// The day from which the office is responsible.
        public var since: CalendarDate
        /// The law or paragraph behind it.
        public var legalBasis: String?
        /// What was handed over to the caseworker in charge; `nil` in other offices' files.
        public var handoverNote: String?
    }

    /// What the participant allowed to be shared.
    public struct Consent: Codable, Hashable, Sendable {
        /// Number of the consent in the case, from 1.
        public var number: Int
        /// What may be shared.
        public var categories: [ConsentCategory]
        /// Which offices may receive it.
        public var recipients: [Office]
        /// What for.
        public var purpose: String
        /// Where the signed paper is.
        public var evidence: String?
        /// The first day on which it holds.
        public var from: CalendarDate
        /// The last day on which it holds, unless withdrawn.
        public var validUntil: CalendarDate?
        /// What was taken back.
        public var withdrawals: [Withdrawal]
        /// Which office recorded it.
        public var recordedBy: Office?
    }

    /// Part of a consent taken back.
    public struct Withdrawal: Codable, Hashable, Sendable {
        /// What may no longer be shared.
        public var categories: [ConsentCategory]
        /// Which offices may no longer receive it.
        public var recipients: [Office]
        /// The first day on which it no longer holds.
        public var on: CalendarDate
    }

    /// What one office asks another for. Only these two see it; its reason and its result belong to both.
    public struct Referral: Codable, Hashable, Sendable {
        /// The referral.
        public var referralId: UUID
        /// Where it stands.
        public var state: CaseFile.Referral.Status
        /// The office that asks.
        public var from: Office
        /// The office that is asked.
        public var to: Office
        /// The caseworker in charge at the other office.
        public var caseworker: String?
        /// What is asked for.
        public var service: String
        /// Why; `nil` when none is given, consent no longer leaves it there, or the person is erased.
        public var reason: String?
        /// The law or paragraph that lets the office transmit.
        public var legalBasis: String?
        /// The numbers of the consents that it rests on.
        public var consents: [Int]
        /// What the reason tells about.
        public var categories: [ConsentCategory]
        /// The day as of which it was asked for.
        public var requestedOn: CalendarDate
        /// The day by which an answer is due.
        public var answerDue: CalendarDate
        /// The day of the answer.
        public var answeredOn: CalendarDate?
        /// Who answered.
        public var answeredBy: String?
        /// What was answered; `nil` once the person is erased.
        public var answerReason: String?
        /// The day by which the other office means to have acted.
        public var completeBy: CalendarDate?
        /// The day as of which it had acted.
        public var completedOn: CalendarDate?
        /// Who said so.
        public var completedBy: String?
        /// What came of it; `nil` once the person is erased.
        public var result: String?
        /// The day as of which it was no longer asked for.
        public var withdrawnOn: CalendarDate?
        /// Why; `nil` once the person is erased.
        public var withdrawnReason: String?
    }

    /// A meeting of offices. Its minutes are `nil` where consent no longer leaves them, as are reasons.
    public struct Conference: Codable, Hashable, Sendable {
        /// The conference.
        public var conferenceId: UUID
        /// Where it stands.
        public var state: CaseFile.Conference.Status
        /// The office that called it.
        public var office: Office
        /// The offices that meet.
        public var participants: [Office]
        /// When it begins, RFC 3339 with the offset of Europe/Berlin.
        public var at: BerlinMoment
        /// Where; `nil` once the person is erased.
        public var place: String?
        /// The numbers of the consents that it rests on.
        public var consents: [Int]
        /// What may be talked about.
        public var categories: [ConsentCategory]
        /// The day as of which it was minuted or cancelled.
        public var settledOn: CalendarDate?
        /// What was said; `nil` once the person is erased.
        public var minutes: String?
        /// Why it was cancelled; `nil` once the person is erased.
        public var reason: String?
        /// The commitments made there.
        public var commitments: [UUID]
    }

    /// What an office said it would do. What it is and what was noted are `nil` where consent no longer leaves them.
    public struct Commitment: Codable, Hashable, Sendable {
        /// The commitment.
        public var commitmentId: UUID
        /// Where it stands.
        public var state: CaseFile.Commitment.Status
        /// The office that committed itself.
        public var office: Office
        /// The offices that it did so to.
        public var to: [Office]
        /// What it does; `nil` once the person is erased.
        public var what: String?
        /// By when.
        public var by: CalendarDate
        /// The conference where it did.
        public var conferenceId: UUID?
        /// The day as of which it was recorded.
        public var madeOn: CalendarDate
        /// The day on which it was kept, broken or withdrawn.
        public var settledOn: CalendarDate?
        /// What the office noted; `nil` once the person is erased.
        public var note: String?
        /// What the office has to say to it.
        public var replies: [Reply]
    }

    /// What an office has to say to how it kept its word.
    public struct Reply: Codable, Hashable, Sendable {
        /// The day of saying so.
        public var on: CalendarDate
        /// What it says; `nil` once the person is erased.
        public var note: String?
    }

    /// A plan with its measures.
    public struct Plan: Codable, Hashable, Sendable {
        /// The plan.
        public var planId: UUID
        /// What kind of plan it is.
        public var kind: PlanKind
        /// The goal in words; `nil` when none is set or the person is erased.
        public var goal: String?
        /// Months between two reviews.
        public var reviewEvery: Int?
        /// The plan's own first day.
        public var from: CalendarDate?
        /// The plan's own last day.
        public var to: CalendarDate?
        /// The day as of which it was drafted.
        public var draftedOn: CalendarDate
        /// The day on which the participant agreed; `nil` for a draft.
        public var agreedOn: CalendarDate?
        /// Who agreed for the office.
        public var agreedBy: String?
        /// When it is to be reviewed.
        public var reviewDueOn: CalendarDate?
        /// The reviews, in the order of recording.
        public var reviews: [Review]
        /// The plan's last day; `nil` while it is open.
        public var concludedOn: CalendarDate?
        /// What came of it.
        public var outcome: String?
        /// Its steps, in the order in which they were added.
        public var measures: [Measure]
    }

    /// That a plan was reviewed.
    public struct Review: Codable, Hashable, Sendable {
        /// The day of the review.
        public var on: CalendarDate
        /// What was found; `nil` when nothing is noted or the person is erased.
        public var findings: String?
        /// The day by which the next review was set.
        public var nextReview: CalendarDate?
    }

    /// Days on which a measure does not run although it has started.
    public struct Pause: Codable, Hashable, Sendable {
        /// The first day on which it does not run.
        public var from: CalendarDate
        /// The last such day; `nil` while it is interrupted.
        public var to: CalendarDate?
        /// Why; `nil` where only *timing* is open.
        public var reason: String?
    }

    /// A measure with its content.
    public struct Measure: Codable, Hashable, Sendable {
        /// The measure.
        public var measureId: UUID
        /// What it is called.
        public var title: String?
        /// The field of action.
        public var strand: Strand
        /// Whether it prevents or repairs.
        public var orientation: Orientation?
        /// Whether it strengthens the ability to learn and act, or income.
        public var solidarity: Solidarity?
        /// The id of a published partner, or the provider's name in plain words.
        public var provider: String?
        /// The days it is planned for.
        public var window: DayRange
        /// Weekly load in hours.
        public var hoursPerWeek: Double?
        /// When in the week it takes place.
        public var weeklySlots: [WeeklySlot]
        /// The first day on which it can begin.
        public var earliestStart: CalendarDate?
        /// The last day on which it can end.
        public var latestEnd: CalendarDate?
        /// Where it stands.
        public var progress: CaseFile.Measure.Status
        /// The day on which it began.
        public var startedOn: CalendarDate?
        /// The interruptions, in the order of recording.
        public var pauses: [Pause]
        /// The day on which it ended.
        public var endedOn: CalendarDate?
        /// What came of it.
        public var outcome: String?
        /// The certificate it led to.
        public var certificate: String?
        /// Why it was given up.
        public var reason: String?
    }

    /// That a measure exists and when: all that *timing* opens. Neither title nor provider nor goal.
    public struct MeasureTiming: Codable, Hashable, Sendable {
        /// The measure.
        public var measureId: UUID
        /// The field of action.
        public var strand: Strand
        /// The days it is planned for.
        public var window: DayRange
        /// Weekly load in hours.
        public var hoursPerWeek: Double?
        /// Where it stands.
        public var progress: CaseFile.Measure.Status
        /// The day on which it began.
        public var startedOn: CalendarDate?
        /// The interruptions, in the order of recording, without their reasons.
        public var pauses: [Pause]
        /// The day on which it ended.
        public var endedOn: CalendarDate?
    }

    /// How two measures should lie in time.
    public struct Relation: Codable, Hashable, Sendable {
        /// The first measure.
        public var first: UUID
        /// The second measure.
        public var second: UUID
        /// How they should lie.
        public var relation: RelationKind
        /// The least distance in days.
        public var minDays: Int
        /// The greatest distance in days.
        public var maxDays: Int?
        /// By how many days it may be missed.
        public var tolerance: Int
    }

    /// A placement. Wage and income cover are `nil` where only the category *placement* is open.
    public struct Placement: Codable, Hashable, Sendable {
        /// The placement.
        public var placementId: UUID
        /// Where it stands.
        public var state: CaseFile.Placement.Status
        /// What kind of work it is.
        public var kind: PlacementKind
        /// The offer it takes a place of.
        public var offerId: UUID?
        /// The employer in plain words.
        public var employer: String?
        /// KldB 2010, 1 to 5 digits.
        public var occupation: String?
        /// The field of work.
        public var employmentField: String?
        /// Gross wage a month.
        public var wage: Money?
        /// Weekly hours.
        public var hoursPerWeek: Double?
        /// The day as of which it was offered.
        public var offeredOn: CalendarDate
        /// The offer lapses after this day.
        public var answerDue: CalendarDate?
        /// The day as of which it was answered.
        public var answeredOn: CalendarDate?
        /// What the participant said; `nil` once the person is erased.
        public var answerReason: String?
        /// Whether a refusal claimed an important reason (§ 10 SGB II).
        public var importantReasonClaimed: Bool?
        /// The first day, as offered.
        public var startsOn: CalendarDate?
        /// The last day, as offered.
        public var endsOn: CalendarDate?
        /// The day on which it began.
        public var startedOn: CalendarDate?
        /// The last day.
        public var endedOn: CalendarDate?
        /// Why it ended.
        public var endReason: String?
        /// What the participant lives on afterwards.
        public var incomeCover: IncomeCover?
        /// Whether it was kept, by months.
        public var retentions: [Retention]
    }

    /// Whether somebody was still employed some months after a placement began.
    public struct Retention: Codable, Hashable, Sendable {
        /// After how many months.
        public var afterMonths: Int
        /// Whether the participant was still employed there.
        public var stillEmployed: Bool
    }

    /// Part of a wage that is paid to the employer.
    public struct Subsidy: Codable, Hashable, Sendable {
        /// The subsidy.
        public var subsidyId: UUID
        /// The placement whose wage is subsidised.
        public var placementId: UUID
        /// The rates, each until the next one begins.
        public var schedule: [SubsidyRate]
        /// The first day.
        public var from: CalendarDate
        /// The last day, as granted.
        public var to: CalendarDate
        /// The day as of which it was granted.
        public var grantedOn: CalendarDate
        /// The last day for which it is paid, when it was stopped.
        public var stoppedOn: CalendarDate?
        /// Why it was stopped.
        public var stopReason: String?
        /// The rule that was applied; its id is the scheme.
        public var rule: RuleReference
    }

    /// A paper with which the participant chooses a provider.
    public struct Voucher: Codable, Hashable, Sendable {
        /// The voucher.
        public var voucherId: UUID
        /// What it is for.
        public var kind: VoucherKind
        /// Where it stands; that its time is over shows in its scope.
        public var state: CaseFile.Voucher.Status
        /// What it is worth at most.
        public var value: Money?
        /// For what, where and how long it holds.
        public var scope: VoucherScope
        /// The day as of which it was issued.
        public var issuedOn: CalendarDate
        /// The day on which it was redeemed.
        public var redeemedOn: CalendarDate?
        /// Where it was redeemed.
        public var provider: String?
        /// What was paid.
        public var redeemedValue: Money?
        /// What it was redeemed for, and when that is.
        public var measure: VoucherContent?
        /// The day as of which it was taken back.
        public var revokedOn: CalendarDate?
        /// Why it was taken back.
        public var revokedReason: String?
        /// The rule that was applied.
        public var rule: RuleReference?
    }

    /// Less of a benefit for some months.
    public struct Reduction: Codable, Hashable, Sendable {
        /// The reduction.
        public var reductionId: UUID
        /// For what.
        public var ground: String
        /// Per cent of the standard need.
        public var percentage: Double
        /// How many times in a row it is, from 1.
        public var step: Int
        /// The first day.
        public var from: CalendarDate
        /// The last day, as decided.
        public var to: CalendarDate
        /// The day as of which it was decided.
        public var decidedOn: CalendarDate
        /// The day of what it is for.
        public var occurredOn: CalendarDate?
        /// The day on which the participant was heard.
        public var hearingHeldOn: CalendarDate?
        /// The first day on which nothing is reduced any more, when it was lifted.
        public var liftedOn: CalendarDate?
        /// Why it was lifted; `nil` once the person is erased.
        public var liftReason: String?
        /// Whether the decision was taken back.
        public var isRevoked: Bool
        /// The rule that was applied.
        public var rule: RuleReference
    }

    /// What a placement pays, and what comes after it: benefits.
    public struct Income: Codable, Hashable, Sendable {
        /// The placement.
        public var placementId: UUID
        /// Gross wage a month.
        public var wage: Money?
        /// What the participant lives on afterwards.
        public var incomeCover: IncomeCover?
    }

    /// A meeting of the office with the participant.
    public struct Appointment: Codable, Hashable, Sendable {
        /// The appointment.
        public var appointmentId: UUID
        /// Where it stands.
        public var state: CaseFile.Appointment.Status
        /// When it begins, RFC 3339 with the offset of Europe/Berlin.
        public var at: BerlinMoment
        /// How long it takes.
        public var minutes: Int
        /// Where; `nil` once the person is erased.
        public var place: String?
        /// What for; `nil` once the person is erased.
        public var reason: String?
        /// The day as of which it was kept, missed or cancelled.
        public var settledOn: CalendarDate?
        /// Why it was missed or cancelled; `nil` once the person is erased.
        public var settledReason: String?
    }

    /// That an office meets the participant and when: all that *timing* opens.
    public struct AppointmentTiming: Codable, Hashable, Sendable {
        /// The appointment.
        public var appointmentId: UUID
        /// When it begins, RFC 3339 with the offset of Europe/Berlin.
        public var at: BerlinMoment
        /// How long it takes.
        public var minutes: Int
    }

    /// What a participant can do, wants, and what stands in the way.
    public struct Potential: Codable, Hashable, Sendable {
        /// The day as of which it was assessed.
        public var assessedOn: CalendarDate
        /// Strengths; `nil` once the person is erased.
        public var strengths: [String]?
        /// Goals in the participant's own words; `nil` once the person is erased.
        public var goals: [String]?
        /// Obstacles; `nil` once the person is erased.
        public var obstacles: [String]?
        /// Level in the German Qualifications Framework (DQR), 1 to 8.
        public var level: Int?
        /// Occupations sought, KldB 2010.
        public var occupationsSought: [String]
    }

    /// Something out of step.
    public struct Finding: Codable, Hashable, Sendable {
        /// The finding.
        public var id: UUID
        /// In what way.
        public var kind: FindingKind
        /// The day as of which it was opened.
        public var openedOn: CalendarDate
        /// The first day it is about.
        public var from: CalendarDate?
        /// The last day it is about.
        public var to: CalendarDate?
        /// By how many days; `nil` when that grows with every day.
        public var days: Int?
        /// What is out of step, in a sentence or two.
        public var explanation: String
    }
}
