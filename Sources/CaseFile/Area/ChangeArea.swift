public import CaseTiming
public import Ledger

/// What can be taken away from a programme area without putting something else in its place.
public enum RemovableAreaDetail: String, Codable, CaseIterable, Hashable, Sendable {
    /// The urban region.
    case region
    /// The Land.
    case land
    /// The municipality.
    case municipality
    /// What is particular about it.
    case description
}

/// Publishes a new version of a programme area; what is absent stays.
public struct ChangeArea: CommandBody {
    /// The name by which it is asked for.
    public static let name = "change-area"

    /// What it is called.
    public var name: String?
    /// The urban region it belongs to.
    public var region: String?
    /// The Land, `HE` or `DE-HE`; public holidays depend on it.
    public var land: String?
    /// The municipality.
    public var municipality: String?
    /// What is particular about it.
    public var description: String?
    /// The day from which the version counts; absent means the effective day.
    public var from: CalendarDate?
    /// What is taken away.
    public var remove: [RemovableAreaDetail]?
    /// Why.
    public var reason: String?

    /// A change.
    public init(
        name: String? = nil, region: String? = nil, land: String? = nil, municipality: String? = nil,
        description: String? = nil, from: CalendarDate? = nil, remove: [RemovableAreaDetail]? = nil,
        reason: String? = nil
    ) {
        self.name = name
        self.region = region
        self.land = land
        self.municipality = municipality
        self.description = description
        self.from = from
        self.remove = remove
        self.reason = reason
    }
}

/// A programme area has a new version; it is all here, what stayed too.
public struct AreaChanged: EventBody {
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
    /// The day from which the version counts, Europe/Berlin.
    public var from: CalendarDate
    /// Why.
    public var reason: String?

    /// A new version.
    public init(
        name: String, region: String? = nil, land: Land? = nil, municipality: String? = nil,
        description: String? = nil, from: CalendarDate, reason: String? = nil
    ) {
        self.name = name
        self.region = region
        self.land = land
        self.municipality = municipality
        self.description = description
        self.from = from
        self.reason = reason
    }
}

extension AreaChanged: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .network: ["description", "from", "land", "municipality", "name", "reason", "region"]
    ]
}

extension AreaState {
    func decide(_ command: ChangeArea, in context: DecisionContext) throws(Rejection) -> [AreaEvent] {
        guard let published else { throw .unknownArea }
        guard closedOn == nil else { throw .alreadyClosed }
        try command.name?.filled("name")
        try command.from.plausible()
        let removed = Set(command.remove ?? [])
        func kept<Value>(_ value: Value?, _ detail: RemovableAreaDetail) -> Value? {
            removed.contains(detail) ? nil : value
        }
        let land = try command.land.map { (code) throws(Rejection) in try Land.known(code) }
        let version = AreaPublished(
            name: command.name ?? published.name, region: command.region ?? kept(published.region, .region),
            land: land ?? kept(published.land, .land),
            municipality: command.municipality ?? kept(published.municipality, .municipality),
            description: command.description ?? kept(published.description, .description), from: published.from)
        guard version != published else { return [] }
        let from = command.from ?? context.effectiveOn
        guard published.from <= from else { throw .versionBeforeEarlier(published.from) }
        return [
            .areaChanged(
                AreaChanged(
                    name: version.name, region: version.region, land: version.land,
                    municipality: version.municipality, description: version.description, from: from,
                    reason: command.reason))
        ]
    }

    mutating func apply(_ event: AreaChanged) {
        published = AreaPublished(event)
        from = event.from
        versions.append(AreaPublished(event))
    }
}

extension AreaPublished {
    /// The version that a change led to.
    public init(_ event: AreaChanged) {
        self.init(
            name: event.name, region: event.region, land: event.land, municipality: event.municipality,
            description: event.description, from: event.from)
    }
}

extension Rejection {
    /// It would count before the version before it.
    public static func versionBeforeEarlier(_ from: CalendarDate) -> Rejection {
        Rejection(
            rule: "version-before-earlier",
            detail:
                "The version before counts from \(from) on; let the new one count from that day or a later one (from).")
    }
}
