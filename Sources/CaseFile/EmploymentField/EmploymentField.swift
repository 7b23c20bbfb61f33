public import Foundation
public import Ledger

/// One of the tasks that opening a field of work takes.
public enum FieldTask: String, Codable, CaseIterable, Hashable, Sendable {
    /// Finding out which fields there could be.
    case exploringFields = "exploring-fields"
    /// What stands in the way in people's minds, on both sides.
    case obstaclesOfMentality = "obstacles-of-mentality"
    /// Developing products together with research.
    case productDevelopment = "product-development"
    /// Forms of production and enterprise.
    case formsOfProduction = "forms-of-production"
    /// Marketing and quality.
    case marketingAndQuality = "marketing-and-quality"
    /// Advice and finance.
    case adviceAndFinance = "advice-and-finance"
    /// Qualification before and during work.
    case qualification
    /// Modules and certificates.
    case modulesAndCertificates = "modules-and-certificates"
    /// Wages and subsidies.
    case wagesAndSubsidies = "wages-and-subsidies"
    /// Flexibility and security.
    case flexibilityAndSecurity = "flexibility-and-security"
    /// Pricing and vouchers.
    case pricingAndVouchers = "pricing-and-vouchers"
}

/// Where a task stands, and what shows it.
public struct FieldTaskState: Codable, Hashable, Sendable {
    /// The task.
    public var task: FieldTask
    /// Where it stands.
    public var state: Progress
    /// What shows it: a report, a contract, a place where it can be read.
    public var evidence: String?

    /// Where a task can stand.
    public enum Progress: String, Codable, CaseIterable, Hashable, Sendable {
        /// Nobody has begun.
        case open
        /// Somebody is at it.
        case underWay = "under-way"
        /// It is done.
        case done
    }

    /// Where a task stands.
    public init(task: FieldTask, state: Progress, evidence: String? = nil) {
        self.task = task
        self.state = state
        self.evidence = evidence
    }
}

/// A new field of work that is opened in the region.
public struct EmploymentFieldState: Hashable, Sendable {
    /// What is known of it; `nil` while there is no such field.
    public internal(set) var published: EmploymentFieldPublished?
    /// Where its tasks stand, as far as somebody said; what is missing is open.
    public internal(set) var tasks: [FieldTask: FieldTaskState] = [:]
    /// The first day on which it is closed.
    public internal(set) var closedOn: CalendarDate?

    /// A field that is not published yet.
    public init() {}

    /// Whether there is such a field.
    public var isPublished: Bool { published != nil }
}

/// Something about an employment field that people should look at. It stops nobody.
public enum FieldWarning: String, Codable, CaseIterable, Hashable, Sendable {
    /// The same organisation opens the field and qualifies the people for it.
    case opensAndQualifies = "opens-and-qualifies"

    /// What is the matter and what to do about it.
    public var sentence: String {
        switch self {
        case .opensAndQualifies:
            "The organisation that opens this field is also one that qualifies the people for it. The two should be linked "
                + "by agreements, not be one body: let another organisation qualify, or part the two."
        }
    }
}

/// Something about an employment field was noticed that people should look at.
public struct EmploymentFieldWarned: EventBody {
    /// What it is.
    public var warning: FieldWarning
    /// The organisations it is about.
    public var partnerIds: [UUID]

    /// A warning.
    public init(warning: FieldWarning, partnerIds: [UUID]) {
        self.warning = warning
        self.partnerIds = partnerIds
    }
}

extension EmploymentFieldWarned: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.network: ["partnerIds", "warning"]]
}

extension EmploymentFieldPublished {
    /// The organisation that opens the field, where it qualifies for it too.
    var opensAndQualifies: UUID? {
        openedBy.flatMap { qualifiedBy.contains($0) ? $0 : nil }
    }

    /// What people should look at as it stands.
    public var standingWarnings: [FieldWarning] { opensAndQualifies == nil ? [] : [.opensAndQualifies] }

    /// Warns, and never refuses, when one organisation has come to do both.
    func warnings(since earlier: EmploymentFieldPublished?) -> [EmploymentFieldEvent] {
        guard let partner = opensAndQualifies, earlier?.opensAndQualifies != partner else { return [] }
        return [
            .employmentFieldWarned(EmploymentFieldWarned(warning: .opensAndQualifies, partnerIds: [partner]))
        ]
    }

    /// Refuses what cannot be.
    func check(in context: DecisionContext, partners: [UUID]) throws(Rejection) {
        try name.filled("name")
        guard occupations.allSatisfy(\.isOccupationCode) else { throw .invalidOccupation }
        let isKnown = partners.allSatisfy {
            context.surroundings.partners[$0]?.isOpen(on: context.effectiveOn) == true
        }
        guard isKnown else { throw .unknownPartner }
    }
}

extension Rejection {
    /// There is no such field.
    public static let unknownEmploymentField = Rejection(
        rule: "unknown-employment-field",
        detail: "There is no such employment field; publish it first (publish-employment-field).")
}
