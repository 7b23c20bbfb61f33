public import CaseTiming
public import Ledger

/// An office's responsibility for a case.
public struct Engagement: Hashable, Sendable {
    /// The office that is responsible.
    public var office: Office
    /// The subject of the caseworker in charge.
    public var caseworker: String?
    /// The law or paragraph that lets the office work with the others' dates; `nil` when none is recorded.
    public var legalBasis: String?
    /// The day from which the office is responsible, Europe/Berlin.
    public var from: CalendarDate
    /// What was handed over to the caseworker in charge, for the office itself; `nil` once the person is erased.
    public var handoverNote: String?
    /// The days on which somebody else was put in charge of it, in the order of recording.
    public var handedOn: [CalendarDate] = []
}

/// Makes an office responsible for a case.
public struct EngageOffice: CommandBody {
    /// The name by which it is asked for.
    public static let name = "engage-office"

    /// The office.
    public var office: Office
    /// The subject of the caseworker in charge.
    public var caseworker: String?
    /// The law or paragraph behind it.
    public var legalBasis: String?

    /// The engagement of an office.
    public init(office: Office, caseworker: String? = nil, legalBasis: String? = nil) {
        self.office = office
        self.caseworker = caseworker
        self.legalBasis = legalBasis
    }
}

/// An office became responsible for a case.
public struct OfficeEngaged: EventBody {
    /// The office.
    public var office: Office
    /// The subject of the caseworker in charge.
    public var caseworker: String?
    /// The law or paragraph behind it.
    public var legalBasis: String?

    /// The engagement of an office.
    public init(office: Office, caseworker: String? = nil, legalBasis: String? = nil) {
        self.office = office
        self.caseworker = caseworker
        self.legalBasis = legalBasis
    }
}

extension OfficeEngaged: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.identity: ["caseworker", "legalBasis", "office"]]
}

extension CaseState {
    func decide(_ command: EngageOffice, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard engagements[command.office] == nil else { throw .alreadyEngaged }
        let left = departures.last { $0.engagement.office == command.office }
        if let left, context.effectiveOn < left.until { throw .engagedBeforeLeaving }
        // A legal basis opens the other offices' dates, so an empty one must not pass for one.
        if let basis = command.legalBasis { try basis.filled("legalBasis") }
        if let caseworker = command.caseworker { try caseworker.filled("caseworker") }
        return [
            .officeEngaged(
                OfficeEngaged(
                    office: command.office, caseworker: command.caseworker, legalBasis: command.legalBasis))
        ]
    }

    mutating func apply(_ event: OfficeEngaged, from provenance: Provenance) {
        engagements[event.office] = Engagement(
            office: event.office, caseworker: event.caseworker, legalBasis: event.legalBasis, from: provenance.on)
    }

    /// Whether the office is responsible for the case.
    public func isEngaged(_ office: Office) -> Bool { engagements[office] != nil }
}

extension Rejection {
    /// The office is responsible already.
    public static let alreadyEngaged = Rejection(
        rule: "already-engaged", detail: "This office is already engaged in the case; nothing needs to be done.")
    /// The office would be responsible again before it left.
    public static let engagedBeforeLeaving = Rejection(
        rule: "engaged-before-leaving",
        detail: "The office was engaged before and left after that day; engage it again on the day it left or later.")
    /// The acting office is not responsible for the case.
    public static let officeNotEngaged = Rejection(
        rule: "office-not-engaged", detail: "Your office is not engaged in this case; engage it first (engage-office).")
}
