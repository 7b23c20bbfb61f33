/// How the worker proposes to bring measures into step.
public struct AlignmentTerms: Hashable, Sendable {
    /// The days on which two offices' measures should overlap where nobody has related them. 1 to 36,500.
    public let overlapDays: Int
    /// The days that offices have to answer a proposal. 1 to 365.
    public let answerDays: Int

    /// Terms; values outside their limits are moved to the nearest limit.
    public init(overlapDays: Int = 28, answerDays: Int = 14) {
        self.overlapDays = max(1, min(overlapDays, 36_500))
        self.answerDays = max(1, min(answerDays, 365))
    }
}
