public import Ledger

/// What is to be done with an offer.
public enum OfferCommand: CommandFamily {
    case publishOffer(PublishOffer)
    case changeOffer(ChangeOffer)
    case closeOffer(CloseOffer)
    case takePlace(TakePlace)
    case releasePlace(ReleasePlace)

    /// How each of the commands is read.
    public static let kinds: [CommandKind<OfferCommand>] = [
        CommandKind(PublishOffer.self, Self.publishOffer),
        CommandKind(ChangeOffer.self, Self.changeOffer),
        CommandKind(CloseOffer.self, Self.closeOffer),
        CommandKind(TakePlace.self, from: .system, Self.takePlace),
        CommandKind(ReleasePlace.self, from: .system, Self.releasePlace),
    ]

    /// The data of this command.
    public var body: any CommandBody {
        switch self {
        case .publishOffer(let body): body
        case .changeOffer(let body): body
        case .closeOffer(let body): body
        case .takePlace(let body): body
        case .releasePlace(let body): body
        }
    }

    /// What has to be loaded beside the offer before this can be decided.
    public var needs: Needs {
        switch self {
        case .publishOffer(let command): Needs(area: command.areaId, provider: command.partnerId)
        case .changeOffer(let command): Needs(area: command.areaId, provider: command.partnerId)
        case .closeOffer, .takePlace, .releasePlace: Needs()
        }
    }
}

/// What happened to an offer.
public enum OfferEvent: EventFamily, Hashable {
    case offerPublished(OfferPublished)
    case offerChanged(OfferChanged)
    case offerClosed(OfferClosed)
    case placeTaken(PlaceTaken)
    case placeReleased(PlaceReleased)

    /// The category of the streams: `offer-<id>`.
    public static let category = "offer"

    /// How each of the events is read.
    public static let kinds: [EventKind<OfferEvent>] = [
        EventKind(OfferPublished.self, Self.offerPublished),
        EventKind(OfferChanged.self, Self.offerChanged),
        EventKind(OfferClosed.self, Self.offerClosed),
        EventKind(PlaceTaken.self, Self.placeTaken),
        EventKind(PlaceReleased.self, Self.placeReleased),
    ]

    /// The content of this event.
    public var body: any EventBody {
        switch self {
        case .offerPublished(let body): body
        case .offerChanged(let body): body
        case .offerClosed(let body): body
        case .placeTaken(let body): body
        case .placeReleased(let body): body
        }
    }
}

/// Decides what a command does to an offer.
public enum OfferDecider: Decider {
    /// The state before anything happened.
    public static let initial = OfferState()

    /// The events that the command causes, none if what it wants is already so.
    public static func decide(
        _ command: OfferCommand, given state: OfferState, in context: DecisionContext
    ) throws(Rejection) -> [OfferEvent] {
        try context.effectiveOn.plausible()
        switch command {
        case .publishOffer(let command): return try state.decide(command, in: context)
        case .changeOffer(let command): return try state.decide(command, in: context)
        case .closeOffer(let command): return try state.decide(command, in: context)
        case .takePlace(let command):
            let place = OfferState.Place(caseId: command.caseId, placementId: command.placementId)
            guard !state.taken.contains(place) else { return [] }
            try state.checkPlaceIsFree(on: context.effectiveOn)
            return [.placeTaken(PlaceTaken(caseId: command.caseId, placementId: command.placementId))]
        case .releasePlace(let command):
            let place = OfferState.Place(caseId: command.caseId, placementId: command.placementId)
            guard state.taken.contains(place) else { return [] }
            return [.placeReleased(PlaceReleased(caseId: command.caseId, placementId: command.placementId))]
        }
    }

    /// Takes one event into the state.
    public static func evolve(_ state: inout OfferState, with fact: Fact<OfferEvent, Authorship>) {
        switch fact.event {
        case .offerPublished(let event): state.published = event
        case .offerChanged(let event): state.apply(event)
        case .offerClosed(let event): state.apply(event, on: fact.effectiveOn)
        case .placeTaken(let event):
            state.taken.insert(OfferState.Place(caseId: event.caseId, placementId: event.placementId))
        case .placeReleased(let event):
            state.taken.remove(OfferState.Place(caseId: event.caseId, placementId: event.placementId))
        }
    }
}

extension OfferState {
    fileprivate func decide(_ command: PublishOffer, in context: DecisionContext) throws(Rejection) -> [OfferEvent] {
        let event = OfferPublished(
            title: command.title, kind: command.kind, capacity: command.capacity, partnerId: command.partnerId,
            employer: command.employer, areaId: command.areaId, occupation: command.occupation,
            startsOn: command.startsOn, endsOn: command.endsOn, openUntil: command.openUntil)
        if let published {
            guard published == event else { throw .alreadyPublished }
            return []
        }
        try event.check(in: context, looksAtArea: event.areaId != nil, looksAtPartner: event.partnerId != nil)
        return [.offerPublished(event)]
    }
}

extension OfferPublished {
    /// Refuses what cannot be.
    func check(in context: DecisionContext, looksAtArea: Bool, looksAtPartner: Bool) throws(Rejection) {
        try title.filled("title")
        guard (1...100_000).contains(capacity) else { throw .invalidCapacity }
        if let occupation, !occupation.isOccupationCode { throw .invalidOccupation }
        try startsOn.plausible()
        try endsOn.plausible()
        try openUntil.plausible()
        if let startsOn, let endsOn, endsOn < startsOn { throw .endsBeforeStart }
        let surroundings = context.surroundings
        if looksAtArea, areaId != nil, surroundings.area?.isOpen(on: context.effectiveOn) != true {
            throw .unknownArea
        }
        if looksAtPartner, partnerId != nil, surroundings.provider?.isOpen(on: context.effectiveOn) != true {
            throw .unknownPartner
        }
    }
}

extension Rejection {
    /// There is no such offer.
    public static let unknownOffer = Rejection(
        rule: "unknown-offer",
        detail: "There is no such offer; publish it first (publish-offer) or name the employer in words.")
    /// All places are taken.
    public static let offerFull = Rejection(
        rule: "offer-full", detail: "All places of this offer are taken; choose another offer.")
    /// The offer's last day has passed.
    public static let offerClosed = Rejection(
        rule: "offer-closed", detail: "This offer is closed, or its last day has passed; choose another offer.")
    /// An offer for nobody.
    public static let invalidCapacity = Rejection(
        rule: "invalid-capacity", detail: "An offer has at least 1 place and at most 100000.")
    /// There is no such partner.
    public static let unknownPartner = Rejection(
        rule: "unknown-partner",
        detail: "There is no such partner, or it has left the network; publish it first (publish-partner) or name the "
            + "organisation in words.")
}
