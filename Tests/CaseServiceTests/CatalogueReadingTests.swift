import CaseFile
import CaseTiming
import CaseViews
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

/// What stands around the cases, read through the API.
@Suite struct CatalogueReadingTests {
    private static let id = "0198c0de-0000-7000-8000-000000000051"

    private func offer() throws -> OfferItem {
        try JSONDecoder().decode(
            OfferItem.self,
            from: Data(
                """
                {"offerId":"\(Self.id)","version":3,"title":"Welding","kind":"job","capacity":2,"freePlaces":1}
                """.utf8))
    }

    @Test(arguments: Way.allCases) func isFoundAndLookedAt(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        let offer = try offer()
        fixture.queries.change { $0.catalogue = [offer] }
        try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(.caseworker, office: .jobCentre, areas: ["frankfurt-gallus"])
            let list = try await client.get(
                "/v1/offers?area=frankfurt-gallus&open=true&kind=job&occupation=244&limit=10&atLeast=7&wait=1",
                token: token)
            #expect(list.status == .ok && list.headers[.viewPosition] == "7", "\(list.text)")
            #expect(list.text.contains(#""freePlaces":1"#))
            let query = try #require(fixture.queries.now.lastCatalogue)
            #expect(query.area == "frankfurt-gallus" && query.isOpen == true && query.variety == "job")
            #expect(query.occupation == "244" && query.limit == 10 && query.actor.areas == ["frankfurt-gallus"])
            let one = try await client.get("/v1/offers/\(Self.id)", token: token)
            #expect(one.status == .ok && one.headers[.eTag] == "\"3\"" && one.json["title"] == "Welding")
            for path in ["/v1/partners", "/v1/areas", "/v1/employment-fields"] {
                #expect(try await client.get(path, token: token).text == #"{"items":[]}"#)
            }
            for path in ["/v1/partners/\(Self.id)", "/v1/areas/gallus", "/v1/employment-fields/\(Self.id)"] {
                #expect(try await client.get(path, token: token).problem == "not-found", "\(path)")
            }
        }
    }

    @Test func isRefusedWhatItDoesNotKnow() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.supervisor, office: .socialOffice)
            for uri in [
                "/v1/offers?kind=nothing", "/v1/offers?sector=business", "/v1/areas?area=gallus",
                "/v1/partners?open=maybe", "/v1/offers?limit=0", "/v1/offers?wait=3",
            ] {
                #expect(try await client.get(uri, token: token).problem == "malformed", "\(uri)")
            }
            for uri in ["/v1/offers/none", "/v1/areas/NO%20SLUG"] {
                #expect(try await client.get(uri, token: token).problem == "not-found", "\(uri)")
            }
            for role in [Role.auditor, .partner] {
                let other = try await fixture.token(role)
                #expect(try await client.get("/v1/offers", token: other).problem == "forbidden")
            }
            #expect(try await client.get("/v1/offers").problem == "unauthenticated")
        }
    }
}
