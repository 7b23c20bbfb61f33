import CaseFile
import CaseTiming
import Foundation
import Ledger

extension JobCentreFocus {
    init(_ state: CaseState, _ dues: [Due]) {
        let potential = state.ownPotential(of: .jobCentre)
        let own = state.placements.filter { $0.offered.office == .jobCentre }
        self.init(
            level: potential?.level, occupationsSought: potential?.occupationsSought ?? [],
            placement: own.current.map { CurrentPlacement($0) },
            lastRefusalOn: own.compactMap(\.refusedOn).max(),
            nextStep: dues.first { $0.reason.isStep }.map { NextStep(what: $0.reason, on: $0.on) },
            reviewDueOn: dues.first { $0.reason == .planReview }?.on)
    }
}

extension JobCentreFocus.CurrentPlacement {
    init(_ placement: CaseFile.Placement) {
        self.init(
            placementId: placement.placementId, state: placement.status,
            startsOn: placement.startedOn ?? placement.startsOn, endsOn: placement.endsOn)
    }
}

extension DueReason {
    /// Whether something is to happen with the participant, rather than in the office.
    fileprivate var isStep: Bool {
        switch self {
        case .measureStart, .appointment, .placementAnswer, .placementStart: true
        case .planReview, .measureEnd, .incomeCover, .consentExpiry, .referralAnswer, .referralCompletion, .conference,
            .commitment, .voucherExpiry, .alignmentAnswer, .deadline:
            false
        }
    }
}

extension YouthOfficeFocus {
    /// The ages at which responsibilities change.
    static let transitionAges = [18, 21, 25, 27]

    /// The birthdays on which responsibilities change of somebody born on a day.
    static func transitions(_ bornOn: CalendarDate) -> [Transition] {
        transitionAges.map { Transition(age: $0, on: bornOn.birthday($0)) }
    }

    init(_ surroundings: CaseSurroundings) {
        let state = surroundings.state
        let bornOn = state.participant?.personal?.bornOn
        let members = OfficeCaseFile.Household(state.household, surroundings.household)?.members ?? []
        self.init(
            transitions: bornOn.map(Self.transitions) ?? [],
            supportPlan: state.supportPlan.map {
                SupportPlan(planId: $0.planId, isAgreed: $0.isAgreed, reviewDueOn: $0.reviewDueOn)
            }, otherMembers: members.filter { $0.caseId != surroundings.caseId })
    }
}

extension SocialOfficeFocus {
    init(_ surroundings: CaseSurroundings) {
        let roles = surroundings.household?.state.members.values.map(\.role) ?? []
        let open = surroundings.state.measures.filter { $0.office == .socialOffice && $0.isOpen }
        self.init(
            householdSize: max(1, roles.count), minors: roles.count { $0 == .youth || $0 == .child },
            livingEnvironmentMeasures: open.filter { $0.strand == .livingEnvironment }.map(\.measureId),
            participationMeasures: open.filter { $0.strand == .neighbourhood || $0.strand == .civicParticipation }
                .map(\.measureId))
    }
}

extension CaseState {
    /// The assessment of potential, if the office made it.
    func ownPotential(of office: Office) -> CaseFile.Potential? {
        potential?.assessed.office == office ? potential : nil
    }

    /// The youth office's open support plan.
    var supportPlan: CaseFile.Plan? {
        plans.last { $0.office == .youthOffice && $0.kind == .youthSupport && $0.isOpen }
    }

    /// The planned end of the present placement, with the days on which `office` may know it.
    func placementEnd(for office: Office) -> Dated<CalendarDate>? {
        guard let placement = placements.current, let endsOn = placement.endsOn else { return nil }
        return dated(endsOn, CaseFile.Placement.category, of: placement, for: office)
    }

    /// The first day of the income recorded for after the last placement, with the days on which `office` may know it.
    func incomeCover(for office: Office) -> Dated<CalendarDate>? {
        let ended = placements.filter { $0.end != nil }.max {
            ($0.end?.on ?? $0.offered.on) < ($1.end?.on ?? $1.offered.on)
        }
        guard let placement = ended, let from = placement.end?.incomeCover?.from else { return nil }
        return dated(from, CaseFile.Placement.incomeCategory, of: placement, for: office)
    }

    private func dated(
        _ day: CalendarDate, _ category: ConsentCategory, of placement: CaseFile.Placement, for office: Office
    ) -> Dated<CalendarDate>? {
        let visible =
            placement.offered.office == office
            ? VisibleDays(engagements[office].map { [VisibleDays.Span(from: $0.from)] } ?? [])
            : days(of: category, for: office)
        return visible.isEmpty ? nil : Dated(visible: visible, value: day)
    }
}

extension [CaseFile.Placement] {
    /// The placement that runs, or else the last one accepted, or else the last one that awaits an answer.
    var current: CaseFile.Placement? {
        last { $0.status == .started } ?? last { $0.status == .accepted } ?? last { $0.status == .offered }
    }
}

extension CaseFile.Placement {
    /// The day of a refusal.
    var refusedOn: CalendarDate? {
        if case .refused(let on, _, _) = answer { on } else { nil }
    }
}
