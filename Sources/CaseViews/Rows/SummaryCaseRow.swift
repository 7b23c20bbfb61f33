import CaseFile
import CaseTiming
import Foundation
import Ledger

/// A row of `summary_cases`: what one case contributes to a summary.
struct SummaryCaseRow: Hashable, Sendable {
    /// Days during which something lasts; without a last one as long as none is known.
    struct Span: Hashable, Sendable {
        var kind: String
        /// `nil` for all offices together.
        var office: Office?
        var from: CalendarDate
        var until: CalendarDate?
        var strand: Strand?
        var orientation: Orientation?
        var solidarity: Solidarity?
    }

    /// Something that happened on a day.
    struct Change: Hashable, Sendable {
        var kind: SummaryIndicator
        var office: Office
        var on: CalendarDate
    }

    /// The days of a month on which each office had a measure running.
    struct Activity: Hashable, Sendable {
        var month: CalendarMonth
        var days: [Office: UInt32]
    }

    /// The days of a month on which each office has a measure planned that has not begun.
    struct Expectation: Hashable, Sendable {
        var month: CalendarMonth
        /// Whether this is where open proposals would move the measures; such are only kept where there are any.
        var ifAccepted: Bool
        var days: [Office: UInt32]
    }

    var caseId: UUID
    var areaId: String
    var householdId: UUID?
    var spans: [Span]
    var changes: [Change]
    var activity: [Activity]
    var expectations: [Expectation]

    /// What a case contributes; `nil` when nobody is registered.
    init?(caseId: UUID, state: CaseState) {
        guard let participant = state.participant else { return nil }
        self.caseId = caseId
        areaId = participant.areaId.storable
        householdId = state.household?.householdId
        spans = Self.spans(caseId, state)
        changes =
            state.plans.flatMap(Self.changes) + state.placements.flatMap(Self.changes)
            + state.referrals.flatMap(Self.changes) + state.conferences.flatMap(Self.changes)
            + state.commitments.flatMap(Self.changes) + Self.handOffs(state)
            + state.alignments.flatMap { Self.changes(of: $0, in: caseId) }
        let measures = state.timedMeasures(of: caseId)
        activity = Self.byMonth(measures).map { Activity(month: $0, days: $1) }
        let planned = measures.filter { $0.progress == .planned }
        let shifts = AlignmentShift.days(ofOpen: state.alignments)
        let expected = Self.byMonth(planned.map { $0.expected(shiftedBy: 0) })
        let moved =
            planned.contains { shifts[$0.id] != nil }
            ? Self.byMonth(planned.map { $0.expected(shiftedBy: shifts[$0.id] ?? 0) }) : []
        expectations =
            expected.map { Expectation(month: $0, ifAccepted: false, days: $1) }
            + moved.map { Expectation(month: $0, ifAccepted: true, days: $1) }
    }

    /// The active days of each office, by month.
    private static func byMonth(_ measures: [TimedMeasure]) -> [(CalendarMonth, [Office: UInt32])] {
        Dictionary(grouping: Simultaneity.activity(of: measures), by: \.month).sorted { $0.key < $1.key }
            .map { month, offices in
                (month, Dictionary(offices.map { ($0.office, $0.days) }, uniquingKeysWith: { $0 | $1 }))
            }
    }

    private static func spans(_ caseId: UUID, _ state: CaseState) -> [Span] {
        let engagements = Office.allCases.flatMap { office in
            state.responsibility(of: office).countedOnceAMonth.map {
                Span(kind: "engagement", office: office, from: $0.from, until: $0.until)
            }
        }
        // A participant of several offices is one participant of all together.
        let together = Office.allCases.reduce(VisibleDays.never) { $0.union(state.responsibility(of: $1)) }
            .countedOnceAMonth.map { Span(kind: "engagement", office: nil, from: $0.from, until: $0.until) }
        let periods = Dictionary(grouping: state.planPeriods(of: caseId), by: \.id)
        let plans = state.plans.flatMap { plan in
            let days = VisibleDays(
                (periods[plan.planId] ?? []).map { VisibleDays.Span(from: $0.inForceFrom, until: $0.through) })
            return days.countedOnceAMonth.map {
                Span(kind: "plan", office: plan.office, from: $0.from, until: $0.until)
            }
        }
        let measures = state.measures.compactMap { measure -> Span? in
            guard measure.startedOn != nil, let days = measure.days else { return nil }
            return Span(
                kind: "measure", office: measure.office, from: days.first, until: days.last, strand: measure.strand,
                orientation: measure.orientation, solidarity: measure.solidarity)
        }
        // A referral waits from the day of asking to the day before its answer; one that is answered at once does not.
        let referrals = state.referrals.map { referral in
            Span(
                kind: "referral", office: referral.to, from: referral.requested.on,
                until: (referral.answer?.on ?? referral.endedOn).map { $0 - 1 })
        }
        return (engagements + together + plans + measures + referrals).filter { $0.from <= $0.until ?? $0.from }
    }

    private static func changes(of referral: Referral) -> [Change] {
        var changes = [Change(kind: .referralsRequested, office: referral.from, on: referral.requested.on)]
        if let answer = referral.answer {
            let kind: SummaryIndicator = answer.isAccepted ? .referralsAccepted : .referralsDeclined
            changes.append(Change(kind: kind, office: referral.to, on: answer.on))
            if referral.isAnsweredLate == true {
                changes.append(Change(kind: .referralsAnsweredLate, office: referral.to, on: answer.on))
            }
        }
        switch referral.end {
        case .completed(let on, _, _):
            changes.append(Change(kind: .referralsCompleted, office: referral.to, on: on))
        case .withdrawn(let on, _):
            changes.append(Change(kind: .referralsWithdrawn, office: referral.from, on: on))
        case nil: break
        }
        return changes
    }

    private static func changes(of conference: Conference) -> [Change] {
        guard conference.status == .minuted else { return [] }
        return [Change(kind: .conferencesHeld, office: conference.office, on: conference.at.day)]
    }

    private static func changes(of commitment: Commitment) -> [Change] {
        var changes = [Change(kind: .commitmentsMade, office: commitment.office, on: commitment.made.on)]
        if let overdue = commitment.overdueSince {
            changes.append(Change(kind: .commitmentsOverdue, office: commitment.office, on: overdue))
        }
        guard let settlement = commitment.settlement else { return changes }
        let kind: SummaryIndicator? =
            switch commitment.status {
            case .open: nil
            case .kept: .commitmentsKept
            case .late: .commitmentsLate
            case .broken: .commitmentsBroken
            case .withdrawn: .commitmentsWithdrawn
            }
        if let kind { changes.append(Change(kind: kind, office: commitment.office, on: settlement.on)) }
        return changes
    }

    /// What became of a proposal, for each office once: in the case of the first measure of the office that it would move.
    private static func changes(of proposal: AlignmentProposal, in caseId: UUID) -> [Change] {
        proposal.parties.flatMap { office -> [Change] in
            guard proposal.shifts.first(where: { $0.office == office })?.caseId == caseId else { return [] }
            var changes = [Change(kind: .proposalsReceived, office: office, on: proposal.proposed.on)]
            for answer in proposal.answers where answer.office == office {
                switch answer.kind {
                case .accepted: changes.append(Change(kind: .proposalsAccepted, office: office, on: answer.on))
                case .countered: changes.append(Change(kind: .proposalsCountered, office: office, on: answer.on))
                case .declined:
                    changes.append(Change(kind: .proposalsDeclined, office: office, on: answer.on))
                    changes.append(
                        Change(
                            kind: SummaryIndicator(declinedFor: answer.ground ?? .other), office: office, on: answer.on)
                    )
                }
            }
            switch proposal.outcome {
            case .agreed(let on): changes.append(Change(kind: .proposalsAgreed, office: office, on: on))
            case .lapsed(let on, let unanswered) where unanswered.contains(office):
                changes.append(Change(kind: .proposalsUnanswered, office: office, on: on))
            case .lapsed, .declined, .countered, .outdated, nil: break
            }
            return changes
        }
    }

    private static func handOffs(_ state: CaseState) -> [Change] {
        let engagements = state.departures.map(\.engagement) + state.engagements.values.sorted { $0.office < $1.office }
        let inside = engagements.flatMap { engagement in
            engagement.handedOn.map { Change(kind: .handOffs, office: engagement.office, on: $0) }
        }
        let outside = state.departures.filter { $0.successor != nil }.map {
            Change(kind: .handOffs, office: $0.engagement.office, on: $0.until)
        }
        return inside + outside
    }

    private static func change(of retention: CaseFile.Placement.Retention) -> Change? {
        let kind: SummaryIndicator? =
            switch retention.afterMonths {
            case 3: retention.stillEmployed ? .keptAfter3Months : .lostAfter3Months
            case 6: retention.stillEmployed ? .keptAfter6Months : .lostAfter6Months
            case 12: retention.stillEmployed ? .keptAfter12Months : .lostAfter12Months
            default: nil
            }
        return kind.map {
            Change(kind: $0, office: retention.recorded.office ?? .jobCentre, on: retention.recorded.on)
        }
    }

    private static func changes(of plan: CaseFile.Plan) -> [Change] {
        var changes = [Change(kind: .plansDrafted, office: plan.office, on: plan.draftedOn)]
        guard let agreement = plan.agreement else { return changes }
        changes.append(Change(kind: .plansAgreed, office: plan.office, on: agreement.participantAgreedOn))
        changes += plan.reviews.map { Change(kind: .plansReviewed, office: plan.office, on: $0.on) }
        if let on = plan.conclusion?.on { changes.append(Change(kind: .plansConcluded, office: plan.office, on: on)) }
        return changes
    }

    private static func changes(of placement: CaseFile.Placement) -> [Change] {
        // A placement that no office in particular recorded counts as the job centre's, whose business it is.
        let office = placement.offered.office ?? .jobCentre
        var changes = [Change(kind: .placementsOffered, office: office, on: placement.offered.on)]
        switch placement.answer {
        case .accepted(let on, _): changes.append(Change(kind: .placementsAccepted, office: office, on: on))
        case .refused(let on, _, _): changes.append(Change(kind: .placementsRefused, office: office, on: on))
        case nil: break
        }
        if let on = placement.startedOn {
            changes.append(Change(kind: .placementsStarted, office: office, on: on))
            // One that was given up before it began did not end.
            if let end = placement.end { changes.append(Change(kind: .placementsEnded, office: office, on: end.on)) }
        }
        return changes + placement.retentions.compactMap(Self.change)
    }
}

extension SummaryIndicator {
    /// Refusals on a ground.
    fileprivate init(declinedFor ground: DeclineGround) {
        self =
            switch ground {
            case .capacity: .proposalsDeclinedForCapacity
            case .provider: .proposalsDeclinedForProvider
            case .participant: .proposalsDeclinedForParticipant
            case .law: .proposalsDeclinedForLaw
            case .other: .proposalsDeclinedForOther
            }
    }
}

extension CaseState {
    /// The days on which an office was responsible for the case while it was open, the day of closing included.
    fileprivate func responsibility(of office: Office) -> VisibleDays {
        let engaged = VisibleDays(
            departures.filter { $0.engagement.office == office }
                .map { VisibleDays.Span(from: $0.engagement.from, until: $0.until) }
                + [engagements[office].map { VisibleDays.Span(from: $0.from) }].compactMap(\.self))
        guard let first = engaged.spans.first?.from else { return .never }
        let firsts = [first] + closedPeriods.map(\.reopened.on)
        let lasts = closedPeriods.map { Optional($0.closure.closed.on) } + [closure?.closed.on]
        let open = VisibleDays(zip(firsts, lasts).map { VisibleDays.Span(from: $0, until: $1) })
        return engaged.intersection(open)
    }
}

extension VisibleDays {
    /// The spans, with those joined that touch the same month: whoever comes back within a month counts once in it.
    fileprivate var countedOnceAMonth: [Span] {
        spans.reduce(into: []) { joined, span in
            if let last = joined.last, let until = last.until, until.month == span.from.month {
                joined[joined.count - 1].until = span.until
            } else {
                joined.append(span)
            }
        }
    }
}
