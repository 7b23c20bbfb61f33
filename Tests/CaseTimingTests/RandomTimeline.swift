import CaseTiming
import Foundation
import Ledger

/// A household's timeline as it could come out of anything that was recorded, the unlikely included.
struct RandomTimeline {
    let timeline: Timeline
    let today: CalendarDate
    let thresholds: TimingThresholds

    static let epoch: CalendarDate = "2026-01-01"

    /// Days lie within half a year of each other, so that everything meets everything else.
    static func make(_ generator: inout SeededGenerator) -> RandomTimeline {
        let members = ["ada", "ben", "cem"].prefix(generator.integer(1...3)).map(id)
        let plans = (0..<generator.integer(0...4)).map { number in
            let from = day(&generator)
            return PlanPeriod(
                id: id("plan \(number)"), caseID: generator.one(of: members),
                office: generator.one(of: Office.allCases),
                kind: generator.one(of: ["cooperation", "youth-support", "participation"]), inForceFrom: from,
                through: generator.happens(50) ? from + generator.integer(-5...160) : nil)
        }
        let measures = (0..<generator.integer(0...6)).map { number in
            let window = range(&generator)
            return TimedMeasure(
                id: id("measure \(number)"), caseID: generator.one(of: members),
                office: generator.one(of: Office.allCases), window: window,
                progress: progress(&generator, window),
                pauses: generator.happens(20) ? [range(&generator), range(&generator)] : [])
        }
        let relations = (0..<(measures.isEmpty ? 0 : generator.integer(0...2))).map { _ in
            let least = generator.integer(-10...30)
            return RelatedMeasures(
                relation: TemporalRelation(
                    first: generator.one(of: measures).id, second: generator.one(of: measures).id,
                    kind: generator.one(of: RelationKind.allCases), minDays: least,
                    maxDays: generator.happens(40) ? least + generator.integer(0...30) : nil,
                    tolerance: generator.integer(0...15)),
                recordedIn: generator.one(of: members))
        }
        return RandomTimeline(
            timeline: Timeline(
                scope: members.count == 1 ? .singleCase(members[0]) : .household(id("household")), members: members,
                plans: plans, measures: measures, relations: relations),
            today: day(&generator),
            thresholds: TimingThresholds(
                gapDays: generator.integer(0...40), sequenceHorizonMonths: generator.integer(0...14)))
    }

    private static func day(_ generator: inout SeededGenerator) -> CalendarDate {
        epoch + generator.integer(-90...90)
    }

    private static func range(_ generator: inout SeededGenerator) -> DayRange {
        let first = day(&generator)
        return DayRange(first: first, atLeastTo: first + generator.integer(0...generator.one(of: [5, 40, 120])))
    }

    private static func progress(_ generator: inout SeededGenerator, _ window: DayRange) -> MeasureProgress {
        let since = generator.happens(60) ? window.first + generator.integer(-3...10) : day(&generator)
        let on = since + generator.integer(0...60)
        switch generator.integer(0...8) {
        case 0...3: return .planned
        case 4...5: return .running(since: since)
        case 6: return .paused(since: since, on: on)
        case 7: return .completed(from: since, on: on)
        default: return .abandoned(from: generator.happens(50) ? since : nil, on: on)
        }
    }
}

extension Timeline {
    func shuffled(_ generator: inout SeededGenerator) -> Timeline {
        Timeline(
            scope: scope, members: members.shuffled(using: &generator), plans: plans.shuffled(using: &generator),
            measures: measures.shuffled(using: &generator), relations: relations.shuffled(using: &generator))
    }

    func shifted(by days: Int) -> Timeline {
        Timeline(
            scope: scope, members: members,
            plans: plans.map {
                PlanPeriod(
                    id: $0.id, caseID: $0.caseID, office: $0.office, kind: $0.kind,
                    inForceFrom: $0.inForceFrom + days, through: $0.through.map { $0 + days })
            },
            measures: measures.map {
                TimedMeasure(
                    id: $0.id, caseID: $0.caseID, office: $0.office, window: $0.window.shifted(by: days),
                    progress: $0.progress.shifted(by: days), pauses: $0.pauses.map { $0.shifted(by: days) })
            },
            relations: relations)
    }
}

extension MeasureProgress {
    fileprivate func shifted(by days: Int) -> MeasureProgress {
        switch self {
        case .planned: .planned
        case .running(let since): .running(since: since + days)
        case .paused(let since, let on): .paused(since: since + days, on: on + days)
        case .completed(let from, let on): .completed(from: from + days, on: on + days)
        case .abandoned(let from, let on): .abandoned(from: from.map { $0 + days }, on: on + days)
        }
    }
}

extension FindingReport {
    /// Every day in it later, those within keys and sentences included.
    func shifted(by days: Int) -> FindingReport {
        FindingReport(
            findings: findings.map {
                Finding(
                    key: Self.shifted($0.key, by: days), kind: $0.kind, owner: $0.owner, cases: $0.cases,
                    measures: $0.measures, offices: $0.offices, from: $0.from.map { $0 + days },
                    to: $0.to.map { $0 + days }, days: $0.days, explanation: Self.shifted($0.explanation, by: days))
            },
            nextChange: nextChange.map { $0 + days })
    }

    private static func shifted(_ text: String, by days: Int) -> String {
        text.replacing(/\d{4}-\d{2}-\d{2}/) { match in
            CalendarDate(String(match.output)).map { ($0 + days).description } ?? String(match.output)
        }
    }
}
