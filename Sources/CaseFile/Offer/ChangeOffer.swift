public import Foundation
public import Ledger

/// What can be taken away from an offer without putting something else in its place.
public enum RemovableOfferDetail: String, Codable, CaseIterable, Hashable, Sendable {
    /// The partner behind it.
    case partnerId
    /// The employer in plain words.
    case employer
    /// The programme area.
    case areaId
    /// The occupation.
    case occupation
    /// The first day.
    case startsOn
    /// The last day.
    case endsOn
    /// The last day on which a place can be taken.
    case openUntil
}

/// Changes what is known of an offer; what is absent stays.
public struct ChangeOffer: CommandBody {
    /// The name by which it is asked for.
    public static let name = "change-offer"

    /// What it is called.
    public var title: String?
    /// How many people at a time, no fewer than are placed now.
    public var capacity: Int?
    /// The published partner that offers it.
    public var partnerId: UUID?
    /// The employer in plain words.
    public var employer: String?
    /// The programme area it belongs to.
    public var areaId: String?
    /// KldB 2010, 1 to 5 digits.
    public var occupation: String?
    /// The first day.
    public var startsOn: CalendarDate?
    /// The last day.
    public var endsOn: CalendarDate?
    /// The last day on which a place can be taken.
    public var openUntil: CalendarDate?
    /// What is taken away.
    public var remove: [RemovableOfferDetail]?
    /// Why.
    public var reason: String?

    /// A change.
    public init(
        title: String? = nil, capacity: Int? = nil, partnerId: UUID? = nil, employer: String? = nil,
        areaId: String? = nil, occupation: String? = nil, startsOn: CalendarDate? = nil, endsOn: CalendarDate? = nil,
        openUntil: CalendarDate? = nil, remove: [RemovableOfferDetail]? = nil, reason: String? = nil
    ) {
        self.title = title
        self.capacity = capacity
        self.partnerId = partnerId
        self.employer = employer
        self.areaId = areaId
        self.occupation = occupation
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.openUntil = openUntil
        self.remove = remove
        self.reason = reason
    }
}

/// What is known of an offer changed; what is absent stayed.
public struct OfferChanged: EventBody {
    /// What it is called.
    public var title: String?
    /// How many people at a time.
    public var capacity: Int?
    /// The published partner that offers it.
    public var partnerId: UUID?
    /// The employer in plain words.
    public var employer: String?
    /// The programme area it belongs to.
    public var areaId: String?
    /// KldB 2010, 1 to 5 digits.
    public var occupation: String?
    /// The first day.
    public var startsOn: CalendarDate?
    /// The last day.
    public var endsOn: CalendarDate?
    /// The last day on which a place can be taken.
    public var openUntil: CalendarDate?
    /// What was taken away.
    public var removed: [RemovableOfferDetail]
    /// Why.
    public var reason: String?

    /// A change.
    public init(
        title: String? = nil, capacity: Int? = nil, partnerId: UUID? = nil, employer: String? = nil,
        areaId: String? = nil, occupation: String? = nil, startsOn: CalendarDate? = nil, endsOn: CalendarDate? = nil,
        openUntil: CalendarDate? = nil, removed: [RemovableOfferDetail] = [], reason: String? = nil
    ) {
        self.title = title
        self.capacity = capacity
        self.partnerId = partnerId
        self.employer = employer
        self.areaId = areaId
        self.occupation = occupation
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.openUntil = openUntil
        self.removed = removed
        self.reason = reason
    }
}

extension OfferChanged: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .network: [
            "areaId", "capacity", "employer", "endsOn", "occupation", "openUntil", "partnerId", "reason", "removed",
            "startsOn", "title",
        ]
    ]
}

extension OfferState {
    func decide(_ command: ChangeOffer, in context: DecisionContext) throws(Rejection) -> [OfferEvent] {
        guard let published else { throw .unknownOffer }
        guard closedOn == nil else { throw .alreadyClosed }
        let event = OfferChanged(
            title: command.title, capacity: command.capacity, partnerId: command.partnerId,
            employer: command.employer, areaId: command.areaId, occupation: command.occupation,
            startsOn: command.startsOn, endsOn: command.endsOn, openUntil: command.openUntil,
            removed: (command.remove ?? []).uniqued, reason: command.reason)
        let changed = published.changed(by: event)
        guard changed != published else { return [] }
        // What is as it was may be about something that is gone by now.
        try changed.check(
            in: context, looksAtArea: changed.areaId != published.areaId,
            looksAtPartner: changed.partnerId != published.partnerId)
        guard taken.count <= changed.capacity else { throw .capacityBelowTaken(taken.count) }
        return [.offerChanged(event)]
    }

    mutating func apply(_ event: OfferChanged) { published = published?.changed(by: event) }
}

extension OfferPublished {
    /// The offer after a change.
    fileprivate func changed(by event: OfferChanged) -> OfferPublished {
        var offer = self
        for detail in event.removed {
            switch detail {
            case .partnerId: offer.partnerId = nil
            case .employer: offer.employer = nil
            case .areaId: offer.areaId = nil
            case .occupation: offer.occupation = nil
            case .startsOn: offer.startsOn = nil
            case .endsOn: offer.endsOn = nil
            case .openUntil: offer.openUntil = nil
            }
        }
        offer.title = event.title ?? offer.title
        offer.capacity = event.capacity ?? offer.capacity
        offer.partnerId = event.partnerId ?? offer.partnerId
        offer.employer = event.employer ?? offer.employer
        offer.areaId = event.areaId ?? offer.areaId
        offer.occupation = event.occupation ?? offer.occupation
        offer.startsOn = event.startsOn ?? offer.startsOn
        offer.endsOn = event.endsOn ?? offer.endsOn
        offer.openUntil = event.openUntil ?? offer.openUntil
        return offer
    }
}

extension Rejection {
    /// It is closed.
    public static let alreadyClosed = Rejection(
        rule: "already-closed", detail: "This is closed and does not change any more; publish something new.")
    /// More people are placed than there would be places for.
    public static func capacityBelowTaken(_ taken: Int) -> Rejection {
        Rejection(
            rule: "capacity-below-taken",
            detail: "\(taken) places are taken; keep at least as many, or end placements first (end-placement).")
    }
}
