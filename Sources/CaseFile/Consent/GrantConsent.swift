public import CaseTiming
public import Ledger

/// Records that the participant allows data to be shared.
public struct GrantConsent: CommandBody {
    /// The name by which it is asked for.
    public static let name = "grant-consent"

    /// What may be shared.
    public var categories: [ConsentCategory]
    /// Which offices may receive it.
    public var recipients: [Office]
    /// What for.
    public var purpose: String
    /// The last day on which it holds; absent without an end.
    public var validUntil: CalendarDate?
    /// Where the signed paper is.
    public var evidence: String?

    /// A consent.
    public init(
        categories: [ConsentCategory], recipients: [Office], purpose: String, validUntil: CalendarDate? = nil,
        evidence: String? = nil
    ) {
        self.categories = categories
        self.recipients = recipients
        self.purpose = purpose
        self.validUntil = validUntil
        self.evidence = evidence
    }
}

/// The participant allowed data to be shared.
public struct ConsentGranted: EventBody {
    /// What may be shared, each once.
    public var categories: [ConsentCategory]
    /// Which offices may receive it, each once.
    public var recipients: [Office]
    /// What for.
    public var purpose: String
    /// The last day on which it holds; absent without an end.
    public var validUntil: CalendarDate?
    /// Where the signed paper is.
    public var evidence: String?

    /// A consent.
    public init(
        categories: [ConsentCategory], recipients: [Office], purpose: String, validUntil: CalendarDate? = nil,
        evidence: String? = nil
    ) {
        self.categories = categories
        self.recipients = recipients
        self.purpose = purpose
        self.validUntil = validUntil
        self.evidence = evidence
    }
}

extension ConsentGranted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .exchange: ["categories", "evidence", "purpose", "recipients", "validUntil"]
    ]
}

extension CaseState {
    func decide(_ command: GrantConsent, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let categories = command.categories.uniqued
        let recipients = command.recipients.uniqued
        guard !categories.isEmpty, !recipients.isEmpty, !command.purpose.isBlank,
            categories.count < ConsentCategory.allCases.count
        else { throw .blanketConsent }
        guard categories.count == 1 || !categories.contains(where: \.needsConsentOfItsOwn) else {
            throw .categoryNeedsOwnConsent
        }
        if let validUntil = command.validUntil {
            try validUntil.plausible()
            guard validUntil >= context.effectiveOn else { throw .invalidValidUntil }
        }
        return [
            .consentGranted(
                ConsentGranted(
                    categories: categories, recipients: recipients, purpose: command.purpose,
                    validUntil: command.validUntil, evidence: command.evidence))
        ]
    }

    mutating func apply(_ event: ConsentGranted, from provenance: Provenance) {
        consents.append(
            Consent(
                number: consents.count + 1, categories: event.categories, recipients: event.recipients,
                purpose: event.purpose, evidence: event.evidence, from: provenance.on, validUntil: event.validUntil,
                withdrawals: [], recordedBy: provenance.office))
    }
}

extension Rejection {
    /// The consent does not say what, to whom or what for.
    public static let blanketConsent = Rejection(
        rule: "blanket-consent",
        detail: "A consent names the data, the receiving offices and the purpose; say which of them it is about.")
    /// Health or entrusted data stands beside other data in one consent.
    public static let categoryNeedsOwnConsent = Rejection(
        rule: "category-needs-own-consent",
        detail: "Health and entrusted data are named on their own; record a separate consent for each of them.")
    /// The consent ends before it begins.
    public static let invalidValidUntil = Rejection(
        rule: "invalid-valid-until",
        detail: "The consent would end before it begins; choose a last day on or after the day it is given.")
}
