import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("How far offices act at the same time in an area, and would")
struct AreaSimultaneityTests {
    private typealias Days = AreaSimultaneity.Days

    /// Six cases: a measure of the job centre runs from May to July, one of the youth office is planned for August and
    /// September; in so many cases an open proposal would move that one by 31 days to July. Two cases are one household.
    private func makeDesk(moved: Int) async throws -> LedgerDesk {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus", name: "Gallus")
        try await desk.publish("nordend")
        let house = UUID()
        for index in 0..<6 {
            var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice])
            if index < 2 { story.given(.householdJoined(HouseholdJoined(householdId: house, role: .adult))) }
            _ = story.givenPlan(
                .cooperation, of: .jobCentre, goal: "g", title: "t", from: "2026-05-01", to: "2026-07-31")
            let training = story.givenPlan(
                .youthSupport, of: .youthOffice, goal: "g", title: "t", from: "2026-08-01", to: "2026-09-30",
                started: false
            ).measure
            if index < moved {
                let measures = HouseholdMeasures(household: nil, cases: [story.id: story.state])
                let shift = AlignmentShift(
                    caseId: story.id, measureId: training, office: .youthOffice,
                    from: DayRange(first: "2026-08-01", atLeastTo: "2026-09-30"), days: -31)
                story.given(
                    .alignmentProposed(
                        AlignmentProposed(
                            proposalId: UUID(), caseId: story.id, shifts: [shift], findings: [], kinds: [],
                            basis: measures.basis(around: [training]), answerDue: "2026-06-20")),
                    by: nil, on: "2026-05-25")
            }
            try await desk.append(story)
        }
        try await desk.project()
        return desk
    }

    private func report(
        _ desk: LedgerDesk, _ area: String = "gallus", office: Office? = nil, areas: Set<String>? = nil
    ) async throws -> AreaSimultaneity? {
        let months = try #require(CalendarMonth("2026-05"))...(try #require(CalendarMonth("2026-08")))
        return try await desk.queries.simultaneity(
            inArea: AreaSimultaneityQuery(
                actor: Actor(
                    subject: "s", role: office == nil ? .auditor : .supervisor, office: office, areas: areas),
                area: area, today: LedgerDesk.today, months: months)
        ).value
    }

    private func pairs(_ report: AreaSimultaneity, _ layer: AreaSimultaneity.Layer) -> [[Int?]] {
        report.months.map { month in
            let days = month.days[.cases]?[layer]
            return [days?.shared.value, days?.active.value]
        }
    }

    @Test(
        "days of all cases are added up as recorded, as planned, and as they would be",
        arguments: [nil, Office.jobCentre])
    func layers(_ office: Office?) async throws {
        let desk = try await makeDesk(moved: 6)
        let report = try #require(try await report(desk, office: office))
        #expect(report.name == "Gallus" && report.asOf == "2026-06-01" && report.months.count == 4)
        #expect(pairs(report, .recorded) == [[0, 186], [0, 6], [0, 0], [0, 0]])
        #expect(pairs(report, .planned) == [[0, 186], [0, 180], [0, 186], [0, 186]])
        #expect(pairs(report, .ifAccepted) == [[0, 186], [0, 180], [186, 186], [0, 180]])
        #expect(report.months[2].days[.cases]?[.ifAccepted]?.ratio == 1)
        // One household is fewer than five.
        let households = try #require(report.months[0].days[.households])
        #expect(households[.planned] == Days(shared: .suppressed, active: .suppressed))
        #expect(households[.planned]?.ratio == nil)
        // The rebuilt rows are the same.
        #expect(try await desk.verify().damages.isEmpty)
    }

    @Test("what would be is not told where it differs in fewer than five cases")
    func fewProposals() async throws {
        let desk = try await makeDesk(moved: 2)
        let report = try #require(try await report(desk))
        #expect(pairs(report, .planned) == [[0, 186], [0, 180], [0, 186], [0, 186]])
        #expect(pairs(report, .ifAccepted) == [[0, 186], [0, 180], [nil, nil], [0, nil]])
    }

    @Test("an area that is unknown, or not the actor's, is none")
    func foreign() async throws {
        let desk = try await makeDesk(moved: 0)
        #expect(try await report(desk, "westend") == nil)
        #expect(try await report(desk, areas: ["nordend"]) == nil)
        let empty = try #require(try await report(desk, "nordend", areas: ["nordend"]))
        #expect(pairs(empty, .ifAccepted) == [[0, 0], [0, 0], [0, 0], [0, 0]])
    }

    @Test("small cells are suppressed as in a summary's row of all offices together")
    func smallCells() {
        func days(
            _ all: Int, _ offices: [Office: Int], differing: Int = 0, ofOthers: Int = 0, own: Office? = nil
        ) -> [SummaryCell] {
            var counted = CountedSimultaneity()
            let of = { (units: Int) in CountedSimultaneity.Counts(units: units, days: 100) }
            for layer in AreaSimultaneity.Layer.allCases {
                counted.counts[layer] = [nil: [.active: of(all)]]
                for (office, units) in offices { counted.counts[layer]?[office] = [.active: of(units)] }
            }
            counted.differences = [
                CountedSimultaneity.Difference(
                    layers: [.planned, .ifAccepted], kind: .active, units: differing, unitsOfOthers: ofOthers)
            ]
            return [counted.days(in: .planned, for: own).active, counted.days(in: .ifAccepted, for: own).active]
        }
        let told = SummaryCell.count(100)
        #expect(days(9, [.jobCentre: 9]) == [told, told])
        #expect(days(4, [.jobCentre: 4]) == [.suppressed, .suppressed])
        #expect(days(9, [.jobCentre: 9, .youthOffice: 4]) == [.suppressed, .suppressed])
        // The own office's numbers are known, but not for whom of its four another office is active.
        #expect(days(9, [.jobCentre: 9, .youthOffice: 4], own: .youthOffice) == [.suppressed, .suppressed])
        #expect(days(9, [.jobCentre: 6, .youthOffice: 6], own: .youthOffice) == [.suppressed, .suppressed])
        #expect(days(9, [.jobCentre: 9], differing: 5, ofOthers: 5) == [told, told])
        #expect(days(9, [.jobCentre: 9], differing: 4, ofOthers: 0) == [told, .suppressed])
        #expect(days(9, [.jobCentre: 9], differing: 9, ofOthers: 1) == [told, .suppressed])
    }
}
