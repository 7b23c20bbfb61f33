public import Foundation
public import Ledger

/// A period of a rule that a fact began, and how it stands by the facts.
public struct ComputedDeadline: Hashable, Sendable {
    /// The same for the same fact, whatever day it turns out to be of: derived from case, rule, period, what happened to what,
    /// and for the how-manieth time.
    public let id: UUID
    /// The version of the rule that holds on the day of the fact.
    public let rule: Rule
    /// Which of the rule's periods it is.
    public let period: RulePeriod
    /// The office that has to act.
    public let office: Office
    /// What the fact happened to.
    public let subject: UUID
    /// The day of the fact.
    public let from: CalendarDate
    /// The last day of the period before it was moved to a working day, if it was.
    public let countedEnd: CalendarDate
    /// The last day of the period.
    public private(set) var endsOn: CalendarDate
    /// The day of the fact that ended it; `nil` as long as it runs.
    public let metOn: CalendarDate?

    /// The same at a place with these public holidays, to which its end is moved where the rule says so.
    public func observed(in calendar: HolidayCalendar) -> ComputedDeadline {
        guard period.movesToWorkingDay else { return self }
        var deadline = self
        deadline.endsOn = DeadlineBook.workingDay(from: countedEnd, calendar)
        return deadline
    }
}

/// The periods of all rules that facts begin and end. Pure; made once from the rules.
public struct DeadlineBook: Sendable {
    private struct Entry: Sendable {
        let rule: Rule
        let period: RulePeriod
    }

    /// By the name of the fact that begins the period.
    private let entries: [String: [Entry]]

    /// The periods of all rules in force that say what begins them.
    public init(_ rules: RuleBook) {
        var entries: [String: [Entry]] = [:]
        for id in rules.ids {
            for rule in rules.versions(of: id) where rule.status == .inForce {
                for period in rule.periods {
                    for name in Set(period.starts.map(\.fact)) {
                        entries[name, default: []].append(Entry(rule: rule, period: period))
                    }
                }
            }
        }
        self.entries = entries
    }

    /// Whether no rule says what begins a period of it.
    public var isEmpty: Bool { entries.isEmpty }

    /// All periods that the facts of a case began, ended or not.
    ///
    /// A period is counted from its fact as ``Period`` counts, or, where it counts before what is to happen, as many months,
    /// weeks or days before that; one that would end before what is to end then has begun is none. It is met by the first
    /// fact of those that end it, about the same subject or, where the rule says so, of the same office about any in the
    /// case, on a later day than its own fact, or on the same day by another one; where the rule says so, an earlier one too.
    ///
    /// - Parameters:
    ///   - facts: in whatever order.
    ///   - calendar: the public holidays of the place; `nil` where it is not known. An end is not moved then, so it may be
    ///     earlier than the law wants it, never later.
    /// - Returns: in the order of their ends.
    public func deadlines(
        of facts: [DatedFact], in caseID: UUID, calendar: HolidayCalendar?
    ) -> [ComputedDeadline] {
        var found: [ComputedDeadline] = []
        for fact in facts {
            for entry in entries[fact.name] ?? [] where entry.period.starts.contains(where: { $0.matches(fact) }) {
                guard entry.rule.covers(fact.on), let counted = Self.end(of: entry.period, from: fact) else {
                    continue
                }
                let name =
                    "deadline \(entry.rule.id) \(entry.period.name) \(fact.name) \(fact.subject.lowercaseString) "
                    + "\(fact.number)"
                found.append(
                    ComputedDeadline(
                        id: UUID(derivedFrom: caseID, name), rule: entry.rule, period: entry.period,
                        office: fact.office, subject: fact.subject, from: fact.on, countedEnd: counted,
                        endsOn: entry.period.movesToWorkingDay ? Self.workingDay(from: counted, calendar) : counted,
                        metOn: facts.filter { Self.meets($0, entry.period, begunBy: fact) }.map(\.on).min()))
            }
        }
        return found.sorted { ($0.endsOn, $0.id) < ($1.endsOn, $1.id) }
    }

    private static func meets(_ fact: DatedFact, _ period: RulePeriod, begunBy first: DatedFact) -> Bool {
        let isLater =
            if period.isBefore {
                fact.on >= first.since ?? first.on
            } else {
                fact.on > first.on
                    || (fact.on == first.on && (fact.name != first.name || fact.number > first.number))
            }
        guard isLater || period.mayEndEarlier else { return false }
        return (fact.subject == first.subject && period.ends.contains { $0.matches(fact) })
            || (fact.office == first.office && period.endsInCase.contains { $0.matches(fact) })
    }

    private static func end(of period: RulePeriod, from fact: DatedFact) -> CalendarDate? {
        if period.isBefore {
            let end = period.length.before(fact.on)
            return end < fact.since ?? end ? nil : end
        }
        // What ``Period`` says of it takes longer than the days.
        let event = period.isPosted ? PeriodAccount.dayOfNotification(postedOn: fact.on) : fact.on
        let end = period.length.after(event)
        return end.components.year <= 9999 ? end : nil
    }

    /// The first working day from a day on; that day where the place is not known, or the calendar does not reach it.
    public static func workingDay(from day: CalendarDate, _ calendar: HolidayCalendar?) -> CalendarDate {
        guard let calendar, HolidayCalendar.covers(day), HolidayCalendar.covers(day + 14) else { return day }
        return calendar.firstWorkingDay(onOrAfter: day)
    }
}

extension PeriodLength {
    /// The day that lies this length before a day, months counted to the same-numbered day or else the month's last.
    func before(_ day: CalendarDate) -> CalendarDate {
        guard let months else { return day - (unit == .weeks ? 7 * count : count) }
        return day.adding(months: -months)
    }
}
