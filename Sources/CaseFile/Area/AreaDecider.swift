public import CaseTiming
public import Ledger

/// A programme area (Sozialraum).
public struct AreaState: Hashable, Sendable {
    /// The last version; `nil` while there is no such area.
    public internal(set) var published: AreaPublished?
    /// The day from which the last version counts, Europe/Berlin.
    public internal(set) var from: CalendarDate?
    /// All versions, in the order of recording.
    public internal(set) var versions: [AreaPublished] = []
    /// The first day on which it is closed.
    public internal(set) var closedOn: CalendarDate?

    /// An area that is not published yet.
    public init() {}

    /// Whether there is such an area.
    public var isPublished: Bool { published != nil }

    /// Whether people can come into it on `day`.
    public func isOpen(on day: CalendarDate) -> Bool { isPublished && closedOn.map { day < $0 } ?? true }
}

/// Makes a programme area known.
public struct PublishArea: CommandBody {
    /// The name by which it is asked for.
    public static let name = "publish-area"

    /// What it is called.
    public var name: String
    /// The urban region it belongs to.
    public var region: String?
    /// The Land, `HE` or `DE-HE`; public holidays depend on it.
    public var land: String?
    /// The municipality.
    public var municipality: String?
    /// What is particular about it.
    public var description: String?
    /// The day from which it counts; absent means the effective day.
    public var from: CalendarDate?

    /// A programme area.
    public init(
        name: String, region: String? = nil, land: String? = nil, municipality: String? = nil,
        description: String? = nil, from: CalendarDate? = nil
    ) {
        self.name = name
        self.region = region
        self.land = land
        self.municipality = municipality
        self.description = description
        self.from = from
    }
}

/// A programme area was made known.
public struct AreaPublished: EventBody {
    /// What it is called.
    public var name: String
    /// The urban region it belongs to.
    public var region: String?
    /// The Land.
    public var land: Land?
    /// The municipality.
    public var municipality: String?
    /// What is particular about it.
    public var description: String?
    /// The day from which it counts, Europe/Berlin.
    public var from: CalendarDate

    /// A programme area.
    public init(
        name: String, region: String? = nil, land: Land? = nil, municipality: String? = nil,
        description: String? = nil, from: CalendarDate
    ) {
        self.name = name
        self.region = region
        self.land = land
        self.municipality = municipality
        self.description = description
        self.from = from
    }
}

extension AreaPublished: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .network: ["description", "from", "land", "municipality", "name", "region"]
    ]
}

/// What is to be done with a programme area.
public enum AreaCommand: CommandFamily {
    case publishArea(PublishArea)
    case changeArea(ChangeArea)
    case closeArea(CloseArea)

    /// How each of the commands is read.
    public static let kinds: [CommandKind<AreaCommand>] = [
        CommandKind(PublishArea.self, Self.publishArea),
        CommandKind(ChangeArea.self, Self.changeArea),
        CommandKind(CloseArea.self, Self.closeArea),
    ]

    /// The data of this command.
    public var body: any CommandBody {
        switch self {
        case .publishArea(let body): body
        case .changeArea(let body): body
        case .closeArea(let body): body
        }
    }
}

/// What happened to a programme area.
public enum AreaEvent: EventFamily, Hashable {
    case areaPublished(AreaPublished)
    case areaChanged(AreaChanged)
    case areaClosed(AreaClosed)

    /// The category of the streams: `area-<id>`.
    public static let category = "area"

    /// How each of the events is read.
    public static let kinds: [EventKind<AreaEvent>] = [
        EventKind(AreaPublished.self, Self.areaPublished),
        EventKind(AreaChanged.self, Self.areaChanged),
        EventKind(AreaClosed.self, Self.areaClosed),
    ]

    /// The content of this event.
    public var body: any EventBody {
        switch self {
        case .areaPublished(let body): body
        case .areaChanged(let body): body
        case .areaClosed(let body): body
        }
    }
}

/// Decides what a command does to a programme area.
public enum AreaDecider: Decider {
    /// The state before anything happened.
    public static let initial = AreaState()

    /// The events that the command causes, none if what it wants is already so.
    public static func decide(
        _ command: AreaCommand, given state: AreaState, in context: DecisionContext
    ) throws(Rejection) -> [AreaEvent] {
        try context.effectiveOn.plausible()
        switch command {
        case .publishArea(let command):
            try command.name.filled("name")
            try command.from.plausible()
            let land = try command.land.map { (code) throws(Rejection) in try Land.known(code) }
            let event = AreaPublished(
                name: command.name, region: command.region, land: land, municipality: command.municipality,
                description: command.description, from: command.from ?? context.effectiveOn)
            guard let published = state.published else { return [.areaPublished(event)] }
            guard published == event else { throw .alreadyPublished }
            return []
        case .changeArea(let command): return try state.decide(command, in: context)
        case .closeArea(let command): return try state.decide(command, in: context)
        }
    }

    /// Takes one event into the state.
    public static func evolve(_ state: inout AreaState, with fact: Fact<AreaEvent, Authorship>) {
        switch fact.event {
        case .areaPublished(let event):
            state.published = event
            state.from = event.from
            state.versions.append(event)
        case .areaChanged(let event): state.apply(event)
        case .areaClosed(let event): state.apply(event, on: fact.effectiveOn)
        }
    }
}

extension Land {
    static func known(_ code: String) throws(Rejection) -> Land {
        guard let land = Land(code) else { throw .unknownLand }
        return land
    }
}

extension Rejection {
    /// Something else is published under the id.
    public static let alreadyPublished = Rejection(
        rule: "already-published", detail: "Something is already published under this id; publish it under a new one.")
    /// The Land is none.
    public static let unknownLand = Rejection(
        rule: "unknown-land", detail: "The Land is one of the sixteen codes of ISO 3166-2, such as HE or DE-HE.")
}
