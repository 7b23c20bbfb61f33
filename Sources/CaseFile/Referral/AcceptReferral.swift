public import Foundation
public import Ledger

/// Says that the acting office does what it was asked for.
public struct AcceptReferral: CommandBody {
    /// The name by which it is asked for.
    public static let name = "accept-referral"

    /// The referral.
    public var referralId: UUID
    /// Who answers for the office.
    public var by: String?
    /// Anything to know about it. Personal.
    public var reason: String?
    /// The day by which the office means to have acted.
    public var completeBy: CalendarDate?

    /// An acceptance.
    public init(referralId: UUID, by: String? = nil, reason: String? = nil, completeBy: CalendarDate? = nil) {
        self.referralId = referralId
        self.by = by
        self.reason = reason
        self.completeBy = completeBy
    }
}

/// An office does what another asked it for. It does not engage the office.
public struct ReferralAccepted: EventBody {
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
    /// The day by which the office means to have acted, Europe/Berlin.
    public var completeBy: CalendarDate?
    /// What the office said.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case referralId, by, completeBy
    }

    /// An acceptance.
    public init(referralId: UUID, by: String? = nil, completeBy: CalendarDate? = nil, personal: Personal? = nil) {
        self.referralId = referralId
        self.by = by
        self.completeBy = completeBy
        self.personal = personal
    }
}

extension ReferralAccepted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["referralId"],
        .exchange: ["by", "completeBy", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: AcceptReferral, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        try checkIsUnanswered(command.referralId, in: context)
        try command.completeBy.plausible()
        if let completeBy = command.completeBy, completeBy < context.effectiveOn { throw .completeByPassed }
        return [
            .referralAccepted(
                ReferralAccepted(
                    referralId: command.referralId, by: command.by, completeBy: command.completeBy,
                    personal: command.reason.map { ReferralAccepted.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: ReferralAccepted, from provenance: Provenance) {
        update(referral: event.referralId) {
            $0.answer = Referral.Answer(
                isAccepted: true, on: provenance.on, by: event.by, reason: event.personal?.reason,
                completeBy: event.completeBy)
        }
    }
}

extension Rejection {
    /// The office would have to have acted already.
    public static let completeByPassed = Rejection(
        rule: "complete-by-passed",
        detail: "The office would have to have acted before it accepts; choose a later day or leave it out.")
}
