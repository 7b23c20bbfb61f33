public import Foundation
public import Ledger

/// Says that the acting office does not do what it was asked for, and why.
public struct DeclineReferral: CommandBody {
    /// The name by which it is asked for.
    public static let name = "decline-referral"

    /// The referral.
    public var referralId: UUID
    /// Who answers for the office.
    public var by: String?
    /// Why. Personal.
    public var reason: String

    /// A refusal.
    public init(referralId: UUID, by: String? = nil, reason: String) {
        self.referralId = referralId
        self.by = by
        self.reason = reason
    }
}

/// An office does not do what another asked it for.
public struct ReferralDeclined: EventBody {
    /// What the office said.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The referral.
    public var referralId: UUID
    /// Who answered for the office.
    public var by: String?
    /// What the office said.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case referralId, by
    }

    /// A refusal.
    public init(referralId: UUID, by: String? = nil, personal: Personal? = nil) {
        self.referralId = referralId
        self.by = by
        self.personal = personal
    }
}

extension ReferralDeclined: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["referralId"], .exchange: ["by", "reason"]]
}

extension CaseState {
    func decide(_ command: DeclineReferral, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        try checkIsUnanswered(command.referralId, in: context)
        try command.reason.filled("reason")
        return [
            .referralDeclined(
                ReferralDeclined(
                    referralId: command.referralId, by: command.by,
                    personal: ReferralDeclined.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: ReferralDeclined, from provenance: Provenance) {
        update(referral: event.referralId) {
            $0.answer = Referral.Answer(
                isAccepted: false, on: provenance.on, by: event.by, reason: event.personal?.reason)
        }
    }
}
