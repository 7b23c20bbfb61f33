import CaseFile
import CaseTiming
import Foundation
import Ledger

/// What is there before the first participant: areas, partner organisations and their offers.
enum FoundationCommands {
    /// Who keeps areas, partners and offers.
    static let administrator = Actor(subject: "demo-administrator", role: .administrator)

    static func areas(_ region: DemoRegion) -> [DemoCommand] {
        ProgrammeArea.allCases.map { area in
            command(
                "publish-area", path: "/v1/areas/\(area.id)", id: UUID(derivedFrom: DemoRegion.namespace, area.id),
                [
                    "name": .text(area.name), "region": "Musterstadt (invented)", "land": "DE-HE",
                    "municipality": "Musterstadt", "description": .text(area.description), "from": .day(region.beganOn),
                ], on: region.beganOn)
        }
    }

    static func partners(_ region: DemoRegion) -> [DemoCommand] {
        Provider.allCases.enumerated().map { index, provider in
            let (name, sector, services) = provider.profile
            // Three in four organisations work in all areas, so that areas differ in what they lack.
            let areas = index % 4 == 3 ? [ProgrammeArea.musterquartier] : ProgrammeArea.allCases
            return command(
                "publish-partner", path: path("partners", provider.id),
                id: UUID(derivedFrom: provider.id, "publish"),
                [
                    "name": .text(name), "sector": .text(sector.rawValue), "services": .texts(services),
                    "areaIds": .texts(areas.map(\.id)),
                ], on: region.beganOn)
        }
    }

    static func offers(_ region: DemoRegion) -> some Sequence<DemoCommand> {
        let pool = region.offers
        return (0..<pool.count).lazy.map { number in
            let offer = pool[number]
            return command(
                "publish-offer", path: path("offers", offer.id), id: UUID(derivedFrom: offer.id, "publish"),
                [
                    "title": .text(title(of: offer)), "kind": .text(offer.kind.rawValue),
                    "capacity": .number(offer.capacity), "employer": .text(offer.employer),
                    "areaId": .text(offer.area.id), "occupation": .text(offer.occupation.helper),
                ], on: region.beganOn)
        }
    }

    private static func title(of offer: OfferPool.Offer) -> String {
        switch offer.kind {
        case .job: "\(offer.occupation.title): Helferin oder Helfer (Demo)"
        case .apprenticeship: "\(offer.occupation.title): Ausbildungsplatz (Demo)"
        case .subsidised: "\(offer.occupation.title): geförderte Stelle (Demo)"
        case .workOpportunity: "\(offer.occupation.title): Arbeitsgelegenheit (Demo)"
        }
    }

    private static func path(_ kind: String, _ id: UUID) -> String { "/v1/\(kind)/\(id.uuidString.lowercased())" }

    private static func command(
        _ name: String, path: String, id: UUID, _ fields: Fields, on day: CalendarDate
    ) -> DemoCommand {
        var fields = fields
        fields["effectiveOn"] = .day(day)
        return DemoCommand(
            id: id, actor: administrator, path: "\(path)/\(name)", body: Field.json(fields), lane: 0)
    }
}
