public import Ledger

/// When an office has room for measures that an alignment moves, and what it costs to move one of them.
public struct OfficeCapacity: Hashable, Sendable {
    /// The first day on which a measure can start; `nil` for any.
    public let from: CalendarDate?
    /// The last day on which one can end; `nil` for any.
    public let to: CalendarDate?
    /// What a day of shift costs, from 0 to ``AlignmentProblem/maximumWeight``.
    public let weight: Int

    /// A window, open where a day is not stated, and a weight; one outside its limits is moved to the nearest limit.
    public init(from: CalendarDate? = nil, to: CalendarDate? = nil, weight: Int = 1) {
        self.from = from
        self.to = to
        self.weight = max(0, min(weight, AlignmentProblem.maximumWeight))
    }
}
