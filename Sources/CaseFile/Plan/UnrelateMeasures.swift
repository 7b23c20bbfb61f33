public import CaseTiming
public import Foundation
public import Ledger

/// Takes back how two measures should lie in time.
public struct UnrelateMeasures: CommandBody {
    /// The name by which it is asked for.
    public static let name = "unrelate-measures"

    /// The first measure of the relation.
    public var first: UUID
    /// The second measure of the relation.
    public var second: UUID
    /// The relation that no longer holds; absent means all that this case sets between the two.
    public var relation: RelationKind?
    /// Why.
    public var reason: String?

    /// A taking back.
    public init(first: UUID, second: UUID, relation: RelationKind? = nil, reason: String? = nil) {
        self.first = first
        self.second = second
        self.relation = relation
        self.reason = reason
    }
}

/// It was taken back how two measures should lie in time.
public struct MeasuresUnrelated: EventBody {
    /// The first measure of the relation.
    public var first: UUID
    /// The second measure of the relation.
    public var second: UUID
    /// The relation that no longer holds.
    public var relation: RelationKind
    /// Why.
    public var reason: String?

    /// A taking back.
    public init(first: UUID, second: UUID, relation: RelationKind, reason: String? = nil) {
        self.first = first
        self.second = second
        self.relation = relation
        self.reason = reason
    }
}

extension MeasuresUnrelated: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["first", "second"],
        .timing: ["relation"],
        .own: ["reason"],
    ]
}

extension CaseState {
    func decide(_ command: UnrelateMeasures, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let meant = relations.filter {
            $0.relation.first == command.first && $0.relation.second == command.second
                && (command.relation ?? $0.relation.kind) == $0.relation.kind
        }
        guard !meant.isEmpty else { throw .unknownRelation }
        // A relation binds whoever has a measure of this case in it, so they may let go as well as who set it.
        let owners = [command.first, command.second].compactMap { measure($0)?.office }
        guard let office = context.actor.office,
            meant.allSatisfy({ $0.related.office == office || owners.contains(office) })
        else { throw .notYourRelation }
        return meant.map { related in
            .measuresUnrelated(
                MeasuresUnrelated(
                    first: command.first, second: command.second, relation: related.relation.kind,
                    reason: command.reason))
        }
    }

    mutating func apply(_ event: MeasuresUnrelated, from provenance: Provenance) {
        relations.removeAll {
            $0.relation.first == event.first && $0.relation.second == event.second
                && $0.relation.kind == event.relation
        }
    }
}

extension Rejection {
    /// There is no such relation in this case.
    public static let unknownRelation = Rejection(
        rule: "unknown-relation",
        detail: "This case sets no such relation; look up which measure comes first, and in which case it was set.")
    /// Another office set the relation, and it is about none of the acting office's measures.
    public static let notYourRelation = Rejection(
        rule: "not-your-relation",
        detail: "Another office set this relation and your measures are not in it; ask that office to take it back.")
}
