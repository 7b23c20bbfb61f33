public import CaseTiming
public import Foundation
public import Ledger

/// The measures of a household, or of a case without one, and what binds them, as alignments look at them.
public struct HouseholdMeasures: Sendable {
    /// The household, if there is one.
    public let household: UUID?
    /// The cases, by id.
    public let cases: [UUID: CaseState]
    /// What is out of step, by the findings' ids.
    public let openFindings: [UUID: Finding]
    let measures: [UUID: AlignmentBasis.Measure]
    let relations: [AlignmentBasis.Relation]

    /// The measures of these cases.
    ///
    /// - Parameters:
    ///   - household: the household's id and state; `nil` for a case that belongs to none.
    ///   - cases: the cases of all its members, or the one case, by id.
    public init(household: (id: UUID, state: HouseholdState)?, cases: [UUID: CaseState]) {
        self.household = household?.id
        self.cases = cases
        let found = cases.values.flatMap(\.findings.open) + (household?.state.findings.open ?? [])
        openFindings = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        var measures: [UUID: AlignmentBasis.Measure] = [:]
        var isOpen: Set<UUID> = []
        for (id, state) in cases.sorted(by: { $0.key < $1.key }) {
            for measure in state.measures where measures[measure.measureId] == nil {
                guard measure.status != .abandoned, let days = measure.days else { continue }
                let plan = state.plan(measure.planId)
                measures[measure.measureId] = AlignmentBasis.Measure(
                    caseId: id, measureId: measure.measureId, office: measure.office, days: days,
                    earliestStart: [measure.earliestStart, plan?.from].compactMap(\.self).max(),
                    latestEnd: [measure.latestEnd, plan?.to].compactMap(\.self).min(),
                    isMovable: measure.status == .planned, isEngaged: state.isEngaged(measure.office))
                if measure.isOpen { isOpen.insert(measure.measureId) }
            }
        }
        self.measures = measures
        // What binds measures that are all over asks nothing of anybody any more.
        let binding = cases.flatMap { $0.value.relatedMeasures(of: $0.key) }.map(\.relation).filter { relation in
            measures[relation.first] != nil && measures[relation.second] != nil
                && (isOpen.contains(relation.first) || isOpen.contains(relation.second))
        }
        relations = Set(binding).sorted().map { AlignmentBasis.Relation($0) }
    }

    /// The measures around a case whose command is decided.
    init(around state: CaseState, in context: DecisionContext) {
        var cases = context.surroundings.housemates
        cases[context.surroundings.caseId] = state
        self.init(
            household: state.household.map { ($0.householdId, context.surroundings.household ?? HouseholdState()) },
            cases: cases)
    }

    /// The proposals of these cases, each once, in the order of proposing as far as one is known.
    public var alignments: [AlignmentProposal] {
        let all = cases.sorted { $0.key < $1.key }.flatMap { id, state in state.alignments.filter { $0.caseId == id } }
        return all.sorted { ($0.proposed.on, $0.proposalId) < ($1.proposed.on, $1.proposalId) }
    }

    /// What a proposal about measures rests on: they, and all that hangs together with them.
    public func basis(around ids: some Sequence<UUID>) -> AlignmentBasis {
        let connected = connected(to: ids)
        return AlignmentBasis(
            household: household,
            measures: connected.sorted().compactMap { measures[$0] },
            relations: relations.filter { connected.contains($0.first) && connected.contains($0.second) })
    }

    /// The measures that are bound to these, directly or by way of others.
    func connected(to ids: some Sequence<UUID>, andBy wishes: [AlignmentBasis.Relation] = []) -> Set<UUID> {
        var neighbours: [UUID: [UUID]] = [:]
        for relation in relations + wishes {
            neighbours[relation.first, default: []].append(relation.second)
            neighbours[relation.second, default: []].append(relation.first)
        }
        var connected: Set<UUID> = []
        var open = Array(ids)
        while let id = open.popLast() {
            guard measures[id] != nil, connected.insert(id).inserted else { continue }
            open += neighbours[id] ?? []
        }
        return connected
    }

    /// Whether an office may know on a day when a measure is.
    func knows(_ office: Office, when measure: AlignmentBasis.Measure, on day: CalendarDate) -> Bool {
        guard measure.office != office, let state = cases[measure.caseId] else { return true }
        if state.sight(of: office, on: day)?.sees(.timing, recordedBy: measure.office) == true { return true }
        // A consent that names the office also holds where it works with another member of the household only.
        return state.consents.compactMap { $0.period(of: .timing, to: office) }
            .contains { $0.from <= day && day <= $0.until ?? day }
    }

    /// Refuses shifts that a measure cannot make, that lie in the past, or that put a relation out of step.
    func check(_ shifts: [AlignmentShift], on today: CalendarDate) throws(Rejection) {
        guard Set(shifts.map(\.measureId)).count == shifts.count else { throw .repeatedShift }
        for shift in shifts {
            guard let measure = measures[shift.measureId] else { throw .unknownMeasure }
            guard measure.isMovable else { throw .measureCannotMove(measure) }
            let (first, last) = (shift.to.first, shift.to.last)
            try first.plausible()
            try last.plausible()
            if let earliest = measure.earliestStart, first < earliest {
                throw .shiftOutsideLimits(measure, "start before \(earliest)")
            }
            if let latest = measure.latestEnd, latest < last {
                throw .shiftOutsideLimits(measure, "end after \(latest)")
            }
            guard shift.days > 0 || first > today else { throw .shiftIntoThePast }
        }
        let moved = Dictionary(shifts.map { ($0.measureId, $0.to) }) { first, _ in first }
        for relation in relations where moved[relation.first] != nil || moved[relation.second] != nil {
            guard let first = measures[relation.first]?.days, let second = measures[relation.second]?.days else {
                continue
            }
            let before = relation.temporal.violation(first: first, second: second)
            let after = relation.temporal.violation(
                first: moved[relation.first] ?? first, second: moved[relation.second] ?? second)
            guard after <= before else { throw .shiftBreaksRelation(relation) }
        }
    }
}

extension Rejection {
    /// The same measure is moved twice.
    public static let repeatedShift = Rejection(
        rule: "repeated-shift", detail: "The same measure is named twice; say once by how many days it moves.")
    /// A measure that began to lie earlier would begin in the past.
    public static let shiftIntoThePast = Rejection(
        rule: "shift-into-the-past",
        detail: "A measure would begin today or in the past; it can be moved to tomorrow at the earliest.")

    /// The measure has begun or is over.
    static func measureCannotMove(_ measure: AlignmentBasis.Measure) -> Rejection {
        Rejection(
            rule: "measure-cannot-move",
            detail: "The \(measure.office.title)'s measure from \(measure.days) has begun or is over and cannot move; "
                + "leave it out.")
    }

    /// The measure would leave its own limits or its plan's.
    static func shiftOutsideLimits(_ measure: AlignmentBasis.Measure, _ what: String) -> Rejection {
        Rejection(
            rule: "shift-outside-limits",
            detail:
                "The \(measure.office.title)'s measure from \(measure.days) cannot \(what), neither by its own limits "
                + "nor by its plan's; choose fewer days.")
    }

    /// A relation would be missed by more than it is.
    static func shiftBreaksRelation(_ relation: AlignmentBasis.Relation) -> Rejection {
        Rejection(
            rule: "shift-breaks-relation",
            detail: "Two measures that are related (\(relation.relation.rawValue)) would fall apart, or further apart; "
                + "move both, or choose other days.")
    }
}
