import Ledger

/// How measures are brought into step at the least total weighted shift, or why they cannot be.
///
/// The shifts are an exact optimum. Where several sets of shifts cost the same, it is the one in which every measure starts
/// as early as in any of them: there always is exactly one, because of two optimal sets the earlier start of each measure
/// makes an optimal set again: it keeps all bounds and stays where there is room, and the cost of the earlier and the later
/// starts together is that of the two sets (Murota, *Discrete Convex Analysis*, 2003). A measure of weight 0 is shifted only as
/// far as needed: among sets of equal cost, the days of those are summed up next.
public enum Alignment: Hashable, Sendable {
    /// By how many days a measure is shifted.
    public struct Shift: Hashable, Sendable {
        /// The measure's id.
        public let id: String
        /// Days, negative for earlier, 0 where it stays.
        public let days: Int
    }

    /// The shifts that bring everything into step, one for every measure, by id; and the sum of weight × |days|.
    case shifts([Shift], cost: Int128)
    /// A small set of relations that cannot all hold, without any of which the others can.
    case contradiction(AlignmentContradiction)

    /// Solves a problem.
    public init(of problem: AlignmentProblem) {
        var graph = DistanceGraph(nodeCount: problem.measures.count)
        for (number, relation) in problem.relations.enumerated() {
            guard let first = problem.index[relation.first], let second = problem.index[relation.second] else {
                continue
            }
            graph.add(problem.shiftDifference(of: relation, first, second), from: first, to: second, relation: number)
        }
        guard let days = problem.earliestOptimum(under: graph) else {
            self = .contradiction(AlignmentContradiction(in: problem, graph))
            return
        }
        let cost = zip(problem.measures, days).reduce(Int128(0)) { $0 + Int128($1.0.weight) * Int128($1.1.magnitude) }
        self = .shifts(zip(problem.measures, days).map { Shift(id: $0.id, days: $1) }, cost: cost)
    }
}

extension AlignmentProblem {
    /// The shift of each measure in the earliest of all optima, `nil` when there is no way.
    fileprivate func earliestOptimum(under graph: DistanceGraph) -> [Int]? {
        if measures.contains(where: \.rooms.isEmpty) { return nil }
        let whole = ShiftOptimiser(measures, graph)
        if measures.allSatisfy({ $0.rooms.count == 1 }) { return whole.earliestOptimum }
        return whole.isFeasible ? WindowSearch.earliestOptimum(of: measures, under: graph) : nil
    }

    /// What a relation asks of the second measure's shift less the first one's.
    func shiftDifference(
        of relation: AlignmentRelation, _ first: Int, _ second: Int
    ) -> RelationTerms.StartDistance {
        let (a, b) = (measures[first].days, measures[second].days)
        let asked = relation.terms.startDistance(firstLength: a.length, secondLength: b.length)
        let now = b.first - a.first
        return RelationTerms.StartDistance(
            least: asked.least.map { $0 - now }, greatest: asked.greatest.map { $0 - now })
    }

    /// The first relation that no two measures of these lengths can have.
    var impossibleRelation: Int? {
        relations.indices.first { number in
            guard let first = index[relations[number].first], let second = index[relations[number].second] else {
                return false
            }
            let asked = shiftDifference(of: relations[number], first, second)
            return asked.least ?? .min > asked.greatest ?? .max
        }
    }
}
