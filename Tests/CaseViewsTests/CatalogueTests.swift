import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import Testing

@testable import CaseViews

@Suite("What stands around the cases, in a view")
struct CatalogueTests {
    private let welding = UUID()
    private let baking = UUID()
    private let werkhof = UUID()
    private let repair = UUID()

    private func makeDesk() async throws -> LedgerDesk {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus", name: "Gallus")
        try await desk.publish("nordend", name: "Nordend")
        try await desk.append(
            PartnerEvent.partnerPublished(
                PartnerPublished(name: "Werkhof", sector: .business, services: ["welding"], areaIds: ["gallus"])),
            to: werkhof.uuidString.lowercased())
        try await desk.append(
            OfferEvent.offerPublished(
                OfferPublished(
                    title: "Welding", kind: .apprenticeship, capacity: 1, partnerId: werkhof, areaId: "gallus",
                    occupation: "24422", openUntil: "2026-06-30")), to: welding.uuidString.lowercased())
        try await desk.append(
            OfferEvent.offerPublished(OfferPublished(title: "Baking\u{0}", kind: .job, capacity: 2)),
            to: baking.uuidString.lowercased())
        try await desk.append(
            EmploymentFieldEvent.employmentFieldPublished(
                EmploymentFieldPublished(
                    name: "Repair", areaIds: ["nordend"], openedBy: werkhof, qualifiedBy: [werkhof])),
            to: repair.uuidString.lowercased())
        try await desk.project(pageSize: 2)
        return desk
    }

    private func offers(
        _ desk: LedgerDesk, areas: Set<String>? = nil, _ change: (inout CatalogueQuery) -> Void = { _ in }
    ) async throws -> [String] {
        var query = CatalogueQuery(actor: desk.caseworker(.jobCentre, areas: areas), day: LedgerDesk.today)
        change(&query)
        return try await desk.queries.catalogue(OfferItem.self, query).value.items.map { $0.title.storable }
    }

    @Test("offers are found by area, kind, occupation and whether a place is free")
    func found() async throws {
        let desk = try await makeDesk()
        #expect(try await offers(desk) == ["Baking", "Welding"])
        #expect(try await offers(desk) { $0.variety = "apprenticeship" } == ["Welding"])
        #expect(try await offers(desk) { $0.occupation = "244" } == ["Welding"])
        #expect(try await offers(desk) { $0.occupation = "43" } == [])
        #expect(try await offers(desk) { $0.area = "gallus" } == ["Baking", "Welding"])
        #expect(try await offers(desk) { $0.area = "nordend" } == ["Baking"])
        #expect(try await offers(desk, areas: ["nordend"]) == ["Baking"], "of others' areas nothing is shown")
        #expect(try await offers(desk) { $0.isOpen = true } == ["Baking", "Welding"])
        #expect(try await offers(desk) { ($0.isOpen, $0.day) = (true, "2026-07-01") } == ["Baking"])

        try await desk.append(
            OfferEvent.placeTaken(PlaceTaken(caseId: UUID(), placementId: UUID())),
            to: welding.uuidString.lowercased())
        let position = try await desk.project()
        #expect(try await offers(desk) { $0.isOpen = true } == ["Baking"])
        #expect(try await offers(desk) { $0.isOpen = false } == ["Welding"])
        let actor = desk.caseworker(.jobCentre)
        let offer = try await desk.queries.catalogueItem(
            OfferItem.self, welding.uuidString.lowercased(), actor: actor)
        #expect(offer.position == position && offer.value?.freePlaces == 0 && offer.value?.version == 2)
        #expect(offer.value?.partnerId == werkhof && offer.value?.openUntil == "2026-06-30")
        let elsewhere = desk.caseworker(.jobCentre, areas: ["nordend"])
        for id in [welding, werkhof, UUID()] {
            let found = try await desk.queries.catalogueItem(
                OfferItem.self, id.uuidString.lowercased(), actor: elsewhere)
            #expect(found.value == nil)
        }
    }

    @Test("partners, areas and employment fields are found too")
    func others() async throws {
        let desk = try await makeDesk()
        try await desk.append(
            PartnerEvent.partnerClosed(PartnerClosed()), to: werkhof.uuidString.lowercased(), on: "2026-05-01")
        try await desk.project()
        var query = CatalogueQuery(actor: desk.caseworker(.youthOffice), day: LedgerDesk.today)
        let partners = try await desk.queries.catalogue(PartnerItem.self, query).value.items
        #expect(partners.map(\.name) == ["Werkhof"] && partners[0].closedOn == "2026-05-01")
        let areas = try await desk.queries.catalogue(AreaItem.self, query).value.items
        #expect(areas.map(\.areaId) == ["gallus", "nordend"])
        let fields = try await desk.queries.catalogue(EmploymentFieldItem.self, query).value.items
        #expect(fields.map(\.employmentFieldId) == [repair] && fields[0].tasks.count == 11)
        #expect(fields[0].tasks.allSatisfy { $0.state == .open } && fields[0].warnings == [.opensAndQualifies])
        query.isOpen = true
        #expect(try await desk.queries.catalogue(PartnerItem.self, query).value.items == [])
        query.actor.areas = ["gallus"]
        #expect(try await desk.queries.catalogue(AreaItem.self, query).value.items.map(\.areaId) == ["gallus"])
        #expect(try await desk.queries.catalogue(EmploymentFieldItem.self, query).value.items == [])
    }

    @Test("a list is read page by page, and a cursor belongs to its query")
    func pages() async throws {
        let desk = try await makeDesk()
        for number in 1...5 {
            try await desk.append(
                OfferEvent.offerPublished(OfferPublished(title: "Same", kind: .job, capacity: number)),
                to: UUID().uuidString.lowercased())
        }
        try await desk.project()
        var query = CatalogueQuery(actor: desk.caseworker(.jobCentre), day: LedgerDesk.today, limit: 2)
        var seen: [UUID] = []
        repeat {
            let page = try await desk.queries.catalogue(OfferItem.self, query).value
            #expect(page.items.count <= 2)
            seen += page.items.map(\.offerId)
            query.cursor = page.next
        } while query.cursor != nil
        #expect(seen.count == 7 && Set(seen).count == 7)
        query.cursor = try await desk.queries.catalogue(OfferItem.self, query).value.next
        await #expect(throws: ViewQueryError.invalidCursor) {
            _ = try await desk.queries.catalogue(PartnerItem.self, query)
        }
    }

    @Test("a rebuild comes to the same rows as the worker and as a replay")
    func rebuilt() async throws {
        let desk = try await makeDesk()
        try await desk.append(
            OfferEvent.offerClosed(OfferClosed()), to: baking.uuidString.lowercased(), on: "2026-05-01")
        try await desk.project()
        let live = try await desk.dump()
        #expect(live.filter { $0.hasPrefix("catalogue") }.count == 6)
        for views in [Set<ViewName>.all, [.catalogue]] {
            _ = try await desk.rebuild(eventsPerChunk: 2).run(views)
            #expect(try await desk.dump() == live)
        }
        #expect(try await desk.verify().damages == [])
    }
}
