public import CaseTiming
public import Foundation
public import Ledger

/// Says how two measures should lie in time.
public struct RelateMeasures: CommandBody {
    /// The name by which it is asked for.
    public static let name = "relate-measures"

    /// A measure of this case.
    public var first: UUID
    /// Another measure of this case, or one of another member of the same household.
    public var second: UUID
    /// How they should lie.
    public var relation: RelationKind
    /// The least distance in days; absent means 1.
    public var minDays: Int?
    /// The greatest distance in days; absent means none.
    public var maxDays: Int?
    /// By how many days the relation may be missed; absent means 0.
    public var tolerance: Int?

    /// A relation.
    public init(
        first: UUID, second: UUID, relation: RelationKind, minDays: Int? = nil, maxDays: Int? = nil,
        tolerance: Int? = nil
    ) {
        self.first = first
        self.second = second
        self.relation = relation
        self.minDays = minDays
        self.maxDays = maxDays
        self.tolerance = tolerance
    }
}

/// It was said how two measures should lie in time.
public struct MeasuresRelated: EventBody {
    /// A measure of this case.
    public var first: UUID
    /// Another measure of this case, or one of another member of the same household.
    public var second: UUID
    /// How they should lie.
    public var relation: RelationKind
    /// The least distance in days.
    public var minDays: Int
    /// The greatest distance in days; absent means none.
    public var maxDays: Int?
    /// By how many days the relation may be missed.
    public var tolerance: Int

    /// A relation.
    public init(
        first: UUID, second: UUID, relation: RelationKind, minDays: Int = 1, maxDays: Int? = nil, tolerance: Int = 0
    ) {
        self.first = first
        self.second = second
        self.relation = relation
        self.minDays = minDays
        self.maxDays = maxDays
        self.tolerance = tolerance
    }
}

extension MeasuresRelated: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["first", "second"],
        .timing: ["maxDays", "minDays", "relation", "tolerance"],
    ]
}

/// A relation between two measures, as the file keeps it.
public struct MeasureRelation: Hashable, Sendable {
    /// The relation.
    public var relation: TemporalRelation
    /// Which office set it, and since when it counts.
    public var related: Provenance
}

extension CaseState {
    func decide(_ command: RelateMeasures, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard command.first != command.second else { throw .sameMeasure }
        guard let first = measure(command.first) else { throw .unknownMeasure }
        // Whoever names a housemate's measure by its id was told of it; whether it exists is all that this answers.
        let housemates = Array(context.surroundings.housemates.values)
        guard
            let second = measure(command.second)
                ?? housemates.lazy.compactMap({ $0.measure(command.second) }).first
        else { throw .unknownMeasure }
        guard first.status != .abandoned, second.status != .abandoned else { throw .alreadyEnded }
        let relation = TemporalRelation(
            first: command.first, second: command.second, kind: command.relation, minDays: command.minDays ?? 1,
            maxDays: command.maxDays, tolerance: command.tolerance ?? 0)
        try relation.checkBounds()
        let household = HouseholdRelations(of: [self] + housemates)
        guard !household.contains(relation) else { throw .alreadyRelated }
        if let contradiction = household.contradiction(with: relation) {
            throw .relationContradicts(contradiction)
        }
        return [
            .measuresRelated(
                MeasuresRelated(
                    first: relation.first, second: relation.second, relation: relation.kind,
                    minDays: relation.minDays, maxDays: relation.maxDays, tolerance: relation.tolerance))
        ]
    }

    mutating func apply(_ event: MeasuresRelated, from provenance: Provenance) {
        relations.append(
            MeasureRelation(
                relation: TemporalRelation(
                    first: event.first, second: event.second, kind: event.relation, minDays: event.minDays,
                    maxDays: event.maxDays, tolerance: event.tolerance),
                related: provenance))
    }
}

/// All relations among the measures of a household that still bind.
private struct HouseholdRelations {
    private var lengths: [UUID: Int] = [:]
    private var relations: [TemporalRelation] = []

    init(of cases: [CaseState]) {
        for measure in cases.flatMap(\.measures) {
            guard measure.status != .abandoned, let days = measure.days else { continue }
            lengths[measure.measureId] = days.last - days.first + 1
        }
        let isBinding = { [lengths] (relation: TemporalRelation) in
            lengths[relation.first] != nil && lengths[relation.second] != nil
        }
        relations = cases.flatMap(\.relations).map(\.relation).filter(isBinding)
    }

    func contains(_ relation: TemporalRelation) -> Bool {
        relations.contains {
            $0.first == relation.first && $0.second == relation.second && $0.kind == relation.kind
        }
    }

    func contradiction(with relation: TemporalRelation) -> [TemporalRelation]? {
        SimpleTemporalNetwork.contradiction(lengths: lengths, relations: relations + [relation])
    }
}

extension TemporalRelation {
    /// A hundred years: no two measures of a person lie further apart.
    private static let farthest = 36_525

    fileprivate func checkBounds() throws(Rejection) {
        let range = -Self.farthest...Self.farthest
        guard range.contains(minDays), range.contains(maxDays ?? 0), range.contains(tolerance) else {
            throw .invalidDays
        }
        guard tolerance >= 0 else { throw .invalidTolerance }
        if let maxDays, maxDays < minDays { throw .invalidMaxDays }
    }

    fileprivate var sentence: String {
        "\(kind.rawValue) from \(first.uuidString.lowercased()) to \(second.uuidString.lowercased())"
    }
}

extension Rejection {
    /// A measure in relation to itself.
    public static let sameMeasure = Rejection(
        rule: "same-measure", detail: "A measure cannot be related to itself; name two different measures.")
    /// The two measures have a relation of that kind.
    public static let alreadyRelated = Rejection(
        rule: "already-related", detail: "These two measures already have a relation of this kind.")
    /// A distance of more than a hundred years.
    public static let invalidDays = Rejection(
        rule: "invalid-days", detail: "Distances and tolerance are whole days, at most a hundred years.")
    /// A tolerance below zero.
    public static let invalidTolerance = Rejection(
        rule: "invalid-tolerance", detail: "The tolerance is a number of days, 0 or more.")
    /// The greatest distance is less than the least.
    public static let invalidMaxDays = Rejection(
        rule: "invalid-max-days",
        detail: "maxDays is less than minDays (1 if absent); turn them round or leave one out.")

    /// No dates at all could satisfy these relations together.
    public static func relationContradicts(_ contradiction: [TemporalRelation]) -> Rejection {
        Rejection(
            rule: "relation-contradicts",
            detail: "No dates satisfy these relations together: "
                + contradiction.map(\.sentence).joined(separator: "; ")
                + ". Set another relation, or a greater tolerance.")
    }
}
