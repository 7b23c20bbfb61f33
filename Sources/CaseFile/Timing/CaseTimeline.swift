public import CaseTiming
public import Foundation
import Ledger

extension CaseState {
    /// The measures of all offices as timing sees them.
    public func timedMeasures(of caseID: UUID) -> [TimedMeasure] {
        measures.map { measure in
            TimedMeasure(
                id: measure.measureId, caseID: caseID, office: measure.office, window: measure.window,
                progress: measure.progress)
        }
    }

    /// The days on which the agreed plans are in force: from the day the participant agreed, but not before the plan's
    /// own first day, to its last; and none from the day on which the case was closed.
    public func planPeriods(of caseID: UUID) -> [PlanPeriod] {
        plans.compactMap { plan in
            guard let agreement = plan.agreement else { return nil }
            let lastOpenDay = closure.map { $0.closed.on - 1 }
            return PlanPeriod(
                id: plan.planId, caseID: caseID, office: plan.office, kind: plan.kind.rawValue,
                inForceFrom: max(agreement.participantAgreedOn, plan.from ?? agreement.participantAgreedOn),
                through: [plan.to, lastOpenDay].compactMap(\.self).min())
        }
    }

    /// The relations set in this case; none once it is closed, since then nobody works on it.
    public func relatedMeasures(of caseID: UUID) -> [RelatedMeasures] {
        guard !isClosed else { return [] }
        return relations.map { RelatedMeasures(relation: $0.relation, recordedIn: caseID) }
    }
}

extension Measure {
    /// How far the measure has come.
    fileprivate var progress: MeasureProgress {
        switch end {
        case nil: startedOn.map { .running(since: $0) } ?? .planned
        case .completed(let on, _, _): .completed(from: startedOn ?? on, on: on)
        case .abandoned(let on, _): .abandoned(from: startedOn, on: on)
        }
    }
}

extension Timeline {
    /// The timeline of a case that belongs to no household.
    public init(of state: CaseState, id caseID: UUID) {
        self.init(scope: .singleCase(caseID), members: [caseID: state])
    }

    /// The timeline of a household from the cases of its members, by case id.
    public init(household: UUID, members: [UUID: CaseState]) {
        self.init(scope: .household(household), members: members)
    }

    private init(scope: TimingScope, members: [UUID: CaseState]) {
        let cases = members.sorted { $0.key < $1.key }
        self.init(
            scope: scope, members: cases.map(\.key), plans: cases.flatMap { $0.value.planPeriods(of: $0.key) },
            measures: cases.flatMap { $0.value.timedMeasures(of: $0.key) },
            relations: cases.flatMap { $0.value.relatedMeasures(of: $0.key) })
    }
}
