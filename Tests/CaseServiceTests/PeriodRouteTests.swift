import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import CaseService

@Suite struct PeriodRouteTests {
    private static let path = "/v1/timing/period"

    private func ask(_ query: String, role: Role = .partner, _ way: Way = .router) async throws -> TestResponse {
        let fixture = try await ServiceFixture()
        return try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(role, office: role == .caseworker ? .socialOffice : nil)
            return try await client.get("\(Self.path)?\(query)", token: token)
        }
    }

    @Test(arguments: Way.allCases) func theEndIsAnsweredWithItsSteps(_ way: Way) async throws {
        let answer = try await ask("event=2026-03-30&length=P1M&land=HE&posted=true", way)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.json["endsOn"] == "2026-05-04")
        guard case .array(let steps) = answer.json["steps"] else { return #expect(Bool(false), "no steps") }
        #expect(steps.count == 5)
        #expect(steps.first?.text?.hasSuffix("B 14 AS 12/09 R)") == true)
        guard case .object(let members) = answer.json else { return #expect(Bool(false), "no object") }
        #expect(Set(members.map(\.name)) == ["endsOn", "steps"])
    }

    @Test(arguments: [
        ("event=2026-03-03&length=P1M&land=HE", "2026-04-07"),
        ("event=2026-03-03&length=P1M&land=DE-HE&shift=true&posted=false", "2026-04-07"),
        ("event=2026-03-03&length=P1M&land=HE&shift=false", "2026-04-03"),
        ("event=2025-08-01&length=P1W&land=BY&municipality=Augsburg", "2025-08-11"),
        ("event=2025-08-01&length=P1W&land=BY&municipality=M%C3%BCnchen", "2025-08-08"),
        ("event=2025-08-01&length=P1W&land=BY&municipality=09761000", "2025-08-11"),
        ("event=2026-01-01&length=P6M&land=NW&startOfDay=true", "2026-06-30"),
        ("event=2024-12-31&length=P1D&land=BE&posted=true&shift=false", "2025-01-04"),
        ("event=2026-01-31&length=P1Y6M&land=SN", "2027-08-02"),
    ])
    func everyParameterCounts(_ query: String, _ end: String) async throws {
        let answer = try await ask(query)
        #expect(answer.status == .ok, "\(answer.text)")
        #expect(answer.json["endsOn"] == .string(end))
    }

    @Test(arguments: [
        ("", ["event", "length", "land"]), ("event=2026-03-03&length=P1M", ["land"]),
        ("event=2026-02-30&length=P1M&land=HE", ["event"]), ("event=2026-03-03&length=1M&land=HE", ["length"]),
        ("event=2026-03-03&length=P1M3D&land=HE", ["length"]), ("event=2026-03-03&length=P0D&land=HE", ["length"]),
        ("event=2026-03-03&length=P1M&land=XX", ["land"]), ("event=2026-03-03&length=P1M&land=he", ["land"]),
        ("event=2026-03-03&length=P1M&land=HE&posted=yes", ["posted"]),
        ("event=2026-03-03&length=P1M&land=HE&shift=0", ["shift"]),
        ("event=2026-03-03&length=P1M&land=HE&other=1", ["other"]),
        ("event=2026-03-03&event=2026-03-04&length=P1M&land=HE", ["event"]),
        ("event=2026-03-03&length=P1M&land=BY&municipality=Ausburg", ["municipality"]),
        ("event=2026-03-03&length=P1M&land=HE&municipality=09761000", ["municipality"]),
        ("event=2026-03-03&length=P1M&land=HE&municipality=", ["municipality"]),
        ("event=2026-03-03&length=P1M&land=HE&posted=true&startOfDay=true", ["startOfDay"]),
        ("event=2040-12-15&length=P1M&land=HE", ["event"]), ("event=1985-01-01&length=P1M&land=HE", ["event"]),
        ("event=9990-01-01&length=P50Y&land=HE&shift=false", ["event"]),
        ("event=2026-03-03&length=P1M&land=BY&municipality=Ausburg&shift=x", ["shift"]),
    ])
    func whatCannotBeReadIsNamed(_ query: String, _ parameters: [String]) async throws {
        let answer = try await ask(query)
        #expect(answer.status == .badRequest)
        #expect(answer.problem == "malformed", "\(answer.text)")
        #expect(answer.pointers == parameters)
    }

    @Test func everybodyWithATokenMayAsk() async throws {
        let query = "event=2026-03-03&length=P1M&land=HE"
        for role in [Role.caseworker, .supervisor, .auditor, .administrator, .partner] {
            #expect(try await ask(query, role: role).status == .ok)
        }
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let answer = try await client.get("\(Self.path)?\(query)")
            #expect(answer.problem == "unauthenticated")
        }
    }
}
