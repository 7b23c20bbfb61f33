public import Ledger

/// When an office has room for measures that an alignment moves, and what it costs to move one of them.
public struct OfficeCapacity: Hashable, Sendable {
    /// The days on which it has room.
    public let windows: CapacityWindows
    /// What a day of shift costs, from 0 to ``AlignmentProblem/maximumWeight``.
    public let weight: Int

    /// Windows, and a weight; one outside its limits is moved to the nearest limit.
    public init(_ windows: CapacityWindows, weight: Int = 1) {
        self.windows = windows
        self.weight = max(0, min(weight, AlignmentProblem.maximumWeight))
    }

    /// One window, open where a day is not stated, and a weight.
    public init(from: CalendarDate? = nil, to: CalendarDate? = nil, weight: Int = 1) {
        self.init(CapacityWindows([CapacityWindow(from: from, to: to)]), weight: weight)
    }
}
