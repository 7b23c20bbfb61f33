import CaseFile
import CaseTiming
import Foundation
import Ledger

/// A row of `catalogue`: a pure function of a stream's state and version.
struct CatalogueRow: Hashable, Sendable {
    /// The categories of the streams that have one.
    static let categories: Set<String> = [
        OfferEvent.category, PartnerEvent.category, AreaEvent.category, EmploymentFieldEvent.category,
    ]

    var kind: CatalogueKind
    var id: String
    var sortName: String
    /// Where it is; nowhere in particular when there are none.
    var areaIds: [String]
    /// The last day on which it is open; `nil` without an end.
    var openThrough: CalendarDate?
    var isFull: Bool
    /// The kind of placement, or the sector.
    var variety: String?
    var occupations: [String]
    var document: [UInt8]

    private init(
        _ item: some CatalogueItem, id: String, name: String, areaIds: [String], closedOn: CalendarDate?,
        last: [CalendarDate?] = [], isFull: Bool = false, variety: String? = nil, occupations: [String] = []
    ) throws {
        kind = type(of: item).kind
        self.id = id.storable
        sortName = FoldedName(name).words.joined(separator: " ")
        self.areaIds = areaIds.map(\.storable)
        openThrough = ([closedOn.map { $0 - 1 }] + last).compactMap(\.self).min()
        self.isFull = isFull
        self.variety = variety
        self.occupations = occupations.map(\.storable)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        document = Array(try encoder.encode(item))
    }

    /// `nil` while it is not published.
    init?(offer id: UUID, _ state: OfferState, version: Int) throws {
        guard let offer = state.published else { return nil }
        let item = OfferItem(
            offerId: id, version: version, title: offer.title, placementKind: offer.kind, capacity: offer.capacity,
            freePlaces: state.freePlaces, partnerId: offer.partnerId, employer: offer.employer, areaId: offer.areaId,
            occupation: offer.occupation, startsOn: offer.startsOn, endsOn: offer.endsOn, openUntil: offer.openUntil,
            closedOn: state.closedOn)
        try self.init(
            item, id: id.lowercaseString, name: offer.title, areaIds: offer.areaId.map { [$0] } ?? [],
            closedOn: state.closedOn, last: [offer.endsOn, offer.openUntil], isFull: state.freePlaces == 0,
            variety: offer.kind.rawValue, occupations: offer.occupation.map { [$0] } ?? [])
    }

    /// `nil` while it is not published.
    init?(partner id: UUID, _ state: PartnerState, version: Int) throws {
        guard let partner = state.published else { return nil }
        let item = PartnerItem(
            partnerId: id, version: version, name: partner.name, sector: partner.sector, services: partner.services,
            areaIds: partner.areaIds, closedOn: state.closedOn)
        try self.init(
            item, id: id.lowercaseString, name: partner.name, areaIds: partner.areaIds, closedOn: state.closedOn,
            variety: partner.sector.rawValue)
    }

    /// `nil` while it is not published.
    init?(area id: String, _ state: AreaState, version: Int) throws {
        guard let area = state.published else { return nil }
        let item = AreaItem(
            areaId: id, version: version, name: area.name, region: area.region, land: area.land,
            municipality: area.municipality, description: area.description, from: area.from, closedOn: state.closedOn)
        try self.init(item, id: id, name: area.name, areaIds: [id], closedOn: state.closedOn)
    }

    /// `nil` while it is not published.
    init?(employmentField id: UUID, _ state: EmploymentFieldState, version: Int) throws {
        guard let field = state.published else { return nil }
        let item = EmploymentFieldItem(
            employmentFieldId: id, version: version, name: field.name, description: field.description,
            areaIds: field.areaIds, occupations: field.occupations, openedBy: field.openedBy,
            qualifiedBy: field.qualifiedBy,
            tasks: FieldTask.allCases.map { state.tasks[$0] ?? FieldTaskState(task: $0, state: .open) },
            warnings: field.standingWarnings, closedOn: state.closedOn)
        try self.init(
            item, id: id.lowercaseString, name: field.name, areaIds: field.areaIds, closedOn: state.closedOn,
            occupations: field.occupations)
    }
}
