import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

@Suite struct CommandRouteTests {
    private static let id = "0198c0de-0000-7000-8000-000000000001"
    private static let register = "/v1/cases/\(id)/register-participant"

    @Test(arguments: Way.allCases)
    func aCaseBeginsAndGoesOn(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let first = try await client.post(Self.register, ServiceFixture.registration(), token: token)
            #expect(first.status == .created)
            #expect(
                first.text
                    == #"{"caseId":"\#(Self.id)","version":1,"position":2,"events":[{"type":"ParticipantRegistered","version":1,"position":2}]}"#
            )
            #expect(first.headers[.eTag] == "\"1\"")
            #expect(first.headers[.ledgerPosition] == "2")
            #expect(first.headers[.idempotentReplayed] == nil)
            let second = try await client.post(
                "/v1/cases/\(Self.id.uppercased())/engage-office", #"{"office":"youth-office"}"#, token: token,
                headers: ["If-Match": "\"1\""])
            #expect(second.status == .ok)
            #expect(second.json["caseId"] == .string(Self.id))
            #expect(second.headers[.eTag] == "\"2\"")
        }
    }

    @Test(arguments: Way.allCases)
    func theSameKeyAnswersTheFirstResult(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let key = ["Idempotency-Key": "0198C0DE-0000-7000-8000-0000000000F1"]
            let first = try await client.post(Self.register, ServiceFixture.registration(), token: token, headers: key)
            _ = try await client.post(
                "/v1/cases/\(Self.id)/engage-office", #"{"office":"youth-office"}"#, token: token)
            let again = try await client.post(Self.register, ServiceFixture.registration(), token: token, headers: key)
            #expect(again.status == first.status)
            #expect(again.text == first.text)
            #expect(again.headers[.eTag] == first.headers[.eTag])
            #expect(again.headers[.idempotentReplayed] == "true")
            let other = try await client.post(
                Self.register, ServiceFixture.registration("Other"), token: token, headers: key)
            #expect(other.problem == "idempotency-key-reused")
            #expect(other.status == .unprocessableContent)
            #expect(try await fixture.store.head() == 3)
        }
    }

    @Test(arguments: Way.allCases)
    func whatTheDomainOrTheVersionRefusesIsNamed(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            _ = try await client.post(Self.register, ServiceFixture.registration(), token: token)
            let rejected = try await client.post(Self.register, ServiceFixture.registration("Other"), token: token)
            #expect(rejected.problem == "rejected")
            #expect(rejected.status == .conflict)
            #expect(rejected.json["rule"]?.text?.isEmpty == false)
            let conflict = try await client.post(
                "/v1/cases/\(Self.id)/engage-office", #"{"office":"youth-office"}"#, token: token,
                headers: ["If-Match": "\"4\""])
            #expect(conflict.problem == "version-conflict")
            #expect(conflict.status == .preconditionFailed)
            #expect(conflict.json["currentVersion"] == .number("1"))
            #expect(conflict.headers[.eTag] == "\"1\"")
            let reversed = try await client.post(
                "/v1/cases/\(Self.id)/add-measure",
                """
                {"measureId":"\(Self.id)","strand":"education","window":{"from":"2026-05-02","to":"2026-05-01"}}
                """, token: token)
            #expect(["rejected", "malformed"].contains(reversed.problem))
            #expect(try await fixture.store.head() == 2)
        }
    }

    @Test func unknownAndInvisibleAreAnsweredAlike() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            try await fixture.publishArea(client)
            let youth = try await fixture.token(.caseworker, office: .youthOffice)
            let social = try await fixture.token(.caseworker, office: .socialOffice, subject: "so-1")
            _ = try await client.post(Self.register, ServiceFixture.registration(), token: youth)
            let body = #"{"categories":["timing"],"recipients":["job-centre"],"purpose":"x"}"#
            let invisible = try await client.post("/v1/cases/\(Self.id)/grant-consent", body, token: social)
            let unknown = try await client.post(
                "/v1/cases/0198c0de-0000-7000-8000-0000000000aa/grant-consent", body, token: social)
            let nonsense = try await client.post("/v1/cases/nonsense/grant-consent", body, token: social)
            #expect(invisible.problem == "not-found")
            #expect(invisible.text == unknown.text)
            #expect(invisible.text == nonsense.text)
            #expect(Set(invisible.headers.map(\.name)) == Set(unknown.headers.map(\.name)))
        }
    }

    @Test func rolesAndOfficesAreHonoured() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let auditor = try await fixture.token(.auditor)
            let youth = try await fixture.token(.caseworker, office: .youthOffice)
            for (token, uri, body) in [
                (auditor, Self.register, ServiceFixture.registration()),
                (youth, "/v1/areas/frankfurt-gallus/publish-area", #"{"name":"x"}"#),
                (youth, "/v1/cases/\(Self.id)/engage-office", #"{"office":"job-centre"}"#),
            ] {
                let answer = try await client.post(uri, body, token: token)
                #expect(answer.problem == "forbidden", "\(uri): \(answer.text)")
            }
            #expect(try await fixture.store.head() == 0)
        }
    }

    @Test(arguments: [
        (CommandFailure.overloaded, "unavailable", 503), (.unavailable("gone"), "unavailable", 503),
        (.unreadable, "internal", 500),
        (.notFound, "not-found", 404), (.forbidden("No."), "forbidden", 403),
        (.keyReused, "idempotency-key-reused", 422),
        (.versionConflict(current: 9), "version-conflict", 412),
        (.rejected(Rejection(rule: "plan-not-agreed", detail: "Agree the plan.")), "rejected", 409),
    ])
    func everyFailureHasItsCode(_ failure: CommandFailure, _ code: String, _ status: Int) async throws {
        let fixture = try await ServiceFixture()
        let application = fixture.application(commands: FailingHandler(failure: failure))
        try await application.server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let answer = try await client.post(Self.register, ServiceFixture.registration(), token: token)
            #expect(answer.problem == code)
            #expect(answer.status.code == status)
            #expect((answer.headers[.retryAfter] != nil) == (status == 503))
            #expect(!answer.text.contains("gone"))
        }
    }

    @Test(arguments: Way.allCases)
    func withoutAGoodTokenNobodyComesIn(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            let expired = try await fixture.token(.caseworker, office: .youthOffice, lifetime: -1)
            for header in [
                nil, "", "Bearer", "Bearer ", "Basic eDp5", "Bearer x.y.z", "Bearer \(expired)", "bearer \(expired)",
            ] {
                let answer = try await client.post(
                    Self.register, ServiceFixture.registration(),
                    headers: header.map { ["Authorization": $0] } ?? [:])
                #expect(answer.problem == "unauthenticated", "\(header ?? "none")")
                #expect(answer.status == .unauthorized)
                #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer realm=") == true)
            }
            #expect(try await fixture.store.head() == 0)
        }
    }

    @Test func oneActorCanBeHeldBack() async throws {
        let fixture = try await ServiceFixture()
        let configuration = ServiceConfiguration(rateLimit: RateLimit(perSecond: 1, burst: 2))
        try await fixture.application(configuration: configuration).server().test(.router) { client in
            let (one, other) = (
                try await fixture.token(.administrator, subject: "a"),
                try await fixture.token(.administrator, subject: "b")
            )
            func publish(_ token: String) async throws -> TestResponse {
                try await client.post("/v1/areas/a/publish-area", #"{"name":"A"}"#, token: token)
            }
            for _ in 0..<2 { #expect(try await publish(one).problem != "rate-limited") }
            let limited = try await publish(one)
            #expect(limited.problem == "rate-limited")
            #expect(limited.status == .tooManyRequests)
            #expect(limited.headers[.retryAfter] == "1")
            #expect(try await publish(other).problem != "rate-limited")
            fixture.time.advance(seconds: 1)
            #expect(try await publish(one).problem != "rate-limited")
        }
    }

    @Test(arguments: Way.allCases)
    func everyAnswerIsProtectedAndNamed(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(.administrator)
            for answer in [
                try await client.get("/healthz"), try await client.get("/nowhere"),
                try await client.post("/v1/areas/a/publish-area", #"{"name":"A"}"#, token: token),
                try await client.post("/v1/areas/a/publish-area", "{", token: token),
            ] {
                #expect(answer.headers[.contentTypeOptions] == "nosniff")
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.contentSecurityPolicy] != nil)
                #expect(answer.headers[.requestID]?.isEmpty == false)
            }
            let named = try await client.get("/healthz", headers: ["X-Request-Id": "abc-1.2_3"])
            #expect(named.headers[.requestID] == "abc-1.2_3")
            let odd = try await client.get("/healthz", headers: ["X-Request-Id": "a b\"c"])
            #expect(odd.headers[.requestID] != "a b\"c")
        }
    }
}
