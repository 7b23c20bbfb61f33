import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

@Suite struct BadInputTests {
    private static let id = "0198c0de-0000-7000-8000-000000000001"
    private static let measure = "/v1/cases/\(id)/add-measure"

    @Test(arguments: Way.allCases)
    func nonsenseIsAnsweredInOrderAndChangesNothing(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            var bodies = [
                "", " ", "{", "}", "[]", "null", "true", "1", "\"x\"", "{}{}", "{\"a\":1", "{'a':1}", "\u{FEFF}{}",
                "\u{0}",
                "<xml/>", "a=b&c=d", "{\"measureId\":}", "{\"measureId\":null}", "{\"measureId\":\"\\ud800\"}",
                #"{"window":[]}"#, #"{"window":{"from":1,"to":{}}}"#, #"{"hoursPerWeek":1e999}"#,
                #"{"hoursPerWeek":-1}"#,
                #"{"strand":"Education"}"#, #"{"__proto__":{}}"#, #"{"effectiveOn":"2026-02-30"}"#,
                #"{"effectiveOn":"0000-00-00"}"#, #"{"weeklySlots":[{"weekday":8}]}"#, #"{"weeklySlots":{}}"#,
                #"{"title":"\#(String(repeating: "ä", count: 400))"}"#, String(repeating: "[", count: 50_000),
                String(repeating: "{\"a\":", count: 5_000), String(repeating: " ", count: 100_000),
                "{\"measureId\":\"\(Self.id)\",\"measureId\":\"\(Self.id)\"}",
            ]
            var random = SystemRandomNumberGenerator()
            for _ in 0..<50 {
                let letters = Array("{}[]\",:0123456789eE+-.truefalsn \\u\n".unicodeScalars)
                bodies.append(
                    String(
                        String.UnicodeScalarView(
                            (0..<Int.random(in: 1...60, using: &random)).map { _ in
                                letters[Int.random(in: 0..<letters.count, using: &random)]
                            })))
            }
            for body in bodies {
                let answer = try await client.post(Self.measure, body, token: token)
                #expect(answer.problem == "malformed", "\(body.prefix(80)) → \(answer.text)")
            }
            #expect(try await fixture.store.head() == 0)
        }
    }

    @Test func everythingThatIsWrongIsNamed() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let answer = try await client.post(
                Self.measure,
                #"{"measureId":"x","title":7,"windw":{},"window":{"from":"2026-13-01"},"effectiveOn":"today"}"#,
                token: token)
            #expect(
                answer.pointers == [
                    "/measureId", "/title", "/windw", "/window/from", "/window/to", "/effectiveOn", "/strand",
                ])
            let syntax = try await client.post(Self.measure, "{\n \"a\": tru }", token: token)
            #expect(syntax.json["detail"]?.text?.contains("line 2, column 7") == true, "\(syntax.text)")
            #expect(!answer.text.contains("today"))
        }
    }

    @Test(arguments: Way.allCases)
    func tooLargeBodiesAreRefused(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let large = "{\"title\":\"" + String(repeating: "x", count: 1 << 20) + "\"}"
            let answer = try await client.post(Self.measure, large, token: token)
            #expect(answer.problem == "too-large")
            #expect(answer.status == .contentTooLarge)
            let next = try await client.get("/healthz")
            #expect(next.status == .ok)
        }
    }

    @Test func otherMediaTypesAreRefused() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            for type in [nil, "", "text/plain", "application/xml", "application/x-www-form-urlencoded", "json"] {
                let answer = try await client.post(Self.measure, "{}", token: token, type: type)
                #expect(answer.problem == "unsupported-media-type", "\(type ?? "none")")
            }
            let packed = try await client.post(
                Self.measure, "{}", token: token, headers: ["Content-Encoding": "gzip"])
            #expect(packed.problem == "unsupported-media-type")
            for type in ["application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"] {
                #expect(try await client.post(Self.measure, "{}", token: token, type: type).problem == "malformed")
            }
        }
    }

    @Test(arguments: [
        ("Idempotency-Key", "1"), ("Idempotency-Key", ""), ("Idempotency-Key", "0198c0de-0000-7000-8000-00000000000x"),
        ("If-Match", "*"), ("If-Match", "7"), ("If-Match", "\"x\""), ("If-Match", "W/\"7\""),
        ("If-Match", "\"7\", \"8\""),
        ("If-Match", "\"\""), ("If-Match", "\"-1\""), ("If-Match", "\"99999999999999999999999\""),
    ])
    func headersThatCannotBeReadAreNamed(_ name: String, _ value: String) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let answer = try await client.post(
                "/v1/cases/\(Self.id)/close-case", "{}", token: token, headers: [name: value])
            #expect(answer.problem == "malformed")
            #expect(answer.pointers == [name])
        }
    }

    @Test(arguments: Way.allCases)
    func unknownRoutesAndMethodsAreProblemsToo(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            for uri in [
                "/", "/v1", "/v2/cases", "/v1/cases", "/v1/cases/\(Self.id)", "/v1/cases/\(Self.id)/fly",
                "/v1/audit/seals", "/v1/timing/nothing",
                "/problems/rejected", "/v1/%00", "/v1/..%2f..%2fetc", "//", "/v1/cases//timeline/x",
            ] {
                let answer = try await client.get(uri, token: token)
                #expect(answer.problem == "not-found", "\(uri): \(answer.status)")
            }
            #expect(
                try await client.post("/v1/cases/\(Self.id)/open-finding", "{}", token: token).problem == "not-found")
            let wrong = try await client.get(Self.measure, token: token)
            #expect(wrong.problem == "method-not-allowed")
            #expect(wrong.headers[.allow] == "POST")
            let deleted = try await client.get("/v1/timing/findings", token: token, method: .delete)
            #expect(deleted.problem == "method-not-allowed")
            #expect(deleted.headers[.allow] == "GET, HEAD")
        }
    }

    @Test func idsOfTheAddressAreChecked() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.administrator)
            for id in ["Frankfurt", "a--b", "-a", "a_b", String(repeating: "a", count: 65)] {
                let answer = try await client.post("/v1/areas/\(id)/publish-area", #"{"name":"A"}"#, token: token)
                #expect(answer.problem == "malformed", "\(id)")
                #expect(answer.pointers == ["areaId"])
            }
            let offer = try await client.post("/v1/offers/1/publish-offer", "{}", token: token)
            #expect(offer.problem == "malformed")
            #expect(try await fixture.store.head() == 0)
        }
    }
}
