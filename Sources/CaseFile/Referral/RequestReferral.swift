public import CaseTiming
public import Foundation
public import Ledger

/// Asks another office to act in the case.
public struct RequestReferral: CommandBody {
    /// The name by which it is asked for.
    public static let name = "request-referral"

    /// The new referral.
    public var referralId: UUID
    /// The office that is asked.
    public var to: Office
    /// What it is asked for.
    public var service: String
    /// Why. Personal.
    public var reason: String?
    /// The law or paragraph that lets the office transmit; absent where the participant's consent does.
    public var legalBasis: String?
    /// What the reason tells about; absent means what the asking office's own plans are about.
    public var categories: [ConsentCategory]?
    /// The day by which an answer is due; absent means two weeks after the request.
    public var answerDue: CalendarDate?

    /// A request.
    public init(
        referralId: UUID, to: Office, service: String, reason: String? = nil, legalBasis: String? = nil,
        categories: [ConsentCategory]? = nil, answerDue: CalendarDate? = nil
    ) {
        self.referralId = referralId
        self.to = to
        self.service = service
        self.reason = reason
        self.legalBasis = legalBasis
        self.categories = categories
        self.answerDue = answerDue
    }
}

/// An office asked another to act: a transmission of who the participant is, of a purpose and of a reason.
public struct ReferralRequested: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The new referral.
    public var referralId: UUID
    /// The office that asks: the sender of the transmission.
    public var from: Office
    /// The office that is asked: its recipient.
    public var to: Office
    /// What it is asked for: its purpose.
    public var service: String
    /// The law or paragraph that lets the office transmit; absent where consent alone does.
    public var legalBasis: String?
    /// The numbers of the consents in the case that it rests on, each once.
    public var consents: [Int]
    /// What the reason tells about, each once.
    public var categories: [ConsentCategory]
    /// The day by which an answer is due, Europe/Berlin.
    public var answerDue: CalendarDate
    /// Why.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case referralId, from, to, service, legalBasis, consents, categories, answerDue
    }

    /// A request.
    public init(
        referralId: UUID, from: Office, to: Office, service: String, legalBasis: String? = nil, consents: [Int] = [],
        categories: [ConsentCategory], answerDue: CalendarDate, personal: Personal? = nil
    ) {
        self.referralId = referralId
        self.from = from
        self.to = to
        self.service = service
        self.legalBasis = legalBasis
        self.consents = consents
        self.categories = categories
        self.answerDue = answerDue
        self.personal = personal
    }
}

extension ReferralRequested: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["referralId"],
        .exchange: ["answerDue", "categories", "consents", "from", "legalBasis", "service", "to", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: RequestReferral, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let office = context.actor.office, isEngaged(office) else { throw .officeNotEngaged }
        guard command.to != office else { throw .referralToOwnOffice }
        guard referral(command.referralId) == nil else { throw .referralExists }
        try command.service.filled("service")
        // A legal basis opens what the reason tells, so an empty one must not pass for one.
        if let basis = command.legalBasis { try basis.filled("legalBasis") }
        let day = try context.dayOfFact()
        let answerDue = command.answerDue ?? day + Referral.usualDaysToAnswer
        try answerDue.plausible()
        guard day <= answerDue else { throw .answerDueBeforeRequest }
        let told = command.categories?.uniqued ?? []
        let categories = told.isEmpty ? [office.ownCategory] : told
        return [
            .referralRequested(
                ReferralRequested(
                    referralId: command.referralId, from: office, to: command.to, service: command.service,
                    legalBasis: command.legalBasis,
                    consents: try consents(
                        for: categories, to: command.to, on: day, beside: command.legalBasis),
                    categories: categories, answerDue: answerDue,
                    personal: command.reason.map { ReferralRequested.Personal(reason: $0) }))
        ]
    }

    /// The consents that let these categories go to an office on a day, beside a legal basis.
    ///
    /// What was entrusted in the youth office stays there (§ 65 SGB VIII). Health is only transmitted by a consent that
    /// names it. Everything else needs a legal basis, which the transmitting office answers for (§§ 67d, 69 SGB X), or a
    /// consent in force.
    private func consents(
        for categories: [ConsentCategory], to office: Office, on day: CalendarDate, beside legalBasis: String?
    ) throws(Rejection) -> [Int] {
        guard !categories.contains(.entrusted) else { throw .entrustedStays }
        var numbers: [Int] = []
        for category in categories where legalBasis == nil || category == .health {
            let consent = consents.last { consent in
                consent.period(of: category, to: office).map { $0.from <= day && day <= $0.until ?? day } ?? false
            }
            guard let consent else { throw .notLawfulToTransmit(category, to: office) }
            numbers.append(consent.number)
        }
        return numbers.uniqued
    }

    mutating func apply(_ event: ReferralRequested, from provenance: Provenance) {
        referrals.append(
            Referral(
                referralId: event.referralId, from: event.from, to: event.to, service: event.service,
                reason: event.personal?.reason, legalBasis: event.legalBasis, consents: event.consents,
                categories: event.categories, answerDue: event.answerDue, requested: provenance))
    }
}

extension Referral {
    /// Days for an answer where none are set: two weeks, as for forwarding an application (§ 14 (1) SGB IX).
    static let usualDaysToAnswer = 14
}

extension Office {
    /// What the office's own plans are about.
    fileprivate var ownCategory: ConsentCategory {
        switch self {
        case .jobCentre: .employment
        case .youthOffice: .youthSupport
        case .socialOffice: .benefits
        }
    }
}

extension Rejection {
    /// The office would ask itself.
    public static let referralToOwnOffice = Rejection(
        rule: "referral-to-own-office",
        detail: "A referral asks another office; plan a measure (add-measure) for what your own office is to do.")
    /// The id names a referral already.
    public static let referralExists = Rejection(
        rule: "referral-exists",
        detail: "This case already has a referral under that id; ask for it under a new referralId.")
    /// The answer would be due before it is asked for.
    public static let answerDueBeforeRequest = Rejection(
        rule: "answer-due-before-request",
        detail: "The answer would be due before the request; choose a later day or leave it out for two weeks.")
    /// What was told in confidence does not leave the youth office.
    public static let entrustedStays = Rejection(
        rule: "entrusted-stays",
        detail: "What was entrusted stays with whom it was told to (§ 65 SGB VIII); leave it out of the referral.")

    /// Neither law nor consent lets the office transmit.
    public static func notLawfulToTransmit(_ category: ConsentCategory, to office: Office) -> Rejection {
        let remedy =
            category == .health
            ? "health needs a consent that names it"
            : "name the legal basis, or leave it out of the categories"
        return Rejection(
            rule: "not-lawful-to-transmit",
            detail: "No consent in force lets \(category.rawValue) go to the \(office.rawValue); record one "
                + "(grant-consent): \(remedy).")
    }
}
