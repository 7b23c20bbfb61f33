import CaseFile
import CaseTiming
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService
@testable import CaseViews

@Suite("What is told of simultaneity")
struct SimultaneityRouteTests {
    private static let id = "0198a000-0000-7000-8000-000000000001"

    @Test("of a case to the offices that see it, and on record")
    func ofCase() async throws {
        let fixture = try await ServiceFixture()
        let measure = TimedMeasure(
            id: UUID(), caseID: UUID(), office: .jobCentre,
            window: DayRange(first: "2026-03-01", atLeastTo: "2026-03-31"), progress: .running(since: "2026-03-01"))
        let months = try #require(CalendarMonth("2026-03"))...(try #require(CalendarMonth("2026-03")))
        let outlook = SimultaneityOutlook.byMonth(of: [measure], shiftedBy: [:], on: "2026-03-16", in: months)
        try await fixture.application().server().test(.router) { client in
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let path = "/v1/cases/\(Self.id)/simultaneity"
            #expect(try await client.get(path, token: token).problem == "not-found")
            #expect(fixture.reads.reads.isEmpty)
            fixture.queries.change {
                $0.simultaneity = SimultaneityReport(
                    asOf: "2026-03-16", cases: [], proposals: [], isPartial: true, months: outlook)
            }
            let answer = try await client.get(path + "?of=household&from=2026-03&to=2026-03", token: token)
            #expect(answer.status == .ok && answer.json["isPartial"] == true)
            guard case .array(let items)? = answer.json["items"] else { return #expect(Bool(false), "\(answer.text)") }
            #expect(
                items == [
                    [
                        "month": "2026-03", "recorded": ["sharedDays": 0, "activeDays": 16, "ratio": 0],
                        "planned": ["sharedDays": 0, "activeDays": 31, "ratio": 0],
                        "ifAccepted": ["sharedDays": 0, "activeDays": 31, "ratio": 0],
                    ]
                ], "\(answer.text)")
            #expect(fixture.queries.now.lastSimultaneity?.ofHousehold == true)
            #expect(fixture.reads.reads.map(\.view) == ["simultaneity"])
            #expect(try await client.get(path + "?from=2026-03&to=2026-02", token: token).pointers == ["from"])
            #expect(try await client.get(path + "?from=2026-03&to=2036-03", token: token).pointers == ["from"])
            _ = try await client.get(path, token: token)
            let usual = try #require(fixture.queries.now.lastSimultaneity?.months)
            #expect("\(usual.lowerBound) \(usual.upperBound)" == "2026-03 2027-02")
            let auditor = try await fixture.token(.auditor)
            #expect(try await client.get(path, token: auditor).status == .forbidden)
        }
    }

    @Test("of an area to whoever may see its summary, with what is suppressed named")
    func ofArea() async throws {
        let fixture = try await ServiceFixture()
        let month = try #require(CalendarMonth("2026-03"))
        let shown = AreaSimultaneity.Days(shared: .count(5), active: .count(10))
        let hidden = AreaSimultaneity.Days(shared: .suppressed, active: .count(10))
        try await fixture.application().server().test(.router) { client in
            let path = "/v1/summary/areas/frankfurt-gallus/simultaneity"
            for role in [Role.supervisor, .auditor, .administrator] {
                let token = try await fixture.token(role, office: role == .supervisor ? .jobCentre : nil)
                #expect(try await client.get(path, token: token).problem == "not-found")
            }
            let caseworker = try await fixture.token(.caseworker, office: .youthOffice)
            #expect(try await client.get(path, token: caseworker).status == .forbidden)
            fixture.queries.change {
                $0.areaSimultaneity = AreaSimultaneity(
                    asOf: "2026-03-16", areaId: "frankfurt-gallus", name: "Gallus",
                    months: [
                        AreaSimultaneity.Month(
                            month: month,
                            days: [
                                .cases: [.recorded: shown, .planned: shown, .ifAccepted: hidden],
                                .households: [.recorded: shown, .planned: shown, .ifAccepted: shown],
                            ])
                    ])
            }
            let token = try await fixture.token(.supervisor, office: .jobCentre, areas: ["frankfurt-gallus"])
            let answer = try await client.get(path, token: token)
            #expect(answer.status == .ok)
            guard case .array(let items)? = answer.json["items"] else { return #expect(Bool(false), "\(answer.text)") }
            let cases = items.first?["cases"]
            #expect(cases?["planned"] == ["sharedDays": 5, "activeDays": 10, "ratio": .number("0.5")])
            #expect(cases?["ifAccepted"] == ["sharedDays": .null, "activeDays": 10])
            #expect(items.first?["suppressed"] == ["cases.ifAccepted.sharedDays"])
            #expect(fixture.queries.now.lastAreaSimultaneity?.actor.areas == ["frankfurt-gallus"])
        }
    }
}
