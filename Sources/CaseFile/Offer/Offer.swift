public import Foundation
public import Ledger

/// What a partner or employer provides, with capacity and dates.
public struct OfferState: Hashable, Sendable {
    /// A place that a participant took.
    public struct Place: Hashable, Sendable {
        /// The participant's case.
        public var caseId: UUID
        /// The placement in that case.
        public var placementId: UUID

        /// A place taken by a placement of a case.
        public init(caseId: UUID, placementId: UUID) {
            self.caseId = caseId
            self.placementId = placementId
        }
    }

    /// What is known of it, changes included; `nil` while there is no such offer.
    public internal(set) var published: OfferPublished?
    /// The first day on which no place can be taken because the offer was closed.
    public internal(set) var closedOn: CalendarDate?
    /// The places that are taken now.
    public internal(set) var taken: Set<Place> = []

    /// An offer that is not published yet.
    public init() {}

    /// Whether there is such an offer.
    public var isPublished: Bool { published != nil }

    /// How many places are free.
    public var freePlaces: Int { max(0, (published?.capacity ?? 0) - taken.count) }

    /// Refuses when nobody can be placed on `day`: the offer is closed, over, or full.
    func checkPlaceIsFree(on day: CalendarDate) throws(Rejection) {
        guard let published else { throw .unknownOffer }
        if let closedOn, closedOn <= day { throw .offerClosed }
        if let last = published.openUntil, last < day { throw .offerClosed }
        if let last = published.endsOn, last < day { throw .offerClosed }
        guard freePlaces > 0 else { throw .offerFull }
    }
}

/// Makes an offer known.
public struct PublishOffer: CommandBody {
    /// The name by which it is asked for.
    public static let name = "publish-offer"

    /// What it is called.
    public var title: String
    /// What kind of work it is.
    public var kind: PlacementKind
    /// How many people at a time, at least 1.
    public var capacity: Int
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

    /// An offer.
    public init(
        title: String, kind: PlacementKind, capacity: Int, partnerId: UUID? = nil, employer: String? = nil,
        areaId: String? = nil, occupation: String? = nil, startsOn: CalendarDate? = nil, endsOn: CalendarDate? = nil,
        openUntil: CalendarDate? = nil
    ) {
        self.title = title
        self.kind = kind
        self.capacity = capacity
        self.partnerId = partnerId
        self.employer = employer
        self.areaId = areaId
        self.occupation = occupation
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.openUntil = openUntil
    }
}

/// An offer was made known.
public struct OfferPublished: EventBody {
    /// What it is called.
    public var title: String
    /// What kind of work it is.
    public var kind: PlacementKind
    /// How many people at a time.
    public var capacity: Int
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

    /// An offer.
    public init(
        title: String, kind: PlacementKind, capacity: Int, partnerId: UUID? = nil, employer: String? = nil,
        areaId: String? = nil, occupation: String? = nil, startsOn: CalendarDate? = nil, endsOn: CalendarDate? = nil,
        openUntil: CalendarDate? = nil
    ) {
        self.title = title
        self.kind = kind
        self.capacity = capacity
        self.partnerId = partnerId
        self.employer = employer
        self.areaId = areaId
        self.occupation = occupation
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.openUntil = openUntil
    }
}

extension OfferPublished: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .network: [
            "areaId", "capacity", "employer", "endsOn", "kind", "occupation", "openUntil", "partnerId", "startsOn",
            "title",
        ]
    ]
}

/// Takes a place for a placement; the consequence of `accept-placement`.
public struct TakePlace: CommandBody {
    /// The name by which it is asked for.
    public static let name = "take-place"

    /// The participant's case.
    public var caseId: UUID
    /// The placement in that case.
    public var placementId: UUID

    /// The taking of a place.
    public init(caseId: UUID, placementId: UUID) {
        self.caseId = caseId
        self.placementId = placementId
    }
}

/// A place was taken.
public struct PlaceTaken: EventBody {
    /// The participant's case.
    public var caseId: UUID
    /// The placement in that case.
    public var placementId: UUID

    /// The taking of a place.
    public init(caseId: UUID, placementId: UUID) {
        self.caseId = caseId
        self.placementId = placementId
    }
}

extension PlaceTaken: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["caseId", "placementId"]]
}

/// Gives a place back; the consequence of `end-placement`.
public struct ReleasePlace: CommandBody {
    /// The name by which it is asked for.
    public static let name = "release-place"

    /// The participant's case.
    public var caseId: UUID
    /// The placement in that case.
    public var placementId: UUID

    /// The giving back of a place.
    public init(caseId: UUID, placementId: UUID) {
        self.caseId = caseId
        self.placementId = placementId
    }
}

/// A place was given back.
public struct PlaceReleased: EventBody {
    /// The participant's case.
    public var caseId: UUID
    /// The placement in that case.
    public var placementId: UUID

    /// The giving back of a place.
    public init(caseId: UUID, placementId: UUID) {
        self.caseId = caseId
        self.placementId = placementId
    }
}

extension PlaceReleased: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["caseId", "placementId"]]
}
