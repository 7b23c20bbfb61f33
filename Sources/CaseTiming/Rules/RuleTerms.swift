public import Ledger

/// What a rule lets an office grant or decide, and how much; or what it has it keep, and how long.
public enum RuleTerms: Hashable, Sendable {
    /// Part of a wage, to the employer.
    case wageSubsidy(WageSubsidyTerms)
    /// Less of a benefit.
    case reduction(ReductionTerms)
    /// A voucher.
    case voucher(VoucherTerms)
    /// How long records have to be kept.
    case retention(RetentionTerms)
}

/// How much of a wage may be subsidised, and for how long.
public struct WageSubsidyTerms: Hashable, Sendable {
    /// Some months with one highest rate.
    public struct Step: Hashable, Sendable {
        /// How many months it lasts.
        public var months: Int
        /// The highest rate in these months, per cent of the wage, 0 to 100.
        public var rate: Double

        /// Some months with one highest rate.
        public init(months: Int, rate: Double) {
            self.months = months
            self.rate = rate
        }
    }

    /// The highest rates, one step after the other from the first day of the subsidy on. It ends with the last one.
    public var steps: [Step]
    /// How old somebody has to be on the first day, in years.
    public var minimumAge: Int?
    /// What else has to be so, in words; for people to examine.
    public var conditions: [String]

    /// Highest rates.
    public init(steps: [Step], minimumAge: Int? = nil, conditions: [String] = []) {
        self.steps = steps
        self.minimumAge = minimumAge
        self.conditions = conditions
    }

    /// The steps of a subsidy that begins on `first`, with the last day of each.
    public func limits(from first: CalendarDate) -> [(last: CalendarDate, rate: Double)] {
        var months = 0
        return steps.map { step in
            months += step.months
            return (first.adding(months: months) - 1, step.rate)
        }
    }
}

/// By how much and for how long a benefit may be reduced.
public struct ReductionTerms: Hashable, Sendable {
    /// The reduction at one time of its being repeated.
    public struct Step: Hashable, Sendable {
        /// Per cent of the standard need, 0 to 100.
        public var percentage: Double
        /// How many months it lasts.
        public var months: Int

        /// A reduction.
        public init(percentage: Double, months: Int) {
            self.percentage = percentage
            self.months = months
        }
    }

    /// For what somebody's benefit is reduced, as commands name it: `breach-of-duty`.
    public var grounds: [String]
    /// The first reduction, the second, and so on; the last one for all that follow.
    public var steps: [Step]
    /// A reduction counts as a repeat only within that time after the one before began; `nil` when none does.
    public var repeatWithin: PeriodLength?
    /// How much all reductions of a day may come to together, per cent.
    public var cap: Double
    /// Within which time after what happened it has to be decided.
    public var decideWithin: PeriodLength?
    /// How long it lasts at least before it ends because somebody complies.
    public var leastLength: PeriodLength?
    /// Whether the participant has to be heard before (§ 24 SGB X).
    public var requiresHearing: Bool
    /// Whether exceptional hardship has to be examined.
    public var requiresHardshipExamination: Bool

    /// What may be reduced.
    public init(
        grounds: [String], steps: [Step], repeatWithin: PeriodLength? = nil, cap: Double,
        decideWithin: PeriodLength? = nil, leastLength: PeriodLength? = nil, requiresHearing: Bool = true,
        requiresHardshipExamination: Bool = true
    ) {
        self.grounds = grounds
        self.steps = steps
        self.repeatWithin = repeatWithin
        self.cap = cap
        self.decideWithin = decideWithin
        self.leastLength = leastLength
        self.requiresHearing = requiresHearing
        self.requiresHardshipExamination = requiresHardshipExamination
    }
}

/// What a voucher of a kind may be issued for.
public struct VoucherTerms: Hashable, Sendable {
    /// How long something may last that the voucher is redeemed for.
    public struct Limit: Hashable, Sendable {
        /// What is done: `employer-measure`, `vocational-skills`.
        public var content: String
        /// How long it may last.
        public var length: PeriodLength
        /// How long for those for whom the rule says more.
        public var extended: PeriodLength?

        /// A limit.
        public init(content: String, length: PeriodLength, extended: PeriodLength? = nil) {
            self.content = content
            self.length = length
            self.extended = extended
        }
    }

    /// The kind of voucher: `activation-and-placement`.
    public var kind: String
    /// Whether it has to say in which region it holds.
    public var isRegional: Bool
    /// How long things may last.
    public var limits: [Limit]

    /// What a kind of voucher is for.
    public init(kind: String, isRegional: Bool = false, limits: [Limit] = []) {
        self.kind = kind
        self.isRegional = isRegional
        self.limits = limits
    }
}
