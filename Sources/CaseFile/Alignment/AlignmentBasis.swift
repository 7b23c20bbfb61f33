public import CaseTiming
public import Foundation
public import Ledger

/// What an alignment proposal rests on: the measures that hang together with those it would move, what they may do, what
/// binds them, and who is responsible for them. When any of it is different, the proposal is stale.
public struct AlignmentBasis: Codable, Hashable, Sendable {
    /// A measure as it was.
    public struct Measure: Codable, Hashable, Sendable {
        /// The case whose plan it belongs to.
        public var caseId: UUID
        /// The measure.
        public var measureId: UUID
        /// The office whose plan it belongs to.
        public var office: Office
        /// Its days: as it really was where that is known, otherwise as planned.
        public var days: DayRange
        /// The first day on which it can begin: its own limit and its plan's.
        public var earliestStart: CalendarDate?
        /// The last day on which it can end: its own limit and its plan's.
        public var latestEnd: CalendarDate?
        /// Whether it can still be moved: it is planned, and has not begun.
        public var isMovable: Bool
        /// Whether its office is responsible for the case.
        public var isEngaged: Bool

        /// A measure.
        public init(
            caseId: UUID, measureId: UUID, office: Office, days: DayRange, earliestStart: CalendarDate? = nil,
            latestEnd: CalendarDate? = nil, isMovable: Bool, isEngaged: Bool
        ) {
            self.caseId = caseId
            self.measureId = measureId
            self.office = office
            self.days = days
            self.earliestStart = earliestStart
            self.latestEnd = latestEnd
            self.isMovable = isMovable
            self.isEngaged = isEngaged
        }
    }

    /// How two of the measures should lie in time, as it was.
    public struct Relation: Codable, Hashable, Sendable {
        /// The first measure.
        public var first: UUID
        /// The second measure.
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

    /// The household, if the case belongs to one.
    public var household: UUID?
    /// The measures, by id.
    public var measures: [Measure]
    /// The relations among them, in a fixed order.
    public var relations: [Relation]

    /// A basis.
    public init(household: UUID?, measures: [Measure], relations: [Relation]) {
        self.household = household
        self.measures = measures
        self.relations = relations
    }
}

extension AlignmentBasis {
    /// What is different in another basis of the same measures, in a sentence; `nil` when nothing is.
    func change(to now: AlignmentBasis) -> String? {
        guard now != self else { return nil }
        let known = Dictionary(now.measures.map { ($0.measureId, $0) }) { first, _ in first }
        for before in measures {
            guard let after = known[before.measureId] else {
                return "A measure of the \(before.office.title) is no longer there to be aligned."
            }
            if before.isEngaged, !after.isEngaged {
                return "The \(before.office.title) is no longer responsible for its measure."
            }
            if before != after { return "The measure of the \(before.office.title) from \(before.days) was changed." }
        }
        if household != now.household { return "Who lives in the household has changed." }
        if measures.count < now.measures.count { return "The measures hang together with others now." }
        return "How the measures should lie in time was set otherwise."
    }

    /// Whether another basis, of some of the measures, says the same of them.
    func says(theSameAs part: AlignmentBasis) -> Bool {
        let ids = Set(part.measures.map(\.measureId))
        return household == part.household && Set(part.measures).isSubset(of: measures)
            && part.relations == relations.filter { ids.contains($0.first) || ids.contains($0.second) }
    }
}

extension AlignmentBasis.Relation {
    init(_ relation: TemporalRelation) {
        self.init(
            first: relation.first, second: relation.second, relation: relation.kind, minDays: relation.minDays,
            maxDays: relation.maxDays, tolerance: relation.tolerance)
    }

    var temporal: TemporalRelation {
        TemporalRelation(
            first: first, second: second, kind: relation, minDays: minDays, maxDays: maxDays, tolerance: tolerance)
    }
}
