/// Bounds on the differences of whole numbers, one for every node: the distance graph of a simple temporal network.
///
/// The bounds can be met exactly when the graph has no negative cycle (Cormen et al., *Introduction to Algorithms*,
/// "Difference constraints and shortest paths").
struct DistanceGraph {
    /// One bound: the number of `to` is at most that of `from` plus `days`.
    struct Bound: Hashable {
        let from: Int
        let to: Int
        let days: Int
        /// Which relation it comes from.
        let relation: Int
    }

    let nodeCount: Int
    private(set) var bounds: [Bound] = []

    init(nodeCount: Int) {
        self.nodeCount = nodeCount
    }

    /// Bounds the difference of `to` − `from` from both sides.
    mutating func add(_ distance: RelationTerms.StartDistance, from: Int, to: Int, relation: Int) {
        if let greatest = distance.greatest {
            bounds.append(Bound(from: from, to: to, days: greatest, relation: relation))
        }
        if let least = distance.least {
            bounds.append(Bound(from: to, to: from, days: -least, relation: relation))
        }
    }

    /// Whether all bounds can be met.
    var isConsistent: Bool { someSolution != nil }

    /// Numbers that meet all bounds, none of them positive; `nil` when there are none.
    ///
    /// Bellman–Ford from a source at distance 0 to every node: it settles within one round per node, or never.
    var someSolution: [Int]? {
        var distance = [Int](repeating: 0, count: nodeCount)
        for _ in 0...nodeCount {
            var settled = true
            for bound in bounds where distance[bound.from] + bound.days < distance[bound.to] {
                distance[bound.to] = distance[bound.from] + bound.days
                settled = false
            }
            if settled { return distance }
        }
        return nil
    }

    /// The relations along a negative cycle with the fewest bounds, `nil` when there is none with so few.
    ///
    /// Such a cycle passes no node twice, or one of its parts would be a shorter negative one. Hence no relation
    /// occurs twice either, and what is left when one is taken out is a path of relations that are each possible.
    func smallestNegativeCycle(ofAtMost greatest: Int? = nil) -> [Int]? {
        var smallest: [Int]?
        for node in 0..<nodeCount {
            let limit = smallest.map { $0.count - 1 } ?? min(nodeCount, greatest ?? nodeCount)
            if let cycle = negativeCycle(fromLeast: node, ofAtMost: limit) { smallest = cycle }
        }
        guard let smallest else { return nil }
        let start = smallest.indices.min { smallest[$0] < smallest[$1] } ?? 0
        return Array(smallest[start...] + smallest[..<start])
    }

    /// A path of relations with the fewest bounds that leads from a node's greatest number to less than another node's
    /// least one; `nil` when there is none. Its relations are told from the second node to the first.
    func smallestPath(
        fromGreatest greatest: [Int?], belowLeast least: [Int?]
    ) -> (relations: [Int], from: Int, to: Int)? {
        var distance = greatest
        var arrivals: [[Int?]] = []
        while true {
            let end = (0..<nodeCount).first { node in
                guard let reached = distance[node], let needed = least[node] else { return false }
                return reached < needed
            }
            if let end {
                let walked = walk(backFrom: end, along: arrivals)
                return (walked.relations, walked.origin, end)
            }
            guard arrivals.count < nodeCount else { return nil }
            var next = [Int?](repeating: nil, count: nodeCount)
            arrivals.append(advance(distance, to: &next, along: bounds.indices))
            distance = next
        }
    }

    /// The relations along the shortest negative walk, by the number of its bounds, from a node back to itself through
    /// nodes that come after it; a cycle is looked for from its least node only.
    private func negativeCycle(fromLeast node: Int, ofAtMost limit: Int) -> [Int]? {
        let later = bounds.indices.filter { bounds[$0].from >= node && bounds[$0].to >= node }
        var distance = [Int?](repeating: nil, count: nodeCount)
        distance[node] = 0
        var arrivals: [[Int?]] = []
        while arrivals.count < limit {
            var next = [Int?](repeating: nil, count: nodeCount)
            arrivals.append(advance(distance, to: &next, along: later))
            distance = next
            if let closed = distance[node], closed < 0 { return walk(backFrom: node, along: arrivals).relations }
            if distance.allSatisfy({ $0 == nil }) { return nil }
        }
        return nil
    }

    /// The shortest distances with one bound more, and by which bound each is arrived at.
    private func advance(_ distance: [Int?], to next: inout [Int?], along numbers: some Sequence<Int>) -> [Int?] {
        var arrival = [Int?](repeating: nil, count: nodeCount)
        for number in numbers {
            let bound = bounds[number]
            guard let reached = distance[bound.from] else { continue }
            if let known = next[bound.to], known <= reached + bound.days { continue }
            next[bound.to] = reached + bound.days
            arrival[bound.to] = number
        }
        return arrival
    }

    /// The relations from the end of a walk to its beginning, which is the way in which `before` reads.
    private func walk(backFrom node: Int, along arrivals: [[Int?]]) -> (relations: [Int], origin: Int) {
        var walked: [Int] = []
        var position = node
        for arrival in arrivals.reversed() {
            guard let number = arrival[position] else { break }
            walked.append(bounds[number].relation)
            position = bounds[number].from
        }
        return (walked, position)
    }
}
