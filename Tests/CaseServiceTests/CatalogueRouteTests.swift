import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import CaseService

/// What stands around the cases, published, changed and closed through the API.
@Suite struct CatalogueRouteTests {
    private static let offer = "/v1/offers/0198c0de-0000-7000-8000-000000000051"
    private static let partner = "/v1/partners/0198c0de-0000-7000-8000-000000000061"
    private static let school = "/v1/partners/0198c0de-0000-7000-8000-000000000062"
    private static let field = "/v1/employment-fields/0198c0de-0000-7000-8000-000000000091"
    private static let area = "/v1/areas/frankfurt-gallus"

    @Test(arguments: Way.allCases) func isPublishedChangedAndClosed(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(.administrator)
            for (path, body) in [
                (Self.area + "/publish-area", #"{"name":"Gallus"}"#),
                (Self.area + "/change-area", #"{"name":"Gallus and more","land":"HE","reason":"Grown."}"#),
                (Self.partner + "/publish-partner", #"{"name":"Werkhof","sector":"business"}"#),
                (Self.partner + "/change-partner", #"{"services":["welding"],"areaIds":["frankfurt-gallus"]}"#),
                (Self.school + "/publish-partner", #"{"name":"School","sector":"science"}"#),
                (
                    Self.offer + "/publish-offer",
                    #"{"title":"Welding","kind":"job","capacity":1,"areaId":"frankfurt-gallus"}"#
                ),
                (Self.offer + "/change-offer", #"{"capacity":2,"employer":"Metallbau","remove":["areaId"]}"#),
                (
                    Self.field + "/publish-employment-field",
                    """
                    {"name":"Repair","openedBy":"0198c0de-0000-7000-8000-000000000061",\
                    "qualifiedBy":["0198c0de-0000-7000-8000-000000000062"]}
                    """
                ),
                (
                    Self.field + "/change-employment-field",
                    #"{"tasks":[{"task":"exploring-fields","state":"done","evidence":"Report."}]}"#
                ),
                (Self.field + "/close-employment-field", "{}"), (Self.offer + "/close-offer", #"{"reason":"Over."}"#),
                (Self.partner + "/close-partner", "{}"), (Self.area + "/close-area", "{}"),
            ] {
                let answer = try await client.post(path, body, token: token)
                #expect(answer.status.kind == .successful, "\(path): \(answer.text)")
                #expect(answer.json["warnings"] == nil)
            }
            let answer = try await client.post(Self.offer + "/change-offer", #"{"capacity":3}"#, token: token)
            #expect(answer.json["rule"] == "already-closed")
        }
    }

    @Test func oneBodyForBothIsWarnedOfAndTheWarningIsKept() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.administrator)
            _ = try await client.post(
                Self.partner + "/publish-partner", #"{"name":"Werkhof","sector":"business"}"#, token: token)
            let body = """
                {"name":"Repair","openedBy":"0198c0de-0000-7000-8000-000000000061",\
                "qualifiedBy":["0198c0de-0000-7000-8000-000000000061"]}
                """
            let key = ["Idempotency-Key": "0198c0de-0000-7000-8000-0000000000e1"]
            let first = try await client.post(
                Self.field + "/publish-employment-field", body, token: token, headers: key)
            #expect(first.status == .created, "\(first.text)")
            guard case .array(let warnings) = first.json["warnings"] else {
                Issue.record("no warnings")
                return
            }
            #expect(warnings.map { $0["code"] } == ["opens-and-qualifies"])
            let again = try await client.post(
                Self.field + "/publish-employment-field", body, token: token, headers: key)
            #expect(again.json == first.json)
        }
    }

    @Test func whoMayNotKeepThemIsForbidden() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let administrator = try await fixture.token(.administrator)
            _ = try await client.post(
                Self.offer + "/publish-offer",
                #"{"title":"Welding","kind":"job","capacity":1}"#, token: administrator)
            _ = try await client.post(
                Self.partner + "/publish-partner", #"{"name":"W","sector":"business","areaIds":["nordend"]}"#,
                token: administrator)
            let youthOffice = try await fixture.token(.caseworker, office: .youthOffice)
            for path in [Self.offer + "/close-offer", Self.partner + "/close-partner", Self.area + "/close-area"] {
                #expect(try await client.post(path, "{}", token: youthOffice).problem == "forbidden", "\(path)")
            }
            // It may keep partners, and not that one: its area is not among the supervisor's.
            let supervisor = try await fixture.token(.supervisor, office: .jobCentre, areas: ["gallus"])
            let answer = try await client.post(Self.partner + "/close-partner", "{}", token: supervisor)
            #expect(answer.problem == "forbidden")
            let name = try await client.post(Self.partner + "/change-partner", #"{"name":"X"}"#, token: supervisor)
            #expect(name.problem == "forbidden")
        }
    }
}
