/// Where measures have room, and what relations leave of it.
///
/// Whatever meets all bounds and stays where there is room forms a lattice: of two such sets of shifts the smaller, and the
/// greater, shift of each measure is one too. So there is a least one if any, and it is found by moving each measure up, from
/// gap to gap, until nothing has to move (the arc consistency of Dechter, Meiri and Pearl's *multi-intervals*, which for
/// bounds of differences decides).
struct WindowRooms {
    let graph: DistanceGraph
    /// The days by which each measure may be shifted, in order.
    var rooms: [[ShiftRange]]

    /// What relations leave of it; `nil` where that is nothing. Needs bounds that can be met where there is room everywhere.
    func tightened() -> WindowRooms? {
        var lower = rooms.map(\.hull.least)
        var upper = rooms.map(\.hull.greatest)
        var settled = false
        while !settled {
            settled = true
            for bound in graph.bounds {
                if let needed = lower[bound.to].map({ $0 - bound.days }), needed > lower[bound.from] ?? .min {
                    guard let least = rooms[bound.from].least(from: needed) else { return nil }
                    lower[bound.from] = least
                    settled = false
                }
                if let allowed = upper[bound.from].map({ $0 + bound.days }), allowed < upper[bound.to] ?? .max {
                    guard let greatest = rooms[bound.to].greatest(to: allowed) else { return nil }
                    upper[bound.to] = greatest
                    settled = false
                }
            }
        }
        var left = self
        for number in rooms.indices {
            left.rooms[number] = rooms[number].map { $0.clipped(from: lower[number], to: upper[number]) }
                .filter { !$0.isEmpty }
            if left.rooms[number].isEmpty { return nil }
        }
        return left
    }

    /// Relations that leave no room, without any of which the others leave some.
    ///
    /// They follow one another from measure to measure where they can.
    ///
    /// - Parameter known: relations that are known to leave none; any when nothing is known.
    func contradiction(within known: [Int]?) -> [Int] {
        var needed = known ?? chainOutOfRoom(of: nil) ?? []
        for relation in needed {
            let others = needed.filter { $0 != relation }
            if leavesNoRoom(Set(others)) { needed = others }
        }
        return needed
    }

    private func leavesNoRoom(_ relations: Set<Int>) -> Bool {
        var part = DistanceGraph(nodeCount: graph.nodeCount)
        for bound in graph.bounds where relations.contains(bound.relation) {
            part.add(.init(greatest: bound.days), from: bound.from, to: bound.to, relation: bound.relation)
        }
        // Among bounds that contradict one another, measures would be moved up for ever.
        return !part.isConsistent || chainOutOfRoom(of: relations) != nil
    }

    /// A measure was moved up by a bound because another one was.
    private struct Move {
        let relation: Int
        /// Its number among the moves, if the other one was moved before.
        let cause: Int?
    }

    /// The relations that one after another move a measure out of its last room, `nil` when none is moved out.
    private func chainOutOfRoom(of relations: Set<Int>?) -> [Int]? {
        let bounds = graph.bounds.filter { relations?.contains($0.relation) ?? true }
        var lower = rooms.map(\.hull.least)
        var moves: [Move] = []
        var latest = [Int?](repeating: nil, count: rooms.count)
        var settled = false
        while !settled {
            settled = true
            for bound in bounds {
                guard let needed = lower[bound.to].map({ $0 - bound.days }), needed > lower[bound.from] ?? .min else {
                    continue
                }
                moves.append(Move(relation: bound.relation, cause: latest[bound.to]))
                guard let least = rooms[bound.from].least(from: needed) else { return Self.chain(to: moves) }
                lower[bound.from] = least
                latest[bound.from] = moves.count - 1
                settled = false
            }
        }
        return nil
    }

    /// The relations that led to the last move, each once.
    private static func chain(to moves: [Move]) -> [Int] {
        var chain: [Int] = []
        var position: Int? = moves.count - 1
        while let number = position {
            chain.append(moves[number].relation)
            position = moves[number].cause
        }
        var seen: Set<Int> = []
        return chain.reversed().filter { seen.insert($0).inserted }
    }
}
