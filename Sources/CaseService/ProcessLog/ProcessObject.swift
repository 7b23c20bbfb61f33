import Foundation

/// What events are about, in a log for process mining.
struct ProcessObject: Hashable, Sendable {
    /// What kind of thing it is: the log's object types.
    enum Kind: String, CaseIterable, Sendable {
        case caseFile = "case"
        case household, area, offer, partner
        case employmentField = "employment-field"
        case plan, measure, placement, appointment, referral, conference, commitment, deadline, proposal, finding, fact
        /// What facts have in common, such as the application that was received and passed on.
        case matter
        case wageSubsidy = "wage-subsidy"
        case voucher, reduction, note
        case legalHold = "legal-hold"
        case restriction, dispute, office
    }

    /// Which one of its kind; an identifier takes a third of the room of its text, and there are millions.
    private enum Name: Hashable, Sendable {
        case identifier(UUID)
        case word(String)
    }

    let kind: Kind
    private let name: Name

    /// The object of that kind with an identifier, or with a name that people gave it.
    init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = UUID(uuidString: name).map(Name.identifier) ?? .word(name)
    }

    /// A name that no other object in the log has, as two kinds may use the same identifiers.
    var id: String {
        switch name {
        case .identifier(let id): "\(kind.rawValue):\(id.uuidString.lowercased())"
        case .word(let word): "\(kind.rawValue):\(word)"
        }
    }
}

extension ProcessObject.Kind {
    /// The kind of what a stream of that category is about.
    init?(category: String) {
        if category == "field" { self = .employmentField } else { self.init(rawValue: category) }
    }

    /// Whether it has a stream of its own, and so begins there and nowhere else.
    var hasStream: Bool {
        switch self {
        case .caseFile, .household, .area, .offer, .partner, .employmentField: true
        default: false
        }
    }

    /// What members of events with an identifier stand for, by their names. A test finds those that are missing.
    static let ofMembers: [String: Self] = [
        "caseId": .caseFile, "cases": .caseFile, "case": .caseFile, "otherCaseId": .caseFile, "into": .caseFile,
        "from": .caseFile, "household": .household, "householdId": .household, "offerId": .offer, "partnerId": .partner,
        "partnerIds": .partner, "openedBy": .partner, "qualifiedBy": .partner, "planId": .plan, "measureId": .measure,
        "measures": .measure, "first": .measure, "second": .measure, "placementId": .placement,
        "appointmentId": .appointment, "referralId": .referral, "conferenceId": .conference,
        "commitmentId": .commitment, "commitments": .commitment, "deadlineId": .deadline, "proposalId": .proposal,
        "counterId": .proposal, "counterOf": .proposal, "findings": .finding, "factId": .fact, "matter": .matter,
        "subsidyId": .wageSubsidy, "voucherId": .voucher, "reductionId": .reduction, "noteId": .note,
        "holdId": .legalHold, "restrictionId": .restriction, "disputeId": .dispute,
    ]

    /// Members whose texts name something, where they are no identifiers.
    static let ofWords: [String: Self] = ["areaId": .area, "areaIds": .area]

    /// Members with an identifier of this or that: of whatever has begun by then.
    static let anything: Set<String> = ["subject", "recordId", "id"]
}
