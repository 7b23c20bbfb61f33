public import CaseTiming
public import Foundation
public import Ledger

/// That an office pays less of a benefit for some months, because a duty was not met (§§ 31 to 32 SGB II).
public struct Reduction: Hashable, Sendable {
    /// The reduction.
    public var reductionId: UUID
    /// For what: a word of the rule, such as `breach-of-duty`.
    public var ground: String
    /// Per cent of the standard need.
    public var percentage: Double
    /// How many times in a row it is by now, from 1.
    public var step: Int
    /// The first and the last day, as decided.
    public var days: DayRange
    /// The day of what it is for.
    public var occurredOn: CalendarDate?
    /// The day on which the participant was heard.
    public var hearingHeldOn: CalendarDate?
    /// The rule that was applied.
    public var rule: RuleReference
    /// Which office decided it, and as of when.
    public var decided: Provenance
    /// How it ended before its last day.
    public var lift: Lift?

    /// That a reduction ends before its last day.
    public struct Lift: Hashable, Sendable {
        /// The first day on which nothing is reduced any more.
        public var on: CalendarDate
        /// Why; `nil` when nothing is noted or the person is erased.
        public var reason: String?
        /// Whether the decision itself was taken back, so that it never counted.
        public var isRevoked: Bool
    }

    /// The days on which the benefit is reduced; `nil` when there are none.
    public var effectiveDays: DayRange? {
        guard let lift else { return days }
        return DayRange(first: days.first, last: min(days.last, lift.on - 1))
    }

    /// Whether a later reduction can be a repeat of this one.
    var counts: Bool { lift?.isRevoked != true }
}

extension Reduction {
    /// What opens it to other offices.
    public static let category = ConsentCategory.benefits
}

extension CaseState {
    /// The reduction of that id.
    public func reduction(_ id: UUID) -> Reduction? { reductions.first { $0.reductionId == id } }
}
