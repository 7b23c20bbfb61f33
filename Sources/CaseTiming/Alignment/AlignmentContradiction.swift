/// A smallest set of relations of an alignment that cannot all hold, in words.
///
/// Of all sets of relations that contradict one another or the measures' own limits (earliest start, latest end, not
/// movable), it has the fewest members; of those, it is one that needs no limits if there is one. Without any of its
/// members the others can hold. They follow one another from measure to measure.
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
        let limits = problem.measures.map(\.limits)
        let tooTight = limits.indices.first { number in
            guard let least = limits[number].least, let greatest = limits[number].greatest else { return false }
            return least > greatest
        }
        if let tooTight {
            let measure = problem.measures[tooTight]
            members = [
                Member(
                    first: measure.id, second: measure.id, relation: nil, sentence: AlignmentWording.noRoom(measure))
            ]
            return
        }
        let path = graph.smallestPath(fromGreatest: limits.map(\.greatest), belowLeast: limits.map(\.least))
        let cycle =
            problem.impossibleRelation.map { [$0] } ?? graph.smallestNegativeCycle(ofAtMost: path?.relations.count)
        if let cycle, cycle.count <= path?.relations.count ?? .max {
            members = cycle.map { Self.member(problem.relations[$0], before: nil, after: nil) }
            return
        }
        guard let path else {
            members = []
            return
        }
        members = path.relations.indices.map { position in
            Self.member(
                problem.relations[path.relations[position]],
                before: position == 0 ? AlignmentWording.lowerLimit(problem.measures[path.to]) : nil,
                after: position == path.relations.count - 1
                    ? AlignmentWording.upperLimit(problem.measures[path.from]) : nil)
        }
    }

    private static func member(_ relation: AlignmentRelation, before: String?, after: String?) -> Member {
        let sentences = [before, AlignmentWording.demand(of: relation), after].compactMap { $0 }
        return Member(
            first: relation.first, second: relation.second, relation: relation,
            sentence: sentences.joined(separator: " "))
    }
}
