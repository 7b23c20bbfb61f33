public import Ledger

/// What a member of an event belongs to, and so who gets it. Every member of every event says it, beside the event.
public enum DataCategory: String, Codable, CaseIterable, Hashable, Sendable {
    /// Who somebody is, where and with whom they live, and which offices are responsible: every office that sees the case.
    case identity
    /// That something is, and when. As ``ConsentCategory/timing``.
    case timing
    /// Schooling, qualification and what serves it. As ``ConsentCategory/education``.
    case education
    /// Work, the way to it, and the assessment of potential. As ``ConsentCategory/employment``.
    case employment
    /// Placements. As ``ConsentCategory/placement``.
    case placement
    /// Income. As ``ConsentCategory/benefits``.
    case benefits
    /// Content of support plans. As ``ConsentCategory/youthSupport``.
    case youthSupport = "youth-support"
    /// Health. As ``ConsentCategory/health``; no event has a member for it yet.
    case health
    /// Told in confidence in the youth office: its author and a named successor. As ``ConsentCategory/entrusted``.
    case entrusted
    /// What the measure's strand and its plan's kind say: ``education``, ``employment``, ``benefits`` or ``youthSupport``.
    case byPlan = "by-plan"
    /// ``youthSupport`` in a support plan; in any other plan it stays with the office whose plan it is.
    case byPlanKind = "by-plan-kind"
    /// What the voucher's kind says: ``education``, ``placement`` or ``benefits``.
    case byVoucher = "by-voucher"
    /// What the grounds of a finding say: whoever may know all of them.
    case byGrounds = "by-grounds"
    /// Between the offices that it is about: consents, referrals, conferences, commitments, proposals.
    case exchange
    /// Stays with the office that recorded it.
    case own
    /// Which case, plan or measure it is about: tells nothing by itself, and opens with what it names.
    case reference
    /// Offers, partners, areas and employment fields: nobody's secret.
    case network

    /// The categories of consent that can open it to another office; none where no consent does.
    public var openedBy: [ConsentCategory] {
        switch self {
        case .identity, .exchange, .own, .reference, .network, .entrusted: []
        case .timing: [.timing]
        case .education: [.education]
        case .employment: [.employment]
        case .placement: [.placement]
        case .benefits: [.benefits]
        case .youthSupport, .byPlanKind: [.youthSupport]
        case .health: [.health]
        case .byPlan: [.education, .employment, .benefits, .youthSupport]
        case .byVoucher: [.education, .placement, .benefits]
        case .byGrounds: [.timing, .placement, .benefits]
        }
    }
}

/// The members of an event, personal ones among them, by what they belong to; each member once.
public typealias FieldCategories = [DataCategory: [String]]

/// An event whose members say what they belong to.
public protocol Categorised: EventBody {
    /// What the members belong to.
    static var memberCategories: FieldCategories { get }
}

extension Categorised {
    /// What a member belongs to; `nil` when it does not say.
    public static func category(of member: String) -> DataCategory? {
        memberCategories.first { $0.value.contains(member) }?.key
    }
}
