/// How the worker proposes to bring measures into step.
public struct AlignmentTerms: Hashable, Sendable {
    /// The days on which two offices' measures should overlap where nobody has related them. 1 to 36,500.
    public let overlapDays: Int
    /// The days that offices have to answer a proposal. 1 to 365.
    public let answerDays: Int
    /// When offices have room for measures that are moved, and what it costs to move one of theirs; an office that is not
    /// named always has, at 1 a day.
    public let offices: [Office: OfficeCapacity]

    /// Terms; values outside their limits are moved to the nearest limit.
    public init(overlapDays: Int = 28, answerDays: Int = 14, offices: [Office: OfficeCapacity] = [:]) {
        self.overlapDays = max(1, min(overlapDays, 36_500))
        self.answerDays = max(1, min(answerDays, 365))
        self.offices = offices
    }
}
