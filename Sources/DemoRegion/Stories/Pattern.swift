/// What a household shows on the demo's day.
enum Pattern: CaseIterable, Sendable {
    /// Ordinary work of three years, wherever it has come to.
    case history
    /// Two offices' measures run together, and are related so.
    case inStep
    /// Two offices' measures follow one another, and nobody has related them.
    case oneAfterAnother
    /// Two measures were related as concurrent and do not overlap.
    case relatedOneAfterAnother
    /// A plan is in force, and nothing has happened for more than 28 days.
    case gap
    /// Another relation between two measures does not hold.
    case relationViolated
    /// A placement that is kept.
    case kept
    /// Placements refused, and one lapsed without an answer.
    case refusals
    /// The household left the area, and its cases are closed.
    case movedAway
    /// Registered in the last weeks, nothing planned yet.
    case newcomers

    /// Of twenty households in a row, how many show what.
    private static let deck: [Pattern] =
        Array(repeating: .history, count: 5) + Array(repeating: .inStep, count: 3)
        + Array(repeating: .oneAfterAnother, count: 2) + Array(repeating: .gap, count: 2)
        + Array(repeating: .relationViolated, count: 2) + Array(repeating: .kept, count: 2)
        + [.relatedOneAfterAnother, .refusals, .movedAway, .newcomers]

    /// The pattern of a household: dealt from a deck that is shuffled for each twenty, so that every pattern occurs in
    /// its share even in a small region.
    static func of(household number: Int, seed: UInt64) -> Pattern {
        SplitMix64.deal(deck, to: number, seed: seed ^ 0x5EED_DEC4)
    }
}
