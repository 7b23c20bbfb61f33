public import Foundation
public import Ledger

/// Records what came of what the acting office was asked for.
public struct CompleteReferral: CommandBody {
    /// The name by which it is asked for.
    public static let name = "complete-referral"

    /// The referral.
    public var referralId: UUID
    /// Who answers for the office.
    public var by: String?
    /// What came of it. Personal.
    public var result: String

    /// A result.
    public init(referralId: UUID, by: String? = nil, result: String) {
        self.referralId = referralId
        self.by = by
        self.result = result
    }
}

/// An office has done what another asked it for.
public struct ReferralCompleted: EventBody {
    /// What came of it.
    public struct Personal: Codable, Hashable, Sendable {
        /// The result.
        public var result: String

        /// A result.
        public init(result: String) { self.result = result }
    }

    /// The referral.
    public var referralId: UUID
    /// Who answered for the office.
    public var by: String?
    /// What came of it.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case referralId, by
    }

    /// A result.
    public init(referralId: UUID, by: String? = nil, personal: Personal? = nil) {
        self.referralId = referralId
        self.by = by
        self.personal = personal
    }
}

extension ReferralCompleted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["referralId"], .exchange: ["by", "result"]]
}

extension CaseState {
    func decide(_ command: CompleteReferral, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let referral = try referralToActingOffice(command.referralId, in: context)
        switch referral.status {
        case .accepted: break
        case .requested: throw .referralNotAccepted
        case .declined, .completed, .withdrawn: throw .referralSettled
        }
        try referral.checkOrder(in: context)
        try command.result.filled("result")
        return [
            .referralCompleted(
                ReferralCompleted(
                    referralId: command.referralId, by: command.by,
                    personal: ReferralCompleted.Personal(result: command.result)))
        ]
    }

    mutating func apply(_ event: ReferralCompleted, from provenance: Provenance) {
        update(referral: event.referralId) {
            $0.end = .completed(on: provenance.on, by: event.by, result: event.personal?.result)
        }
    }
}

extension Rejection {
    /// The office did not say that it would act.
    public static let referralNotAccepted = Rejection(
        rule: "referral-not-accepted",
        detail: "The referral is not accepted yet; answer it first (accept-referral or decline-referral).")
    /// Nobody waits for anything any more.
    public static let referralSettled = Rejection(
        rule: "referral-settled",
        detail: "The referral was already declined, completed or withdrawn; ask for a new one if more is needed.")
}
