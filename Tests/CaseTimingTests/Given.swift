import CaseTiming
import Foundation
import Ledger
import Testing

/// An identifier that is the same in every run.
func id(_ name: String) -> UUID {
    UUID(derivedFrom: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), name)
}

func days(_ first: CalendarDate, _ last: CalendarDate) -> DayRange {
    DayRange(first: first, last: last)!
}

/// One thing that is known of a household; people and measures go by invented names.
enum Fact {
    case plan(
        Office, String = "cooperation", of: String = "ada", from: CalendarDate, through: CalendarDate? = nil)
    case measure(
        String, Office, of: String = "ada", CalendarDate, CalendarDate, MeasureProgress = .planned,
        pauses: [DayRange] = [])
    case relation(
        String, RelationKind, String, min: Int = 1, max: Int? = nil, tolerance: Int = 0, in: String = "ada")
}

/// `given(…).when(today:).then(…)`: what is found in a household on a day.
struct Given {
    let timeline: Timeline
    var thresholds = TimingThresholds()

    func when(today: CalendarDate, _ thresholds: TimingThresholds = TimingThresholds()) -> Found {
        Found(report: TimingRules.findings(in: timeline, on: today, thresholds: thresholds))
    }
}

struct Found {
    let report: FindingReport

    var only: Finding? { report.findings.count == 1 ? report.findings[0] : nil }

    @discardableResult
    func then(_ keys: String..., sourceLocation: SourceLocation = #_sourceLocation) -> Found {
        #expect(report.findings.map(\.key) == keys, sourceLocation: sourceLocation)
        return self
    }

    @discardableResult
    func thenNothing(sourceLocation: SourceLocation = #_sourceLocation) -> Found {
        #expect(report.findings.map(\.key) == [], sourceLocation: sourceLocation)
        return self
    }

    @discardableResult
    func explained(_ sentence: String, sourceLocation: SourceLocation = #_sourceLocation) -> Found {
        #expect(report.findings.map(\.explanation) == [sentence], sourceLocation: sourceLocation)
        return self
    }

    @discardableResult
    func thenNextChange(_ day: CalendarDate?, sourceLocation: SourceLocation = #_sourceLocation) -> Found {
        #expect(report.nextChange == day, sourceLocation: sourceLocation)
        return self
    }
}

func given(scope: TimingScope = .household(id("household")), _ facts: Fact...) -> Given {
    var members: Set<UUID> = []
    var plans: [PlanPeriod] = []
    var measures: [TimedMeasure] = []
    var relations: [RelatedMeasures] = []
    for fact in facts {
        switch fact {
        case .plan(let office, let kind, let person, let from, let through):
            members.insert(id(person))
            plans.append(
                PlanPeriod(
                    id: id("plan \(plans.count)"), caseID: id(person), office: office, kind: kind, inForceFrom: from,
                    through: through))
        case .measure(let name, let office, let person, let first, let last, let progress, let pauses):
            members.insert(id(person))
            measures.append(
                TimedMeasure(
                    id: id(name), caseID: id(person), office: office, window: days(first, last), progress: progress,
                    pauses: pauses))
        case .relation(let first, let kind, let second, let least, let greatest, let tolerance, let person):
            relations.append(
                RelatedMeasures(
                    relation: TemporalRelation(
                        first: id(first), second: id(second), kind: kind, minDays: least, maxDays: greatest,
                        tolerance: tolerance),
                    recordedIn: id(person)))
        }
    }
    return Given(
        timeline: Timeline(
            scope: scope, members: members.sorted(), plans: plans, measures: measures, relations: relations))
}

func gapKey(_ person: String, _ day: CalendarDate) -> String {
    "gap:\(id(person).uuidString.lowercased()):\(day)"
}

func pairKey(_ prefix: String, _ first: String, _ second: String, _ suffix: String = "") -> String {
    "\(prefix):\(id(first).uuidString.lowercased()):\(id(second).uuidString.lowercased())\(suffix)"
}
