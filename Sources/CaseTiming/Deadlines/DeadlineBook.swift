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
    /// The last day of the period.
    public let endsOn: CalendarDate
    /// The day of the fact that ended it; `nil` as long as it runs.
    public let metOn: CalendarDate?
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
    /// case, on a later day than its own fact, or on the same day by another one.
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
                guard entry.rule.covers(fact.on), let end = Self.end(of: entry.period, from: fact, calendar) else {
                    continue
                }
                let name =
                    "deadline \(entry.rule.id) \(entry.period.name) \(fact.name) \(fact.subject.lowercaseString) "
                    + "\(fact.number)"
                found.append(
                    ComputedDeadline(
                        id: UUID(derivedFrom: caseID, name), rule: entry.rule, period: entry.period,
                        office: fact.office, subject: fact.subject, from: fact.on, endsOn: end,
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
        guard isLater else { return false }
        return (fact.subject == first.subject && period.ends.contains { $0.matches(fact) })
            || (fact.office == first.office && period.endsInCase.contains { $0.matches(fact) })
    }

    private static func end(of period: RulePeriod, from fact: DatedFact, _ calendar: HolidayCalendar?) -> CalendarDate?
    {
        if period.isBefore {
            let end = period.length.before(fact.on)
            return end < fact.since ?? end ? nil : end
        }
        let counted = { (moves: Bool) in
            // Where nothing moves, no holiday matters.
            try? Period(
                from: fact.on, isPosting: period.isPosted, lasting: period.length, movesToWorkingDay: moves,
                in: calendar ?? HolidayCalendar(land: .hessen)
            ).end
        }
        // A day beyond the calendar is not moved either.
        return (calendar != nil && period.movesToWorkingDay ? counted(true) : nil) ?? counted(false)
    }
}

extension PeriodLength {
    /// The day that lies this length before a day, months counted to the same-numbered day or else the month's last.
    func before(_ day: CalendarDate) -> CalendarDate {
        guard let months else { return day - (unit == .weeks ? 7 * count : count) }
        return day.adding(months: -months)
    }
}
