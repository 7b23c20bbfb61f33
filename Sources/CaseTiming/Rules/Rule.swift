public import Ledger

/// One version of a rule of law: what it says, where it stands, and on which days.
///
/// A rule is data with a date and a source. A later version has the same id and later days; a decision records which version
/// it applied.
public struct Rule: Hashable, Sendable {
    /// What the rule is called by commands and events, the same in all versions: `reduction-breach-of-duty`.
    public var id: String
    /// What it is about, for people.
    public var title: String
    /// Law and paragraph.
    public var source: String
    /// The first day on which this version holds, Europe/Berlin. It tells the versions of a rule apart.
    public var validFrom: CalendarDate
    /// The last day on which it holds; `nil` without an end.
    public var validTo: CalendarDate?
    /// Whether it may be applied.
    public var status: RuleStatus
    /// What sets it off, in words.
    public var event: String
    /// What happens in cases that begins or ends its periods and that no command of its own records: offices record it as
    /// facts of these names, `application-received`.
    public var facts: [String]
    /// The periods it sets.
    public var periods: [RulePeriod]
    /// What it lets an office grant or decide, and how much.
    public var terms: RuleTerms?
    /// Anything to know about it, such as what it leaves to the office.
    public var note: String?

    /// A version of a rule.
    public init(
        id: String, title: String, source: String, validFrom: CalendarDate, validTo: CalendarDate? = nil,
        status: RuleStatus = .inForce, event: String, facts: [String] = [], periods: [RulePeriod] = [],
        terms: RuleTerms? = nil, note: String? = nil
    ) {
        self.id = id
        self.title = title
        self.source = source
        self.validFrom = validFrom
        self.validTo = validTo
        self.status = status
        self.event = event
        self.facts = facts
        self.periods = periods
        self.terms = terms
        self.note = note
    }

    /// Whether this version is the one of that day, in force or not.
    public func covers(_ day: CalendarDate) -> Bool {
        guard validFrom <= day else { return false }
        return validTo.map { day <= $0 } ?? true
    }
}

/// Whether a version of a rule may be applied.
public enum RuleStatus: String, CaseIterable, Hashable, Sendable {
    /// It is the law on its days, checked against the source.
    case inForce = "in-force"
    /// It is said to come, and is not law yet. Listed, never applied.
    case announced
    /// Nobody has checked it against the source. Listed, never applied.
    case unverified
}

/// A period that a rule sets.
public struct RulePeriod: Hashable, Sendable {
    /// Which of the rule's periods it is: `forward`, `decide`.
    public var name: String
    /// How long it lasts.
    public var length: PeriodLength
    /// What sets it off in words, where it is not what sets off the rule.
    public var event: String?
    /// Whether it counts towards what sets it off, instead of from it.
    public var isBefore: Bool
    /// Whether an end on a Saturday, Sunday or public holiday moves to the next working day (§ 26 Abs. 3 SGB X).
    public var movesToWorkingDay: Bool
    /// The facts that begin it, each a period of its own; none where people have to see to it.
    public var starts: [FactPattern]
    /// The facts about the same subject that end it.
    public var ends: [FactPattern]
    /// The facts about anything in the case that end it.
    public var endsInCase: [FactPattern]
    /// Whether it is met as well by what ends it if that happened before it began.
    public var mayEndEarlier: Bool
    /// Whether the fact is a decision that is posted on its day, so that it counts from when it is taken to be notified
    /// (§ 37 Abs. 2 SGB X).
    public var isPosted: Bool
    /// Whether it simply runs out: of something that can be done until then, but need not be.
    public var lapses: Bool

    /// A period.
    public init(
        _ name: String, _ length: PeriodLength, event: String? = nil, isBefore: Bool = false,
        movesToWorkingDay: Bool = false, starts: [FactPattern] = [], ends: [FactPattern] = [],
        endsInCase: [FactPattern] = [], mayEndEarlier: Bool = false, isPosted: Bool = false, lapses: Bool = false
    ) {
        self.name = name
        self.length = length
        self.event = event
        self.isBefore = isBefore
        self.movesToWorkingDay = movesToWorkingDay
        self.starts = starts
        self.ends = ends
        self.endsInCase = endsInCase
        self.mayEndEarlier = mayEndEarlier
        self.isPosted = isPosted
        self.lapses = lapses
    }
}

extension PeriodLength {
    /// The first day after a time of this length that begins with `day`.
    public func after(_ day: CalendarDate) -> CalendarDate {
        guard let months else { return day + (unit == .weeks ? 7 * count : count) }
        return day.adding(months: months)
    }
}
