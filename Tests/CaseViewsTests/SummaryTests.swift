import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import Testing

@testable import CaseViews

@Suite("The summary")
struct SummaryTests {
    /// Ten cases of the job centre, five of them with the youth office; one household of two.
    ///
    /// Every job centre measure runs from 1 to 10 March, every youth office measure from 6 to 20 March; the cases without the
    /// youth office have the first only. In April nothing runs. A placement is offered, accepted and begun, another refused.
    private func makeDesk() async throws -> LedgerDesk {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus", name: "Gallus")
        try await desk.publish("nordend", name: "Nordend")
        let house = UUID()
        for index in 0..<10 {
            let isShared = index < 5
            var story = CaseStory.registered(
                engaged: isShared ? [.jobCentre, .youthOffice] : [.jobCentre], on: "2026-01-10")
            _ = story.givenPlan(
                .cooperation, of: .jobCentre, goal: "g", title: "t", from: "2026-03-01", to: "2026-03-10")
            if isShared {
                _ = story.givenPlan(
                    .youthSupport, of: .youthOffice, goal: "g", title: "t", from: "2026-03-06", to: "2026-03-20")
            }
            if index < 2 { story.given(.householdJoined(HouseholdJoined(householdId: house, role: .adult))) }
            let placement = UUID()
            story.given(
                .placementOffered(PlacementOffered(placementId: placement, employer: "E", kind: .job)), on: "2026-03-02"
            )
            if index == 0 {
                story.given(.placementRefused(PlacementRefused(placementId: placement)), on: "2026-03-03")
            } else {
                story.given(.placementAccepted(PlacementAccepted(placementId: placement)), on: "2026-03-03")
                story.given(
                    .placementStarted(PlacementStarted(placementId: placement, on: "2026-04-01")), on: "2026-04-01")
            }
            if index == 1 || index == 2 {
                story.given(
                    .retentionRecorded(
                        RetentionRecorded(placementId: placement, afterMonths: 3, stillEmployed: index == 1)),
                    on: "2026-05-20")
            }
            if index == 5 {
                story.given(.placementEnded(PlacementEnded(placementId: placement, on: "2026-04-10")), on: "2026-04-10")
                story.given(.caseClosed(CaseClosed()), on: "2026-04-15")
            }
            let finding = Finding(
                key: "gap", kind: .gap, owner: .singleCase(story.id), cases: [story.id], measures: [],
                offices: [.jobCentre], from: "2026-02-01", to: nil, days: nil, explanation: "nothing runs")
            story.given(.findingOpened(FindingOpened(finding: finding, occurrence: 1)), by: nil, on: "2026-02-28")
            story.given(.findingClosed(FindingClosed(key: "gap")), by: nil, on: "2026-03-01")
            try await desk.append(story)
            if index < 2 {
                try await desk.append(
                    HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: story.id)), to: house.uuidString.lowercased())
            }
        }
        try await desk.project()
        return desk
    }

    private func summary(
        _ desk: LedgerDesk, as office: Office? = .jobCentre, today: CalendarDate = "2026-06-01", only: Office? = nil,
        areas: Set<String>? = nil
    ) async throws -> SummaryReport {
        try await desk.queries.summary(
            SummaryQuery(
                actor: Actor(subject: "s", role: .supervisor, office: office, areas: areas), today: today,
                from: CalendarMonth("2026-01")!, to: CalendarMonth("2026-12")!, office: only)
        ).value
    }

    private func row(_ report: SummaryReport, _ month: String, _ office: Office?, area: String = "gallus") throws
        -> SummaryRow
    {
        try #require(
            report.areas.first { $0.areaId == area }?.rows.first {
                $0.month.description == month && $0.office == office
            })
    }

    @Test("the numbers are those of the hand-computed example")
    func numbers() async throws {
        let report = try await summary(try await makeDesk())
        #expect(report.areas.map(\.areaId) == ["gallus", "nordend"])
        #expect(report.areas[0].rows.count == 6 * 4, "January to June, three offices and all together")
        let march = try row(report, "2026-03", .jobCentre)
        let expected: [SummaryIndicator: Int] = [
            .participants: 10, .plansDrafted: 0, .plansAgreed: 0, .plansInForce: 10, .measuresRunning: 10,
            .measuresEducation: 10, .measuresEmployment: 0, .measuresPreventive: 10, .measuresSupply: 10,
            .placementsOffered: 10, .placementsAccepted: 9, .placementsRefused: 1, .placementsStarted: 0,
            .findingsOpened: 0, .findingsClosed: 10,
            // The job centre is active on 10 days of each case, on 5 of them with the youth office in five cases.
            .activeCases: 10, .casesTogether: 5, .activeDaysOfCases: 100, .sharedDaysOfCases: 25,
            .activeHouseholds: 1, .activeDaysOfHouseholds: 10,
        ]
        #expect(march[.householdsTogether] == .suppressed && march[.sharedDaysOfHouseholds] == .suppressed)
        for (indicator, number) in expected { #expect(march[indicator] == .count(number), "\(indicator.rawValue)") }
        #expect(march.simultaneityOfCases == 25.0 / 100.0)
        let january = try row(report, "2026-01", .jobCentre)
        #expect(january[.plansDrafted] == .count(10) && january[.plansAgreed] == .count(10))
        #expect(try row(report, "2026-02", .jobCentre)[.findingsOpened] == .count(10))
        let april = try row(report, "2026-04", .jobCentre)
        #expect(april[.participants] == .count(10), "the case was closed in April")
        #expect(april[.measuresRunning] == .count(0) && april[.placementsStarted] == .count(9))
        #expect(april[.placementsEnded] == .count(1))
        let may = try row(report, "2026-05", .jobCentre)
        #expect(may[.participants] == .count(9))
        #expect(may[.keptAfter3Months] == .count(1) && may[.lostAfter3Months] == .count(1))
        #expect(may[.keptAfter6Months] == .count(0) && april[.keptAfter3Months] == .count(0))
        #expect(march[.measuresSolidarityUnspecified] == .count(0))
        #expect(try row(report, "2026-03", .jobCentre, area: "nordend")[.participants] == .count(0))
    }

    @Test("another office's numbers and those of all together, with small cells suppressed")
    func others() async throws {
        let desk = try await makeDesk()
        let report = try await summary(desk)
        let youth = try row(report, "2026-03", .youthOffice)
        #expect(youth[.participants] == .count(5) && youth[.measuresRunning] == .count(5))
        #expect(youth[.activeDaysOfCases] == .count(75) && youth[.sharedDaysOfCases] == .count(25))
        #expect(youth[.activeHouseholds] == .suppressed && youth[.activeDaysOfHouseholds] == .suppressed)
        let together = try row(report, "2026-03", nil)
        // Five cases are active on 1 to 20 March, five on 1 to 10 March.
        #expect(together[.activeDaysOfCases] == .count(150) && together[.sharedDaysOfCases] == .count(25))
        #expect(together[.measuresRunning] == .count(15))
        #expect(together[.participants] == .count(10))
        let seenByYouthOffice = try row(try await summary(desk, as: .youthOffice), "2026-03", nil)
        #expect(seenByYouthOffice[.participants] == .count(10))
        #expect(seenByYouthOffice[.placementsRefused] == .suppressed)
    }

    @Test("months to come are left out, and of this month only the days up to today count")
    func today() async throws {
        let desk = try await makeDesk()
        let report = try await summary(desk, today: "2026-03-07")
        #expect(report.areas[0].rows.last?.month.description == "2026-03")
        let march = try row(report, "2026-03", .jobCentre)
        #expect(march[.activeDaysOfCases] == .count(70) && march[.sharedDaysOfCases] == .count(10))
        #expect(march[.placementsAccepted] == .count(9))
        #expect(
            try row(try await summary(desk, today: "2026-03-02"), "2026-03", .jobCentre)[.placementsAccepted]
                == .count(0))
        let full = try row(try await summary(desk, today: "2026-03-31"), "2026-03", .jobCentre)
        #expect(full[.activeDaysOfCases] == .count(100))
    }

    @Test("a supervisor's areas and one office alone")
    func filters() async throws {
        let desk = try await makeDesk()
        #expect(try await summary(desk, areas: ["nordend"]).areas.map(\.areaId) == ["nordend"])
        let only = try await summary(desk, only: .youthOffice)
        #expect(only.areas[0].rows.allSatisfy { $0.office == .youthOffice })
        #expect(try row(only, "2026-03", .youthOffice)[.activeHouseholds] == .suppressed)
    }
}
