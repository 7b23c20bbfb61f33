public import Foundation

/// Whether a set of relations can hold together, and if not, which of them cannot.
///
/// Every relation bounds the distance between the first days of two measures, so the measures form a simple temporal
/// network: Dechter, Meiri, Pearl, *Temporal constraint networks*, Artificial Intelligence 49 (1991).
public enum SimpleTemporalNetwork {
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
        let related = known.filter { $0.first != $0.second }
        let graph = graph(lengths, related)
        return graph.isConsistent ? nil : graph.smallestNegativeCycle()?.map { related[$0] }
    }

    private static func graph(_ lengths: [UUID: Int], _ relations: [TemporalRelation]) -> DistanceGraph {
        let measures = Set(relations.flatMap { [$0.first, $0.second] }).sorted()
        let index = Dictionary(uniqueKeysWithValues: measures.enumerated().map { ($1, $0) })
        var graph = DistanceGraph(nodeCount: measures.count)
        for (number, relation) in relations.enumerated() {
            guard let first = index[relation.first], let second = index[relation.second] else { continue }
            graph.add(
                relation.startDistance(
                    firstLength: lengths[relation.first] ?? 1, secondLength: lengths[relation.second] ?? 1),
                from: first, to: second, relation: number)
        }
        return graph
    }
}
