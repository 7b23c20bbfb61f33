import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

@Suite struct AuditRouteTests {
    private static let id = "0198c0de-0000-7000-8000-000000000001"
    private static let events = "/v1/audit/cases/\(id)/events"
    private static let state = "/v1/audit/cases/\(id)"
    private static let reason = ["Audit-Reason": "Standing question 4"]

    /// A case in two steps: registered at 9:00, engaged at 9:01 as of a later day.
    private func withCase(
        _ test: @Sendable (ServiceFixture, any TestClientProtocol, _ auditor: String) async throws -> Void
    ) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            _ = try await client.post(
                "/v1/cases/\(Self.id)/register-participant", ServiceFixture.registration(), token: token)
            fixture.time.advance(seconds: 60)
            let engaged = try await client.post(
                "/v1/cases/\(Self.id)/engage-office", #"{"office":"youth-office","effectiveOn":"2026-03-10"}"#,
                token: token)
            #expect(engaged.status == .ok, "\(engaged.text)")
            try await test(fixture, client, try await fixture.token(.auditor, subject: "au-1"))
        }
    }

    @Test func theHistoryIsShownAsItIsRecorded() async throws {
        try await withCase { fixture, client, auditor in
            let answer = try await client.get(Self.events, token: auditor, headers: Self.reason)
            #expect(answer.status == .ok)
            guard case .array(let items) = answer.json["items"] else { return #expect(Bool(false), "\(answer.text)") }
            #expect(items.map { $0["type"]?.text } == ["ParticipantRegistered", "OfficeEngaged"])
            #expect(items[0]["isSealed"] == true)
            #expect(items[0]["data"]?["areaId"] == "frankfurt-gallus")
            #expect(items[0]["metadata"]?["actor"] == "yo-7")
            #expect(!answer.text.contains("Okafor"))
            let read = try #require(fixture.reads.reads.first)
            #expect(read.reason == "Standing question 4")
            #expect(read.actor.subject == "au-1")
            #expect(read.view == "audit-events")
        }
    }

    @Test(arguments: [
        ("from=3", 1), ("to=2", 1), ("from=2&to=3", 2), ("recordedBefore=2026-03-16T09:01:00Z", 1),
        ("recordedBefore=2026-03-16T10:00:30+01:00", 1), ("recordedBefore=2026-03-16T08:00:00Z", 0), ("from=9", 0),
        ("to=1", 0), ("from=0&to=0", 0),
    ])
    func theHistoryCanBeCut(_ query: String, _ count: Int) async throws {
        try await withCase { _, client, auditor in
            let answer = try await client.get("\(Self.events)?\(query)", token: auditor, headers: Self.reason)
            guard case .array(let items) = answer.json["items"] else { return #expect(Bool(false), "\(answer.text)") }
            #expect(items.count == count)
        }
    }

    @Test func theHistoryOfNobodyOrBackwardsIsNotShown() async throws {
        try await withCase { fixture, client, auditor in
            let backwards = try await client.get("\(Self.events)?from=3&to=2", token: auditor, headers: Self.reason)
            #expect(backwards.problem == "malformed" && backwards.text.contains("from=3"))
            let nobody = "/v1/audit/cases/0198c0de-0000-7000-8000-0000000000ff/events"
            for query in ["", "?to=1", "?to=9", "?from=9"] {
                let answer = try await client.get("\(nobody)\(query)", token: auditor, headers: Self.reason)
                #expect(answer.problem == "not-found")
            }
            #expect(fixture.reads.reads.isEmpty)
        }
    }

    @Test func theStateIsShownAsOfAnyMoment() async throws {
        try await withCase { _, client, auditor in
            func engagements(_ query: String) async throws -> Int? {
                let answer = try await client.get("\(Self.state)\(query)", token: auditor, headers: Self.reason)
                guard case .array(let engagements) = answer.json["engagements"] else { return nil }
                return engagements.count
            }
            #expect(try await engagements("") == 1)
            #expect(try await engagements("?asOf=2") == 0)
            #expect(try await engagements("?asOf=3") == 1)
            #expect(try await engagements("?asOf=2026-03-16T09:00:30Z") == 0)
            #expect(try await engagements("?asOf=2026-03-16T09:01:00Z") == 1)
            #expect(try await engagements("?effectiveOn=2026-03-09") == 0)
            #expect(try await engagements("?effectiveOn=2026-03-10") == 1)
            let full = try await client.get(Self.state, token: auditor, headers: Self.reason)
            #expect(full.headers[.ledgerPosition] == "3")
            #expect(full.json["participant"]?["familyName"] == "Okafor")
            let before = try await client.get("\(Self.state)?asOf=1", token: auditor, headers: Self.reason)
            #expect(before.problem == "not-found")
        }
    }

    @Test func theStateIsShownAsAnOfficeCouldSeeIt() async throws {
        try await withCase { _, client, auditor in
            let youth = try await client.get(
                "\(Self.state)?office=youth-office", token: auditor, headers: Self.reason)
            #expect(youth.status == .ok)
            #expect(youth.json["office"] == "youth-office")
            #expect(youth.json["identity"]?["familyName"] == "Okafor")
            let earlier = try await client.get(
                "\(Self.state)?office=youth-office&asOf=2", token: auditor, headers: Self.reason)
            #expect(earlier.problem == "not-found")
            let social = try await client.get(
                "\(Self.state)?office=social-office", token: auditor, headers: Self.reason)
            #expect(social.problem == "not-found")
        }
    }

    @Test func onlyAuditorsWithAReasonLook() async throws {
        try await withCase { fixture, client, auditor in
            for uri in [Self.events, Self.state] {
                for headers in [[:], ["Audit-Reason": ""], ["Audit-Reason": "  "], ["Audit-Reason": "x"]] {
                    let answer = try await client.get(uri, token: auditor, headers: headers)
                    #expect(answer.problem == "malformed")
                    #expect(answer.pointers == ["Audit-Reason"])
                }
                for token in [
                    try await fixture.token(.caseworker, office: .youthOffice),
                    try await fixture.token(.supervisor, office: .youthOffice), try await fixture.token(.administrator),
                ] {
                    let answer = try await client.get(uri, token: token, headers: Self.reason)
                    #expect(answer.problem == "forbidden")
                }
                for query in ["asOf=x", "from=x", "office=tax-office", "effectiveOn=2026"] {
                    let answer = try await client.get("\(uri)?\(query)", token: auditor, headers: Self.reason)
                    #expect(answer.problem == "malformed")
                }
            }
            let unknown = try await client.get(
                "/v1/audit/cases/0198c0de-0000-7000-8000-0000000000aa/events", token: auditor, headers: Self.reason)
            let nonsense = try await client.get("/v1/audit/cases/x", token: auditor, headers: Self.reason)
            #expect(unknown.problem == "not-found")
            #expect(unknown.text == nonsense.text)
            #expect(fixture.reads.reads.isEmpty)
        }
    }
}
