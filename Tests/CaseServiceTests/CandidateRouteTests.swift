import CaseFile
import CaseTiming
import CaseViews
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

/// Who may be there already, told by a registration and asked for afterwards; and what is decided about it.
@Suite struct CandidateRouteTests {
    private static let first = "0198c0de-0000-7000-8000-000000000001"
    private static let second = "0198c0de-0000-7000-8000-000000000002"

    private func candidate(_ id: String) throws -> Candidate {
        Candidate(
            caseId: try #require(UUID(uuidString: id)), givenName: "Mira", familyName: "Okafor",
            bornOn: "2008-05-17", areaId: "frankfurt-gallus", status: .open, reasons: [.sameName, .sameBirthDate])
    }

    @Test(arguments: Way.allCases) func aRegistrationAnswersThem(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let path = "/v1/cases/\(Self.second)/register-participant"
            let key = ["Idempotency-Key": "0198c0de-0000-7000-8000-0000000000e1"]
            let alone = try await client.post(path, ServiceFixture.registration(), token: token, headers: key)
            #expect(alone.status == .created && alone.json["candidates"] == nil)
            #expect(!fixture.reads.reads.contains { $0.view == "candidates" })

            let known = try candidate(Self.first)
            fixture.queries.change { $0.candidates = [known] }
            let answer = try await client.post(path, ServiceFixture.registration(), token: token, headers: key)
            guard case .array(let candidates) = answer.json["candidates"] else {
                Issue.record("no candidates in \(answer.text)")
                return
            }
            #expect(candidates.map { $0["caseId"]?.text } == [Self.first])
            #expect(candidates[0]["reasons"] == ["same-name", "same-birth-date"])
            let query = try #require(fixture.queries.now.lastCandidates)
            #expect(query.office == .youthOffice && query.familyName == "Okafor" && query.bornOn == "2008-05-17")
            #expect(query.caseId == UUID(uuidString: Self.second))
            #expect(fixture.reads.reads.map(\.view) == ["candidates"])
        }
    }

    private struct Broken: Error {}

    @Test func aRegistrationStandsWhateverBecomesOfTheViews() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            try await fixture.publishArea(client)
            fixture.queries.change { $0.failure = Broken() }
            let answer = try await client.post(
                "/v1/cases/\(Self.second)/register-participant", ServiceFixture.registration(),
                token: try await fixture.token(.caseworker, office: .youthOffice))
            #expect(answer.status == .created && answer.json["candidates"] == nil)
        }
    }

    @Test(arguments: Way.allCases) func theyAreAskedForByCase(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            for id in [Self.first, Self.second] {
                _ = try await client.post(
                    "/v1/cases/\(id)/register-participant", ServiceFixture.registration(), token: token)
            }
            let known = try candidate(Self.first)
            fixture.queries.change { $0.candidates = [known] }
            let path = "/v1/youth-office/cases/\(Self.second)/candidates"
            let answer = try await client.get(path + "?atLeast=7&wait=1", token: token)
            #expect(answer.status == .ok && answer.headers[.viewPosition] == "7", "\(answer.text)")
            guard case .array(let items) = answer.json["items"] else {
                Issue.record("no items in \(answer.text)")
                return
            }
            #expect(items.count == 1)
            #expect(fixture.queries.now.lastCandidates?.givenName == "Mira")

            let decided = try await client.post(
                "/v1/cases/\(Self.second)/decide-identity",
                #"{"otherCaseId":"\#(Self.first)","verdict":"different-persons","reason":"Twins."}"#, token: token)
            #expect(decided.status == .ok, "\(decided.text)")
            _ = try await client.get(path, token: token)
            let first = try #require(UUID(uuidString: Self.first))
            #expect(fixture.queries.now.lastCandidates?.decisions == [first: .differentPersons])

            // To others there is no such case, and no such question.
            let jobCentre = try await fixture.token(.caseworker, office: .jobCentre)
            #expect(try await client.get(path, token: jobCentre).problem == "forbidden")
            let own = path.replacing("youth-office", with: "job-centre")
            #expect(try await client.get(own, token: jobCentre).problem == "not-found")
            let unknown = own.replacing(Self.second, with: "0198c0de-0000-7000-8000-0000000000ff")
            #expect(try await client.get(own, token: jobCentre).text == client.get(unknown, token: jobCentre).text)
            let supervisor = try await fixture.token(.supervisor, office: .youthOffice)
            #expect(try await client.get(path, token: supervisor).problem == "forbidden")
            let elsewhere = try await fixture.token(.caseworker, office: .youthOffice, areas: ["nordend"])
            #expect(try await client.get(path, token: elsewhere).problem == "not-found")
        }
    }

    @Test(arguments: Way.allCases) func casesAreMergedAndAuditorsReadBothHistories(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            for (path, body) in [
                ("\(Self.first)/register-participant", ServiceFixture.registration()),
                ("\(Self.second)/register-participant", ServiceFixture.registration("Okafor-Stein")),
                ("\(Self.first)/engage-office", #"{"office":"youth-office"}"#),
                (
                    "\(Self.second)/decide-identity",
                    #"{"otherCaseId":"\#(Self.first)","verdict":"same-person","reason":"Same card."}"#
                ),
                ("\(Self.second)/merge-case", #"{"into":"\#(Self.first)","reason":"Registered twice."}"#),
            ] {
                let answer = try await client.post("/v1/cases/\(path)", body, token: token)
                #expect(answer.status.kind == .successful, "\(path): \(answer.text)")
            }
            let rejected = try await client.post("/v1/cases/\(Self.second)/reopen-case", "{}", token: token)
            #expect(rejected.json["rule"] == "case-merged" && rejected.text.contains(Self.first))

            let auditor = try await fixture.token(.auditor)
            let reason = ["Audit-Reason": "Standing question 4/2026"]
            let events = try await client.get(
                "/v1/audit/cases/\(Self.first)/events", token: auditor, headers: reason)
            guard case .array(let items) = events.json["items"] else {
                Issue.record("no events in \(events.text)")
                return
            }
            #expect(Set(items.map { $0["caseId"]?.text }) == [Self.first, Self.second])
            #expect(items.compactMap { $0["type"]?.text }.suffix(2) == ["CaseMerged", "CaseAbsorbed"])
            let state = try await client.get("/v1/audit/cases/\(Self.first)", token: auditor, headers: reason)
            #expect(state.text.contains("Okafor-Stein"))
            let office = try await client.get(
                "/v1/audit/cases/\(Self.second)?office=youth-office", token: auditor, headers: reason)
            #expect(office.status == .notFound, "the office that registered it was never engaged")
            // Before the merging there was one history.
            let before = try await client.get(
                "/v1/audit/cases/\(Self.first)/events?to=4", token: auditor, headers: reason)
            #expect(!before.text.contains(Self.second))
        }
    }
}
