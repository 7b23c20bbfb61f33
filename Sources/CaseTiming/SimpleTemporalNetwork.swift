public import Foundation

/// Whether a set of relations can hold together, and if not, which of them cannot.
///
/// Every relation bounds the distance between the first days of two measures, so the measures form a simple temporal
/// network: Dechter, Meiri, Pearl, *Temporal constraint networks*, Artificial Intelligence 49 (1991). A set of such
/// bounds can be satisfied exactly when its distance graph has no negative cycle (Cormen et al., *Introduction to
/// Algorithms*, "Difference constraints and shortest paths").
public struct SimpleTemporalNetwork: Sendable {
    /// One bound: the first day of `to` is at most `days` days after the first day of `from`.
    private struct Bound {
        let from: Int
        let to: Int
        let days: Int
        let relation: Int
    }

    private let measureCount: Int
    private let relations: [TemporalRelation]
    private let bounds: [Bound]

    /// A smallest set of relations that cannot hold together, or `nil` when all of them can.
    ///
    /// The measures may lie anywhere in time but keep their lengths (in days, at least 1). The set is minimal:
    /// without any one of its members the others can hold together, and no contradictory set has fewer members. Its
    /// members follow one another from measure to measure, and the same input in any order gives the same answer.
    /// A relation with a measure whose length is not given is left out.
    public static func contradiction(
        lengths: [UUID: Int], relations: [TemporalRelation]
    ) -> [TemporalRelation]? {
        let known = relations.filter { lengths[$0.first] != nil && lengths[$0.second] != nil }.sorted()
        let impossible = known.first { relation in
            let length = (lengths[relation.first] ?? 1, lengths[relation.second] ?? 1)
            let allowed = relation.startDistance(firstLength: length.0, secondLength: length.1)
            let least = allowed.least ?? .min
            let greatest = allowed.greatest ?? .max
            return least > greatest || relation.first == relation.second && !(least <= 0 && 0 <= greatest)
        }
        if let impossible { return [impossible] }
        let network = SimpleTemporalNetwork(lengths, known.filter { $0.first != $0.second })
        return network.isConsistent ? nil : network.smallestNegativeCycle
    }

    private init(_ lengths: [UUID: Int], _ relations: [TemporalRelation]) {
        let measures = Set(relations.flatMap { [$0.first, $0.second] }).sorted()
        let index = Dictionary(uniqueKeysWithValues: measures.enumerated().map { ($1, $0) })
        var bounds: [Bound] = []
        for (number, relation) in relations.enumerated() {
            guard let first = index[relation.first], let second = index[relation.second] else { continue }
            let allowed = relation.startDistance(
                firstLength: lengths[relation.first] ?? 1, secondLength: lengths[relation.second] ?? 1)
            if let greatest = allowed.greatest {
                bounds.append(Bound(from: first, to: second, days: greatest, relation: number))
            }
            if let least = allowed.least {
                bounds.append(Bound(from: second, to: first, days: -least, relation: number))
            }
        }
        self.measureCount = measures.count
        self.relations = relations
        self.bounds = bounds
    }

    /// Bellman–Ford from a source at distance 0 to every measure: it settles within one round per measure, or never.
    private var isConsistent: Bool {
        var distance = [Int](repeating: 0, count: measureCount)
        for _ in 0...measureCount {
            var settled = true
            for bound in bounds where distance[bound.from] + bound.days < distance[bound.to] {
                distance[bound.to] = distance[bound.from] + bound.days
                settled = false
            }
            if settled { return true }
        }
        return false
    }

    /// The relations along a negative cycle with the fewest bounds.
    ///
    /// Such a cycle passes no measure twice, or one of its parts would be a shorter negative one. Hence no relation
    /// occurs twice either, and what is left when one is taken out is a path of relations that are each possible.
    private var smallestNegativeCycle: [TemporalRelation] {
        var smallest: [Int] = []
        for measure in 0..<measureCount {
            let limit = smallest.isEmpty ? measureCount : smallest.count - 1
            if let cycle = negativeCycle(fromLeast: measure, ofAtMost: limit) { smallest = cycle }
        }
        let start = smallest.indices.min { smallest[$0] < smallest[$1] } ?? 0
        return (smallest[start...] + smallest[..<start]).map { relations[$0] }
    }

    /// The relations along the shortest negative walk, by the number of its bounds, from a measure back to itself through
    /// measures that come after it; a cycle is looked for from its least measure only.
    private func negativeCycle(fromLeast measure: Int, ofAtMost limit: Int) -> [Int]? {
        let later = bounds.indices.filter { bounds[$0].from >= measure && bounds[$0].to >= measure }
        var distance = [Int?](repeating: nil, count: measureCount)
        distance[measure] = 0
        var arrivals: [[Int?]] = []
        while arrivals.count < limit {
            var next = [Int?](repeating: nil, count: measureCount)
            var arrival = [Int?](repeating: nil, count: measureCount)
            for number in later {
                let bound = bounds[number]
                guard let reached = distance[bound.from] else { continue }
                if let known = next[bound.to], known <= reached + bound.days { continue }
                next[bound.to] = reached + bound.days
                arrival[bound.to] = number
            }
            arrivals.append(arrival)
            distance = next
            if let closed = distance[measure], closed < 0 { return walk(backFrom: measure, along: arrivals) }
            if distance.allSatisfy({ $0 == nil }) { return nil }
        }
        return nil
    }

    /// The relations from the end of a walk to its beginning, which is the way in which `before` reads.
    private func walk(backFrom measure: Int, along arrivals: [[Int?]]) -> [Int] {
        var walked: [Int] = []
        var position = measure
        for arrival in arrivals.reversed() {
            guard let number = arrival[position] else { break }
            walked.append(bounds[number].relation)
            position = bounds[number].from
        }
        return walked
    }
}
