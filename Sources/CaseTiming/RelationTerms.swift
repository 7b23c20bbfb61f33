/// What a relation asks of two measures in time, whichever they are; see ``TemporalRelation`` for the distances.
struct RelationTerms: Hashable, Sendable {
    let kind: RelationKind
    let minDays: Int
    let maxDays: Int?
    let tolerance: Int

    /// Bounds on s_b − s_a, which say the same as the relation once the lengths are known, because a shift keeps them.
    struct StartDistance: Equatable {
        var least: Int?
        var greatest: Int?
    }

    /// What the relation asks of s_b − s_a for measures of these lengths in days.
    ///
    /// For `concurrent`, an overlap of at least *k* days is e_a − s_b + 1 ≥ k and e_b − s_a + 1 ≥ k as long as *k* is at
    /// most the shorter length, so it too is a pair of difference constraints.
    func startDistance(firstLength: Int, secondLength: Int) -> StartDistance {
        let tolerance = Self.bounded(tolerance)
        let least = Self.bounded(minDays) - tolerance
        let greatest = maxDays.map { Self.bounded($0) + tolerance }
        return switch kind {
        case .before:
            StartDistance(least: least + firstLength - 1, greatest: greatest.map { $0 + firstLength - 1 })
        case .after:
            StartDistance(least: greatest.map { 1 - secondLength - $0 }, greatest: 1 - secondLength - least)
        case .beforeStart:
            StartDistance(least: least, greatest: greatest)
        case .afterStart:
            StartDistance(least: greatest.map { -$0 }, greatest: -least)
        case .beforeEnd:
            StartDistance(
                least: least + firstLength - secondLength, greatest: greatest.map { $0 + firstLength - secondLength })
        case .afterEnd:
            StartDistance(
                least: greatest.map { firstLength - secondLength - $0 }, greatest: firstLength - secondLength - least)
        case .concurrentWithStart:
            StartDistance(least: -tolerance, greatest: tolerance)
        case .concurrentWithEnd:
            StartDistance(
                least: firstLength - secondLength - tolerance, greatest: firstLength - secondLength + tolerance)
        case .concurrent:
            overlapDistance(firstLength, secondLength, required: min(firstLength, secondLength) - tolerance)
        }
    }

    private func overlapDistance(_ firstLength: Int, _ secondLength: Int, required: Int) -> StartDistance {
        guard required > 0 else { return StartDistance() }
        return StartDistance(least: required - secondLength, greatest: firstLength - required)
    }

    /// Days beyond every distance between two dates of the calendar bound nothing more, and would only overflow sums.
    private static func bounded(_ days: Int) -> Int { max(-10_000_000, min(days, 10_000_000)) }
}
