public import Foundation
public import Ledger

/// Lifts a restriction of processing. The participant is told before (Art. 18 (3) GDPR).
public struct LiftRestriction: CommandBody {
    /// The name by which it is asked for.
    public static let name = "lift-restriction"

    /// The restriction.
    public var restrictionId: UUID
    /// The day on which the participant was told that it would be lifted.
    public var participantToldOn: CalendarDate
    /// Why. Personal.
    public var reason: String

    /// The end of a restriction.
    public init(restrictionId: UUID, participantToldOn: CalendarDate, reason: String) {
        self.restrictionId = restrictionId
        self.participantToldOn = participantToldOn
        self.reason = reason
    }
}

/// A restriction of processing was lifted.
public struct RestrictionLifted: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// Why.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The restriction.
    public var restrictionId: UUID
    /// The day on which the participant was told.
    public var participantToldOn: CalendarDate
    /// Why; `nil` once the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case restrictionId, participantToldOn
    }

    /// The end of a restriction.
    public init(restrictionId: UUID, participantToldOn: CalendarDate, personal: Personal? = nil) {
        self.restrictionId = restrictionId
        self.participantToldOn = participantToldOn
        self.personal = personal
    }
}

extension RestrictionLifted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["restrictionId"], .exchange: ["participantToldOn", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: LiftRestriction, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let restriction = dataProtection.restriction(command.restrictionId), restriction.isInForce else {
            throw .noSuchRestriction
        }
        guard context.mayUndo(restriction.restricted) else { throw .notYourRestriction }
        try command.reason.filled("reason")
        let day = try context.dayOfFact()
        guard restriction.restricted.on <= day else { throw .liftedBeforeSet }
        guard command.participantToldOn <= day else { throw .participantNotTold }
        return [
            .restrictionLifted(
                RestrictionLifted(
                    restrictionId: command.restrictionId, participantToldOn: command.participantToldOn,
                    personal: RestrictionLifted.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: RestrictionLifted, from provenance: Provenance) {
        guard
            let index = dataProtection.restrictions.firstIndex(where: { $0.restrictionId == event.restrictionId })
        else { return }
        dataProtection.restrictions[index].lifted = provenance
    }
}

extension Rejection {
    /// No restriction of that id is in force.
    public static let noSuchRestriction = Rejection(
        rule: "no-such-restriction", detail: "No restriction of this id is in force; look up which one is meant.")
    /// Another office restricted it.
    public static let notYourRestriction = Rejection(
        rule: "not-your-restriction", detail: "Another office restricted this; ask it to lift the restriction.")
    /// The participant does not know yet.
    public static let participantNotTold = Rejection(
        rule: "participant-not-told",
        detail: "The participant has to be told before a restriction is lifted (Art. 18 (3) GDPR); tell them first.")
}
