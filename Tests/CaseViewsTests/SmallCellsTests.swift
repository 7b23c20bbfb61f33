import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("Small cells are suppressed")
struct SmallCellsTests {
    private typealias Counts = [Office?: [SummaryIndicator: Int]]

    @Test("the own office's numbers are exact, others' from 1 to 4 are not shown, 0 and 5 are")
    func primary() {
        let cells = SmallCells(own: .jobCentre).suppress([
            .jobCentre: [.participants: 1], .youthOffice: [.participants: 4], .socialOffice: [.participants: 5],
        ])
        #expect(cells[.jobCentre]?[.participants] == .count(1))
        #expect(cells[.youthOffice]?[.participants] == .suppressed)
        #expect(cells[.socialOffice]?[.participants] == .count(5))
        #expect(cells[.socialOffice]?[.plansAgreed] == .count(0))
    }

    @Test("all together is suppressed where the rest is small, or where it would give away another office")
    func complementary() {
        let rest = SmallCells(own: .jobCentre).suppress([
            .jobCentre: [.plansAgreed: 20], nil: [.plansAgreed: 23], .youthOffice: [.plansAgreed: 0],
        ])
        #expect(rest[nil]?[.plansAgreed] == .suppressed)
        let given = SmallCells(own: .jobCentre).suppress([
            .jobCentre: [.plansAgreed: 20], .youthOffice: [.plansAgreed: 30], .socialOffice: [.plansAgreed: 3],
            nil: [.plansAgreed: 53],
        ])
        #expect(given[.youthOffice]?[.plansAgreed] == .count(30))
        #expect(given[nil]?[.plansAgreed] == .suppressed)
        let fine = SmallCells(own: .jobCentre).suppress([
            .jobCentre: [.plansAgreed: 20], .youthOffice: [.plansAgreed: 30], nil: [.plansAgreed: 50],
        ])
        #expect(fine[nil]?[.plansAgreed] == .count(50))
    }

    @Test("a part cannot be computed from the whole")
    func breakdowns() {
        let values: [SummaryIndicator: Int] = [
            .measuresRunning: 20, .measuresEducation: 11, .measuresEmployment: 3, .measuresNeighbourhood: 6,
            .measuresPreventive: 20, .measuresSupply: 12, .measuresDemand: 8,
        ]
        let cells = SmallCells(own: .jobCentre).suppress([.youthOffice: values, nil: values])
        for strand in SummaryIndicator.measureBreakdowns[0] {
            #expect(cells[.youthOffice]?[strand] == .suppressed, "two hidden parts of known sum could be told apart")
        }
        #expect(
            cells[.youthOffice]?[.measuresSupply] == .count(12) && cells[.youthOffice]?[.measuresDemand] == .count(8))
        #expect(cells[.youthOffice]?[.measuresRunning] == .count(20))
        #expect(SummaryIndicator.measures.allSatisfy { cells[nil]?[$0] == .suppressed })
    }

    @Test("days are as personal as the cases they come from are few")
    func days() {
        let cells = SmallCells(own: .jobCentre).suppress([
            .youthOffice: [.activeCases: 9, .casesTogether: 2, .activeDaysOfCases: 120, .sharedDaysOfCases: 40]
        ])
        #expect(cells[.youthOffice]?[.activeDaysOfCases] == .count(120))
        #expect(cells[.youthOffice]?[.sharedDaysOfCases] == .suppressed)
    }

    /// Tries to compute what is hidden: for additive indicators, from all rows that are shown.
    @Test("nothing that is suppressed follows by subtraction", arguments: 0..<500)
    func attack(seed: Int) {
        var dice = Dice(seed)
        var counts: Counts = [:]
        for office in Office.allCases {
            counts[office] = [.plansAgreed: Int.random(in: 0...9, using: &dice)]
        }
        counts[nil] = [.plansAgreed: counts.values.reduce(0) { $0 + ($1[.plansAgreed] ?? 0) }]
        let cells = SmallCells(own: .jobCentre).suppress(counts)
        let hidden = Office.allCases.filter { cells[$0]?[.plansAgreed] == .suppressed }
        if case .count? = cells[nil]?[.plansAgreed] { #expect(hidden.isEmpty) }
    }

    @Test("the report in JSON and CSV marks what is suppressed")
    func report() throws {
        let row = SummaryRow(
            month: CalendarMonth("2026-03")!, office: .youthOffice,
            cells: [
                .participants: .count(12), .plansAgreed: .suppressed, .activeDaysOfCases: .count(8),
                .sharedDaysOfCases: .count(2),
            ])
        let report = SummaryReport(
            asOf: "2026-03-20",
            areas: [AreaSummary(areaId: "gallus", name: "=Gallus, \"West\"", rows: [row])])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let json = String(decoding: try encoder.encode(report), as: UTF8.self)
        #expect(json.contains("\"month\":\"2026-03\"") && json.contains("\"participants\":12"))
        #expect(json.contains("\"plans\":{\"agreed\":null,\"concluded\":0,\"drafted\":0,\"inForce\":0,\"reviewed\":0}"))
        #expect(json.contains("\"suppressed\":[\"plans.agreed\"]"))
        #expect(json.contains("\"ratio\":0.25"))
        #expect(json.contains("\"strand\":{\"civic-participation\":0"))
        let lines = report.csv.components(separatedBy: "\r\n")
        #expect(lines.count == 3 && lines[2].isEmpty)
        #expect(lines[0].hasPrefix("asOf,areaId,area,month,office,participants,plans.drafted,plans.agreed"))
        #expect(lines[1].hasPrefix("2026-03-20,gallus,\"'=Gallus, \"\"West\"\"\",2026-03,youth-office,12,0,*,0"))
        #expect(lines[1].hasSuffix(",0.25,"))
    }
}
