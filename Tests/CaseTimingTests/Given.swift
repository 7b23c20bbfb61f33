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
        pauses: [DayRange] = [], hours: Double? = nil, at: [MeasureSchedule.Time] = [], agreed: Bool = true)
    case person(
        String = "ada", TimedPerson.Part? = nil, born: CalendarDate? = nil, engaged: [Office: CalendarDate] = [:],
        left: [TimedPerson.Departure] = [])
    case appointment(String, Office, of: String = "ada", CalendarDate, Int, Int = 0, minutes: Int = 30)
    case placement(
        String, of: String = "ada", CalendarDate?, CalendarDate?, TimedPlacement.Progress = .running,
        hours: Double? = nil, income: CalendarDate? = nil)
    case review(String, Office, of: String = "ada", CalendarDate)
    case referral(String, from: Office, of: String = "ada", CalendarDate, completed: CalendarDate? = nil)
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
    var people: [TimedPerson] = []
    var schedules: [MeasureSchedule] = []
    var appointments: [TimedAppointment] = []
    var placements: [TimedPlacement] = []
    var reviews: [PlanReviewDue] = []
    var referrals: [AcceptedReferral] = []
    for fact in facts {
        switch fact {
        case .plan(let office, _, let person, let from, let through):
            members.insert(id(person))
            plans.append(
                PlanPeriod(
                    id: id("plan \(plans.count)"), caseID: id(person), office: office, inForceFrom: from,
                    through: through))
        case .measure(
            let name, let office, let person, let first, let last, let progress, let pauses, let hours, let times,
            let isAgreed):
            members.insert(id(person))
            measures.append(
                TimedMeasure(
                    id: id(name), caseID: id(person), office: office, window: days(first, last), progress: progress,
                    pauses: pauses, hoursPerWeek: hours, isAgreed: isAgreed))
            if !times.isEmpty { schedules.append(MeasureSchedule(measure: id(name), times: times)) }
        case .person(let person, let part, let bornOn, let engaged, let left):
            members.insert(id(person))
            people.append(
                TimedPerson(caseID: id(person), part: part, bornOn: bornOn, engaged: engaged, departures: left))
        case .appointment(let name, let office, let person, let day, let hour, let minute, let minutes):
            members.insert(id(person))
            appointments.append(
                TimedAppointment(
                    id: id(name), caseID: id(person), office: office, day: day, minute: hour * 60 + minute,
                    minutes: minutes))
        case .placement(let name, let person, let first, let last, let progress, let hours, let income):
            members.insert(id(person))
            placements.append(
                TimedPlacement(
                    id: id(name), caseID: id(person), office: .jobCentre, first: first, last: last, progress: progress,
                    hoursPerWeek: hours, incomeFrom: income))
        case .review(let name, let office, let person, let day):
            members.insert(id(person))
            reviews.append(PlanReviewDue(plan: id(name), caseID: id(person), office: office, on: day))
        case .referral(let name, let office, let person, let accepted, let completed):
            members.insert(id(person))
            referrals.append(
                AcceptedReferral(
                    id: id(name), caseID: id(person), from: office, acceptedOn: accepted, completedOn: completed))
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
            scope: scope, members: members.sorted(), plans: plans, measures: measures, relations: relations,
            people: people,
            schedules: schedules, appointments: appointments, placements: placements, reviews: reviews,
            referrals: referrals))
}

/// A time of the week from one full hour to another.
func weekly(_ weekday: Int, _ from: Int, _ to: Int) -> MeasureSchedule.Time {
    MeasureSchedule.Time(weekday: weekday, minutes: from * 60..<to * 60)
}

/// A key of the parts given, names among them as identifiers: `key("clash", of: "a", "b")`.
func key(_ prefix: String, of names: String...) -> String {
    ([prefix] + names.map { id($0).uuidString.lowercased() }).joined(separator: ":")
}

/// A key of two identifiers of one sort, the lesser first.
func sortedKey(_ prefix: String, _ first: String, _ second: String) -> String {
    id(first) < id(second) ? key(prefix, of: first, second) : key(prefix, of: second, first)
}

func gapKey(_ person: String, _ day: CalendarDate) -> String {
    "gap:\(id(person).uuidString.lowercased()):\(day)"
}

func pairKey(_ prefix: String, _ first: String, _ second: String, _ suffix: String = "") -> String {
    "\(prefix):\(id(first).uuidString.lowercased()):\(id(second).uuidString.lowercased())\(suffix)"
}
