import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

/// Attacks on the summary by somebody who knows how it suppresses.
///
/// The attacker sees a table and asks which tables could have led to it. A number of fewer than five people is safe when at
/// least two different values of it are among them.
@Suite("The summary gives nothing away by differences")
struct SmallCellsAttackTests {
    private typealias Counts = [Office?: [SummaryIndicator: Int]]
    private typealias Cells = [Office?: [SummaryIndicator: SummaryCell]]
    private static let small = 1...4

    /// The offices that somebody's cases may be with, as bits: 1 job centre, 2 youth office, 4 social office.
    private struct Regions: Hashable {
        /// How many are with exactly these offices, for every combination of them from 1 to 7.
        var numbers: [Int]

        func count(where isCounted: (Int) -> Bool) -> Int {
            (1...7).reduce(0) { $0 + (isCounted($1) ? numbers[$1 - 1] : 0) }
        }

        private func isTogether(_ offices: Int) -> Bool { offices.nonzeroBitCount > 1 }

        /// The table of participants and simultaneity that they make; days are not told from cases here.
        var counts: Counts {
            var counts: Counts = [:]
            for (bit, office) in [(1, Office.jobCentre), (2, .youthOffice), (4, .socialOffice)] {
                let all = count { $0 & bit != 0 }
                counts[office] = [
                    .participants: all, .activeCases: all,
                    .casesTogether: count { $0 & bit != 0 && isTogether($0) },
                ]
            }
            let all = count { _ in true }
            counts[nil] = [.participants: all, .activeCases: all, .casesTogether: count(where: isTogether)]
            return counts
        }

        /// What nobody may be able to tell who knows the job centre's own cases. How many of few are with which two offices
        /// is no cell of the table; for small areas somebody who knows how it suppresses can narrow it down.
        var secrets: [String: Int] {
            [
                "of the youth office": count { $0 & 2 != 0 }, "of the social office": count { $0 & 4 != 0 },
                "not own": count { $0 & 1 == 0 },
            ]
        }

        /// How many are with which offices, in every way in which one can ask for others than the own ones.
        var combinations: [String: Int] {
            var numbers = secrets
            for offices in 2...7 { numbers["exactly \(offices)"] = self.numbers[offices - 1] }
            for pair in [3, 5, 6] { numbers["at least \(pair)"] = count { $0 & pair == pair } }
            return numbers
        }

        /// All tables that can be shown like this, as far as sums tell, until `body` has seen enough.
        func tables(shownAs shown: Cells, _ body: (Regions) -> Bool) {
            func value(_ office: Office?, _ indicator: SummaryIndicator) -> Int? { shown[office]?[indicator]?.value }
            // The own number is exact; what is hidden of another office is taken to be few, which helps who attacks.
            guard let own = value(.jobCentre, .participants) else { return }
            let youth = value(.youthOffice, .participants).map { $0...$0 } ?? 1...4
            let social = value(.socialOffice, .participants).map { $0...$0 } ?? 1...4
            for three in 0...own {
                for five in 0...own - three {
                    for seven in 0...own - three - five {
                        for two in youth {
                            for four in social {
                                let most = min(two - three - seven, four - five - seven)
                                guard most >= 0 else { continue }
                                for six in 0...most {
                                    let other = Regions(numbers: [
                                        own - three - five - seven, two - three - seven - six, three,
                                        four - five - seven - six, five, six, seven,
                                    ])
                                    guard other != self, other.fits(shown) else { continue }
                                    if body(other) { return }
                                }
                            }
                        }
                    }
                }
            }
        }

        /// Whether nothing that is shown speaks against it.
        private func fits(_ shown: Cells) -> Bool {
            counts.allSatisfy { office, values in
                values.allSatisfy { indicator, number in
                    shown[office]?[indicator]?.value.map { $0 == number } ?? true
                }
            }
        }

        /// Tables nearby, those with the fewest differences first.
        func neighbours(_ body: (Regions) -> Bool) {
            for reach in 1...3 {
                for first in 0..<7 {
                    for second in 0..<7 {
                        for third in 0..<7 where third >= second {
                            for signs in 0..<8 {
                                var other = self
                                other.numbers[first] += signs & 1 == 0 ? reach : -reach
                                if second != first { other.numbers[second] += signs & 2 == 0 ? reach : -reach }
                                if third != second { other.numbers[third] += signs & 4 == 0 ? 1 : -1 }
                                guard other != self, other.numbers.allSatisfy({ $0 >= 0 }) else { continue }
                                if body(other) { return }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Whether what is shown of two tables is the same. Where one office's own numbers are exact, that includes them.
    private func areAlike(_ one: Cells, _ other: Cells) -> Bool {
        for (office, cells) in one {
            for indicator in [SummaryIndicator.participants, .activeCases, .casesTogether]
            where cells[indicator] != other[office]?[indicator] { return false }
        }
        return true
    }

    @Test("how many are with an office cannot be computed from totals and overlaps", arguments: 0..<80)
    func overlaps(seed: Int) {
        var dice = Dice(seed)
        let sizes = [0, 0, 0, 1, 2, 3, 4, 5, 6, 8, 12]
        let truth = Regions(numbers: (0..<7).map { _ in sizes.randomElement(using: &dice) ?? 0 })
        let smallCells = SmallCells(own: .jobCentre)
        let shown = smallCells.suppress(truth.counts)
        var exposed = truth.secrets.filter { Self.small.contains($0.value) }
        guard !exposed.isEmpty else { return }
        truth.neighbours { other in
            let secrets = other.secrets
            let told = exposed.filter { secrets[$0.key] != $0.value }.map(\.key)
            guard !told.isEmpty, areAlike(shown, smallCells.suppress(other.counts)) else { return false }
            for name in told { exposed[name] = nil }
            return exposed.isEmpty
        }
        #expect(exposed.isEmpty, "\(exposed) of \(truth.numbers): \(Self.text(shown))")
    }

    /// What the table tells exactly to somebody who solves it: every way is tried in which people can be with offices, given all
    /// that is shown, that nobody is there less than not at all, and how it is suppressed.
    ///
    /// Secret is how many of few are with an office, not with one's own, with exactly these offices, or with two of them.
    @Test("nothing of few people follows from a table, solved exactly", arguments: 0..<150)
    func solved(seed: Int) {
        var dice = Dice(seed &+ 1_000)
        let sizes = [0, 0, 0, 1, 2, 3, 4, 5, 6, 8, 12]
        solve(Regions(numbers: (0..<7).map { _ in sizes.randomElement(using: &dice) ?? 0 }))
    }

    @Test(
        "nor from those that once told something",
        arguments: [
            // With all three offices: the sum of who is together with somebody, less twice all of them.
            [5, 5, 8, 8, 8, 8, 2], [0, 0, 6, 0, 6, 5, 1],
            // All of the few own cases are with the youth office, since all cases are.
            [0, 4, 4, 0, 0, 6, 0], [0, 12, 0, 0, 0, 12, 1],
        ])
    func solvedOnce(_ numbers: [Int]) { solve(Regions(numbers: numbers)) }

    private func solve(_ truth: Regions) {
        let smallCells = SmallCells(own: .jobCentre)
        let shown = smallCells.suppress(truth.counts)
        var exposed = truth.combinations.filter { Self.small.contains($0.value) }
        truth.tables(shownAs: shown) { other in
            let numbers = other.combinations
            let differing = exposed.filter { numbers[$0.key] != $0.value }.map(\.key)
            guard !differing.isEmpty, areAlike(shown, smallCells.suppress(other.counts)) else { return false }
            for name in differing { exposed[name] = nil }
            return exposed.isEmpty
        }
        #expect(exposed.isEmpty, "\(exposed) of \(truth.numbers): \(Self.text(shown))")
    }

    private static func text(_ cells: Cells) -> String {
        cells.map { office, cells in
            let numbers = [SummaryIndicator.participants, .casesTogether].map { "\(cells[$0]?.value ?? -1)" }
            return "\(office?.rawValue ?? "all") \(numbers.joined(separator: "/"))"
        }.sorted().joined(separator: ", ")
    }

    @Test(
        "what offices did adds up to nothing that is hidden, for one supervisor or two who compare notes",
        arguments: 0..<200)
    func sums(seed: Int) {
        var dice = Dice(seed)
        func counts(_ numbers: [Int]) -> Counts {
            var counts: Counts = [nil: [.plansAgreed: numbers.reduce(0, +)]]
            for (office, number) in zip(Office.allCases, numbers) { counts[office] = [.plansAgreed: number] }
            return counts
        }
        let numbers = (0..<3).map { _ in Int.random(in: 0...9, using: &dice) }
        for watchers in [[nil], [Office.jobCentre], [.youthOffice], [.jobCentre, .youthOffice]] as [[Office?]] {
            let shown = watchers.map { SmallCells(own: $0).suppress(counts(numbers)).mapValues { $0[.plansAgreed] } }
            for (index, number) in numbers.enumerated()
            where Self.small.contains(number) && !watchers.contains(Office.allCases[index]) {
                let others = (0...9).filter { $0 != number }.contains { other in
                    var numbers = numbers
                    numbers[index] = other
                    return zip(watchers, shown).allSatisfy { watcher, shown in
                        SmallCells(own: watcher).suppress(counts(numbers)).mapValues { $0[.plansAgreed] } == shown
                    }
                }
                #expect(others, "\(numbers) to \(watchers)")
            }
        }
    }

    @Test("no part of what is divided up can be computed from the other parts", arguments: 0..<120)
    func divisions(seed: Int) {
        var dice = Dice(seed)
        let parts: [SummaryIndicator] = [.measuresSupply, .measuresDemand, .measuresSolidarityUnspecified]
        func counts(_ numbers: [Int]) -> Counts {
            var values: [SummaryIndicator: Int] = [.measuresRunning: numbers.reduce(0, +)]
            for (part, number) in zip(parts, numbers) { values[part] = number }
            return [.youthOffice: values, .jobCentre: [:], .socialOffice: [:], nil: values]
        }
        let numbers = (0..<3).map { _ in [0, 1, 2, 3, 4, 5, 6, 11].randomElement(using: &dice) ?? 0 }
        let watch = SmallCells(own: .jobCentre)
        func shown(_ numbers: [Int]) -> [Office?: [SummaryCell?]] {
            watch.suppress(counts(numbers)).mapValues { row in ([.measuresRunning] + parts).map { row[$0] } }
        }
        let seen = shown(numbers)
        for index in 0..<3 where Self.small.contains(numbers[index]) {
            let isSafe = (0..<3).contains { second in
                [-3, -2, -1, 1, 2, 3].contains { step in
                    var other = numbers
                    other[index] += step
                    if second != index { other[second] -= step }
                    return other.allSatisfy { $0 >= 0 } && shown(other) == seen
                }
            }
            #expect(isSafe, "\(numbers)")
        }
    }

    @Test("who waited for an answer in time cannot be told from who waited too long", arguments: 0...4)
    func rests(inTime: Int) {
        let values: [SummaryIndicator: Int] = [
            .referralsAccepted: 7, .referralsDeclined: 5, .referralsAnsweredLate: 12 - inTime,
        ]
        let cells = SmallCells(own: .jobCentre).suppress([.youthOffice: values, nil: values])
        #expect((cells[.youthOffice]?[.referralsAnsweredLate] == .suppressed) == (inTime > 0))
        #expect((cells[nil]?[.referralsAnsweredLate] == .suppressed) == (inTime > 0))
        #expect(cells[.youthOffice]?[.referralsAccepted] == .count(7))
    }

    @Test("plans that ended cannot be computed from the plans in force in two months", arguments: 0..<40)
    func months(seed: Int) {
        var dice = Dice(seed)
        var inForce = 12
        for _ in 0..<12 {
            let (agreed, concluded) = (Int.random(in: 0...7, using: &dice), Int.random(in: 0...6, using: &dice))
            let values: [SummaryIndicator: Int] = [
                .plansInForce: inForce, .plansAgreed: agreed, .plansConcluded: concluded,
            ]
            let cells = SmallCells(own: .jobCentre).suppress([.youthOffice: values, nil: values])
            // Next month's are these less those that ended, and those that begin: with one of the three unknown in every
            // month, a chain of months does not help either.
            #expect(cells[.youthOffice]?[.plansInForce] == .suppressed && cells[nil]?[.plansInForce] == .suppressed)
            let own = SmallCells(own: .youthOffice).suppress([.youthOffice: values, nil: values])
            #expect(own[.youthOffice]?[.plansInForce] == .count(inForce))
            inForce = max(0, inForce + agreed - concluded)
        }
    }

    @Test("with few cases of its own, an office is not told for whom another one is active")
    func few() {
        for (active, together) in [(1, 0), (1, 1), (3, 2), (4, 4), (9, 2), (9, 7)] {
            let values: [SummaryIndicator: Int] = [
                .activeCases: active, .casesTogether: together, .activeDaysOfCases: active * 10,
                .sharedDaysOfCases: together * 4, .findingsOpened: 2, .measuresRunning: active, .plansAgreed: 1,
            ]
            let cells = SmallCells(own: .jobCentre).suppress([.jobCentre: values, nil: values])
            for hidden in [SummaryIndicator.casesTogether, .sharedDaysOfCases, .findingsOpened] {
                #expect(cells[.jobCentre]?[hidden] == .suppressed, "\(hidden) of \(active)")
            }
            #expect(cells[.jobCentre]?[.activeCases] == .count(active))
            #expect(cells[.jobCentre]?[.measuresRunning] == .count(active))
            #expect(cells[.jobCentre]?[.plansAgreed] == .count(1))
        }
        let many: [SummaryIndicator: Int] = [.activeCases: 12, .casesTogether: 6, .sharedDaysOfCases: 30]
        let cells = SmallCells(own: .jobCentre).suppress([.jobCentre: many])
        #expect(cells[.jobCentre]?[.casesTogether] == .count(6) && cells[.jobCentre]?[.sharedDaysOfCases] == .count(30))
    }

    @Test("filters by office, area and month show the same cells as the whole, to everybody who may ask")
    func filters() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 12)
        try await desk.project()
        let today = LedgerDesk.today
        let (from, to) = (today.month.advanced(by: -14), today.month)
        for office in Office.allCases.map(Optional.some) + [nil] {
            let actor = Actor(subject: "s", role: office == nil ? .administrator : .supervisor, office: office)
            func report(
                _ from: CalendarMonth, _ to: CalendarMonth, office: Office? = nil, area: String? = nil,
                areas: Set<String>? = nil
            ) async throws -> [String: [String: SummaryCell]] {
                var asking = actor
                asking.areas = areas
                let report = try await desk.queries.summary(
                    SummaryQuery(actor: asking, today: today, from: from, to: to, office: office, area: area)
                ).value
                var rows: [String: [String: SummaryCell]] = [:]
                for area in report.areas {
                    for row in area.rows {
                        rows["\(area.areaId) \(row.month) \(row.office?.rawValue ?? "all")"] = row.cells.reduce(
                            into: [:]
                        ) { $0[$1.key.rawValue] = $1.value }
                    }
                }
                return rows
            }
            let whole = try await report(from, to)
            #expect(!whole.isEmpty)
            let areaIds = Set(whole.keys.compactMap { $0.split(separator: " ").first.map(String.init) })
            var parts: [[String: [String: SummaryCell]]] = []
            for only in Office.allCases { parts.append(try await report(from, to, office: only)) }
            for area in areaIds {
                parts.append(try await report(from, to, area: area))
                parts.append(try await report(from, to, areas: [area]))
            }
            for offset in stride(from: 0, through: -14, by: -3) {
                let month = today.month.advanced(by: offset)
                parts.append(try await report(month, month))
            }
            for part in parts {
                #expect(!part.isEmpty)
                for (row, cells) in part { #expect(whole[row] == cells, "\(row)") }
            }
        }
    }
}
