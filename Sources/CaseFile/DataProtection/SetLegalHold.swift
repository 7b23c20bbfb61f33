public import Foundation
public import Ledger

/// Keeps everything about the participant from being erased, until the hold is lifted.
public struct SetLegalHold: CommandBody {
    /// The name by which it is asked for.
    public static let name = "set-legal-hold"

    /// The hold.
    public var holdId: UUID
    /// Why. Personal.
    public var reason: String

    /// A hold.
    public init(holdId: UUID, reason: String) {
        self.holdId = holdId
        self.reason = reason
    }
}

/// Nothing about the participant may be erased until this hold is lifted.
public struct LegalHoldSet: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// Why.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The hold.
    public var holdId: UUID
    /// Why; `nil` once the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case holdId
    }

    /// A hold.
    public init(holdId: UUID, personal: Personal? = nil) {
        self.holdId = holdId
        self.personal = personal
    }
}

extension LegalHoldSet: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["holdId"], .own: ["reason"]]
}

extension CaseState {
    func decide(_ command: SetLegalHold, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard dataProtection.hold(command.holdId) == nil else { throw .holdKnown }
        try command.reason.filled("reason")
        _ = try context.dayOfFact()
        return [
            .legalHoldSet(
                LegalHoldSet(holdId: command.holdId, personal: LegalHoldSet.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: LegalHoldSet, from provenance: Provenance) {
        dataProtection.holds.append(
            LegalHold(holdId: event.holdId, reason: event.personal?.reason, imposed: provenance))
    }
}

extension Rejection {
    /// There is a hold of that id.
    public static let holdKnown = Rejection(
        rule: "hold-known", detail: "A legal hold of this id is on record already; choose a new id for another one.")
}
