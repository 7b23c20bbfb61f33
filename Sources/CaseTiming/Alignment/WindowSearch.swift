/// Finds the shifts of least total weight where measures have room at some times and not at others: by branch and bound.
///
/// A measure lies in one of its windows or another, which no bounds of differences can say. Leaving the gaps between the
/// windows out gives a problem for ``ShiftOptimiser``, none of whose optima costs more. Where its optimum lies in a gap, the
/// windows before and those after the gap are each a branch; the cheapest branch is looked at next, and what costs more than
/// the best known optimum never (Land, Doig 1960). For a measure whose present place is in a gap, the cost in the gap is the
/// straight line between those at its ends, which is less than leaving out the gap forgoes (the convex hull of the cost).
///
/// All numbers are whole. Of all optima the one is found in which every measure starts as early as in any: there is one, see
/// ``WindowRooms``, and branches are looked into as long as they may hold an earlier start.
struct WindowSearch {
    /// The sum of weight × |days| in units of ``scale``, then the days of those that weigh nothing.
    private struct Cost: Comparable {
        var weighted: Int128 = 0
        var free = 0

        static func < (left: Cost, right: Cost) -> Bool {
            (left.weighted, left.free) < (right.weighted, right.free)
        }
    }

    private struct Branch {
        let rooms: WindowRooms
        /// The earliest optimum when gaps are left out.
        let days: [Int]
        /// What no shifts in these rooms cost less than.
        let bound: Cost
    }

    /// A place at which to part the rooms of a measure: before the room of that number.
    private struct Parting {
        let measure: Int
        let room: Int
    }

    /// So finely slopes of straight lines are told.
    private static let scale = 4096

    private let measures: [AlignmentMeasure]
    private let rooms: WindowRooms
    /// By how much weights have to be lifted above the days of measures that weigh nothing; see ``ShiftOptimiser``.
    private let lift: Int

    /// The shift of each measure in the earliest of all optima, `nil` when there is none.
    ///
    /// What hangs together by relations is solved together. Needs bounds that can be met where there is room everywhere.
    static func earliestOptimum(of measures: [AlignmentMeasure], under graph: DistanceGraph) -> [Int]? {
        var days = [Int](repeating: 0, count: measures.count)
        for part in graph.parts(joining: measures.map(\.isMovable)) {
            let search = WindowSearch(part.nodes.map { measures[$0] }, part.graph)
            guard let found = search.earliestOptimum else { return nil }
            for (node, shift) in zip(part.nodes, found) { days[node] = shift }
        }
        return days
    }

    private init(_ measures: [AlignmentMeasure], _ graph: DistanceGraph) {
        self.measures = measures
        rooms = WindowRooms(graph: graph, rooms: measures.map(\.rooms))
        let movable = measures.filter(\.isMovable)
        lift = movable.contains { $0.weight == 0 } ? movable.count + 1 : 1
    }

    private var earliestOptimum: [Int]? {
        var waiting = [branch(into: rooms)].compactMap(\.self)
        var best: (cost: Cost, days: [Int])?
        while let next = waiting.indices.min(by: { waiting[$0].bound < waiting[$1].bound }) {
            let branch = waiting.remove(at: next)
            if let best {
                if best.cost < branch.bound { break }
                // Its optima start no earlier than when gaps are left out.
                if best.cost == branch.bound, zip(branch.days, best.days).allSatisfy(>=) { continue }
            }
            let gap = gap(in: branch)
            if gap == nil {
                let cost = cost(of: branch.days)
                if let known = best, known.cost == cost {
                    best?.days = zip(known.days, branch.days).map { min($0, $1) }
                } else if best.map({ cost < $0.cost }) ?? true {
                    best = (cost, branch.days)
                }
            }
            guard let parting = gap ?? lineTooLow(in: branch) else { continue }
            for side in sides(of: parting, in: branch.rooms) {
                guard let found = self.branch(into: side), !(best.map { $0.cost < found.bound } ?? false) else {
                    continue
                }
                waiting.append(found)
            }
        }
        return best?.days
    }

    private func branch(into rooms: WindowRooms) -> Branch? {
        guard let rooms = rooms.tightened() else { return nil }
        let lines = measures.indices.map { line(of: $0, in: rooms) }
        let costs = measures.indices.map { number in
            let weight = measures[number].weight
            guard weight > 0 else { return ShiftCost(1) }
            guard let line = lines[number] else { return ShiftCost(weight * Self.scale * lift) }
            return ShiftCost(kinks: [
                .init(at: line.last, rise: line.rises.last * lift),
                .init(at: line.next, rise: line.rises.next * lift),
            ])
        }
        let optimum = ShiftOptimiser(measures, rooms.graph, within: rooms.rooms.map(\.hull), costs: costs)
            .earliestOptimum
        guard let days = optimum else { return nil }
        var bound = cost(of: days)
        for (number, line) in lines.enumerated() {
            guard let line else { continue }
            bound.weighted += line.cost(of: days[number]) - whole(days[number], of: number)
        }
        return Branch(rooms: rooms, days: days, bound: bound)
    }

    private func whole(_ days: Int, of number: Int) -> Int128 {
        Int128(measures[number].weight) * Int128(Self.scale) * Int128(days.magnitude)
    }

    private func cost(of days: [Int]) -> Cost {
        days.indices.reduce(into: Cost()) { cost, number in
            cost.weighted += whole(days[number], of: number)
            if measures[number].weight == 0, measures[number].isMovable { cost.free += Int(days[number].magnitude) }
        }
    }

    // MARK: Gaps

    /// The cost over a gap around a measure's present place: at its beginning what it is, at its end no more than that.
    private struct Line {
        /// The shift to the last place before the gap, below 0.
        let last: Int
        /// The shift to the next place after it, above 0.
        let next: Int
        let rises: (last: Int, next: Int)
        private let atLast: Int128

        init(from last: Int, to next: Int, weight: Int) {
            self.last = last
            self.next = next
            let climb = Int128(weight) * Int128(next + last)
            let length = Int128(next - last)
            // Rounded down to an even number, so that halves are whole and no cost is overestimated.
            var slope = Int(climb / length) - (climb % length < 0 ? 1 : 0)
            slope -= slope & 1
            rises = ((weight + slope) / 2, (weight - slope) / 2)
            atLast = Int128(weight) * Int128(-last)
        }

        func cost(of days: Int) -> Int128 {
            Int128(rises.last) * Int128((days - last).magnitude)
                + Int128(rises.next) * (Int128((days - next).magnitude) - Int128(next - last)) + atLast
        }
    }

    private func line(of number: Int, in rooms: WindowRooms) -> Line? {
        let own = rooms.rooms[number]
        guard measures[number].weight > 0, !own.contains(where: { $0.contains(0) }),
            let last = own.greatest(to: 0), let next = own.least(from: 0)
        else { return nil }
        return Line(from: last, to: next, weight: measures[number].weight * Self.scale)
    }

    /// The gap in which a measure lies, the one whose nearer end costs most; `nil` when all lie where there is room.
    private func gap(in branch: Branch) -> Parting? {
        var widest: (parting: Parting, cost: Int128)?
        for (number, days) in branch.days.enumerated() {
            let own = branch.rooms.rooms[number]
            guard let room = own.firstIndex(where: { days <= $0.greatest ?? .max }), room > 0,
                let least = own[room].least, days < least, let greatest = own[room - 1].greatest
            else { continue }
            let cost = Int128(max(1, measures[number].weight)) * Int128(min(days - greatest, least - days))
            if widest.map({ $0.cost < cost }) ?? true {
                widest = (Parting(measure: number, room: room), cost)
            }
        }
        return widest?.parting
    }

    /// Where a straight line ends lower than the cost is, because slopes are rounded, and a measure lies there.
    private func lineTooLow(in branch: Branch) -> Parting? {
        for (number, days) in branch.days.enumerated() {
            guard let line = line(of: number, in: branch.rooms), line.cost(of: days) != whole(days, of: number),
                let room = branch.rooms.rooms[number].firstIndex(where: { $0.least ?? .min > 0 })
            else { continue }
            return Parting(measure: number, room: room)
        }
        return nil
    }

    private func sides(of parting: Parting, in rooms: WindowRooms) -> [WindowRooms] {
        var (before, after) = (rooms, rooms)
        before.rooms[parting.measure] = Array(rooms.rooms[parting.measure][..<parting.room])
        after.rooms[parting.measure] = Array(rooms.rooms[parting.measure][parting.room...])
        return [before, after]
    }
}

extension DistanceGraph {
    /// The nodes that hang together, and the bounds among them; a node that does not join what it hangs on to is in each part
    /// that it bounds.
    fileprivate func parts(joining isJoint: [Bool]) -> [(nodes: [Int], graph: DistanceGraph)] {
        var leader = Array(0..<nodeCount)
        func root(_ node: Int) -> Int {
            var node = node
            while leader[node] != node { node = leader[node] }
            return node
        }
        for bound in bounds where isJoint[bound.from] && isJoint[bound.to] {
            let (first, second) = (root(bound.from), root(bound.to))
            leader[max(first, second)] = min(first, second)
        }
        var members: [Int: Set<Int>] = [:]
        for node in 0..<nodeCount where isJoint[node] { members[root(node), default: []].insert(node) }
        for bound in bounds where isJoint[bound.from] != isJoint[bound.to] {
            members[root(isJoint[bound.from] ? bound.from : bound.to), default: []].formUnion([bound.from, bound.to])
        }
        return members.sorted { $0.key < $1.key }.map { _, part in
            let nodes = part.sorted()
            let index = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
            var graph = DistanceGraph(nodeCount: nodes.count)
            for bound in bounds {
                guard let from = index[bound.from], let to = index[bound.to], isJoint[bound.from] || isJoint[bound.to]
                else { continue }
                graph.add(.init(greatest: bound.days), from: from, to: to, relation: bound.relation)
            }
            return (nodes, graph)
        }
    }
}
