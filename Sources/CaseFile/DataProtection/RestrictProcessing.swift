public import Foundation
public import Ledger

/// Restricts the processing of the participant's data: of the whole case, or what of it goes to other offices.
public struct RestrictProcessing: CommandBody {
    /// The name by which it is asked for.
    public static let name = "restrict-processing"

    /// The restriction.
    public var restrictionId: UUID
    /// Why the law restricts.
    public var ground: RestrictionGround
    /// What may not go to other offices; absent restricts all of the case, which then is only stored.
    public var categories: [ConsentCategory]?
    /// Anything else to know. Personal.
    public var reason: String?

    /// A restriction.
    public init(
        restrictionId: UUID, ground: RestrictionGround, categories: [ConsentCategory]? = nil, reason: String? = nil
    ) {
        self.restrictionId = restrictionId
        self.ground = ground
        self.categories = categories
        self.reason = reason
    }
}

/// The processing of the participant's data is restricted.
public struct ProcessingRestricted: EventBody {
    /// What else is to know.
    public struct Personal: Codable, Hashable, Sendable {
        /// Anything else to know.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The restriction.
    public var restrictionId: UUID
    /// Why the law restricts.
    public var ground: RestrictionGround
    /// What may not go to other offices, each once; absent where all of the case is restricted.
    public var categories: [ConsentCategory]?
    /// What else is to know; `nil` when nothing is noted or the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case restrictionId, ground, categories
    }

    /// A restriction.
    public init(
        restrictionId: UUID, ground: RestrictionGround, categories: [ConsentCategory]? = nil, personal: Personal? = nil
    ) {
        self.restrictionId = restrictionId
        self.ground = ground
        self.categories = categories
        self.personal = personal
    }
}

extension ProcessingRestricted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["restrictionId"], .exchange: ["ground", "categories", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: RestrictProcessing, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard dataProtection.restriction(command.restrictionId) == nil else { throw .restrictionKnown }
        guard command.categories?.isEmpty != true else { throw .nothingRestricted }
        _ = try context.dayOfFact()
        return [
            .processingRestricted(
                ProcessingRestricted(
                    restrictionId: command.restrictionId, ground: command.ground,
                    categories: command.categories?.uniqued,
                    personal: command.reason.map { ProcessingRestricted.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: ProcessingRestricted, from provenance: Provenance) {
        dataProtection.restrictions.append(
            Restriction(
                restrictionId: event.restrictionId, ground: event.ground, categories: event.categories,
                reason: event.personal?.reason, restricted: provenance))
    }
}

extension Rejection {
    /// There is a restriction of that id.
    public static let restrictionKnown = Rejection(
        rule: "restriction-known",
        detail: "A restriction of this id is on record already; choose a new id for another one.")
    /// It names no category.
    public static let nothingRestricted = Rejection(
        rule: "nothing-restricted",
        detail: "Name the categories that may not go to other offices, or leave categories out to restrict the case.")
    /// The case is only stored.
    public static let processingRestricted = Rejection(
        rule: "processing-restricted",
        detail: "The processing of this case is restricted (Art. 18 GDPR, § 84 SGB X): it is stored, and nothing else. "
            + "Lift the restriction (lift-restriction) when its ground has gone.")
}
