public import Foundation
public import Ledger

/// Records that the participant refuses an offered placement.
public struct RefusePlacement: CommandBody {
    /// The name by which it is asked for.
    public static let name = "refuse-placement"

    /// The placement.
    public var placementId: UUID
    /// Why. Personal.
    public var reason: String?
    /// Whether the participant claims an important reason (§ 10 SGB II); absent means no.
    public var importantReasonClaimed: Bool?

    /// A refusal.
    public init(placementId: UUID, reason: String? = nil, importantReasonClaimed: Bool? = nil) {
        self.placementId = placementId
        self.reason = reason
        self.importantReasonClaimed = importantReasonClaimed
    }
}

/// The participant refused an offered placement.
public struct PlacementRefused: EventBody {
    /// What the participant said.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The placement.
    public var placementId: UUID
    /// Whether the participant claimed an important reason (§ 10 SGB II).
    public var importantReasonClaimed: Bool
    /// What the participant said.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case placementId, importantReasonClaimed
    }

    /// A refusal.
    public init(placementId: UUID, importantReasonClaimed: Bool = false, personal: Personal? = nil) {
        self.placementId = placementId
        self.importantReasonClaimed = importantReasonClaimed
        self.personal = personal
    }
}

extension PlacementRefused: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["placementId"],
        .placement: ["importantReasonClaimed", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: RefusePlacement, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        _ = try openOffer(command.placementId, in: context)
        return [
            .placementRefused(
                PlacementRefused(
                    placementId: command.placementId,
                    importantReasonClaimed: command.importantReasonClaimed ?? false,
                    personal: command.reason.map { PlacementRefused.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: PlacementRefused, from provenance: Provenance) {
        update(placement: event.placementId) {
            $0.answer = .refused(
                on: provenance.on, reason: event.personal?.reason,
                importantReasonClaimed: event.importantReasonClaimed)
        }
    }
}
