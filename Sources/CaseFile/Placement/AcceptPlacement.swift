public import Foundation
public import Ledger

/// Records that the participant accepts an offered placement.
public struct AcceptPlacement: CommandBody {
    /// The name by which it is asked for.
    public static let name = "accept-placement"

    /// The placement.
    public var placementId: UUID
    /// What the participant says to it. Personal.
    public var reason: String?

    /// An acceptance.
    public init(placementId: UUID, reason: String? = nil) {
        self.placementId = placementId
        self.reason = reason
    }
}

/// The participant accepted an offered placement.
public struct PlacementAccepted: EventBody {
    /// What the participant said.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The placement.
    public var placementId: UUID
    /// The offer of which a place is taken, if any.
    public var offerId: UUID?
    /// What the participant said.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case placementId, offerId
    }

    /// An acceptance.
    public init(placementId: UUID, offerId: UUID? = nil, personal: Personal? = nil) {
        self.placementId = placementId
        self.offerId = offerId
        self.personal = personal
    }
}

extension PlacementAccepted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["placementId"], .placement: ["offerId", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: AcceptPlacement, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let placement = try openOffer(command.placementId, in: context)
        return [
            .placementAccepted(
                PlacementAccepted(
                    placementId: command.placementId, offerId: placement.offerId,
                    personal: command.reason.map { PlacementAccepted.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: PlacementAccepted, from provenance: Provenance) {
        update(placement: event.placementId) {
            $0.answer = .accepted(on: provenance.on, reason: event.personal?.reason)
        }
    }

    /// The placement that waits for the participant's answer.
    func openOffer(_ id: UUID, in context: DecisionContext) throws(Rejection) -> Placement {
        let placement = try knownPlacement(id)
        guard placement.status == .offered else { throw .alreadyAnswered }
        let day = try context.dayOfFact()
        guard !placement.hasLapsed(on: day) else { throw .offerLapsed }
        return placement
    }
}

extension Rejection {
    /// The participant answered.
    public static let alreadyAnswered = Rejection(
        rule: "already-answered",
        detail: "This offer is already answered; if circumstances changed, offer the placement anew.")
    /// The last day for an answer has passed.
    public static let offerLapsed = Rejection(
        rule: "offer-lapsed", detail: "The last day for an answer has passed; offer the placement anew.")
}
