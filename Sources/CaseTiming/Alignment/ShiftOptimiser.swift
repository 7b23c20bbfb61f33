/// Finds the shifts of least total weight that meet all bounds: the dual of a minimum-cost flow.
///
/// To minimise Σ w·|x − k| under bounds x_j ≤ x_i + d is the linear programme whose dual is a circulation of minimum cost: an
/// arc i → j of cost d without limit for every bound, and arcs of cost −k and k and of capacity w from each measure to a node
/// of shift 0 and back (Ahuja, Magnanti, Orlin, *Network Flows*, chapters 9 and 14). It is solved by successive shortest
/// paths with potentials, which are the shifts: whole numbers throughout, no rounding, no tolerance.
struct ShiftOptimiser {
    /// An arc of the residual network; the one at number ^ 1 is its reverse.
    private struct Arc {
        let to: Int
        let cost: Int
        /// What may still flow; `nil` for without limit.
        var rest: Int?
    }

    private let origin: Int
    /// The node of each measure; those that cannot move are all the origin.
    private let nodes: [Int]
    private let start: [Int]?
    private var arcs: [Arc] = []
    private var leaving: [[Int]]
    private var potential: [Int] = []
    private var excess: [Int]

    /// Shifts within the limits of each measure, at weight × |days|.
    init(_ measures: [AlignmentMeasure], _ graph: DistanceGraph) {
        var weights = Self.positive(measures.filter(\.isMovable).map(\.weight)).makeIterator()
        self.init(
            measures, graph, within: measures.map(\.limits),
            costs: measures.map { $0.isMovable ? ShiftCost(weights.next() ?? 1) : ShiftCost(0) })
    }

    /// Shifts within some limits, at some costs; both are not looked at for measures that cannot move.
    init(_ measures: [AlignmentMeasure], _ graph: DistanceGraph, within limits: [ShiftRange], costs: [ShiftCost]) {
        let origin = measures.count
        let nodes = measures.indices.map { measures[$0].isMovable ? $0 : origin }
        self.origin = origin
        self.nodes = nodes
        leaving = Array(repeating: [], count: origin + 1)
        excess = Array(repeating: 0, count: origin + 1)
        var whole = DistanceGraph(nodeCount: origin + 1)
        for bound in graph.bounds {
            whole.add(.init(greatest: bound.days), from: nodes[bound.from], to: nodes[bound.to], relation: 0)
        }
        for (number, measure) in measures.enumerated() where measure.isMovable {
            whole.add(
                .init(least: limits[number].least, greatest: limits[number].greatest), from: origin, to: number,
                relation: 0)
        }
        start = whole.someSolution
        for bound in whole.bounds where bound.from != bound.to {
            connect(bound.from, bound.to, cost: bound.days, capacity: nil)
        }
        for (number, measure) in measures.enumerated() where measure.isMovable {
            for kink in costs[number].kinks where kink.rise > 0 {
                connect(origin, number, cost: kink.at, capacity: kink.rise)
                connect(number, origin, cost: -kink.at, capacity: kink.rise)
            }
        }
    }

    /// Whether the bounds can be met.
    var isFeasible: Bool { start != nil }

    /// Weights that are all positive and have the same optima, the days of those that were 0 decided last.
    ///
    /// The bounds are differences, so from a point that is no optimum some direction of steps −1, 0 and 1 leads down. In
    /// such a direction the whole weights change by at least 1 or not at all, and the number of steps is at most that of
    /// measures.
    static func positive(_ weights: [Int]) -> [Int] {
        guard weights.contains(0) else { return weights }
        return weights.map { $0 == 0 ? 1 : $0 * (weights.count + 1) }
    }

    /// The shift of each measure in the earliest of all optima, `nil` when the bounds cannot be met.
    var earliestOptimum: [Int]? {
        guard let start else { return nil }
        var solver = self
        solver.potential = start
        solver.saturate()
        for node in solver.excess.indices {
            while solver.excess[node] > 0 { solver.augment(from: node) }
        }
        let slack = solver.distancesToOrigin()
        return nodes.map { solver.potential[$0] - solver.potential[origin] - slack[$0] }
    }

    private mutating func connect(_ from: Int, _ to: Int, cost: Int, capacity: Int?) {
        leaving[from].append(arcs.count)
        arcs.append(Arc(to: to, cost: cost, rest: capacity))
        leaving[to].append(arcs.count)
        arcs.append(Arc(to: from, cost: -cost, rest: 0))
    }

    private func reducedCost(_ number: Int) -> Int {
        arcs[number].cost + potential[arcs[number ^ 1].to] - potential[arcs[number].to]
    }

    /// Sends as much as there is room for along every arc whose reduced cost is negative, so that none is left.
    private mutating func saturate() {
        for number in arcs.indices {
            if let rest = arcs[number].rest, rest > 0, reducedCost(number) < 0 { push(rest, number) }
        }
    }

    private mutating func push(_ amount: Int, _ number: Int) {
        if let rest = arcs[number].rest { arcs[number].rest = rest - amount }
        if let rest = arcs[number ^ 1].rest { arcs[number ^ 1].rest = rest + amount }
        excess[arcs[number ^ 1].to] -= amount
        excess[arcs[number].to] += amount
    }

    /// Sends excess from a node along a shortest path to the nearest node that lacks some, and keeps all reduced costs of
    /// the residual network from becoming negative (Edmonds, Karp 1972; Tomizawa 1971).
    private mutating func augment(from source: Int) {
        var search = ShortestPaths(count: leaving.count, from: source)
        while let node = search.settleNearest() {
            if excess[node] < 0 { break }
            for number in leaving[node] where arcs[number].rest != 0 {
                search.reach(arcs[number].to, by: number, at: search.distance[node] + reducedCost(number))
            }
        }
        guard let sink = search.lastSettled, excess[sink] < 0 else {
            // Every node is joined with the origin both ways, so what one has too much of another can take.
            preconditionFailure("a flow that balances at the start always can be balanced")
        }
        for node in potential.indices { potential[node] += min(search.distance[node], search.distance[sink]) }
        var amount = min(excess[source], -excess[sink])
        for number in search.path(to: sink, tail: { arcs[$0 ^ 1].to }) {
            amount = min(amount, arcs[number].rest ?? amount)
        }
        for number in search.path(to: sink, tail: { arcs[$0 ^ 1].to }) { push(amount, number) }
    }

    /// How much each potential can sink while the origin's stays: reduced distances to the origin, found backwards.
    private func distancesToOrigin() -> [Int] {
        var search = ShortestPaths(count: leaving.count, from: origin)
        while let node = search.settleNearest() {
            for number in leaving[node] where arcs[number ^ 1].rest != 0 {
                search.reach(arcs[number].to, by: number, at: search.distance[node] + reducedCost(number ^ 1))
            }
        }
        // A measure that nothing holds back towards the origin would have a weight of 0, and none has.
        return search.distance.map { $0 == .max ? 0 : $0 }
    }
}

/// What the days of a measure's shift cost: the sum of rise × |days − at|, a convex function.
struct ShiftCost {
    /// Where the cost of one more day rises by twice as much.
    struct Kink {
        let at: Int
        let rise: Int
    }

    let kinks: [Kink]

    /// So much for each day.
    init(_ weight: Int) { kinks = [Kink(at: 0, rise: weight)] }

    init(kinks: [Kink]) { self.kinks = kinks }
}

/// Dijkstra's search over nodes without a heap: networks of measures are small and dense.
private struct ShortestPaths {
    private(set) var distance: [Int]
    private(set) var lastSettled: Int?
    private var arrival: [Int?]
    private var isSettled: [Bool]

    init(count: Int, from source: Int) {
        distance = Array(repeating: .max, count: count)
        arrival = Array(repeating: nil, count: count)
        isSettled = Array(repeating: false, count: count)
        distance[source] = 0
    }

    /// The nearest node that has been reached and not been settled; of several, the first.
    mutating func settleNearest() -> Int? {
        var nearest: Int?
        for node in distance.indices where !isSettled[node] && distance[node] < .max {
            if nearest.map({ distance[node] < distance[$0] }) ?? true { nearest = node }
        }
        guard let nearest else { return nil }
        isSettled[nearest] = true
        lastSettled = nearest
        return nearest
    }

    mutating func reach(_ node: Int, by arc: Int, at newDistance: Int) {
        guard newDistance < distance[node] else { return }
        distance[node] = newDistance
        arrival[node] = arc
    }

    /// The arcs from a node back to the source.
    func path(to node: Int, tail: (Int) -> Int) -> [Int] {
        var path: [Int] = []
        var position = node
        while let arc = arrival[position] {
            path.append(arc)
            position = tail(arc)
        }
        return path
    }
}
