import Foundation
import Ledger
import Testing

@testable import CaseTiming

@Suite struct SimultaneityOutlookTests {
    private let today: CalendarDate = "2026-03-10"

    private func measure(
        _ number: Int, _ office: Office, _ from: CalendarDate, _ to: CalendarDate,
        _ progress: MeasureProgress = .planned
    ) -> TimedMeasure {
        TimedMeasure(
            id: UUID(derivedFrom: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), "\(number)"),
            caseID: UUID(uuid: (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), office: office,
            window: DayRange(first: from, atLeastTo: to), progress: progress)
    }

    private func months(_ first: String, _ last: String) throws -> ClosedRange<CalendarMonth> {
        try #require(CalendarMonth(first))...(try #require(CalendarMonth(last)))
    }

    private func pairs(_ months: [Simultaneity]) -> [[Int]] { months.map { [$0.sharedDays, $0.activeDays] } }

    @Test func whatIsPlannedAndWhatWouldBeAccepted() throws {
        let running = measure(1, .jobCentre, "2026-03-01", "2026-04-15", .running(since: "2026-03-01"))
        let planned = measure(2, .youthOffice, "2026-05-01", "2026-05-31")
        let outlook = SimultaneityOutlook.byMonth(
            of: [running, planned], shiftedBy: [planned.id: -21], on: today, in: try months("2026-03", "2026-06"))
        #expect(pairs(outlook.map(\.recorded)) == [[0, 10], [0, 0], [0, 0], [0, 0]])
        #expect(pairs(outlook.map(\.planned)) == [[0, 31], [0, 15], [0, 31], [0, 0]])
        // From 10 April to 10 May: 6 days together, then 15 of April and 10 of May alone.
        #expect(pairs(outlook.map(\.ifAccepted)) == [[0, 31], [6, 30], [0, 10], [0, 0]])
        #expect(outlook[1].ifAccepted.ratio == 0.2)
    }

    @Test func whatShouldHaveBegunIsExpectedFromTomorrow() throws {
        let late = measure(1, .jobCentre, "2026-03-01", "2026-03-20")
        let outlook = SimultaneityOutlook.byMonth(
            of: [late], shiftedBy: [:], on: today, in: try months("2026-03", "2026-03"))
        #expect(pairs(outlook.map(\.recorded)) == [[0, 0]] && pairs(outlook.map(\.planned)) == [[0, 10]])
    }

    @Test func whatHasBegunIsNotMoved() throws {
        let running = measure(1, .jobCentre, "2026-03-01", "2026-03-20", .running(since: "2026-03-01"))
        let outlook = SimultaneityOutlook.byMonth(
            of: [running], shiftedBy: [running.id: 30], on: today, in: try months("2026-03", "2026-04"))
        #expect(outlook.map(\.planned) == outlook.map(\.ifAccepted))
    }

    @Test func theFutureBecomesThePast() throws {
        // Where everything happens as planned, what was planned is what is recorded in the end.
        let before = [
            measure(1, .jobCentre, "2026-03-20", "2026-05-10"), measure(2, .socialOffice, "2026-05-01", "2026-06-30"),
        ]
        let after = before.map {
            measure(
                0, $0.office, $0.window.first, $0.window.last, .completed(from: $0.window.first, on: $0.window.last))
        }
        let range = try months("2026-01", "2026-12")
        let planned = SimultaneityOutlook.byMonth(of: before, shiftedBy: [:], on: today, in: range)
        let recorded = SimultaneityOutlook.byMonth(of: after, shiftedBy: [:], on: "2027-01-01", in: range)
        #expect(planned.map(\.planned) == recorded.map(\.recorded))
    }
}
