import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

@Suite struct ReferralRouteTests {
    private static let id = "0198c0de-0000-7000-8000-000000000001"
    private static let referral = #""referralId":"0198c0de-0000-7000-8000-000000000081""#
    private static let request = #"{\#(referral),"to":"social-office","service":"debt counselling"}"#

    @Test(arguments: Way.allCases)
    func anOfficeIsAskedAnswersAndIsDone(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let youth = try await fixture.token(.caseworker, office: .youthOffice)
            let job = try await fixture.token(.caseworker, office: .jobCentre, subject: "jc-1")
            let social = try await fixture.token(.caseworker, office: .socialOffice, subject: "so-3")
            func post(_ command: String, _ body: String, _ token: String) async throws -> TestResponse {
                try await client.post("/v1/cases/\(Self.id)/\(command)", body, token: token)
            }
            _ = try await post("register-participant", ServiceFixture.registration(), youth)
            _ = try await post("engage-office", #"{"office":"youth-office"}"#, youth)
            _ = try await post("engage-office", #"{"office":"job-centre"}"#, job)
            let answer = #"{\#(Self.referral)}"#
            #expect(try await post("accept-referral", answer, social).problem == "not-found")
            let unlawful = try await post("request-referral", Self.request, youth)
            #expect(unlawful.problem == "rejected" && unlawful.json["rule"] == "not-lawful-to-transmit")
            #expect(unlawful.status == .conflict)
            let asked = try await post(
                "request-referral",
                #"{\#(Self.referral),"to":"social-office","service":"debt counselling","reason":"Arrears.","#
                    + #""legalBasis":"§ 69 SGB X","answerDue":"2026-03-20"}"#, youth)
            #expect(asked.status == .ok, "\(asked.text)")
            // The office that is asked may answer and engage itself; everything else it does not find.
            #expect(try await post("close-case", "{}", social).problem == "not-found")
            #expect(try await post("accept-referral", answer, job).problem == "forbidden")
            #expect(try await post("close-case", "{}", youth).json["rule"] == "open-work-remains")
            let accepted = try await post(
                "accept-referral", #"{\#(Self.referral),"by":"so-3","completeBy":"2026-04-30"}"#, social)
            #expect(accepted.status == .ok, "\(accepted.text)")
            let twice = try await post("decline-referral", #"{\#(Self.referral),"reason":"No."}"#, social)
            #expect(twice.json["rule"] == "referral-answered")
            let completed = try await client.post(
                "/v1/cases/\(Self.id)/complete-referral", #"{\#(Self.referral),"result":"Paid in instalments."}"#,
                token: social, headers: ["Idempotency-Key": "0198c0de-0000-7000-8000-0000000000f1"])
            #expect(completed.status == .ok, "\(completed.text)")
            // It is over, and so is what the office could see; what it did it can still send again.
            #expect(try await post("accept-referral", answer, social).problem == "not-found")
            let again = try await client.post(
                "/v1/cases/\(Self.id)/complete-referral", #"{\#(Self.referral),"result":"Paid in instalments."}"#,
                token: social, headers: ["Idempotency-Key": "0198c0de-0000-7000-8000-0000000000f1"])
            #expect(again.text == completed.text && again.headers[.idempotentReplayed] == "true")
            let auditor = try await fixture.token(.auditor)
            let state = try await client.get(
                "/v1/audit/cases/\(Self.id)", token: auditor, headers: ["Audit-Reason": "Transmissions"]
            ).json
            guard case .array(let referrals) = state["referrals"], let referral = referrals.first else {
                Issue.record("no referral in \(state)")
                return
            }
            #expect(referral["status"] == "completed" && referral["legalBasis"] == "§ 69 SGB X")
            #expect(referral["categories"] == ["youth-support"] && referral["result"] == "Paid in instalments.")
            let events = try await client.get(
                "/v1/audit/cases/\(Self.id)/events", token: auditor, headers: ["Audit-Reason": "Transmissions"])
            #expect(!events.text.contains("Arrears.") && !events.text.contains("instalments"))
            for (category, types) in [("youth-support", ["ReferralRequested"]), ("health", [])] {
                let passed = try await client.get(
                    "/v1/audit/cases/\(Self.id)/events?category=\(category)", token: auditor,
                    headers: ["Audit-Reason": "Transmissions"])
                guard case .array(let items) = passed.json["items"] else {
                    Issue.record("no items in \(passed.text)")
                    return
                }
                #expect(items.compactMap { $0["type"]?.text } == types)
            }
        }
    }

    @Test func bodiesAreChecked() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            for (command, body, pointers) in [
                ("request-referral", #"{"to":"post-office"}"#, ["/referralId", "/service", "/to"]),
                (
                    "request-referral", #"{\#(Self.referral),"to":"job-centre","service":"x","categories":["all"]}"#,
                    ["/categories/0"]
                ),
                ("decline-referral", #"{\#(Self.referral)}"#, ["/reason"]),
                ("complete-referral", #"{\#(Self.referral),"by":7}"#, ["/by", "/result"]),
                ("accept-referral", #"{\#(Self.referral),"when":"soon"}"#, ["/when"]),
            ] {
                let answer = try await client.post("/v1/cases/\(Self.id)/\(command)", body, token: token)
                #expect(answer.problem == "malformed", "\(body): \(answer.text)")
                #expect(Set(answer.pointers) == Set(pointers), "\(answer.pointers)")
            }
        }
    }
}
