import CaseFile
import CaseTiming
import Foundation
import Ledger

/// A case's intervals before they are cut by the day: what a view keeps.
struct StoredTimeline: Codable, Hashable, Sendable {
    /// An interval with the days on which the office may know of it, and those on which it may know more than timing.
    struct Entry: Codable, Hashable, Sendable {
        var visible: VisibleDays
        var titled: VisibleDays
        var interval: TimelineInterval
    }

    var entries: [Entry]

    /// The intervals that the office may see on a day.
    func cut(on day: CalendarDate) -> [TimelineInterval] {
        entries.compactMap { entry in
            guard entry.visible.contains(day) else { return nil }
            var interval = entry.interval
            if !entry.titled.contains(day) { interval.title = nil }
            return interval
        }
    }
}

extension StoredTimeline {
    /// The intervals of a case for an office that sees it: of one that is only asked to act, what it is asked for.
    init(_ surroundings: CaseSurroundings, for office: Office) {
        let state = surroundings.state
        let seen = VisibleDays(state.sight(of: office).map { [$0.span] } ?? [])
        let referrals = state.referrals(of: office).map {
            Entry(visible: seen, titled: seen, interval: TimelineInterval($0))
        }
        let own = state.isEngaged(office) ? referrals + Self.entries(surroundings, for: office) : referrals
        let all = own + Self.mergedEntries(surroundings, for: office)
        entries = all.filter { !$0.visible.isEmpty }
            .map { entry in
                // What may never be seen is not kept.
                var entry = entry
                if entry.titled.isEmpty { entry.interval.title = nil }
                return entry
            }
            .sorted { ($0.interval.from, $0.interval.id) < ($1.interval.from, $1.interval.id) }
    }

    /// What the office sees of the cases that were merged into this one, from its engagement in this one on.
    private static func mergedEntries(_ surroundings: CaseSurroundings, for office: Office) -> [Entry] {
        guard let engagement = surroundings.state.engagements[office] else { return [] }
        let seen = VisibleDays(from: engagement.from)
        return surroundings.merged.flatMap { StoredTimeline($0, for: office).entries }.map { entry in
            var entry = entry
            entry.visible = entry.visible.intersection(seen)
            entry.titled = entry.titled.intersection(seen)
            return entry
        }
    }

    /// What an office that is engaged sees beside referrals.
    private static func entries(_ surroundings: CaseSurroundings, for office: Office) -> [Entry] {
        let state = surroundings.state
        let always = VisibleDays(state.engagements[office].map { [VisibleDays.Span(from: $0.from)] } ?? [])
        let opened = { (category: ConsentCategory, recorder: Office?) in
            recorder == office ? always : state.days(of: category, for: office)
        }
        let sight = MeasureSight(of: office, on: surroundings.cases)
        let measures = state.measures.map { measure in
            let titled = opened(measure.category, measure.office)
            return Entry(
                visible: opened(.timing, measure.office).union(titled), titled: titled,
                interval: TimelineInterval(measure))
        }
        let placements = state.placements.map { placement in
            let visible = opened(CaseFile.Placement.category, placement.offered.office)
            return Entry(visible: visible, titled: visible, interval: TimelineInterval(placement))
        }
        let grants = state.grantIntervals.map { category, interval in
            let visible = opened(category, interval.office)
            return Entry(visible: visible, titled: visible, interval: interval)
        }
        let appointments = state.appointments.compactMap { appointment -> Entry? in
            if appointment.office == office {
                return Entry(visible: always, titled: always, interval: TimelineInterval(appointment))
            }
            // Whether somebody came is not timing; that they are expected somewhere is, as long as they are.
            guard appointment.status != .cancelled else { return nil }
            var interval = TimelineInterval(appointment)
            interval.state = CaseFile.Appointment.Status.scheduled.rawValue
            return Entry(
                visible: opened(.timing, appointment.office), titled: .never, interval: interval)
        }
        let periods = Dictionary(grouping: state.planPeriods(of: surroundings.caseId), by: \.id)
        let plans = state.plans.map { plan in
            let visible = opened(plan.category, plan.office)
            return Entry(
                visible: visible, titled: visible, interval: TimelineInterval(plan, periods[plan.planId] ?? []))
        }
        let findings = surroundings.findings.map { entry in
            Entry(visible: sight.days(of: entry.finding), titled: .never, interval: TimelineInterval(entry))
        }
        let conferences = state.conferences(of: office).map {
            Entry(visible: always, titled: always, interval: TimelineInterval($0))
        }
        let commitments = state.commitments(of: office).map {
            Entry(visible: always, titled: state.days(of: $0, for: office), interval: TimelineInterval($0))
        }
        let proposals = state.alignments.compactMap { proposal -> Entry? in
            // Only the office's own measures in this case are told of: no more than whoever is asked knows anyway.
            let shifts = proposal.shifts.filter { $0.office == office && $0.caseId == surroundings.caseId }
            return TimelineInterval(proposal, shifts).map { Entry(visible: always, titled: .never, interval: $0) }
        }
        let deadlines = state.deadlines.filter { $0.office == office && $0.status != .void }.map {
            Entry(visible: always, titled: always, interval: TimelineInterval($0))
        }
        return measures + placements + grants + appointments + plans + findings + conferences + commitments + proposals
            + deadlines
    }
}

extension TimelineInterval {
    fileprivate init(_ measure: CaseFile.Measure) {
        let days = measure.days ?? measure.window
        self.init(
            kind: .measure, id: measure.measureId, office: measure.office, from: days.first, to: days.last,
            state: measure.status.rawValue, strand: measure.strand, hoursPerWeek: measure.hoursPerWeek,
            title: measure.title)
    }

    fileprivate init(_ placement: CaseFile.Placement) {
        let from = placement.startedOn ?? placement.startsOn ?? placement.offered.on
        let to: CalendarDate? =
            switch placement.status {
            case .refused: placement.refusedOn
            case .ended: placement.end?.on
            case .offered, .accepted, .started: placement.endsOn
            }
        let isReversed = to.map { $0 < from } ?? false
        self.init(
            kind: .placement, id: placement.placementId, office: placement.offered.office,
            from: isReversed ? placement.offered.on : from, to: to, state: placement.status.rawValue,
            hoursPerWeek: placement.hoursPerWeek, title: placement.employer)
    }

    fileprivate init(_ appointment: CaseFile.Appointment) {
        self.init(
            kind: .appointment, id: appointment.appointmentId, office: appointment.office, from: appointment.at.day,
            to: appointment.lastDay, state: appointment.status.rawValue, at: BerlinMoment(appointment.at),
            minutes: appointment.minutes, title: appointment.place)
    }

    /// From the first day in force to the last, whatever lies between.
    fileprivate init(_ plan: CaseFile.Plan, _ periods: [PlanPeriod]) {
        self.init(
            kind: .plan, id: plan.planId, office: plan.office,
            from: periods.first?.inForceFrom ?? plan.from ?? plan.draftedOn,
            to: periods.isEmpty ? plan.conclusion?.on ?? plan.to : periods.last?.through,
            state: plan.isOpen ? (plan.isAgreed ? "agreed" : "draft") : "concluded", title: plan.kind.rawValue)
    }

    fileprivate init(_ referral: Referral) {
        let due = referral.status == .accepted ? referral.answer?.completeBy : referral.answerDue
        self.init(
            kind: .referral, id: referral.referralId, office: referral.from, from: referral.requested.on,
            to: referral.isOpen ? due : referral.endedOn, state: referral.status.rawValue, title: referral.service)
    }

    fileprivate init(_ deadline: CaseFile.Deadline) {
        let end = deadline.closure?.on ?? deadline.endsOn
        self.init(
            kind: .deadline, id: deadline.deadlineId, office: deadline.office, from: min(deadline.from, end), to: end,
            state: deadline.status.rawValue, title: deadline.title)
    }

    fileprivate init(_ conference: Conference) {
        self.init(
            kind: .conference, id: conference.conferenceId, office: conference.office, from: conference.at.day,
            to: conference.at.day, state: conference.status.rawValue, at: BerlinMoment(conference.at),
            title: conference.place)
    }

    fileprivate init(_ commitment: Commitment) {
        let end = commitment.settlement?.on ?? commitment.by
        self.init(
            kind: .commitment, id: commitment.commitmentId, office: commitment.office,
            from: min(commitment.made.on, end), to: end, state: commitment.status.rawValue, title: commitment.what)
    }

    /// `nil` where a proposal would move none of the measures.
    fileprivate init?(_ proposal: AlignmentProposal, _ shifts: [AlignmentShift]) {
        guard !shifts.isEmpty else { return nil }
        let end = proposal.outcome?.on ?? proposal.answerDue
        self.init(
            kind: .proposal, id: proposal.proposalId, from: proposal.proposed.on,
            to: end.map { max($0, proposal.proposed.on) }, state: proposal.status.rawValue,
            explanation: shifts.map { shift in
                let days = shift.days.magnitude == 1 ? "1 day" : "\(shift.days.magnitude) days"
                return "The measure of \(shift.from) would lie \(days) \(shift.days < 0 ? "earlier" : "later")."
            }.joined(separator: " "))
    }

    fileprivate init(_ entry: FindingRegister.Entry) {
        self.init(
            kind: .finding, id: entry.finding.id, from: entry.finding.from ?? entry.openedOn, to: entry.finding.to,
            state: entry.isOpen ? "open" : "closed", explanation: entry.finding.explanation)
    }
}
