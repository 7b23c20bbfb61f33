/// A smallest set of relations of an alignment that cannot all hold, in words.
///
/// Of all sets of relations that contradict one another or the measures' own limits (earliest start, latest end, not
/// movable, the first and last day with room), it has the fewest members; of those, it is one that needs no limits if there
/// is one. Without any of its members the others can hold. They follow one another from measure to measure.
///
/// Where it takes the gaps between windows to contradict, it is a set without any of whose members the others can hold; there
/// may be another one that has fewer.
public struct AlignmentContradiction: Hashable, Sendable {
    /// One relation of the set.
    public struct Member: Hashable, Sendable {
        /// The relation's first measure; where the limits of a measure contradict each other, that measure.
        public let first: String
        /// The relation's second measure; where the limits of a measure contradict each other, that measure.
        public let second: String
        /// The relation, or `nil` where the limits of a measure contradict each other.
        public let relation: AlignmentRelation?
        /// What the relation asks, and the limits that stand against it.
        public let sentence: String
    }

    /// The relations.
    public let members: [Member]

    /// - Parameter graph: the bounds of the problem's relations, which together with the limits cannot be met.
    init(in problem: AlignmentProblem, _ graph: DistanceGraph) {
        if let measure = problem.measures.first(where: \.rooms.isEmpty) {
            members = [
                Member(
                    first: measure.id, second: measure.id, relation: nil, sentence: AlignmentWording.noRoom(measure))
            ]
            return
        }
        let known = Self.withinOuterLimits(problem, graph)
        guard problem.measures.contains(where: { $0.rooms.count > 1 }) else {
            members = known ?? []
            return
        }
        let numbers = Dictionary(problem.relations.enumerated().map { ($1, $0) }) { first, _ in first }
        let rooms = WindowRooms(graph: graph, rooms: problem.measures.map(\.rooms))
        let needed = rooms.contradiction(within: known?.compactMap(\.relation).compactMap { numbers[$0] })
        // Gaps may contradict already where it took more than one relation without them.
        members =
            known.flatMap { $0.count == needed.count ? $0 : nil }
            ?? Self.members(needed.map { problem.relations[$0] }, in: problem)
    }

    /// The smallest contradiction when gaps between windows are left out, if there is one.
    private static func withinOuterLimits(_ problem: AlignmentProblem, _ graph: DistanceGraph) -> [Member]? {
        let limits = problem.measures.map(\.limits)
        let path = graph.smallestPath(fromGreatest: limits.map(\.greatest), belowLeast: limits.map(\.least))
        let cycle =
            problem.impossibleRelation.map { [$0] } ?? graph.smallestNegativeCycle(ofAtMost: path?.relations.count)
        if let cycle, cycle.count <= path?.relations.count ?? .max {
            return cycle.map { member(problem.relations[$0], before: nil, after: nil) }
        }
        return path.map { path in
            path.relations.indices.map { position in
                member(
                    problem.relations[path.relations[position]],
                    before: position == 0 ? AlignmentWording.lowerLimit(problem.measures[path.to]) : nil,
                    after: position == path.relations.count - 1
                        ? AlignmentWording.upperLimit(problem.measures[path.from]) : nil)
            }
        }
    }

    private static func member(_ relation: AlignmentRelation, before: String?, after: String?) -> Member {
        let sentences = [before, AlignmentWording.demand(of: relation), after].compactMap { $0 }
        return Member(
            first: relation.first, second: relation.second, relation: relation,
            sentence: sentences.joined(separator: " "))
    }

    /// Each relation, with where its measures have room when that was not told before.
    private static func members(_ relations: [AlignmentRelation], in problem: AlignmentProblem) -> [Member] {
        var told: Set<String> = []
        func room(of id: String) -> String? {
            guard told.insert(id).inserted, let number = problem.index[id] else { return nil }
            return AlignmentWording.room(for: problem.measures[number])
        }
        return relations.map { member($0, before: room(of: $0.first), after: room(of: $0.second)) }
    }
}
