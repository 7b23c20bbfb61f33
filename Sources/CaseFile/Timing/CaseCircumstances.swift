import CaseTiming
import Foundation
import Ledger

// What timing looks at beside plans, measures and relations, as it follows from a case.

extension CaseState {
    /// The participant as timing sees them.
    func timedPerson(of caseID: UUID) -> TimedPerson {
        let part: TimedPerson.Part? =
            switch household?.role {
            case .adult, .partner: .adult
            case .youth, .child: .young
            case .other, nil: nil
            }
        let left = Dictionary(grouping: departures.filter { !isEngaged($0.engagement.office) }, by: \.engagement.office)
        return TimedPerson(
            caseID: caseID, part: part, bornOn: participant?.personal?.bornOn, engaged: engagements.mapValues(\.from),
            departures: left.values.compactMap(\.last).map {
                TimedPerson.Departure(office: $0.engagement.office, until: $0.until, successor: $0.successor)
            })
    }

    /// The weekly times of the measures that have not ended.
    var measureSchedules: [MeasureSchedule] {
        measures.filter { $0.isOpen && !$0.weeklySlots.isEmpty }.map { measure in
            MeasureSchedule(
                measure: measure.measureId,
                times: measure.weeklySlots.filter { $0.from < $0.to }.map {
                    MeasureSchedule.Time(weekday: $0.weekday, minutes: $0.from.minutes..<$0.to.minutes)
                })
        }
    }

    /// The appointments that wait for what becomes of them.
    func timedAppointments(of caseID: UUID) -> [TimedAppointment] {
        appointments.filter { $0.status == .scheduled }.map {
            TimedAppointment(
                id: $0.appointmentId, caseID: caseID, office: $0.office, day: $0.at.day, minute: $0.at.time.minutes,
                minutes: $0.minutes)
        }
    }

    /// The placements that were accepted, but for those given up before they began.
    func timedPlacements(of caseID: UUID) -> [TimedPlacement] {
        placements.compactMap { placement in
            let progress: TimedPlacement.Progress
            switch placement.status {
            case .offered, .refused: return nil
            case .accepted: progress = .accepted
            case .started: progress = .running
            case .ended where placement.startedOn == nil: return nil
            case .ended: progress = .ended
            }
            let cover = placement.end?.incomeCover
            return TimedPlacement(
                id: placement.placementId, caseID: caseID, office: placement.offered.office ?? .jobCentre,
                first: placement.startedOn ?? placement.startsOn, last: placement.end?.on ?? placement.endsOn,
                progress: progress, hoursPerWeek: placement.hoursPerWeek,
                // A cover without a day is one from the next day on.
                incomeFrom: cover.flatMap { cover in placement.end.map { cover.from ?? $0.on + 1 } })
        }
    }

    /// The reviews that the agreed plans wait for.
    func reviewsDue(of caseID: UUID) -> [PlanReviewDue] {
        plans.compactMap { plan in
            plan.reviewDueOn.map { PlanReviewDue(plan: plan.planId, caseID: caseID, office: plan.office, on: $0) }
        }
    }

    /// What offices asked of one another and what the other accepted, unless it was taken back.
    func acceptedReferrals(of caseID: UUID) -> [AcceptedReferral] {
        referrals.compactMap { referral in
            guard let answer = referral.answer, answer.isAccepted else { return nil }
            var completedOn: CalendarDate?
            switch referral.end {
            case .withdrawn: return nil
            case .completed(let on, _, _): completedOn = on
            case nil: break
            }
            return AcceptedReferral(
                id: referral.referralId, caseID: caseID, from: referral.from, acceptedOn: answer.on,
                completedOn: completedOn)
        }
    }

    /// The periods from rules that run, those that are suspended not among them.
    func timedDeadlines(of caseID: UUID) -> [TimedDeadline] {
        deadlines.filter { $0.status == .running }.map { deadline in
            TimedDeadline(
                id: deadline.deadlineId, caseID: caseID, office: deadline.office, subject: deadline.subject,
                title: deadline.title, period: deadline.period, source: deadline.rule.source, endsOn: deadline.endsOn,
                formerEnds: deadline.formerEnds.map(\.endsOn))
        }
    }
}
