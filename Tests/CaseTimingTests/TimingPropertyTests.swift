import CaseTiming
import Foundation
import Ledger
import Testing

@Suite struct TimingPropertyTests {
    private func forRandomTimelines(
        _ count: Int, seed: Int, _ body: (RandomTimeline, inout SeededGenerator) -> Void
    ) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<count {
            let random = RandomTimeline.make(&generator)
            body(random, &generator)
        }
    }

    private func report(_ random: RandomTimeline, on today: CalendarDate? = nil) -> FindingReport {
        TimingRules.findings(in: random.timeline, on: today ?? random.today, thresholds: random.thresholds)
    }

    @Test func generatedTimelinesShowEveryKind() {
        var seen: [String: Int] = [:]
        forRandomTimelines(2000, seed: 1) { random, _ in
            for finding in report(random).findings {
                let isByOffice = finding.key.contains("office") || finding.key.contains("job-centre")
                seen["\(finding.kind) \(finding.to == nil ? "open" : "bounded") \(isByOffice)", default: 0] += 1
            }
        }
        for kind in [
            "gap open false", "gap bounded false", "sequence bounded true", "sequence bounded false",
            "relation bounded false", "clash open false", "clash bounded false", "review bounded false",
            "deadline bounded false",
            "handover open false", "handover bounded true", "handover bounded false", "incomeGap open false",
            "incomeGap bounded false", "householdStep bounded false",
        ] {
            #expect(seen[kind, default: 0] > 10, "\(kind): \(seen)")
        }
    }

    @Test func theOrderOfInputNeverMatters() {
        forRandomTimelines(3000, seed: 2) { random, generator in
            let shuffled = random.timeline.shuffled(&generator)
            #expect(
                TimingRules.findings(in: shuffled, on: random.today, thresholds: random.thresholds) == report(random))
        }
    }

    /// The horizon is counted in months, so it lies beyond all measures here. Weekly times shift by whole weeks.
    @Test func shiftingEverythingShiftsTheFindings() {
        let thresholds = TimingThresholds(gapDays: 20, sequenceHorizonMonths: 24)
        forRandomTimelines(2000, seed: 3) { random, generator in
            let days = 7 * generator.integer(-600...600)
            let timeline = random.timeline.ageless
            let shifted = TimingRules.findings(
                in: timeline.shifted(by: days), on: random.today + days, thresholds: thresholds)
            let plain = TimingRules.findings(in: timeline, on: random.today, thresholds: thresholds)
            #expect(shifted == plain.shifted(by: days))
        }
    }

    /// The calendar repeats itself, months included.
    @Test func shiftingByFourHundredYearsShiftsTheFindings() {
        forRandomTimelines(2000, seed: 4) { random, _ in
            let shifted = TimingRules.findings(
                in: random.timeline.shifted(by: 146_097), on: random.today + 146_097, thresholds: random.thresholds)
            #expect(shifted == report(random).shifted(by: 146_097))
        }
    }

    @Test(arguments: 0..<6) func nothingChangesBeforeTheNextChange(seed: Int) {
        forRandomTimelines(150, seed: 100 + seed) { random, _ in
            let now = report(random)
            let last = min(now.nextChange.map { $0 - 1 } ?? random.today + 700, random.today + 700)
            #expect(last >= random.today)
            for day in random.today...last where day > random.today {
                let later = report(random, on: day).findings
                #expect(later.map(\.key) == now.findings.map(\.key), "on \(day)")
                #expect(later == now.findings, "on \(day)")
            }
        }
    }

    @Test func aFindingIsIdentifiedByItsOwnerAndKey() {
        struct Identity: Hashable {
            let owner: TimingScope
            let key: String
        }
        forRandomTimelines(2000, seed: 5) { random, _ in
            let findings = report(random).findings
            #expect(Set(findings.map { Identity(owner: $0.owner, key: $0.key) }).count == findings.count)
        }
    }

    @Test func findingsSurviveJSON() throws {
        let encoder = JSONEncoder()
        let decoder = JSONDecoder()
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<300 {
            let findings = report(RandomTimeline.make(&generator)).findings
            #expect(try decoder.decode([Finding].self, from: encoder.encode(findings)) == findings)
        }
    }
}
