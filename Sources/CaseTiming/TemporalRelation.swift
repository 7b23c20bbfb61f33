public import Foundation
import Ledger

/// What was agreed about how two measures lie in time, in whole days.
///
/// A measure lasts from its first day *s* to its last day *e*, both included. With *a* the first and *b* the second
/// measure, every relation bounds a distance *D* by `minDays − tolerance ≤ D ≤ maxDays + tolerance`:
///
/// | kind | D | kind | D |
/// | --- | --- | --- | --- |
/// | `before` | s_b − e_a | `after` | s_a − e_b |
/// | `before-start` | s_b − s_a | `after-start` | s_a − s_b |
/// | `before-end` | e_b − e_a | `after-end` | e_a − e_b |
///
/// `concurrent-with-start` and `concurrent-with-end` bound |s_a − s_b| and |e_a − e_b| by the tolerance; `concurrent`
/// asks for an overlap on all but at most *tolerance* days of the shorter measure. These three have no use for
/// ``minDays`` and ``maxDays``.
public struct TemporalRelation: Hashable, Sendable {
    /// The measure *a*.
    public let first: UUID
    /// The measure *b*.
    public let second: UUID
    /// Which distance is bounded.
    public let kind: RelationKind
    /// The least distance in days; may be zero or negative.
    public let minDays: Int
    /// The greatest distance in days, or `nil` when there is none.
    public let maxDays: Int?
    /// How many days the distance may miss its bounds by ("more or less"), not negative.
    public let tolerance: Int

    /// A relation between two measures; days as in the table above.
    public init(
        first: UUID, second: UUID, kind: RelationKind, minDays: Int = 1, maxDays: Int? = nil, tolerance: Int = 0
    ) {
        self.first = first
        self.second = second
        self.kind = kind
        self.minDays = minDays
        self.maxDays = maxDays
        self.tolerance = tolerance
    }

    /// The days by which two measures violate the relation, beyond its tolerance; 0 when it holds.
    ///
    /// It is the least number of days by which one of the two would have to be shifted for the relation to hold.
    public func violation(first: DayRange, second: DayRange) -> Int {
        let distance = second.first - first.first
        let allowed = startDistance(firstLength: first.length, secondLength: second.length)
        return max(0, (allowed.least ?? distance) - distance, distance - (allowed.greatest ?? distance))
    }

    /// What is agreed, without the measures it is agreed of.
    var terms: RelationTerms {
        RelationTerms(kind: kind, minDays: minDays, maxDays: maxDays, tolerance: tolerance)
    }

    /// What the relation asks of s_b − s_a for measures of these lengths in days.
    func startDistance(firstLength: Int, secondLength: Int) -> RelationTerms.StartDistance {
        terms.startDistance(firstLength: firstLength, secondLength: secondLength)
    }
}

extension TemporalRelation: Comparable {
    /// An order for the sake of reproducible results only: by measures, kind, days and tolerance.
    public static func < (left: TemporalRelation, right: TemporalRelation) -> Bool {
        guard left.first == right.first, left.second == right.second, left.kind == right.kind else {
            return (left.first, left.second, left.kind.rawValue) < (right.first, right.second, right.kind.rawValue)
        }
        return (left.minDays, left.maxDays ?? .max, left.tolerance)
            < (right.minDays, right.maxDays ?? .max, right.tolerance)
    }
}
