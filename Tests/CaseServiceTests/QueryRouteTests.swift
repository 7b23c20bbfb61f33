import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService
@testable import CaseViews

@Suite struct QueryRouteTests {
    private static let id = "0198c0de-0000-7000-8000-000000000001"
    private static let views = [
        "/v1/youth-office/cases", "/v1/youth-office/cases/\(id)", "/v1/cases/\(id)/timeline", "/v1/timing/findings",
    ]

    private struct Broken: Error {}

    private func withService(
        _ way: Way = .router, configuration: ServiceConfiguration = ServiceConfiguration(),
        _ test: @Sendable (ServiceFixture, any TestClientProtocol, _ token: String) async throws -> Void
    ) async throws {
        let fixture = try await ServiceFixture()
        let id = try #require(UUID(uuidString: Self.id))
        fixture.queries.change {
            $0.timelines[id] = CaseTimeline(caseId: id, office: .youthOffice, intervals: [])
            $0.areas = [AreaSummary(areaId: "frankfurt-gallus", name: "Gallus", rows: [])]
        }
        try await fixture.application(configuration: configuration).server().test(way.setup) { client in
            try await test(fixture, client, try await fixture.token(.caseworker, office: .youthOffice))
        }
    }

    @Test(arguments: Way.allCases)
    func viewsSayHowFarTheyAre(_ way: Way) async throws {
        try await withService(way) { _, client, token in
            for uri in ["/v1/youth-office/cases", "/v1/cases/\(Self.id)/timeline", "/v1/timing/findings"] {
                let answer = try await client.get(uri, token: token)
                #expect(answer.status == .ok, "\(uri): \(answer.text)")
                #expect(answer.headers[.viewPosition] == "7")
                #expect(answer.headers[.contentType] == "application/json")
                let head = try await client.get(uri, token: token, method: .head)
                #expect(head.status == .ok)
                #expect(head.text.isEmpty)
            }
            let page = try await client.get("/v1/youth-office/cases", token: token)
            #expect(page.text == #"{"items":[],"next":"more"}"#)
        }
    }

    @Test func aCallerReadsWhatItWrote() async throws {
        try await withService { fixture, client, token in
            for uri in ["/v1/youth-office/cases", "/v1/cases/\(Self.id)/timeline", "/v1/timing/findings"] {
                fixture.queries.change { $0.position = 7 }
                #expect(try await client.get("\(uri)?atLeast=7", token: token).status == .ok)
                let late = try await client.get("\(uri)?atLeast=8", token: token)
                #expect(late.problem == "unavailable")
                #expect(late.headers[.retryAfter] == "1")
                async let waiting = client.get("\(uri)?atLeast=8&wait=20", token: token)
                try await Task.sleep(for: .milliseconds(30))
                fixture.queries.change { $0.position = 8 }
                let answer = try await waiting
                #expect(answer.status == .ok)
                #expect(answer.headers[.viewPosition] == "8")
            }
        }
    }

    @Test(arguments: [
        ("wait=3", "wait"), ("atLeast=1&wait=31", "wait"), ("atLeast=x", "atLeast"), ("atLeast=-1", "atLeast"),
        ("limit=0", "limit"), ("limit=201", "limit"), ("limit=ten", "limit"), ("area=Not%20A", "area"),
        ("status=maybe", "status"), ("waitsFor=me", "waitsFor"), ("due=tomorrow", "due"), ("reason=none", "reason"),
        ("findingSince=gap", "findingSince"),
        ("dueBefore=2026-02-30", "dueBefore"), ("finding=big", "finding"),
        ("sort=age", "sort"),
        ("colour=red", "colour"), ("limit=1&limit=2", "limit"), ("q=", "q"), ("q=%FF", "q"),
        ("cursor=nonsense", "cursor"),
        ("atLeast=99999999999999999999", "atLeast"),
    ])
    func parametersThatCannotBeReadAreNamed(_ query: String, _ name: String) async throws {
        try await withService { _, client, token in
            let answer = try await client.get("/v1/youth-office/cases?\(query)", token: token)
            #expect(answer.problem == "malformed", "\(answer.text)")
            #expect(answer.pointers == [name])
        }
    }

    @Test func filtersReachTheView() async throws {
        try await withService { fixture, client, token in
            let uri =
                "/v1/youth-office/cases?area=frankfurt-gallus&status=open&caseworker=yo-7&dueBefore=2026-04-01"
                + "&waitsFor=others&due=week&reason=referral-answer&findingSince=2026-03-01"
                + "&finding=gap&q=M%C3%BCller+An&sort=-due&limit=20&cursor=abc"
            #expect(try await client.get(uri, token: token).status == .ok)
            let query = try #require(fixture.queries.now.lastWorklist)
            #expect(query.office == .youthOffice)
            #expect(query.actor.subject == "yo-7")
            #expect(query.day == "2026-03-16")
            #expect(query.area == "frankfurt-gallus")
            #expect(query.status == .open)
            #expect(query.dueBefore == "2026-04-01")
            #expect(query.waitsFor == .others)
            #expect(query.due == .week && query.reason == .referralAnswer && query.findingSince == "2026-03-01")
            #expect(query.finding == .gap)
            #expect(query.name == "Müller An")
            #expect(query.sort == .dueDescending)
            #expect(query.limit == 20)
            #expect(query.cursor == "abc")
            _ = try await client.get("/v1/youth-office/cases?caseworker=me", token: token)
            #expect(fixture.queries.now.lastWorklist?.caseworker == "yo-7")
            _ = try await client.get(
                "/v1/timing/findings?kind=sequence&state=closed&openedSince=2026-03-02", token: token)
            #expect(fixture.queries.now.lastFindings?.openedSince == "2026-03-02")
            #expect(fixture.queries.now.lastFindings?.kind == .sequence)
            #expect(fixture.queries.now.lastFindings?.state == .closed)
            #expect(fixture.queries.now.lastFindings?.caseworker == nil)
            let about = "status=open&caseworker=me&q=M%C3%BCller&finding=gap"
            #expect(try await client.get("/v1/timing/findings?\(about)", token: token).status == .ok)
            let findings = try #require(fixture.queries.now.lastFindings)
            #expect(findings.status == .open && findings.caseworker == "yo-7" && findings.name == "Müller")
            #expect(findings.kind == .gap)
            #expect(
                try await client.get("/v1/timing/proposals?\(about)&proposedSince=2026-03-01", token: token).status
                    == .ok)
            let proposals = try #require(fixture.queries.now.lastProposals)
            #expect(proposals.status == .open && proposals.caseworker == "yo-7" && proposals.name == "Müller")
            #expect(proposals.kind == .gap && proposals.proposedSince == "2026-03-01")
            for list in ["findings", "proposals"] {
                let twice = try await client.get("/v1/timing/\(list)?kind=gap&finding=clash", token: token)
                #expect(twice.problem == "malformed")
                #expect(try await client.get("/v1/timing/\(list)?kind=gap&finding=gap", token: token).status == .ok)
            }
        }
    }

    @Test func officesKeepToTheirOwnViews() async throws {
        try await withService { fixture, client, token in
            #expect(try await client.get("/v1/job-centre/cases", token: token).problem == "forbidden")
            #expect(try await client.get("/v1/job-centre/cases/\(Self.id)", token: token).problem == "forbidden")
            #expect(try await client.get("/v1/tax-office/cases", token: token).problem == "not-found")
            let supervisor = try await fixture.token(.supervisor, office: .youthOffice)
            #expect(try await client.get("/v1/youth-office/cases", token: supervisor).status == .ok)
            for role in [Role.auditor, .administrator, .partner] {
                let other = try await fixture.token(role)
                for uri in Self.views { #expect(try await client.get(uri, token: other).problem == "forbidden") }
            }
            for uri in Self.views { #expect(try await client.get(uri).problem == "unauthenticated") }
            #expect(fixture.reads.reads.map(\.view) == ["worklist"])
        }
    }

    @Test func whatIsNotVisibleIsNotThere() async throws {
        try await withService { fixture, client, token in
            let invisible = try await client.get("/v1/youth-office/cases/\(Self.id)", token: token)
            let nonsense = try await client.get("/v1/youth-office/cases/x", token: token)
            let unknown = try await client.get(
                "/v1/cases/0198c0de-0000-7000-8000-0000000000aa/timeline", token: token)
            #expect(invisible.problem == "not-found")
            #expect(invisible.text == nonsense.text)
            #expect(invisible.text == unknown.text)
            #expect(fixture.reads.reads.isEmpty)
        }
    }

    @Test func readsOfCasesAreOnRecord() async throws {
        try await withService { fixture, client, token in
            _ = try await client.get(
                "/v1/cases/\(Self.id)/timeline", token: token, headers: ["X-Request-Id": "r1"])
            let read = try #require(fixture.reads.reads.first)
            #expect(read.caseID?.uuidString.lowercased() == Self.id)
            #expect(read.view == "timeline")
            #expect(read.actor.subject == "yo-7")
            #expect(read.requestID == "r1")
            #expect(read.position == 7)
            _ = try await client.get("/v1/youth-office/cases", token: token)
            #expect(fixture.reads.reads.last?.view == "worklist")
            #expect(fixture.reads.reads.last?.caseID == nil)
        }
    }

    @Test func aViewThatIsAwayOrSlowIsUnavailable() async throws {
        try await withService(configuration: ServiceConfiguration(timeLimit: .milliseconds(50))) {
            fixture, client, token in
            fixture.queries.change { $0.failure = Broken() }
            let away = try await client.get("/v1/timing/findings", token: token)
            #expect(away.problem == "unavailable")
            #expect(away.headers[.retryAfter] == "2")
            fixture.queries.change {
                $0.failure = nil
                $0.delay = .seconds(20)
            }
            #expect(try await client.get("/v1/timing/findings", token: token).problem == "unavailable")
        }
    }

    @Test func summariesComeAsJSONOrTable() async throws {
        try await withService { fixture, client, token in
            #expect(try await client.get("/v1/summary/areas", token: token).problem == "forbidden")
            let supervisor = try await fixture.token(.supervisor, office: .jobCentre)
            let json = try await client.get("/v1/summary/areas", token: supervisor)
            #expect(json.headers[.contentType] == "application/json")
            #expect(json.json["items"] != nil)
            #expect(fixture.queries.now.lastSummary?.from.description == "2025-04")
            #expect(fixture.queries.now.lastSummary?.to.description == "2026-03")
            for accept in ["text/csv", "text/csv, application/json;q=0.5", "application/json;q=0.1,text/csv;q=0.2"] {
                let table = try await client.get(
                    "/v1/summary/areas/frankfurt-gallus?from=2026-01&to=2026-02&office=youth-office", token: supervisor,
                    headers: ["Accept": accept])
                #expect(table.headers[.contentType]?.hasPrefix("text/csv") == true)
                #expect(table.text.hasPrefix("asOf,areaId"))
                #expect(table.headers[.viewPosition] == "7")
            }
            for accept in ["*/*", "application/json", "application/json, text/csv;q=0.9", "text/html"] {
                let answer = try await client.get("/v1/summary/areas", token: supervisor, headers: ["Accept": accept])
                #expect(answer.headers[.contentType] == "application/json")
            }
            for id in ["nowhere", "Not-A-Slug"] {
                #expect(try await client.get("/v1/summary/areas/\(id)", token: supervisor).problem == "not-found")
            }
            let reversed = try await client.get("/v1/summary/areas?from=2026-02&to=2026-01", token: supervisor)
            #expect(reversed.problem == "malformed")
            #expect(try await client.get("/v1/summary/areas?from=1000-01", token: supervisor).problem == "malformed")
        }
    }
}
