public import CaseTiming
public import Foundation
public import Ledger

/// What a decision needs beside the stream's own state.
public struct DecisionContext: Sendable {
    /// Who asks.
    public var actor: Actor
    /// The day from which the events will count in the world, Europe/Berlin.
    public var effectiveOn: CalendarDate
    /// The present day in Europe/Berlin.
    public var today: CalendarDate
    /// The other streams that the decision looks at.
    public var surroundings: Surroundings
    /// The rules of law.
    public var rules: RuleBook

    /// A context with these parts.
    public init(
        actor: Actor, effectiveOn: CalendarDate, today: CalendarDate, surroundings: Surroundings = Surroundings(),
        rules: RuleBook = RuleBook()
    ) {
        self.actor = actor
        self.effectiveOn = effectiveOn
        self.today = today
        self.surroundings = surroundings
        self.rules = rules
    }
}

/// What stands around a case, loaded by the command handler according to ``Needs``.
public struct Surroundings: Sendable {
    /// The case that is decided about; all zeros where that is nothing to the decision.
    public var caseId: UUID
    /// The programme area that the command names.
    public var area: AreaState?
    /// The household that the command names or that the participant belongs to.
    public var household: HouseholdState?
    /// The offer that the command, or the placement it is about, names.
    public var offer: OfferState?
    /// The partner organisation that the command names.
    public var provider: PartnerState?
    /// The partner organisations that the command names, by id, where it names several.
    public var partners: [UUID: PartnerState]
    /// The cases of the household's other members, by case id.
    public var housemates: [UUID: CaseState]
    /// Other cases that the command names or that belong to this one, by case id; never the case itself.
    public var others: [UUID: CaseState]

    /// The id of no case.
    public static let noCase = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    /// Surroundings of which only the given ones are known.
    public init(
        caseId: UUID = Self.noCase, area: AreaState? = nil, household: HouseholdState? = nil, offer: OfferState? = nil,
        provider: PartnerState? = nil, partners: [UUID: PartnerState] = [:], housemates: [UUID: CaseState] = [:],
        others: [UUID: CaseState] = [:]
    ) {
        self.caseId = caseId
        self.area = area
        self.household = household
        self.offer = offer
        self.provider = provider
        self.partners = partners
        self.housemates = housemates
        self.others = others
    }
}

/// Which surroundings a decision needs.
public struct Needs: Hashable, Sendable {
    /// The programme area to load.
    public var area: String?
    /// The household to load.
    public var household: UUID?
    /// The offer to load.
    public var offer: UUID?
    /// The partner organisation to load.
    public var provider: UUID?
    /// Further partner organisations to load.
    public var partners: [UUID]
    /// Whether the cases of the household's other members have to be loaded.
    public var housemates: Bool
    /// Other cases to load.
    public var cases: [UUID]

    /// Needs of which only the given ones are to be met.
    public init(
        area: String? = nil, household: UUID? = nil, offer: UUID? = nil, provider: UUID? = nil, partners: [UUID] = [],
        housemates: Bool = false, cases: [UUID] = []
    ) {
        self.area = area
        self.household = household
        self.offer = offer
        self.provider = provider
        self.partners = partners
        self.housemates = housemates
        self.cases = cases
    }
}

/// What an event's envelope says that the state keeps: whose it is and since when it counts.
public struct Provenance: Hashable, Sendable {
    /// The office that recorded it, if an office did.
    public var office: Office?
    /// The day from which it counts, Europe/Berlin.
    public var on: CalendarDate

    /// What `office` recorded as of `on`.
    public init(office: Office?, on: CalendarDate) {
        self.office = office
        self.on = on
    }

    init<Event>(of fact: Fact<Event, Authorship>) {
        self.init(office: fact.authorship.office, on: fact.effectiveOn)
    }
}
