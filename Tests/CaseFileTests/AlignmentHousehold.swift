import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

/// A household of two cases: in case 1 the job centre has a measure, in case 2 the youth office one, and nothing overlaps.
struct AlignmentHousehold {
    var first: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .householdJoined(), .planDrafted(kind: .participation),
        .measureAdded(from: "2026-04-01", to: "2026-05-31"), .planAgreed(),
    ]
    var second: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.youthOffice), .householdJoined(),
        .planDrafted(otherPlanId, office: .youthOffice, kind: .youthSupport),
        .measureAdded(otherMeasureId, plan: otherPlanId, from: "2026-08-01", to: "2026-09-30"),
        .planAgreed(otherPlanId),
        .consentGranted([.timing], to: [.jobCentre]),
    ]
    var findings: [Finding] = [Self.sequence]

    static let sequence = Finding(
        key: "sequence:job-centre:youth-office", kind: .sequence, owner: .household(householdId),
        cases: [id(1), id(2)],
        measures: [measureId, otherMeasureId], offices: [.jobCentre, .youthOffice], from: "2026-04-01",
        to: "2026-09-30",
        days: 61, explanation: "Nothing overlaps.")

    var cases: [UUID: CaseState] { [id(1): given(first).state, id(2): given(second).state] }

    var state: HouseholdState {
        let members = [id(1), id(2)].map { Past<HouseholdEvent>(event: .memberAdmitted(MemberAdmitted(caseId: $0))) }
        let opened = findings.map {
            Past<HouseholdEvent>(event: .findingOpened(FindingOpened(finding: $0, occurrence: 1)), actor: .worker)
        }
        return Given<HouseholdDecider>(members + opened).state
    }

    var measures: HouseholdMeasures { HouseholdMeasures(household: (householdId, state), cases: cases) }

    /// What stands around one of the cases.
    func around(_ number: Int) -> Surroundings {
        Surroundings(
            caseId: id(number), household: state, housemates: cases.filter { $0.key != id(number) })
    }

    /// The same after a proposal to move both measures towards each other was made.
    func proposed(_ days: (first: Int, second: Int) = (31, -59), findings: [UUID]? = nil) -> AlignmentHousehold {
        let basis = measures.basis(around: [measureId, otherMeasureId])
        var shifts = [
            AlignmentShift(
                caseId: id(1), measureId: measureId, office: .jobCentre,
                from: DayRange(first: "2026-04-01", atLeastTo: "2026-05-31"), days: days.first),
            AlignmentShift(
                caseId: id(2), measureId: otherMeasureId, office: .youthOffice,
                from: DayRange(first: "2026-08-01", atLeastTo: "2026-09-30"), days: days.second),
        ]
        shifts.removeAll { $0.days == 0 }
        var proposed = self
        let event = Past<CaseEvent>.alignmentProposed(
            shifts: shifts, basis: basis, findings: findings ?? self.findings.map(\.id))
        proposed.first.append(event)
        proposed.second.append(event)
        return proposed
    }

    /// What a command to case 1 does.
    func when(
        _ command: CaseCommand, by actor: Actor = .jobCentre, today: CalendarDate = "2026-03-02"
    ) -> Outcome<CaseDecider> {
        given(first).when(command, by: actor, on: today, today: today, around: around(1))
    }
}
