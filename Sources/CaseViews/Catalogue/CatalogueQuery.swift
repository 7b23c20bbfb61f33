public import CaseFile
public import Ledger

/// Which offers, partners, areas or employment fields are wanted, in the order of their names.
public struct CatalogueQuery: Sendable {
    /// The greatest number of items on one page.
    public static let greatestLimit = 200

    /// Who asks. What belongs to areas of others only is not shown.
    public var actor: Actor
    /// The day as of which something is open, Europe/Berlin.
    public var day: CalendarDate
    /// Only of this programme area, or of none in particular.
    public var area: String?
    /// Only what is open on the day, offers with a free place; or only what is not.
    public var isOpen: Bool?
    /// Only of this kind of placement, or this sector.
    public var variety: String?
    /// Only of occupations that begin with these digits (KldB 2010).
    public var occupation: String?
    /// Items on a page, 1 to ``greatestLimit``; other numbers are taken to the nearest of them.
    public var limit: Int
    /// Where to go on: the ``Page/next`` of the page before, of the same query.
    public var cursor: String?

    /// A query.
    public init(
        actor: Actor, day: CalendarDate, area: String? = nil, isOpen: Bool? = nil, variety: String? = nil,
        occupation: String? = nil, limit: Int = 50, cursor: String? = nil
    ) {
        self.actor = actor
        self.day = day
        self.area = area
        self.isOpen = isOpen
        self.variety = variety
        self.occupation = occupation
        self.limit = limit
        self.cursor = cursor
    }

    /// What makes it this query and no other.
    func signature(of kind: CatalogueKind) -> [String] {
        [
            "catalogue", kind.rawValue, area ?? "", isOpen.map { "\($0)" } ?? "", variety ?? "", occupation ?? "",
            actor.areas.map { "=" + $0.sorted().joined(separator: ",") } ?? "",
        ]
    }
}
