public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

/// What stands around the cases and is nobody's secret: something that is published, changed and closed.
public protocol CatalogueItem: Codable, Hashable, Sendable {
    /// Which kind of thing it is.
    static var kind: CatalogueKind { get }
}

/// The kinds of things that stand around the cases.
public enum CatalogueKind: String, CaseIterable, Hashable, Sendable {
    /// What a partner provides.
    case offer
    /// An organisation of the network.
    case partner
    /// A programme area.
    case area
    /// A new field of work.
    case employmentField = "employment-field"
}

/// What a partner provides, with its places.
public struct OfferItem: CatalogueItem {
    /// An offer.
    public static let kind = CatalogueKind.offer
    /// The offer.
    public var offerId: UUID
    /// The version, for `If-Match`.
    public var version: Int
    /// What it is called.
    public var title: String
    /// What kind of work it is.
    public var placementKind: PlacementKind
    /// How many people at a time.
    public var capacity: Int
    /// How many places are free now.
    public var freePlaces: Int
    /// The published partner that offers it.
    public var partnerId: UUID?
    /// The employer in plain words.
    public var employer: String?
    /// The programme area; `nil` for all.
    public var areaId: String?
    /// KldB 2010.
    public var occupation: String?
    /// The first day.
    public var startsOn: CalendarDate?
    /// The last day.
    public var endsOn: CalendarDate?
    /// The last day on which a place can be taken.
    public var openUntil: CalendarDate?
    /// The first day on which no place can be taken because it was closed.
    public var closedOn: CalendarDate?

    private enum CodingKeys: String, CodingKey {
        case offerId, version, title, capacity, freePlaces, partnerId, employer, areaId, occupation, startsOn, endsOn
        case openUntil, closedOn
        case placementKind = "kind"
    }
}

/// An organisation of the network.
public struct PartnerItem: CatalogueItem {
    /// A partner.
    public static let kind = CatalogueKind.partner
    /// The partner.
    public var partnerId: UUID
    /// The version, for `If-Match`.
    public var version: Int
    /// What it is called.
    public var name: String
    /// Its sector.
    public var sector: Sector
    /// What it does.
    public var services: [String]
    /// Where it does so; none for everywhere.
    public var areaIds: [String]
    /// The first day on which it is no longer in the network.
    public var closedOn: CalendarDate?
}

/// A programme area in its latest version.
public struct AreaItem: CatalogueItem {
    /// An area.
    public static let kind = CatalogueKind.area
    /// The area.
    public var areaId: String
    /// The version, for `If-Match`.
    public var version: Int
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
    /// The day from which this version counts.
    public var from: CalendarDate
    /// The first day on which nobody new comes into it.
    public var closedOn: CalendarDate?
}

/// A new field of work, with where its eleven tasks stand.
public struct EmploymentFieldItem: CatalogueItem {
    /// An employment field.
    public static let kind = CatalogueKind.employmentField
    /// The field.
    public var employmentFieldId: UUID
    /// The version, for `If-Match`.
    public var version: Int
    /// What it is called.
    public var name: String
    /// What work it is.
    public var description: String?
    /// The programme areas in which it is opened; none for everywhere.
    public var areaIds: [String]
    /// The occupations it takes, KldB 2010.
    public var occupations: [String]
    /// The published partner that opens it.
    public var openedBy: UUID?
    /// The published partners that qualify people for it.
    public var qualifiedBy: [UUID]
    /// Where all of its tasks stand.
    public var tasks: [FieldTaskState]
    /// What people should look at.
    public var warnings: [FieldWarning]
    /// The first day on which it is closed.
    public var closedOn: CalendarDate?
}
