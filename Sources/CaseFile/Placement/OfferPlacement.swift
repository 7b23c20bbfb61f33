import CaseTiming
public import Foundation
public import Ledger

/// Offers the participant a job, an apprenticeship or a work opportunity.
public struct OfferPlacement: CommandBody {
    /// The name by which it is asked for.
    public static let name = "offer-placement"

    /// The new placement.
    public var placementId: UUID
    /// The published offer whose place it would take; either this or the employer is given.
    public var offerId: UUID?
    /// The employer in plain words.
    public var employer: String?
    /// KldB 2010, 1 to 5 digits.
    public var occupation: String?
    /// The field of work.
    public var employmentField: String?
    /// What kind of work it is.
    public var kind: PlacementKind
    /// Gross wage a month.
    public var wage: Money?
    /// Weekly hours, 0 to 168.
    public var hoursPerWeek: Double?
    /// The first day.
    public var startsOn: CalendarDate?
    /// The last day; absent without an end.
    public var endsOn: CalendarDate?
    /// The offer lapses after this day.
    public var answerDue: CalendarDate?

    /// An offer to the participant.
    public init(
        placementId: UUID, offerId: UUID? = nil, employer: String? = nil, occupation: String? = nil,
        employmentField: String? = nil, kind: PlacementKind, wage: Money? = nil, hoursPerWeek: Double? = nil,
        startsOn: CalendarDate? = nil, endsOn: CalendarDate? = nil, answerDue: CalendarDate? = nil
    ) {
        self.placementId = placementId
        self.offerId = offerId
        self.employer = employer
        self.occupation = occupation
        self.employmentField = employmentField
        self.kind = kind
        self.wage = wage
        self.hoursPerWeek = hoursPerWeek
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.answerDue = answerDue
    }
}

/// The participant was offered a job, an apprenticeship or a work opportunity.
public struct PlacementOffered: EventBody {
    /// The new placement.
    public var placementId: UUID
    /// The published offer whose place it would take.
    public var offerId: UUID?
    /// The employer in plain words.
    public var employer: String?
    /// KldB 2010, 1 to 5 digits.
    public var occupation: String?
    /// The field of work.
    public var employmentField: String?
    /// What kind of work it is.
    public var kind: PlacementKind
    /// Gross wage a month.
    public var wage: Money?
    /// Weekly hours.
    public var hoursPerWeek: Double?
    /// The first day.
    public var startsOn: CalendarDate?
    /// The last day; absent without an end.
    public var endsOn: CalendarDate?
    /// The offer lapses after this day.
    public var answerDue: CalendarDate?

    /// An offer to the participant.
    public init(
        placementId: UUID, offerId: UUID? = nil, employer: String? = nil, occupation: String? = nil,
        employmentField: String? = nil, kind: PlacementKind, wage: Money? = nil, hoursPerWeek: Double? = nil,
        startsOn: CalendarDate? = nil, endsOn: CalendarDate? = nil, answerDue: CalendarDate? = nil
    ) {
        self.placementId = placementId
        self.offerId = offerId
        self.employer = employer
        self.occupation = occupation
        self.employmentField = employmentField
        self.kind = kind
        self.wage = wage
        self.hoursPerWeek = hoursPerWeek
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.answerDue = answerDue
    }
}

extension PlacementOffered: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["placementId"],
        .placement: [
            "answerDue", "employer", "employmentField", "endsOn", "hoursPerWeek", "kind", "occupation", "offerId",
            "startsOn",
        ],
        .benefits: ["wage"],
    ]
}

extension CaseState {
    func decide(_ command: OfferPlacement, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard isEngaged(.jobCentre) else { throw .noJobCentreEngagement }
        guard placement(command.placementId) == nil else { throw .placementExists }
        try command.check(in: context)
        if command.offerId != nil {
            guard let offer = context.surroundings.offer, offer.isPublished else { throw .unknownOffer }
            try offer.checkPlaceIsFree(on: context.effectiveOn)
        }
        return [
            .placementOffered(
                PlacementOffered(
                    placementId: command.placementId, offerId: command.offerId, employer: command.employer,
                    occupation: command.occupation, employmentField: command.employmentField, kind: command.kind,
                    wage: command.wage, hoursPerWeek: command.hoursPerWeek, startsOn: command.startsOn,
                    endsOn: command.endsOn, answerDue: command.answerDue))
        ]
    }

    mutating func apply(_ event: PlacementOffered, from provenance: Provenance) {
        placements.append(
            Placement(
                placementId: event.placementId, offerId: event.offerId, employer: event.employer,
                occupation: event.occupation, employmentField: event.employmentField, kind: event.kind,
                wage: event.wage, hoursPerWeek: event.hoursPerWeek, startsOn: event.startsOn, endsOn: event.endsOn,
                answerDue: event.answerDue, offered: provenance))
    }
}

extension OfferPlacement {
    fileprivate func check(in context: DecisionContext) throws(Rejection) {
        guard offerId != nil || employer?.isBlank == false else { throw .offerOrEmployerMissing }
        if let occupation, !occupation.isOccupationCode { throw .invalidOccupation }
        if let hoursPerWeek {
            guard (0...168).contains(hoursPerWeek) else { throw .invalidHoursPerWeek }
        }
        if let wage, wage.isNegative { throw .invalidWage }
        try startsOn.plausible()
        try endsOn.plausible()
        try answerDue.plausible()
        if let startsOn, let endsOn, endsOn < startsOn { throw .endsBeforeStart }
        if let answerDue, answerDue < context.effectiveOn { throw .invalidAnswerDue }
    }
}

extension Rejection {
    /// The job centre is not responsible for the case.
    public static let noJobCentreEngagement = Rejection(
        rule: "no-job-centre-engagement",
        detail: "Placements need the job centre in the case; the job centre engages itself first (engage-office).")
    /// The id names a placement already.
    public static let placementExists = Rejection(
        rule: "placement-exists",
        detail: "This case already has a placement under that id; offer it under a new placementId.")
    /// Nobody is named with whom the participant would work.
    public static let offerOrEmployerMissing = Rejection(
        rule: "offer-or-employer-missing", detail: "Name the published offer (offerId) or the employer.")
    /// A wage below zero.
    public static let invalidWage = Rejection(
        rule: "invalid-wage", detail: "The wage is an amount of zero or more.")
    /// The answer was due before the offer is made.
    public static let invalidAnswerDue = Rejection(
        rule: "invalid-answer-due", detail: "The answer would be due before the offer is made; choose a later day.")
}
