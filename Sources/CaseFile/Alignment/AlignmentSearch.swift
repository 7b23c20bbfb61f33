public import CaseTiming
public import Foundation
public import Ledger

/// Looks for the least shifts that bring a household's measures into step, as far as its findings say that they are not.
///
/// What hangs together by relations is solved together. Where nobody has related two offices' measures that lie one after
/// another, the wish is that the nearest of them overlap. What an office declined, what lapsed and what contradicts itself
/// is not looked for again until something that it rested on has changed.
public struct AlignmentSearch: Hashable, Sendable {
    /// Shifts to be proposed.
    public struct Solution: Hashable, Sendable {
        /// The case in which they are to be proposed.
        public var caseId: UUID
        /// The shifts, by case and measure.
        public var shifts: [ProposeAlignment.Shift]
        /// The findings that they close.
        public var findings: [UUID]
    }

    /// Findings that no shifts close.
    public struct Impasse: Hashable, Sendable {
        /// The case in which it is to be told.
        public var caseId: UUID
        /// The measures that hang together.
        public var measures: [UUID]
        /// The findings.
        public var findings: [UUID]
        /// A smallest set of what contradicts itself.
        public var conflicts: [AlignmentConflict]
    }

    /// The shifts that bring into step what can be; `nil` when there is nothing to propose.
    public private(set) var solution: Solution?
    /// What cannot be brought into step.
    public private(set) var impasses: [Impasse] = []

    /// Whether moving measures can close findings of that kind.
    public static func canMeet(_ kind: FindingKind) -> Bool {
        switch kind {
        case .sequence, .relation, .householdStep: true
        case .gap, .clash, .deadline, .review, .handover, .incomeGap: false
        }
    }

    /// The shifts for a household.
    ///
    /// - Parameters:
    ///   - answerDue: the last day to answer. No measure is moved to begin on it or before, since it may be that day until
    ///     all have accepted.
    ///   - overlap: the days on which two offices' measures should overlap that nobody has related; all days of the shorter
    ///     one if it has fewer.
    ///   - offices: when offices have room for measures, and what it costs to move theirs.
    public init(
        in household: HouseholdMeasures, answerDue: CalendarDate, overlap: Int,
        offices: [Office: OfficeCapacity] = [:]
    ) {
        let findings = household.openFindings.values.filter { household.canBeMet($0) }.sorted { $0.id < $1.id }
        let wishes = findings.compactMap { household.wish(behind: $0, overlap: overlap) }
        var seen: Set<UUID> = []
        var shifts: [AlignmentShift] = []
        var met: [UUID] = []
        for finding in findings where seen.isDisjoint(with: finding.measures) {
            let connected = household.connected(to: finding.measures, andBy: wishes)
            seen.formUnion(connected)
            let concerned = findings.filter { connected.isSuperset(of: $0.measures) }.map(\.id)
            guard !household.hasSettled(connected, for: concerned) else { continue }
            let part = household.solve(
                connected, relations: household.relations + wishes, notBefore: answerDue + 1, offices: offices)
            switch part {
            case .shifts(let moved):
                guard !moved.isEmpty else { continue }
                shifts += moved
                met += concerned
            case .contradiction(let conflicts):
                guard let caseId = connected.compactMap({ household.measures[$0]?.caseId }).min() else { continue }
                impasses.append(
                    Impasse(caseId: caseId, measures: connected.sorted(), findings: concerned, conflicts: conflicts))
            }
        }
        shifts.sort { ($0.caseId, $0.measureId) < ($1.caseId, $1.measureId) }
        guard let first = shifts.first else { return }
        solution = Solution(
            caseId: first.caseId,
            shifts: shifts.map {
                ProposeAlignment.Shift(measureId: $0.measureId, days: $0.days, from: $0.from.first)
            }, findings: met)
    }
}

extension HouseholdMeasures {
    /// The id of a proposal that is made now: it follows from what it rests on and is made for, and from how often that was
    /// so before, whatever else happened meanwhile.
    public func newProposal(about ids: [UUID], for findings: [UUID]) -> UUID {
        let basis = basis(around: ids)
        let parts = basis.measures.map { measure in
            "\(measure.measureId) \(measure.days) \(measure.earliestStart?.description ?? "") "
                + "\(measure.latestEnd?.description ?? "") \(measure.isMovable) \(measure.isEngaged)"
        }
        let bounds = basis.relations.map { relation in
            "\(relation.first) \(relation.second) \(relation.relation.rawValue) \(relation.minDays) "
                + "\(relation.maxDays?.description ?? "") \(relation.tolerance)"
        }
        let earlier = alignments.count { $0.basis.says(theSameAs: basis) }
        let name = parts + bounds + findings.sorted().map(\.uuidString) + ["\(earlier + 1)"]
        let owner = household ?? basis.measures.first?.caseId ?? Surroundings.noCase
        return UUID(derivedFrom: owner, "alignment " + name.joined(separator: "; "))
    }

    fileprivate enum Part {
        case shifts([AlignmentShift])
        case contradiction([AlignmentConflict])
    }

    /// Whether moving two measures can close a finding.
    fileprivate func canBeMet(_ finding: Finding) -> Bool {
        AlignmentSearch.canMeet(finding.kind) && finding.measures.count == 2
            && finding.measures.allSatisfy { measures[$0] != nil }
    }

    /// That the two measures of a sequence should overlap, where nobody has related them.
    fileprivate func wish(behind finding: Finding, overlap: Int) -> AlignmentBasis.Relation? {
        guard finding.kind == .sequence, let first = measures[finding.measures[0]],
            let second = measures[finding.measures[1]],
            !relations.contains(where: {
                $0.relation == .concurrent && Set([$0.first, $0.second]) == Set(finding.measures)
            })
        else { return nil }
        return AlignmentBasis.Relation(
            first: first.measureId, second: second.measureId, relation: .concurrent,
            tolerance: max(0, min(first.days.length, second.days.length) - overlap))
    }

    /// Whether offices have answered this already, or it was told that nothing can be done, and nothing has changed since.
    fileprivate func hasSettled(_ connected: Set<UUID>, for findings: [UUID]) -> Bool {
        let basis = basis(around: connected)
        return alignments.contains { earlier in
            switch earlier.status {
            case .open, .stale, .accepted: false
            case .declined, .countered, .lapsed, .contradiction:
                earlier.basis.says(theSameAs: basis) && Set(findings).isSubset(of: earlier.findings)
            }
        }
    }

    /// The least shifts of measures that hang together, or why there are none.
    fileprivate func solve(
        _ connected: Set<UUID>, relations: [AlignmentBasis.Relation], notBefore: CalendarDate,
        offices: [Office: OfficeCapacity]
    ) -> Part {
        let involved = connected.sorted().compactMap { measures[$0] }
        let bounds = relations.filter { connected.contains($0.first) && connected.contains($0.second) }
        let problem: AlignmentProblem
        do {
            problem = try AlignmentProblem(
                measures: involved.map { measure in
                    // Who lies too early for its own limits has to move, but nobody is called earlier than can be told.
                    let notice = min(measure.days.first, notBefore)
                    return AlignmentMeasure(
                        id: measure.measureId.lowercaseString, days: measure.days,
                        earliestStart: measure.earliestStart.map { max($0, notice) } ?? notice,
                        latestEnd: measure.latestEnd, isMovable: measure.isMovable, capacity: offices[measure.office])
                },
                relations: bounds.map {
                    AlignmentRelation(
                        first: $0.first.lowercaseString, second: $0.second.lowercaseString, kind: $0.relation,
                        minDays: $0.minDays, maxDays: $0.maxDays, tolerance: $0.tolerance)
                })
        } catch {
            // Relations are checked when they are set; whatever is wrong with these, there is nothing to propose.
            return .shifts([])
        }
        switch Alignment(of: problem) {
        case .shifts(let shifts, _):
            let days = Dictionary(shifts.map { ($0.id, $0.days) }) { first, _ in first }
            return .shifts(
                involved.compactMap { measure in
                    guard let days = days[measure.measureId.lowercaseString], days != 0 else { return nil }
                    return AlignmentShift(
                        caseId: measure.caseId, measureId: measure.measureId, office: measure.office,
                        from: measure.days, days: days)
                })
        case .contradiction(let contradiction):
            return .contradiction(contradiction.members.compactMap { conflict($0) })
        }
    }

    /// A member of a contradiction, told with offices and days instead of ids.
    private func conflict(_ member: AlignmentContradiction.Member) -> AlignmentConflict? {
        guard let first = UUID(uuidString: member.first), let second = UUID(uuidString: member.second) else {
            return nil
        }
        let sentence = [first, second].compactMap { measures[$0] }.reduce(member.sentence) { sentence, measure in
            let id = measure.measureId.lowercaseString
            return
                sentence
                .replacing("Measure \(id)", with: "The \(measure.office.title)'s measure of \(measure.days)")
                .replacing("measure \(id)", with: "the \(measure.office.title)'s measure of \(measure.days)")
        }
        return AlignmentConflict(first: first, second: second, relation: member.relation?.kind, sentence: sentence)
    }
}
