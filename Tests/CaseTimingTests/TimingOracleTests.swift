import CaseTiming
import Foundation
import Ledger
import Testing

/// The rules again, day by day and as plainly as they can be said, compared with what is found.
@Suite struct TimingOracleTests {
    @Test(arguments: 0..<4) func gapsEqualWalkingThroughTheDays(seed: Int) {
        var generator = SeededGenerator(seed: 200 + seed)
        for _ in 0..<250 {
            let random = RandomTimeline.make(&generator)
            let found = TimingRules.findings(in: random.timeline, on: random.today, thresholds: random.thresholds)
                .findings.filter { $0.kind == .gap }.map { Gap(caseID: $0.caseID, first: $0.from!, last: $0.to) }
            #expect(Set(found) == Set(random.timeline.members.flatMap { gaps(of: $0, random) }), "\(random)")
        }
    }

    @Test(arguments: 0..<4) func sequencesEqualWalkingThroughTheDays(seed: Int) {
        var generator = SeededGenerator(seed: 300 + seed)
        for _ in 0..<250 {
            let random = RandomTimeline.make(&generator)
            let found = TimingRules.findings(in: random.timeline, on: random.today, thresholds: random.thresholds)
                .findings.filter { $0.kind == .sequence && $0.key.hasSuffix("office") }
            #expect(Set(found.map { Pair(offices: $0.offices, days: $0.days) }) == sequences(random), "\(random)")
        }
    }

    private struct Gap: Hashable {
        let caseID: UUID
        let first: CalendarDate
        let last: CalendarDate?
    }

    private struct Pair: Hashable {
        let offices: [Office]
        let days: Int?
    }

    private func gaps(of caseID: UUID, _ random: RandomTimeline) -> [Gap] {
        let today = random.today
        let plans = random.timeline.plans.filter { $0.caseID == caseID }
        let measures = random.timeline.measures.filter { $0.caseID == caseID }
        let end = RandomTimeline.epoch + 1000
        func inForce(_ day: CalendarDate) -> Bool {
            plans.contains { $0.inForceFrom <= day && day <= ($0.through ?? end + 1) }
        }
        func active(_ day: CalendarDate, lateIncluded: Bool = true) -> Bool {
            measures.contains { measure in
                let isPaused = measure.pauses.contains { $0.contains(day) }
                switch measure.progress {
                case .planned:
                    return day > today && measure.window.contains(day)
                        && (lateIncluded || measure.window.first > today)
                case .running(let since):
                    let until = measure.window.last < today ? end + 1 : max(since, measure.window.last)
                    return since <= day && day <= until && !isPaused
                case .paused(let since, let on):
                    return since <= day && day < on && day <= max(since, measure.window.last) && !isPaused
                case .completed(let from, let on): return from <= day && day <= on && !isPaused
                case .abandoned(let from, let on): return from.map { $0 <= day } ?? false && day <= on && !isPaused
                }
            }
        }
        var found: [Gap] = []
        var first: CalendarDate?
        for day in RandomTimeline.epoch - 200...end {
            guard inForce(day), !active(day) else {
                first = nil
                continue
            }
            let start = first ?? day
            first = start
            let endsHere = day == end || !inForce(day + 1) || active(day + 1)
            guard endsHere, day >= today else { continue }
            let isBounded = day < end && inForce(day + 1) && (day > today || active(day + 1, lateIncluded: false))
            if isBounded {
                if day - start + 1 > random.thresholds.gapDays {
                    found.append(Gap(caseID: caseID, first: start, last: day))
                }
            } else if today - start + 1 > random.thresholds.gapDays {
                found.append(Gap(caseID: caseID, first: start, last: nil))
            }
        }
        return found
    }

    private func sequences(_ random: RandomTimeline) -> Set<Pair> {
        let today = random.today
        let horizon = today...today.adding(months: random.thresholds.sequenceHorizonMonths)
        let open = random.timeline.measures.filter(\.isOpen)
        func isExpected(_ measure: TimedMeasure, _ day: CalendarDate) -> Bool {
            if case .running(let since) = measure.progress, measure.window.last < today { return since <= day }
            let first = measure.startedOn ?? measure.window.first
            return first <= day && day <= max(first, measure.window.last)
        }
        var found: Set<Pair> = []
        for (one, other) in [
            (Office.jobCentre, Office.youthOffice), (.jobCentre, .socialOffice), (.youthOffice, .socialOffice),
        ] {
            let isRelated = random.timeline.relations.contains { related in
                let pair = random.timeline.measures.filter {
                    $0.id == related.relation.first || $0.id == related.relation.second
                }
                return Set(pair.map(\.office)) == [one, other] && pair.allSatisfy { !$0.isAbandoned }
                    && pair.contains(where: \.isOpen)
            }
            let ours = open.filter { measure in
                measure.office == one && horizon.contains { isExpected(measure, $0) }
            }
            let theirs = open.filter { measure in
                measure.office == other && horizon.contains { isExpected(measure, $0) }
            }
            let isCommon = horizon.contains { day in
                ours.contains { isExpected($0, day) } && theirs.contains { isExpected($0, day) }
            }
            guard !isRelated, !ours.isEmpty, !theirs.isEmpty, !isCommon else { continue }
            let distances = ours.flatMap { first in theirs.map { first.range.daysBetween($0.range) } }
            found.insert(Pair(offices: [one, other], days: distances.min()))
        }
        return found
    }
}

extension Finding {
    fileprivate var caseID: UUID { cases[0] }
}
