import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import CaseService

@Suite struct RulesRouteTests {
    private func ask(_ query: String, role: Role = .partner, _ way: Way = .router) async throws -> TestResponse {
        let fixture = try await ServiceFixture()
        return try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(role, office: role == .caseworker ? .socialOffice : nil)
            return try await client.get("/v1/rules\(query)", token: token)
        }
    }

    private func rule(_ id: String, in answer: TestResponse) -> JSONValue? {
        guard case .array(let items) = answer.json["items"] else { return nil }
        return items.first { $0["id"] == .string(id) }
    }

    @Test(arguments: Way.allCases) func theRulesOfADayAreListed(_ way: Way) async throws {
        let answer = try await ask("?on=2026-06-30", way)
        #expect(answer.status == .ok, "\(answer.text)")
        #expect(answer.json["on"] == "2026-06-30")
        let rule = rule("reduction-breach-of-duty", in: answer)
        #expect(rule?["version"] == "2023-01-01")
        #expect(rule?["validTo"] == "2026-06-30")
        #expect(rule?["status"] == "in-force")
        #expect(rule?["active"] == true)
        #expect(rule?["reduction"]?["cap"] == 30)
        #expect(
            rule?["reduction"]?["steps"]
                == [
                    ["percentage": 10, "months": 1], ["percentage": 20, "months": 2], ["percentage": 30, "months": 3],
                ])
        #expect(self.rule("wage-subsidy-16i", in: answer)?["wageSubsidy"]?["minimumAge"] == 25)
        #expect(self.rule("activation-voucher", in: answer)?["voucher"]?["isRegional"] == true)
        guard case .array(let periods) = self.rule("cooperation-plan", in: answer)?["periods"] else { return }
        #expect(
            periods.first?["starts"] == [
                ["fact": "plan-agreed", "kind": "cooperation"], ["fact": "plan-reviewed", "kind": "cooperation"],
            ])
    }

    @Test func whatIsNotInForceIsMarked() async throws {
        let answer = try await ask("?on=2026-07-01")
        #expect(rule("reduction-breach-of-duty", in: answer)?["active"] == false)
        #expect(rule("reduction-breach-of-duty", in: answer)?["status"] == "unverified")
        #expect(rule("reduction-missed-report", in: answer) == nil)
    }

    @Test func withoutADayItIsToday() async throws {
        #expect(try await ask("").json["on"] == "2026-03-16")
    }

    @Test(arguments: [("?on=2026-02-30", "on"), ("?on=", "on"), ("?day=2026-03-02", "day")])
    func whatCannotBeReadIsNamed(_ query: String, _ parameter: String) async throws {
        let answer = try await ask(query)
        #expect(answer.problem == "malformed")
        #expect(answer.pointers == [parameter])
    }

    @Test func everyMemberIsDescribed() async throws {
        let fixture = try await ServiceFixture()
        let document = try JSONParser.parse(fixture.application().openAPI)
        let schemas = document["components"]?["schemas"]
        let described = schemas?["Rule"]?["properties"]
        for day in ["2020-06-01", "2026-03-02", "2026-07-01"] {
            guard case .array(let items) = try await ask("?on=\(day)").json["items"] else { continue }
            for item in items {
                for path in undescribed(item, ["properties": described ?? .null, "type": "object"], "") {
                    Issue.record("\(path) is not described")
                }
            }
        }
    }

    private func undescribed(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        switch value {
        case .object(let members):
            members.flatMap { member in
                let path = "\(path)/\(member.name)"
                return schema["properties"]?[member.name].map { undescribed(member.value, $0, path) } ?? [path]
            }
        case .array(let elements): elements.flatMap { undescribed($0, schema["items"] ?? .null, path + "/*") }
        default: []
        }
    }

    @Test func everybodyWithATokenMayAsk() async throws {
        for role in [Role.caseworker, .supervisor, .auditor, .administrator, .partner] {
            #expect(try await ask("", role: role).status == .ok)
        }
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let answer = try await client.get("/v1/rules")
            #expect(answer.problem == "unauthenticated")
        }
    }
}
