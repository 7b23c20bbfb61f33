public import CaseTiming
public import Ledger

/// Records that the participant takes a consent back, in whole or in part.
public struct WithdrawConsent: CommandBody {
    /// The name by which it is asked for.
    public static let name = "withdraw-consent"

    /// What may no longer be shared; absent means everything.
    public var categories: [ConsentCategory]?
    /// Which offices may no longer receive it; absent means all of them.
    public var recipients: [Office]?
    /// Why, if the participant says so.
    public var reason: String?

    /// A withdrawal.
    public init(categories: [ConsentCategory]? = nil, recipients: [Office]? = nil, reason: String? = nil) {
        self.categories = categories
        self.recipients = recipients
        self.reason = reason
    }
}

/// The participant took a consent back. Applies to every consent granted before it.
public struct ConsentWithdrawn: EventBody {
    /// What may no longer be shared.
    public var categories: [ConsentCategory]
    /// Which offices may no longer receive it.
    public var recipients: [Office]
    /// Why, if the participant said so.
    public var reason: String?

    /// A withdrawal.
    public init(categories: [ConsentCategory], recipients: [Office], reason: String? = nil) {
        self.categories = categories
        self.recipients = recipients
        self.reason = reason
    }
}

extension ConsentWithdrawn: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.exchange: ["categories", "recipients"], .own: ["reason"]]
}

extension CaseState {
    func decide(_ command: WithdrawConsent, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let categories = command.categories?.uniqued ?? ConsentCategory.allCases
        let recipients = command.recipients?.uniqued ?? Office.allCases
        let isGranted = consents.contains { consent in
            categories.contains { category in recipients.contains { consent.isOpen(category, to: $0) } }
        }
        guard isGranted else { throw .notGranted }
        return [
            .consentWithdrawn(
                ConsentWithdrawn(categories: categories, recipients: recipients, reason: command.reason))
        ]
    }

    mutating func apply(_ event: ConsentWithdrawn, from provenance: Provenance) {
        let withdrawal = Consent.Withdrawal(
            categories: event.categories, recipients: event.recipients, on: provenance.on)
        for index in consents.indices {
            let consent = consents[index]
            let touches = event.categories.contains { category in
                event.recipients.contains { consent.isOpen(category, to: $0) }
            }
            if touches { consents[index].withdrawals.append(withdrawal) }
        }
    }
}

extension Rejection {
    /// Nothing of the kind was granted, or all of it is withdrawn.
    public static let notGranted = Rejection(
        rule: "not-granted",
        detail: "There is no such consent to withdraw; look up which categories and recipients were granted.")
}
