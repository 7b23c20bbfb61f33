public import CaseTiming
public import Foundation
public import Ledger

extension CaseState {
    /// The measures of all offices as timing sees them.
    public func timedMeasures(of caseID: UUID) -> [TimedMeasure] {
        measures.map { measure in
            TimedMeasure(
                id: measure.measureId, caseID: caseID, office: measure.office, window: measure.window,
                progress: measure.progress,
                pauses: measure.pauses.compactMap { pause in
                    pause.through.flatMap { DayRange(first: pause.from, last: $0) }
                }, hoursPerWeek: measure.hoursPerWeek,
                isAgreed: plan(measure.planId).map { $0.isAgreed && $0.isOpen } ?? false)
        }
    }

    /// The days on which the agreed plans are in force: from the day the participant agreed, but not before the plan's
    /// own first day, to its last or the day it was concluded; and none from the day on which the case was closed to the
    /// day before it was opened again. A plan that was in force before and after has a period for each.
    public func planPeriods(of caseID: UUID) -> [PlanPeriod] {
        plans.flatMap { plan -> [PlanPeriod] in
            guard let agreement = plan.agreement else { return [] }
            let first = max(agreement.participantAgreedOn, plan.from ?? agreement.participantAgreedOn)
            let last = [plan.to, plan.conclusion?.on].compactMap(\.self).min()
            return openPeriods.enumerated().compactMap { index, open in
                let from = open.from.map { max(first, $0) } ?? first
                let through = [last, open.through].compactMap(\.self).min()
                // A plan that never was in force is known all the same, by one period without a day.
                guard from <= through ?? from || (index == 0 && openPeriods.count == 1) else { return nil }
                return PlanPeriod(
                    id: plan.planId, caseID: caseID, office: plan.office, inForceFrom: from,
                    through: through)
            }
        }
    }

    /// The days on which the case was or is open, each from the day of reopening to the day before closing.
    public var openPeriods: [(from: CalendarDate?, through: CalendarDate?)] {
        let firsts = [nil] + closedPeriods.map { Optional($0.reopened.on) }
        let lasts = closedPeriods.map { Optional($0.closure.closed.on - 1) } + [closure.map { $0.closed.on - 1 }]
        return zip(firsts, lasts).map { (from: $0, through: $1) }
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
        guard let end else {
            guard let startedOn else { return .planned }
            return openPause.map { .paused(since: startedOn, on: $0.from) } ?? .running(since: startedOn)
        }
        return switch end {
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
        let open = cases.filter { !$0.value.isClosed }
        self.init(
            scope: scope, members: cases.map(\.key), plans: cases.flatMap { $0.value.planPeriods(of: $0.key) },
            measures: cases.flatMap { $0.value.timedMeasures(of: $0.key) },
            relations: cases.flatMap { $0.value.relatedMeasures(of: $0.key) },
            people: open.map { $0.value.timedPerson(of: $0.key) },
            schedules: open.flatMap { $0.value.measureSchedules },
            appointments: open.flatMap { $0.value.timedAppointments(of: $0.key) },
            placements: open.flatMap { $0.value.timedPlacements(of: $0.key) },
            reviews: open.flatMap { $0.value.reviewsDue(of: $0.key) },
            referrals: open.flatMap { $0.value.acceptedReferrals(of: $0.key) },
            deadlines: open.flatMap { $0.value.timedDeadlines(of: $0.key) })
    }
}
