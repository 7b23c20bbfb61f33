public import CaseTiming
public import Foundation
public import Ledger

/// Decides that the participant gets less of a benefit for some months.
public struct DecideReduction: CommandBody {
    /// The name by which it is asked for.
    public static let name = "decide-reduction"

    /// The new reduction.
    public var reductionId: UUID
    /// Per cent of the standard need.
    public var percentage: Double
    /// How many months.
    public var months: Int
    /// For what: a ground of one of the rules.
    public var ground: String
    /// The day of what it is for.
    public var occurredOn: CalendarDate?
    /// The day on which the participant was heard.
    public var hearingHeldOn: CalendarDate?
    /// Whether it was examined that the reduction is no exceptional hardship; absent means no.
    public var hardshipExamined: Bool?
    /// The version of the rule that is to be applied; absent means the one in force.
    public var ruleVersion: CalendarDate?

    /// A reduction.
    public init(
        reductionId: UUID, percentage: Double, months: Int, ground: String, occurredOn: CalendarDate? = nil,
        hearingHeldOn: CalendarDate? = nil, hardshipExamined: Bool? = nil, ruleVersion: CalendarDate? = nil
    ) {
        self.reductionId = reductionId
        self.percentage = percentage
        self.months = months
        self.ground = ground
        self.occurredOn = occurredOn
        self.hearingHeldOn = hearingHeldOn
        self.hardshipExamined = hardshipExamined
        self.ruleVersion = ruleVersion
    }
}

/// It was decided that the participant gets less of a benefit for some months.
public struct ReductionDecided: EventBody {
    /// The new reduction.
    public var reductionId: UUID
    /// For what: a ground of the rule.
    public var ground: String
    /// Per cent of the standard need.
    public var percentage: Double
    /// How many times in a row it is by now, from 1.
    public var step: Int
    /// The first day, Europe/Berlin: that of the month after the decision took effect (§ 31b Abs. 1 SGB II).
    public var from: CalendarDate
    /// The last day, Europe/Berlin.
    public var to: CalendarDate
    /// The day of what it is for.
    public var occurredOn: CalendarDate?
    /// The day on which the participant was heard (§ 24 SGB X).
    public var hearingHeldOn: CalendarDate?
    /// Whether exceptional hardship was examined.
    public var hardshipExamined: Bool
    /// The rule that was applied.
    public var rule: RuleReference

    /// A reduction.
    public init(
        reductionId: UUID, ground: String, percentage: Double, step: Int, from: CalendarDate, to: CalendarDate,
        occurredOn: CalendarDate? = nil, hearingHeldOn: CalendarDate? = nil, hardshipExamined: Bool, rule: RuleReference
    ) {
        self.reductionId = reductionId
        self.ground = ground
        self.percentage = percentage
        self.step = step
        self.from = from
        self.to = to
        self.occurredOn = occurredOn
        self.hearingHeldOn = hearingHeldOn
        self.hardshipExamined = hardshipExamined
        self.rule = rule
    }
}

extension ReductionDecided: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["reductionId"],
        .benefits: [
            "from", "ground", "hardshipExamined", "hearingHeldOn", "occurredOn", "percentage", "rule", "step", "to",
        ],
    ]
}

extension CaseState {
    func decide(_ command: DecideReduction, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard isEngaged(.jobCentre) else { throw .noJobCentreEngagement }
        guard reduction(command.reductionId) == nil else { throw .reductionExists }
        let (rule, terms) = try context.reductionRule(for: command)
        let day = try context.dayOfFact()
        try command.occurredOn.plausible()
        if let occurredOn = command.occurredOn {
            guard occurredOn <= day else { throw .occurredAfterDecision }
            if let within = terms.decideWithin, within.after(occurredOn) < day { throw .decidedTooLate(within) }
        }
        if terms.requiresHearing {
            guard let hearingHeldOn = command.hearingHeldOn else { throw .noHearing }
            try hearingHeldOn.plausible()
            guard hearingHeldOn <= day else { throw .hearingAfterDecision }
        }
        if terms.requiresHardshipExamination, command.hardshipExamined != true { throw .hardshipNotExamined }
        let from = day.month.advanced(by: 1).firstDay
        let step = repetition(of: command.ground, terms, on: command.occurredOn ?? day)
        try command.check(against: terms, step: step)
        let days = DayRange(first: from, atLeastTo: from.adding(months: command.months) - 1)
        guard highestReduction(on: days) + command.percentage <= terms.cap else { throw .aboveCap(terms.cap) }
        return [
            .reductionDecided(
                ReductionDecided(
                    reductionId: command.reductionId, ground: command.ground, percentage: command.percentage,
                    step: step, from: days.first, to: days.last, occurredOn: command.occurredOn,
                    hearingHeldOn: command.hearingHeldOn, hardshipExamined: command.hardshipExamined ?? false,
                    rule: RuleReference(rule)))
        ]
    }

    mutating func apply(_ event: ReductionDecided, from provenance: Provenance) {
        reductions.append(
            Reduction(
                reductionId: event.reductionId, ground: event.ground, percentage: event.percentage, step: event.step,
                days: DayRange(first: event.from, atLeastTo: event.to), occurredOn: event.occurredOn,
                hearingHeldOn: event.hearingHeldOn, rule: event.rule, decided: provenance))
    }

    /// How many times in a row a reduction on that ground would be: a repeat only when the one before was decided by then
    /// and did not begin too long before (§ 31a Abs. 1 Satz 4 and 5 SGB II).
    private func repetition(of ground: String, _ terms: ReductionTerms, on day: CalendarDate) -> Int {
        let earlier = reductions.last { $0.counts && $0.ground == ground && $0.decided.on <= day }
        guard let earlier, let within = terms.repeatWithin, day <= within.after(earlier.days.first) else { return 1 }
        return earlier.step + 1
    }

    /// What the reductions of any one of those days come to together.
    private func highestReduction(on days: DayRange) -> Double {
        let running = reductions.compactMap { reduction in
            reduction.effectiveDays.map { (days: $0, percentage: reduction.percentage) }
        }
        // The sum only grows on a first day.
        let starts = [days.first] + running.map(\.days.first).filter { days.first <= $0 && $0 <= days.last }
        return starts.map { day in
            running.filter { $0.days.first <= day && day <= $0.days.last }.reduce(0) { $0 + $1.percentage }
        }.max() ?? 0
    }
}

extension DecisionContext {
    /// The rule that the ground of a reduction leads to.
    fileprivate func reductionRule(for command: DecideReduction) throws(Rejection) -> (Rule, ReductionTerms) {
        let known = rules.ids { terms in
            if case .reduction(let terms) = terms { terms.grounds.contains(command.ground) } else { false }
        }
        guard let id = known.first else { throw .unknownGround(rules.reductionGrounds) }
        let rule = try ruleInForce(id, version: command.ruleVersion)
        guard case .reduction(let terms) = rule.terms, terms.grounds.contains(command.ground) else {
            throw .unknownGround(rules.reductionGrounds)
        }
        return (rule, terms)
    }
}

extension RuleBook {
    /// All grounds of all reductions, sorted.
    fileprivate var reductionGrounds: [String] {
        let grounds = ids.flatMap { versions(of: $0) }.flatMap { rule -> [String] in
            if case .reduction(let terms) = rule.terms { terms.grounds } else { [] }
        }
        return Set(grounds).sorted()
    }
}

extension DecideReduction {
    /// Refuses more than the rule allows at that time of its being repeated.
    fileprivate func check(against terms: ReductionTerms, step: Int) throws(Rejection) {
        guard percentage > 0, percentage <= 100 else { throw .invalidPercentage }
        guard months >= 1 else { throw .invalidMonths }
        guard percentage <= terms.cap else { throw .aboveCap(terms.cap) }
        guard let limit = terms.steps.dropFirst(step - 1).first ?? terms.steps.last else { throw .invalidPercentage }
        guard percentage <= limit.percentage else { throw .aboveStep(limit, within: terms.repeatWithin) }
        guard months <= limit.months else { throw .reductionTooLong(limit) }
    }
}

extension Rejection {
    /// The id names a reduction already.
    public static let reductionExists = Rejection(
        rule: "reduction-exists",
        detail: "This case already has a reduction under that id; decide it under a new reductionId.")
    /// No rule knows such a ground.
    public static func unknownGround(_ grounds: [String]) -> Rejection {
        Rejection(
            rule: "unknown-ground",
            detail: "No rule reduces a benefit on that ground; known are: \(grounds.joined(separator: ", ")).")
    }
    /// It happened after it was decided.
    public static let occurredAfterDecision = Rejection(
        rule: "occurred-after-decision",
        detail: "What it is for would have happened after the decision; correct one of the days.")
    /// It is too long ago.
    public static func decidedTooLate(_ within: PeriodLength) -> Rejection {
        Rejection(
            rule: "decided-too-late",
            detail: "It happened longer than \(within) ago; a reduction can no longer be decided.")
    }
    /// Nobody heard the participant.
    public static let noHearing = Rejection(
        rule: "no-hearing",
        detail:
            "The participant has to be heard before (§ 24 SGB X); hold the hearing and give its day (hearingHeldOn).")
    /// The participant was heard too late.
    public static let hearingAfterDecision = Rejection(
        rule: "hearing-after-decision",
        detail: "The hearing would lie after the decision; hear the participant first and decide after it.")
    /// Nobody asked whether it would be a hardship.
    public static let hardshipNotExamined = Rejection(
        rule: "hardship-not-examined",
        detail: "Exceptional hardship has to be examined before; examine it and say so (hardshipExamined).")
    /// No percentage.
    public static let invalidPercentage = Rejection(
        rule: "invalid-percentage", detail: "The percentage lies above 0 and is 100 at most.")
    /// No months.
    public static let invalidMonths = Rejection(
        rule: "invalid-months", detail: "A reduction lasts one month at least.")
    /// Together it would be too much.
    public static func aboveCap(_ cap: Double) -> Rejection {
        Rejection(
            rule: "above-cap",
            detail:
                "All reductions of a day come to \(PercentText.text(cap)) at most; decide a smaller one, or a later one."
        )
    }
    static func aboveStep(_ step: ReductionTerms.Step, within: PeriodLength?) -> Rejection {
        let repeats = within.map { " A repeat counts only within \($0) after the earlier one began." } ?? ""
        return Rejection(
            rule: "not-a-repeat",
            detail: "At most \(PercentText.text(step.percentage)) for \(step.months) months can be decided this time."
                + repeats)
    }
    static func reductionTooLong(_ step: ReductionTerms.Step) -> Rejection {
        Rejection(
            rule: "reduction-too-long",
            detail: "At most \(PercentText.text(step.percentage)) for \(step.months) months can be decided this time.")
    }
}
