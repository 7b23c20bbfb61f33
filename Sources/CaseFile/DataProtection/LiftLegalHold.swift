public import Foundation
public import Ledger

/// Lifts a legal hold.
public struct LiftLegalHold: CommandBody {
    /// The name by which it is asked for.
    public static let name = "lift-legal-hold"

    /// The hold.
    public var holdId: UUID
    /// Why. Personal.
    public var reason: String

    /// The end of a hold.
    public init(holdId: UUID, reason: String) {
        self.holdId = holdId
        self.reason = reason
    }
}

/// A legal hold was lifted.
public struct LegalHoldLifted: EventBody {
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

    /// The end of a hold.
    public init(holdId: UUID, personal: Personal? = nil) {
        self.holdId = holdId
        self.personal = personal
    }
}

extension LegalHoldLifted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["holdId"], .own: ["reason"]]
}

extension CaseState {
    func decide(_ command: LiftLegalHold, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let hold = dataProtection.hold(command.holdId), hold.lifted == nil else { throw .noSuchHold }
        guard context.mayUndo(hold.imposed) else { throw .notYourHold }
        try command.reason.filled("reason")
        let day = try context.dayOfFact()
        guard hold.imposed.on <= day else { throw .liftedBeforeSet }
        return [
            .legalHoldLifted(
                LegalHoldLifted(holdId: command.holdId, personal: LegalHoldLifted.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: LegalHoldLifted, from provenance: Provenance) {
        guard let index = dataProtection.holds.firstIndex(where: { $0.holdId == event.holdId }) else { return }
        dataProtection.holds[index].lifted = provenance
    }
}

extension Rejection {
    /// No hold of that id is in force.
    public static let noSuchHold = Rejection(
        rule: "no-such-hold", detail: "No legal hold of this id is in force; look up which one is meant.")
    /// Another office set the hold.
    public static let notYourHold = Rejection(
        rule: "not-your-hold", detail: "Another office set this legal hold; ask it to lift it.")
    /// It would end before it began.
    public static let liftedBeforeSet = Rejection(
        rule: "lifted-before-set",
        detail: "This was set after that day; lift it as of the day it was set or a later one.")
}
