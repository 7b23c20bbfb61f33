public import Ledger

/// The sector an organisation belongs to.
public enum Sector: String, Codable, CaseIterable, Hashable, Sendable {
    /// Public administration.
    case administration
    /// Business.
    case business
    /// Science.
    case science
    /// Culture.
    case culture
    /// Associations, charities, churches, initiatives.
    case thirdSector = "third-sector"
}

/// An organisation of the network.
public struct PartnerState: Hashable, Sendable {
    /// What is known of it, changes included; `nil` while there is no such partner.
    public internal(set) var published: PartnerPublished?
    /// The first day on which it is not in the network any more.
    public internal(set) var closedOn: CalendarDate?

    /// A partner that is not published yet.
    public init() {}

    /// Whether there is such a partner.
    public var isPublished: Bool { published != nil }

    /// Whether it is in the network on `day`.
    public func isOpen(on day: CalendarDate) -> Bool { isPublished && closedOn.map { day < $0 } ?? true }
}

/// Makes an organisation of the network known.
public struct PublishPartner: CommandBody {
    /// The name by which it is asked for.
    public static let name = "publish-partner"

    /// What it is called.
    public var name: String
    /// The sector it belongs to.
    public var sector: Sector
    /// What it does.
    public var services: [String]?
    /// The programme areas it works in.
    public var areaIds: [String]?

    /// An organisation.
    public init(name: String, sector: Sector, services: [String]? = nil, areaIds: [String]? = nil) {
        self.name = name
        self.sector = sector
        self.services = services
        self.areaIds = areaIds
    }
}

/// An organisation of the network was made known.
public struct PartnerPublished: EventBody {
    /// What it is called.
    public var name: String
    /// The sector it belongs to.
    public var sector: Sector
    /// What it does.
    public var services: [String]
    /// The programme areas it works in.
    public var areaIds: [String]

    /// An organisation.
    public init(name: String, sector: Sector, services: [String] = [], areaIds: [String] = []) {
        self.name = name
        self.sector = sector
        self.services = services
        self.areaIds = areaIds
    }
}

extension PartnerPublished: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.network: ["areaIds", "name", "sector", "services"]]
}

/// What is to be done with a partner.
public enum PartnerCommand: CommandFamily {
    case publishPartner(PublishPartner)
    case changePartner(ChangePartner)
    case closePartner(ClosePartner)

    /// How each of the commands is read.
    public static let kinds: [CommandKind<PartnerCommand>] = [
        CommandKind(PublishPartner.self, Self.publishPartner),
        CommandKind(ChangePartner.self, Self.changePartner),
        CommandKind(ClosePartner.self, Self.closePartner),
    ]

    /// The data of this command.
    public var body: any CommandBody {
        switch self {
        case .publishPartner(let body): body
        case .changePartner(let body): body
        case .closePartner(let body): body
        }
    }
}

/// What happened to a partner.
public enum PartnerEvent: EventFamily, Hashable {
    case partnerPublished(PartnerPublished)
    case partnerChanged(PartnerChanged)
    case partnerClosed(PartnerClosed)

    /// The category of the streams: `partner-<id>`.
    public static let category = "partner"

    /// How each of the events is read.
    public static let kinds: [EventKind<PartnerEvent>] = [
        EventKind(PartnerPublished.self, Self.partnerPublished),
        EventKind(PartnerChanged.self, Self.partnerChanged),
        EventKind(PartnerClosed.self, Self.partnerClosed),
    ]

    /// The content of this event.
    public var body: any EventBody {
        switch self {
        case .partnerPublished(let body): body
        case .partnerChanged(let body): body
        case .partnerClosed(let body): body
        }
    }
}

/// Decides what a command does to a partner.
public enum PartnerDecider: Decider {
    /// The state before anything happened.
    public static let initial = PartnerState()

    /// The events that the command causes, none if what it wants is already so.
    public static func decide(
        _ command: PartnerCommand, given state: PartnerState, in context: DecisionContext
    ) throws(Rejection) -> [PartnerEvent] {
        try context.effectiveOn.plausible()
        switch command {
        case .publishPartner(let command):
            try command.name.filled("name")
            let event = PartnerPublished(
                name: command.name, sector: command.sector, services: (command.services ?? []).uniqued,
                areaIds: (command.areaIds ?? []).uniqued)
            guard let published = state.published else { return [.partnerPublished(event)] }
            guard published == event else { throw .alreadyPublished }
            return []
        case .changePartner(let command): return try state.decide(command, in: context)
        case .closePartner(let command): return try state.decide(command, in: context)
        }
    }

    /// Takes one event into the state.
    public static func evolve(_ state: inout PartnerState, with fact: Fact<PartnerEvent, Authorship>) {
        switch fact.event {
        case .partnerPublished(let event): state.published = event
        case .partnerChanged(let event): state.apply(event)
        case .partnerClosed(let event): state.apply(event, on: fact.effectiveOn)
        }
    }
}
