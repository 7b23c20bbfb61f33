import CaseTiming
import Ledger

/// How long somebody may be assigned to work opportunities: 24 months in all within five years from the first day of the
/// first one, and up to 12 more where what work opportunities need is still given (§ 16d Abs. 6 SGB II).
///
/// Assignments need not follow one another. Each counts its full months; of the days that are left, 30 count as a month
/// (§ 191 BGB).
struct WorkOpportunityLimit {
    /// The version of the rule, to be recorded.
    let rule: RuleReference
    private let longest: Int
    private let extended: Int
    private let within: PeriodLength

    /// The limit as a rule sets it; `nil` if the rule sets none.
    init?(_ rule: Rule) {
        func period(_ name: String) -> PeriodLength? { rule.periods.first { $0.name == name }?.length }
        guard let months = period("longest")?.months, let within = period("within") else { return nil }
        self.rule = RuleReference(rule)
        longest = Self.daysOfMonth * months
        extended = longest + Self.daysOfMonth * (period("extension")?.months ?? 0)
        self.within = within
    }

    /// A month, of a time that need not be without a break (§ 191 BGB).
    private static let daysOfMonth = 30

    /// Refuses an assignment that is too long together with others, or longer than usual without a reason.
    ///
    /// - Parameters:
    ///   - assignment: the days of the assignment, as far as they are known.
    ///   - others: those of all others that began.
    ///   - reason: why it may be longer than usual.
    func check(_ assignment: DayRange, beside others: [DayRange], reason: String?) throws(Rejection) {
        let used = others.filter { isInOneWindow($0.first, assignment.first, of: others + [assignment]) }
            .reduce(0) { $0 + Self.days(of: $1) }
        let total = used + Self.days(of: assignment)
        guard total > longest else { return }
        guard total <= extended else {
            guard let last = last(from: assignment.first, extended - used) else { throw .workOpportunitiesUsedUp }
            throw .workOpportunityTooLong(last)
        }
        guard reason?.isBlank == false else {
            throw .workOpportunityNeedsReason(last(from: assignment.first, longest - used))
        }
    }

    /// Whether two first days lie in the same five years. These begin with the first assignment, and the next ones with the
    /// first assignment after them.
    private func isInOneWindow(_ one: CalendarDate, _ other: CalendarDate, of all: [DayRange]) -> Bool {
        var window: (first: CalendarDate, next: CalendarDate)?
        for first in all.map(\.first).sorted() {
            if let window, first < window.next { continue }
            window = (first, within.after(first))
            if let window, (window.first..<window.next).contains(one) {
                return (window.first..<window.next).contains(other)
            }
        }
        return false
    }

    private static func days(of range: DayRange) -> Int {
        let end = range.last + 1
        var months = 0
        while range.first.adding(months: months + 1) <= end { months += 1 }
        return daysOfMonth * months + (end - range.first.adding(months: months))
    }

    /// The last day of an assignment that uses up so many days; `nil` when there are none.
    private func last(from first: CalendarDate, _ days: Int) -> CalendarDate? {
        guard days > 0 else { return nil }
        return first.adding(months: days / Self.daysOfMonth) + days % Self.daysOfMonth - 1
    }
}

extension CaseState {
    /// Refuses a work opportunity that would be longer than the law allows; other placements have no such limit.
    ///
    /// - Parameters:
    ///   - last: its last day, `nil` if none is known: then there has to be a day left.
    ///   - reason: why it may be longer than usual.
    /// - Returns: the version of the rule that was applied, `nil` where there is none for these days.
    func checkWorkOpportunity(
        _ placement: Placement, from first: CalendarDate, through last: CalendarDate?, reason: String?,
        in context: DecisionContext
    ) throws(Rejection) -> RuleReference? {
        guard placement.kind == .workOpportunity, let rule = context.rules.rule("work-opportunity", on: first),
            let limit = WorkOpportunityLimit(rule)
        else { return nil }
        let others = placements.compactMap { other -> DayRange? in
            guard other.kind == .workOpportunity, other.placementId != placement.placementId,
                let startedOn = other.startedOn
            else { return nil }
            return DayRange(first: startedOn, atLeastTo: other.end?.on ?? other.endsOn ?? startedOn)
        }
        try limit.check(DayRange(first: first, atLeastTo: last ?? first), beside: others, reason: reason)
        return limit.rule
    }
}

extension Rejection {
    /// Longer than the law allows at all.
    static func workOpportunityTooLong(_ last: CalendarDate) -> Rejection {
        Rejection(
            rule: "work-opportunity-too-long",
            detail: "Together with those before, this work opportunity can last until \(last) at the latest; "
                + "let it end by then.")
    }
    /// Nothing is left of what the law allows.
    static let workOpportunitiesUsedUp = Rejection(
        rule: "work-opportunities-used-up",
        detail: "The time for work opportunities within five years is used up; choose another kind of support.")
    /// Longer than the law usually allows, and nobody says why.
    static func workOpportunityNeedsReason(_ last: CalendarDate?) -> Rejection {
        Rejection(
            rule: "work-opportunity-needs-reason",
            detail:
                "The usual 24 months of work opportunities in five years \(last.map { "end on \($0)" } ?? "are used up"); "
                + "say why what they need is still given (reason), or end it by then.")
    }
}
