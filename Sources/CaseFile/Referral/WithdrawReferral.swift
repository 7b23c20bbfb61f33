public import Foundation
public import Ledger

/// Says that the acting office no longer asks for what it asked for.
public struct WithdrawReferral: CommandBody {
    /// The name by which it is asked for.
    public static let name = "withdraw-referral"

    /// The referral.
    public var referralId: UUID
    /// Why. Personal.
    public var reason: String?

    /// A withdrawal.
    public init(referralId: UUID, reason: String? = nil) {
        self.referralId = referralId
        self.reason = reason
    }
}

/// An office no longer asks for what it asked another for.
public struct ReferralWithdrawn: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The referral.
    public var referralId: UUID
    /// Why.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case referralId
    }

    /// A withdrawal.
    public init(referralId: UUID, personal: Personal? = nil) {
        self.referralId = referralId
        self.personal = personal
    }
}

extension ReferralWithdrawn: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["referralId"], .exchange: ["reason"]]
}

extension CaseState {
    func decide(_ command: WithdrawReferral, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let referral = referral(command.referralId) else { throw .unknownReferral }
        guard referral.from == context.actor.office else { throw .notYourReferral }
        guard referral.isOpen else { throw .referralSettled }
        try referral.checkOrder(in: context)
        return [
            .referralWithdrawn(
                ReferralWithdrawn(
                    referralId: command.referralId,
                    personal: command.reason.map { ReferralWithdrawn.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: ReferralWithdrawn, from provenance: Provenance) {
        update(referral: event.referralId) {
            $0.end = .withdrawn(on: provenance.on, reason: event.personal?.reason)
        }
    }
}

extension Rejection {
    /// Another office asked.
    public static let notYourReferral = Rejection(
        rule: "not-your-referral", detail: "Another office asked for this; let that office withdraw it.")
}
