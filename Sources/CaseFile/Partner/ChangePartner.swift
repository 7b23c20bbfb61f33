public import Ledger

/// Changes what is known of an organisation; what is absent stays.
public struct ChangePartner: CommandBody {
    /// The name by which it is asked for.
    public static let name = "change-partner"

    /// What it is called.
    public var name: String?
    /// The sector it belongs to.
    public var sector: Sector?
    /// What it does, all of it.
    public var services: [String]?
    /// The programme areas it works in, all of them.
    public var areaIds: [String]?
    /// Why.
    public var reason: String?

    /// A change.
    public init(
        name: String? = nil, sector: Sector? = nil, services: [String]? = nil, areaIds: [String]? = nil,
        reason: String? = nil
    ) {
        self.name = name
        self.sector = sector
        self.services = services
        self.areaIds = areaIds
        self.reason = reason
    }
}

/// What is known of an organisation changed; what is absent stayed.
public struct PartnerChanged: EventBody {
    /// What it is called.
    public var name: String?
    /// The sector it belongs to.
    public var sector: Sector?
    /// What it does, all of it.
    public var services: [String]?
    /// The programme areas it works in, all of them.
    public var areaIds: [String]?
    /// Why.
    public var reason: String?

    /// A change.
    public init(
        name: String? = nil, sector: Sector? = nil, services: [String]? = nil, areaIds: [String]? = nil,
        reason: String? = nil
    ) {
        self.name = name
        self.sector = sector
        self.services = services
        self.areaIds = areaIds
        self.reason = reason
    }
}

extension PartnerChanged: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .network: ["areaIds", "name", "reason", "sector", "services"]
    ]
}

extension PartnerState {
    func decide(_ command: ChangePartner, in context: DecisionContext) throws(Rejection) -> [PartnerEvent] {
        guard let published else { throw .unknownPartner }
        guard closedOn == nil else { throw .alreadyClosed }
        try command.name?.filled("name")
        let event = PartnerChanged(
            name: command.name, sector: command.sector, services: command.services?.uniqued,
            areaIds: command.areaIds?.uniqued, reason: command.reason)
        return published.changed(by: event) == published ? [] : [.partnerChanged(event)]
    }

    mutating func apply(_ event: PartnerChanged) { published = published?.changed(by: event) }
}

extension PartnerPublished {
    /// The organisation after a change.
    fileprivate func changed(by event: PartnerChanged) -> PartnerPublished {
        PartnerPublished(
            name: event.name ?? name, sector: event.sector ?? sector, services: event.services ?? services,
            areaIds: event.areaIds ?? areaIds)
    }
}
