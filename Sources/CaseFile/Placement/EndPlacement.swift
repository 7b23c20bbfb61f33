public import Foundation
public import Ledger

/// Records that a placement ended, or that an accepted one is not taken up.
public struct EndPlacement: CommandBody {
    /// The name by which it is asked for.
    public static let name = "end-placement"

    /// The placement.
    public var placementId: UUID
    /// Its last day; absent means the effective day.
    public var on: CalendarDate?
    /// Why.
    public var reason: String?
    /// What the participant lives on afterwards.
    public var incomeCover: IncomeCover?

    /// An end.
    public init(
        placementId: UUID, on: CalendarDate? = nil, reason: String? = nil, incomeCover: IncomeCover? = nil
    ) {
        self.placementId = placementId
        self.on = on
        self.reason = reason
        self.incomeCover = incomeCover
    }
}

/// A placement ended.
public struct PlacementEnded: EventBody {
    /// The placement.
    public var placementId: UUID
    /// Its last day, Europe/Berlin.
    public var on: CalendarDate
    /// The offer to which a place is given back, if any.
    public var offerId: UUID?
    /// Why.
    public var reason: String?
    /// What the participant lives on afterwards.
    public var incomeCover: IncomeCover?

    /// An end.
    public init(
        placementId: UUID, on: CalendarDate, offerId: UUID? = nil, reason: String? = nil,
        incomeCover: IncomeCover? = nil
    ) {
        self.placementId = placementId
        self.on = on
        self.offerId = offerId
        self.reason = reason
        self.incomeCover = incomeCover
    }
}

extension PlacementEnded: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["placementId"],
        .placement: ["offerId", "on", "reason"],
        .benefits: ["incomeCover"],
    ]
}

extension CaseState {
    func decide(_ command: EndPlacement, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let placement = try knownPlacement(command.placementId)
        switch placement.status {
        case .accepted, .started: break
        case .offered, .refused: throw .notAccepted
        case .ended: throw .alreadyEnded
        }
        let on = try context.dayOfFact(command.on)
        if let startedOn = placement.startedOn {
            guard startedOn <= on else { throw .endsBeforeStart }
            // It may have lasted longer than offered, into the time of the next one.
            try checkOverlap(of: placement, from: startedOn, through: on)
        }
        try (command.incomeCover?.from).plausible()
        return [
            .placementEnded(
                PlacementEnded(
                    placementId: command.placementId, on: on, offerId: placement.offerId, reason: command.reason,
                    incomeCover: command.incomeCover))
        ] + stopsOfSubsidies(of: command.placementId, after: on)
    }

    mutating func apply(_ event: PlacementEnded, from provenance: Provenance) {
        update(placement: event.placementId) {
            $0.end = Placement.End(on: event.on, reason: event.reason, incomeCover: event.incomeCover)
        }
    }
}
