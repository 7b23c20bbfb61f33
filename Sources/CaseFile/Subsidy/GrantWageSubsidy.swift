import CaseTiming
public import Foundation
public import Ledger

/// Grants the employer part of the wage of a placement for some time.
public struct GrantWageSubsidy: CommandBody {
    /// The name by which it is asked for.
    public static let name = "grant-wage-subsidy"

    /// The new subsidy.
    public var subsidyId: UUID
    /// The placement whose wage is subsidised.
    public var placementId: UUID
    /// The id of the rule under which it is granted, such as `wage-subsidy-16e`.
    public var scheme: String
    /// The rates, each until the next one begins, in the order of their days.
    public var schedule: [SubsidyRate]
    /// The last day; absent means as long as the rule and the placement allow.
    public var until: CalendarDate?
    /// The version of the rule that is to be applied; absent means the one in force.
    public var ruleVersion: CalendarDate?

    /// A subsidy.
    public init(
        subsidyId: UUID, placementId: UUID, scheme: String, schedule: [SubsidyRate], until: CalendarDate? = nil,
        ruleVersion: CalendarDate? = nil
    ) {
        self.subsidyId = subsidyId
        self.placementId = placementId
        self.scheme = scheme
        self.schedule = schedule
        self.until = until
        self.ruleVersion = ruleVersion
    }
}

/// The employer was granted part of the wage of a placement for some time.
public struct WageSubsidyGranted: EventBody {
    /// The new subsidy.
    public var subsidyId: UUID
    /// The placement whose wage is subsidised.
    public var placementId: UUID
    /// The rates, each until the next one begins.
    public var schedule: [SubsidyRate]
    /// The last day, Europe/Berlin.
    public var until: CalendarDate
    /// The rule that was applied; its id is the scheme.
    public var rule: RuleReference

    /// A subsidy.
    public init(
        subsidyId: UUID, placementId: UUID, schedule: [SubsidyRate], until: CalendarDate, rule: RuleReference
    ) {
        self.subsidyId = subsidyId
        self.placementId = placementId
        self.schedule = schedule
        self.until = until
        self.rule = rule
    }
}

extension WageSubsidyGranted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["subsidyId"],
        .benefits: ["placementId", "rule", "schedule", "until"],
    ]
}

extension CaseState {
    func decide(_ command: GrantWageSubsidy, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard subsidy(command.subsidyId) == nil else { throw .subsidyExists }
        let placement = try knownPlacement(command.placementId)
        switch placement.status {
        case .accepted, .started: break
        case .offered, .refused: throw .notAccepted
        case .ended: throw .alreadyEnded
        }
        let (rule, terms) = try context.subsidyRule(for: command)
        let first = try command.firstDay()
        try command.until.plausible()
        let limits = terms.limits(from: first)
        guard let longest = limits.last?.last else { throw .subsidyTooLong(first) }
        let until = command.until ?? min(longest, placement.endsOn ?? longest)
        guard first <= until else { throw .subsidyEndsBeforeStart }
        guard until <= longest else { throw .subsidyTooLong(longest) }
        let days = DayRange(first: first, atLeastTo: until)
        try placement.checkHolds(days)
        try command.checkRates(through: until, limits: limits)
        if let minimumAge = terms.minimumAge, let bornOn = participant?.personal?.bornOn {
            guard bornOn.adding(months: 12 * minimumAge) <= first else { throw .tooYoung(minimumAge) }
        }
        let isOverlapping = subsidies.contains { other in
            other.placementId == command.placementId && other.effectiveDays?.overlap(with: days) != nil
        }
        guard !isOverlapping else { throw .overlappingSubsidy }
        return [
            .wageSubsidyGranted(
                WageSubsidyGranted(
                    subsidyId: command.subsidyId, placementId: command.placementId, schedule: command.schedule,
                    until: until, rule: RuleReference(rule)))
        ]
    }

    mutating func apply(_ event: WageSubsidyGranted, from provenance: Provenance) {
        guard let first = event.schedule.first?.from else { return }
        subsidies.append(
            WageSubsidy(
                subsidyId: event.subsidyId, placementId: event.placementId, schedule: event.schedule,
                days: DayRange(first: first, atLeastTo: event.until), rule: event.rule, granted: provenance))
    }
}

extension DecisionContext {
    fileprivate func subsidyRule(for command: GrantWageSubsidy) throws(Rejection) -> (Rule, WageSubsidyTerms) {
        let schemes = rules.ids { terms in
            if case .wageSubsidy = terms { true } else { false }
        }
        guard schemes.contains(command.scheme) else { throw .unknownScheme(schemes) }
        let rule = try ruleInForce(command.scheme, version: command.ruleVersion)
        guard case .wageSubsidy(let terms) = rule.terms else { throw .unknownScheme(schemes) }
        return (rule, terms)
    }
}

extension GrantWageSubsidy {
    /// The first day of the schedule, if it is one.
    fileprivate func firstDay() throws(Rejection) -> CalendarDate {
        guard let first = schedule.first?.from else { throw .scheduleEmpty }
        for entry in schedule {
            try entry.from.plausible()
            guard entry.rate > 0, entry.rate <= 100 else { throw .invalidRate }
        }
        guard zip(schedule, schedule.dropFirst()).allSatisfy({ $0.from < $1.from }) else {
            throw .scheduleOutOfOrder
        }
        return first
    }

    /// Refuses a rate above the rule's highest on any day, and rates that would begin after the end.
    fileprivate func checkRates(
        through until: CalendarDate, limits: [(last: CalendarDate, rate: Double)]
    ) throws(Rejection) {
        for (index, entry) in schedule.enumerated() {
            guard entry.from <= until else { throw .scheduleOutOfOrder }
            let last = index + 1 < schedule.count ? schedule[index + 1].from - 1 : until
            var from = entry.from
            for limit in limits where from <= limit.last && from <= last {
                guard entry.rate <= limit.rate else { throw .rateAboveMaximum(entry.rate, limit.rate, on: from) }
                from = limit.last + 1
            }
        }
    }
}

extension Placement {
    /// Refuses days on which the placement is known not to be.
    fileprivate func checkHolds(_ days: DayRange) throws(Rejection) {
        if let begin = startedOn ?? startsOn, days.first < begin { throw .subsidyOutsidePlacement }
        if let endsOn, endsOn < days.last { throw .subsidyOutsidePlacement }
    }
}

extension Rejection {
    /// The id names a subsidy already.
    public static let subsidyExists = Rejection(
        rule: "subsidy-exists",
        detail: "This case already has a subsidy under that id; grant it under a new subsidyId.")
    /// No rule of that id subsidises wages.
    public static func unknownScheme(_ schemes: [String]) -> Rejection {
        Rejection(
            rule: "unknown-scheme",
            detail: "No rule subsidises wages under that name; known are: \(schemes.joined(separator: ", ")).")
    }
    /// There is no rate.
    public static let scheduleEmpty = Rejection(
        rule: "schedule-empty", detail: "The schedule names at least one rate with its first day.")
    /// The days of the rates are no schedule.
    public static let scheduleOutOfOrder = Rejection(
        rule: "schedule-out-of-order",
        detail: "Each rate begins after the one before and before the subsidy ends; put the schedule in order.")
    /// No rate.
    public static let invalidRate = Rejection(
        rule: "invalid-rate", detail: "A rate lies above 0 and is 100 per cent at most.")
    /// More than the rule allows.
    public static func rateAboveMaximum(_ rate: Double, _ maximum: Double, on day: CalendarDate) -> Rejection {
        Rejection(
            rule: "rate-above-maximum",
            detail:
                "From \(day) on at most \(PercentText.text(maximum)) can be granted, not \(PercentText.text(rate)); "
                + "lower the rate from that day on, or end the subsidy before (until).")
    }
    /// Longer than the rule allows.
    public static func subsidyTooLong(_ longest: CalendarDate) -> Rejection {
        Rejection(
            rule: "subsidy-too-long",
            detail: "The subsidy can last until \(longest) at the latest; end it by then (until).")
    }
    /// It would end before it begins.
    public static let subsidyEndsBeforeStart = Rejection(
        rule: "ends-before-start", detail: "The subsidy would end before it begins; correct one of the days.")
    /// It would be paid for days on which nobody works.
    public static let subsidyOutsidePlacement = Rejection(
        rule: "subsidy-outside-placement",
        detail: "The placement does not last for all days of the subsidy; keep to its days, or extend it first "
            + "(extend-placement).")
    /// Two subsidies for the same days.
    public static let overlappingSubsidy = Rejection(
        rule: "overlapping-subsidy",
        detail:
            "Another subsidy is paid for this placement on some of the days; stop that one first (stop-wage-subsidy).")
    /// Not old enough.
    public static func tooYoung(_ minimumAge: Int) -> Rejection {
        Rejection(
            rule: "too-young",
            detail: "The scheme is for people of \(minimumAge) years or more on its first day; choose another scheme.")
    }
}
