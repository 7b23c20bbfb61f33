import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

/// Random case work: whatever is asked in whatever order, what must always hold holds.
@Suite("Generated histories") struct HistoryPropertyTests {
    @Test(arguments: 0..<60) func holdTogether(_ seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        var work = RandomWork()
        for _ in 0..<600 {
            let command = work.command(using: &generator)
            let context = work.context(for: command, using: &generator)
            let first = decide(command, given: work.state, in: context)
            #expect(first == decide(command, given: work.state, in: context))
            guard case .success(let events) = first else { continue }
            work.record(events, in: context)
            checkInvariants(work.state, isRevised: work.isRevised)
        }
        let replayed = work.facts.reduce(into: CaseDecider.initial) { CaseDecider.evolve(&$0, with: $1) }
        #expect(replayed == work.state)
    }

    /// The generator would prove nothing if it never came past the first rules.
    @Test func reachEveryCommand() {
        var accepted: Set<String> = []
        for seed in UInt64(0)..<300 {
            var generator = SplitMix(state: seed)
            var work = RandomWork()
            for _ in 0..<600 {
                let command = work.command(using: &generator)
                let context = work.context(for: command, using: &generator)
                guard case .success(let events) = decide(command, given: work.state, in: context) else { continue }
                if !events.isEmpty { accepted.insert(command.name) }
                work.record(events, in: context)
            }
        }
        #expect(Set(CaseCommand.kinds.map(\.name)).subtracting(accepted).isEmpty)
    }

    @Test(arguments: 0..<60) func surviveEveryOrderOfEvents(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        var work = RandomWork()
        for _ in 0..<200 {
            let command = work.command(using: &generator)
            let context = work.context(for: command, using: &generator)
            guard case .success(let events) = decide(command, given: work.state, in: context) else { continue }
            work.record(events, in: context)
        }
        // History is never rejected, not even one that no decider wrote.
        var state = CaseDecider.initial
        for fact in work.facts.shuffled(using: &generator) { CaseDecider.evolve(&state, with: fact) }
        for office in Office.allCases { _ = state.grants(for: office) }
        _ = TimingRules.findings(in: Timeline(of: state, id: id(1)), on: "2026-03-02")
    }

    private func decide(
        _ command: CaseCommand, given state: CaseState, in context: DecisionContext
    ) -> Result<[CaseEvent], Rejection> {
        do throws(Rejection) {
            return .success(try CaseDecider.decide(command, given: state, in: context))
        } catch {
            return .failure(error)
        }
    }

    /// Pauses follow one another within the time the measure ran, and only the last can be open.
    private func checkPauses(of measure: Measure) {
        if !measure.pauses.isEmpty { #expect(measure.startedOn != nil) }
        #expect(measure.pauses.dropLast().allSatisfy { $0.through != nil })
        var day = measure.startedOn
        for pause in measure.pauses {
            #expect(day.map { $0 <= pause.from } == true)
            if let through = pause.through { #expect(pause.from <= through) }
            day = pause.through.map { $0 + 1 }
        }
        guard let end = measure.end else { return }
        #expect(measure.openPause == nil)
        #expect(measure.pauses.allSatisfy { $0.through.map { $0 <= end.on } == true })
    }

    /// Whatever order three offices act in, a referral runs from one to another, and its steps follow one another.
    private func checkReferrals(in state: CaseState) {
        #expect(Set(state.referrals.map(\.referralId)).count == state.referrals.count)
        for referral in state.referrals {
            #expect(referral.from != referral.to)
            #expect(!referral.categories.contains(.entrusted))
            #expect(referral.legalBasis != nil || !referral.consents.isEmpty)
            #expect(referral.consents.allSatisfy { $0 <= state.consents.count })
            #expect(referral.requested.on <= referral.answerDue)
            if let answer = referral.answer { #expect(referral.requested.on <= answer.on) }
            if referral.isOpen { #expect(state.isEngaged(referral.from) && !state.isClosed) }
            switch referral.end {
            case .completed(let on, _, _):
                #expect(referral.answer?.isAccepted == true && referral.answer.map { $0.on <= on } == true)
            case .withdrawn(let on, _):
                #expect(referral.answer?.isAccepted != false && referral.requested.on <= on)
            case nil: break
            }
        }
        for office in Office.allCases where state.isClosed { #expect(!state.isAddressed(office)) }
    }

    /// Nobody is paid twice for a day, and nobody gets less than the law leaves them.
    private func checkGrants(_ state: CaseState) {
        for (index, subsidy) in state.subsidies.enumerated() {
            let others = state.subsidies[(index + 1)...].filter { $0.placementId == subsidy.placementId }
            for other in others {
                guard let own = subsidy.effectiveDays, let days = other.effectiveDays else { continue }
                #expect(own.overlap(with: days) == nil)
            }
            if let end = state.placement(subsidy.placementId)?.end, let days = subsidy.effectiveDays {
                #expect(days.last <= end.on)
            }
        }
        for voucher in state.vouchers {
            guard case .redeemed(let redemption) = voucher.fate else { continue }
            #expect(voucher.issued.on <= redemption.on && redemption.on <= voucher.scope.until)
        }
        for day in state.reductions.compactMap(\.effectiveDays?.first) {
            let running = state.reductions.filter { $0.effectiveDays?.contains(day) == true }
            #expect(running.reduce(0) { $0 + $1.percentage } <= 30)
        }
        for placement in state.placements {
            #expect(Set(placement.retentions.map(\.afterMonths)).count == placement.retentions.count)
            if !placement.retentions.isEmpty { #expect(placement.startedOn != nil) }
        }
    }

    /// Offices meet with consent, and commit themselves where they meet.
    private func checkConferences(in state: CaseState) {
        #expect(Set(state.conferences.map(\.conferenceId)).count == state.conferences.count)
        #expect(Set(state.commitments.map(\.commitmentId)).count == state.commitments.count)
        for conference in state.conferences {
            #expect(conference.participants.count > 1 && conference.participants.contains(conference.office))
            #expect(!conference.consents.isEmpty && !conference.categories.isEmpty)
            #expect(!conference.categories.contains(.entrusted))
            guard case .minuted(let on, _, let commitments) = conference.outcome else { continue }
            #expect(conference.at.day <= on)
            #expect(commitments.allSatisfy { state.commitment($0)?.conferenceId == conference.conferenceId })
        }
        for commitment in state.commitments where commitment.proposalId != nil {
            let proposal = commitment.proposalId.flatMap { state.alignment($0) }
            #expect(proposal?.status == .accepted && proposal?.parties.contains(commitment.office) == true)
        }
        for proposal in state.alignments where proposal.status == .accepted {
            #expect(proposal.parties.allSatisfy { party in proposal.answers.contains { $0.office == party } })
            #expect(proposal.answers.allSatisfy { $0.kind == .accepted })
        }
        for commitment in state.commitments where commitment.proposalId == nil {
            let conference = commitment.conferenceId.flatMap { state.conference($0) }
            #expect(conference?.participants.contains(commitment.office) == true)
            #expect(!commitment.to.contains(commitment.office) && !commitment.to.isEmpty)
            #expect(conference.map { $0.at.day <= commitment.by } == true)
            if commitment.status == .open { #expect(state.isEngaged(commitment.office) && !state.isClosed) }
            if commitment.status == .late { #expect(commitment.settlement.map { commitment.by < $0.on } == true) }
        }
    }

    private func checkInvariants(_ state: CaseState, isRevised: Bool) {
        for office in Office.allCases {
            for kind in PlanKind.allCases {
                #expect(state.openPlans(of: office).filter { $0.kind == kind }.count <= 1)
            }
            if !state.isEngaged(office) { #expect(state.grants(for: office).isEmpty) }
            #expect(!state.grants(for: office).contains { $0.category == .entrusted })
        }
        for note in state.entrustedNotes {
            for role in Role.allCases {
                for office in Office.allCases {
                    let other = Actor(subject: "somebody else", role: role, office: office)
                    #expect(note.content(for: other) == nil && !note.isHeld(by: other))
                }
            }
        }
        #expect(Set(state.plans.map(\.planId)).count == state.plans.count)
        #expect(Set(state.measures.map(\.measureId)).count == state.measures.count)
        #expect(Set(state.placements.map(\.placementId)).count == state.placements.count)
        #expect(Set(state.appointments.map(\.appointmentId)).count == state.appointments.count)
        for appointment in state.appointments {
            let others = state.appointments.filter {
                $0.office == appointment.office && $0.appointmentId != appointment.appointmentId
            }
            #expect(
                appointment.status == .cancelled
                    || !others.contains { $0.status != .cancelled && $0.overlaps(appointment) })
        }
        checkReferrals(in: state)
        checkConferences(in: state)
        for departure in state.departures { #expect(departure.engagement.from <= departure.until) }
        let isAnythingUnderWay = state.measures.contains(where: \.isUnderWay)
        if state.engagements.isEmpty { #expect(!isAnythingUnderWay) }
        for plan in state.plans where plan.isOpen {
            #expect(state.isEngaged(plan.office))
            if plan.isAgreed, plan.kind == .cooperation { #expect(state.potential != nil) }
            if !plan.reviews.isEmpty { #expect(plan.isAgreed) }
            #expect(zip(plan.reviews, plan.reviews.dropFirst()).allSatisfy { $0.on <= $1.on })
            if !plan.isOpen { #expect(state.measures.allSatisfy { $0.planId != plan.planId || !$0.isOpen }) }
        }
        for measure in state.measures {
            if measure.isOpen { #expect(state.plan(measure.planId)?.isOpen == true) }
            if measure.startedOn != nil { #expect(state.plan(measure.planId)?.isAgreed == true) }
            if case .completed(let on, _, _) = measure.end {
                #expect(measure.startedOn.map { $0 <= on } == true)
            }
            #expect(measure.days != nil || measure.status == .abandoned)
            checkPauses(of: measure)
        }
        let lengths = Dictionary(
            uniqueKeysWithValues: (state.measures + RandomWork.housemates.values.flatMap(\.measures))
                .filter { $0.status != .abandoned }.map { ($0.measureId, $0.window.length) })
        // Only what was planned together has to fit together: a measure that takes longer is a finding, not an error.
        if state.measures.allSatisfy({ $0.startedOn == nil }), !isRevised {
            #expect(
                SimpleTemporalNetwork.contradiction(lengths: lengths, relations: state.relations.map(\.relation))
                    == nil)
        }
        for placement in state.placements where placement.startedOn != nil {
            guard case .accepted = placement.answer else {
                Issue.record("a placement started that was not accepted")
                continue
            }
        }
        let fullTime = state.placements.filter(\.isFullTime).compactMap { placement in
            placement.startedOn.map { ($0, placement.end?.on ?? placement.endsOn ?? "2200-12-31") }
        }
        for (index, first) in fullTime.enumerated() {
            for second in fullTime[(index + 1)...] { #expect(first.1 < second.0 || second.1 < first.0) }
        }
        checkGrants(state)
        RandomWork.checkDeadlines(state)
        if state.isClosed {
            #expect(state.measures.allSatisfy { !$0.isOpen })
            #expect(!state.placements.contains { $0.status == .started || $0.status == .accepted })
        }
        if state.merging != nil {
            #expect(state.isClosed && state.absorbed.isEmpty && state.household == nil)
            #expect(state.engagements.keys.allSatisfy(RandomWork.double.isEngaged))
        }
    }
}

/// A case in the making, with a small world of ids so that commands meet.
private struct RandomWork {
    var state = CaseDecider.initial
    var facts: [Fact<CaseEvent, Authorship>] = []

    /// Whether a measure was changed after it was added.
    var isRevised: Bool {
        facts.contains { fact in
            if case .measureRevised = fact.event { true } else { false }
        }
    }

    /// Somebody in the same household, with two measures.
    static let housemates = [
        id(2): given(
            .participantRegistered(), .officeEngaged(.youthOffice),
            .planDrafted(id(80), office: .youthOffice, kind: .youthSupport), .measureAdded(id(90), plan: id(80)),
            .measureAdded(id(91), plan: id(80))
        ).state
    ]

    /// Somebody else, for whom every office is responsible, and who may turn out to be the same person.
    static let double = given(
        .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice),
        .officeEngaged(.socialOffice)
    ).state

    mutating func record(_ events: [CaseEvent], in context: DecisionContext) {
        for event in events {
            let fact = Fact(
                event, authorship: context.actor.authorship(), effectiveOn: context.effectiveOn,
                recordedAt: Instant(microsecondsSince1970: 0), version: facts.count + 1,
                position: Position(facts.count + 1))
            facts.append(fact)
            CaseDecider.evolve(&state, with: fact)
        }
    }

    func context(for command: CaseCommand, using generator: inout SplitMix) -> DecisionContext {
        var actors: [Actor] = [.jobCentre, .jobCentre, .youthOffice, .socialOffice, .worker]
        let today: CalendarDate = "2026-06-30"
        var effectiveOn = day(&generator)
        if let owner = owner(of: command), generator.below(4) > 0 {
            actors = [Actor.jobCentre, .youthOffice, .socialOffice].filter { $0.office == owner }
            // Whatever came before has happened by today.
            if Bool.random(using: &generator) { effectiveOn = today }
        }
        var surroundings = Bool.random(using: &generator) ? Surroundings.publishedArea : Surroundings()
        if Bool.random(using: &generator) { surroundings.provider = Surroundings.publishedPartner.provider }
        surroundings.housemates = Self.housemates
        surroundings.caseId = id(1)
        surroundings.others = [id(3): Self.double, id(4): Self.double]
        return DecisionContext(
            actor: actors[generator.below(actors.count)], effectiveOn: effectiveOn, today: today,
            surroundings: surroundings, rules: rules(for: command, using: &generator))
    }

    /// The shipped rules. Half of the times when somebody is to be erased, none: what the law keeps would outlast every
    /// history.
    private func rules(for command: CaseCommand, using generator: inout SplitMix) -> RuleBook {
        if case .eraseParticipant = command, Bool.random(using: &generator) { return RuleBook() }
        return Self.rules
    }

    /// The shipped rules; with none, what needs them would never be accepted, and ``reachEveryCommand()`` would say so.
    private static let rules = (try? RuleBook.shipped) ?? RuleBook()

    /// The office whose business a command between offices is, so that it does not only come from others.
    private func owner(of command: CaseCommand) -> Office? {
        switch command {
        case .decideIdentity, .mergeCase, .unmergeCase: .jobCentre
        case .entrustNote, .handOverNote: .youthOffice
        case .liftLegalHold(let command): state.dataProtection.hold(command.holdId)?.imposed.office
        case .liftRestriction(let command):
            state.dataProtection.restriction(command.restrictionId)?.restricted.office
        case .settleDispute(let command): state.dataProtection.dispute(command.disputeId)?.disputed.office
        case .acceptReferral(let command): state.referral(command.referralId)?.to
        case .completeReferral(let command): state.referral(command.referralId)?.to
        case .withdrawReferral(let command): state.referral(command.referralId)?.from
        case .cancelConference(let command): state.conference(command.conferenceId)?.office
        case .minuteConference(let command): state.conference(command.conferenceId)?.office
        case .keepCommitment(let command): state.commitment(command.commitmentId)?.office
        case .breakCommitment(let command): state.commitment(command.commitmentId)?.office
        case .withdrawCommitment(let command): state.commitment(command.commitmentId)?.office
        case .replyToCommitment(let command): state.commitment(command.commitmentId)?.office
        case .correctFact(let command): state.recordedFact(command.factId)?.office
        case .suspendDeadline, .resumeDeadline, .extendDeadline, .shortenDeadline:
            state.deadlines.last(where: \.isOpen)?.office
        case .acceptAlignment, .declineAlignment, .counterAlignment:
            state.alignments.first(where: \.isOpen)?.waitingFor.first
        default: nil
        }
    }

    func command(using generator: inout SplitMix) -> CaseCommand {
        if state.merging != nil, generator.below(4) == 0 { return .unmergeCase(UnmergeCase(reason: "r")) }
        if state.isClosed, generator.below(40) == 0 {
            return .eraseParticipant(EraseParticipant(ground: .notNecessary))
        }
        if state.dataProtection.isRestricted, generator.below(2) == 0 { return lifting(&generator) }
        if state.isRegistered, generator.below(40) == 0 { return dataProtection(&generator) }
        if state.isRegistered, generator.below(6) == 0 { return grant(&generator) }
        if state.isRegistered, generator.below(20) == 0 { return alignment(&generator) }
        if state.isRegistered, generator.below(40) == 0 { return identity(&generator) }
        if state.isRegistered, generator.below(30) == 0 { return deadline(&generator) }
        if state.isRegistered, generator.below(40) == 0 { return fact(&generator) }
        return switch generator.below(114) {
        case 0..<50 where !state.isRegistered, 0..<2: registration(&generator)
        case 30..<110 where isWindingDown: end(&generator)
        case 0..<12: .engageOffice(EngageOffice(office: pick(Office.allCases, &generator)))
        case 12..<14: consent(&generator)
        case 14..<16: interruption(&generator)
        case 16..<18: withdrawal(&generator)
        case 18..<19: circumstance(&generator)
        case 19..<21: .joinHousehold(JoinHousehold(householdId: id(40 + generator.below(2))))
        case 21..<23: appointment(&generator)
        case 23..<25: .assessPotential(AssessPotential(level: generator.below(10)))
        case 25..<32: draft(&generator)
        case 32..<38: measure(&generator)
        case 38..<41: revision(&generator)
        case 41..<46: relation(&generator)
        case 46..<48:
            unrelation(&generator)
        case 48..<53: agreement(&generator)
        case 53..<54:
            .reviewPlan(
                ReviewPlan(planId: maybePlanID(&generator), on: maybeDay(&generator), nextReview: maybeDay(&generator)))
        case 54..<55: .concludePlan(ConcludePlan(planId: maybePlanID(&generator), on: maybeDay(&generator)))
        case 55..<58: interruption(&generator)
        case 58..<64:
            .startMeasure(
                StartMeasure(
                    measureId: state.measures.first {
                        $0.status == .planned && state.plan($0.planId)?.isAgreed == true
                    }?
                    .measureId ?? measureID(&generator), on: maybeDay(&generator)))
        case 64..<69: .completeMeasure(CompleteMeasure(measureId: measureID(&generator), on: maybeDay(&generator)))
        case 69..<72: .abandonMeasure(AbandonMeasure(measureId: measureID(&generator), on: maybeDay(&generator)))
        case 72..<77: offer(&generator)
        case 77..<81: .acceptPlacement(AcceptPlacement(placementId: placementID(&generator)))
        case 81..<83: .refusePlacement(RefusePlacement(placementId: placementID(&generator)))
        case 83..<87: .startPlacement(StartPlacement(placementId: placementID(&generator), on: maybeDay(&generator)))
        case 87..<91: .endPlacement(EndPlacement(placementId: placementID(&generator), on: maybeDay(&generator)))
        case 91..<92 where facts.count > 40 && !state.isClosed: .closeCase(CloseCase())
        case 91..<94 where state.isClosed: .reopenCase(ReopenCase())
        case 91..<95: .openFinding(OpenFinding(finding: .gap(days: generator.below(3))))
        case 100..<105: referral(&generator)
        case 105..<110: conference(&generator)
        case 110..<114: commitment(&generator)
        case 95..<98: .updateFinding(UpdateFinding(finding: .gap(days: generator.below(3))))
        default: .closeFinding(CloseFinding(key: "gap:1"))
        }
    }

    /// From time to time everything that is open is brought to an end, so that the case can be closed.
    private var isWindingDown: Bool { !state.isClosed && facts.count % 100 > 70 }

    private func end(_ generator: inout SplitMix) -> CaseCommand {
        if let open = state.measures.first(where: \.isOpen) {
            return .abandonMeasure(AbandonMeasure(measureId: open.measureId, on: maybeDay(&generator)))
        }
        if let open = state.appointments.first(where: { $0.status == .scheduled }) {
            return .cancelAppointment(CancelAppointment(appointmentId: open.appointmentId))
        }
        if let open = state.referrals.first(where: \.isOpen) {
            return .withdrawReferral(WithdrawReferral(referralId: open.referralId))
        }
        if let open = state.commitments.first(where: { $0.status == .open }) {
            return .withdrawCommitment(WithdrawCommitment(commitmentId: open.commitmentId))
        }
        if let open = state.conferences.first(where: { $0.status == .called }), Bool.random(using: &generator) {
            return .cancelConference(CancelConference(conferenceId: open.conferenceId))
        }
        switch state.placements.first(where: { $0.status != .refused && $0.status != .ended }) {
        case let open? where open.status == .offered:
            return .refusePlacement(RefusePlacement(placementId: open.placementId))
        case let open?: return .endPlacement(EndPlacement(placementId: open.placementId, on: maybeDay(&generator)))
        case nil where generator.below(8) > 0: return merging(&generator)
        case nil: return .closeCase(CloseCase())
        }
    }

    /// What remains to be done before the case can be merged, and then that.
    private func merging(_ generator: inout SplitMix) -> CaseCommand {
        if state.household != nil { return .leaveHousehold(LeaveHousehold()) }
        if let open = state.vouchers.first(where: { $0.status == .issued }) {
            return .revokeVoucher(RevokeVoucher(voucherId: open.voucherId))
        }
        if let merged = state.absorbed.keys.first { return .releaseCase(ReleaseCase(caseId: merged)) }
        guard state.identityDecisions[id(3)]?.verdict == .samePerson else {
            return .decideIdentity(DecideIdentity(otherCaseId: id(3), verdict: .samePerson, reason: "r"))
        }
        return .mergeCase(MergeCase(into: id(3), reason: "r"))
    }

    /// Who is who.
    private func identity(_ generator: inout SplitMix) -> CaseCommand {
        let verdict = pick(IdentityVerdict.allCases + [.samePerson], &generator)
        return switch generator.below(6) {
        case 0: .recordIdentity(RecordIdentity(otherCaseId: id(4), verdict: verdict, reason: "r"))
        case 1: .absorbCase(AbsorbCase(caseId: id(4), reason: "r"))
        case 2: .releaseCase(ReleaseCase(caseId: id(4), reason: "r"))
        default: .decideIdentity(DecideIdentity(otherCaseId: id(3), verdict: verdict, reason: "r"))
        }
    }

    private func interruption(_ generator: inout SplitMix) -> CaseCommand {
        if let paused = state.measures.first(where: { $0.status == .paused }) {
            return .resumeMeasure(ResumeMeasure(measureId: paused.measureId, on: maybeDay(&generator)))
        }
        let started = state.measures.first { $0.status == .started }?.measureId
        return .pauseMeasure(PauseMeasure(measureId: started ?? measureID(&generator), on: maybeDay(&generator)))
    }

    private func unrelation(_ generator: inout SplitMix) -> CaseCommand {
        let known = state.relations.isEmpty ? nil : pick(state.relations.map(\.relation), &generator)
        return .unrelateMeasures(
            UnrelateMeasures(
                first: known?.first ?? measureID(&generator), second: known?.second ?? measureID(&generator),
                relation: Bool.random(using: &generator) ? nil : pick(RelationKind.allCases, &generator)))
    }

    private func lifting(_ generator: inout SplitMix) -> CaseCommand {
        let restriction = state.dataProtection.restrictions.last(where: \.isInForce)?.restrictionId
        return .liftRestriction(
            LiftRestriction(
                restrictionId: restriction ?? id(161), participantToldOn: "2026-01-01", reason: "r"))
    }

    /// What keeps or restricts the data, and what is disputed of it; seldom the end of it all.
    private func dataProtection(_ generator: inout SplitMix) -> CaseCommand {
        let protection = state.dataProtection
        let number = id(200 + generator.below(40))
        switch generator.below(15) {
        case 12: return .entrustNote(EntrustNote(noteId: number, text: "confided", toldBy: .participant))
        case 13, 14:
            return .handOverNote(
                HandOverNote(
                    noteId: state.entrustedNotes.last?.noteId ?? number, successor: "yo-\(generator.below(9))",
                    ground: pick(HandoverGround.allCases, &generator)))
        case 0: return .setLegalHold(SetLegalHold(holdId: number, reason: "r"))
        case 1, 2, 3:
            let hold = protection.holds.first { $0.lifted == nil }?.holdId
            return .liftLegalHold(LiftLegalHold(holdId: hold ?? number, reason: "r"))
        case 4:
            return .restrictProcessing(
                RestrictProcessing(
                    restrictionId: number, ground: pick(RestrictionGround.allCases, &generator),
                    categories: generator.below(4) == 0 ? nil : subset(ConsentCategory.allCases, &generator)))
        case 5, 6: return lifting(&generator)
        case 7:
            return .disputeData(
                DisputeData(
                    disputeId: number, about: pick(DisputedRecord.allCases + [.participant], &generator),
                    recordId: state.measures.last?.measureId, statement: "s"))
        case 8: return .disputeData(DisputeData(disputeId: number, about: .participant, statement: "s"))
        case 9:
            return .settleDispute(
                SettleDispute(
                    disputeId: protection.disputes.last(where: \.isMarked)?.disputeId ?? number,
                    outcome: pick(DisputeOutcome.allCases, &generator)))
        case 10 where state.isClosed: return .eraseParticipant(EraseParticipant(ground: .notNecessary))
        case 11 where facts.count > 80:
            return .recordErasure(RecordErasure(ground: .objection))
        default: return .setLegalHold(SetLegalHold(holdId: number, reason: " "))
        }
    }

    /// Subsidies, vouchers, reductions, and what is recorded of placements later.
    private func grant(_ generator: inout SplitMix) -> CaseCommand {
        let started = state.placements.last { $0.startedOn != nil && $0.end == nil } ?? state.placements.last
        let placement = started?.placementId ?? placementID(&generator)
        switch generator.below(9) {
        case 0: return .extendPlacement(ExtendPlacement(placementId: placement, endsOn: day(&generator)))
        case 1:
            return .recordRetention(
                RecordRetention(
                    placementId: placement, afterMonths: [3, 6, 12][generator.below(3)],
                    stillEmployed: Bool.random(using: &generator)))
        case 2, 3:
            let first = started?.startedOn ?? day(&generator)
            return .grantWageSubsidy(
                GrantWageSubsidy(
                    subsidyId: id(100 + generator.below(6)), placementId: placement, scheme: "integration-subsidy",
                    schedule: [SubsidyRate(from: first + generator.below(30), rate: Double(generator.below(60)))],
                    until: maybeDay(&generator)))
        case 4:
            return .stopWageSubsidy(
                StopWageSubsidy(subsidyId: id(100 + generator.below(6)), on: maybeDay(&generator)))
        case 5:
            return .issueVoucher(
                IssueVoucher(
                    voucherId: id(110 + generator.below(6)), kind: pick(VoucherKind.allCases, &generator),
                    scope: VoucherScope(goal: "g", region: "r", until: day(&generator))))
        case 6:
            let voucher = id(110 + generator.below(6))
            return generator.below(3) == 0
                ? .revokeVoucher(RevokeVoucher(voucherId: voucher))
                : .redeemVoucher(RedeemVoucher(voucherId: voucher, on: maybeDay(&generator)))
        case 7:
            return .decideReduction(
                DecideReduction(
                    reductionId: id(120 + generator.below(6)), percentage: Double(10 * (1 + generator.below(3))),
                    months: 1 + generator.below(3), ground: pick(["breach-of-duty", "missed-report"], &generator),
                    hearingHeldOn: maybeDay(&generator), hardshipExamined: generator.below(4) > 0))
        default:
            return .liftReduction(
                LiftReduction(
                    reductionId: state.reductions.last?.reductionId ?? id(120), on: maybeDay(&generator),
                    revoked: generator.below(3) == 0))
        }
    }

    private func fact(_ generator: inout SplitMix) -> CaseCommand {
        if let known = state.recordedFacts.last, generator.below(2) == 0 {
            return .correctFact(
                CorrectFact(
                    factId: known.factId, on: maybeDay(&generator), withdrawn: generator.below(3) == 0, reason: "r"))
        }
        return .recordFact(
            RecordFact(
                factId: id(160 + generator.below(6)),
                fact: pick(["application-received", "report-ordered", "support-agreed", "nothing"], &generator),
                matter: generator.below(2) == 0 ? id(160) : nil, on: maybeDay(&generator),
                legalBasis: generator.below(4) == 0 ? nil : "§ 14 SGB IX"))
    }

    private func deadline(_ generator: inout SplitMix) -> CaseCommand {
        let known = state.deadlines.last(where: \.isOpen)?.deadlineId ?? id(140)
        switch generator.below(7) {
        case 0: return .suspendDeadline(SuspendDeadline(deadlineId: known, on: maybeDay(&generator), reason: "r"))
        case 1: return .resumeDeadline(ResumeDeadline(deadlineId: known, on: maybeDay(&generator)))
        case 2: return .extendDeadline(ExtendDeadline(deadlineId: known, until: day(&generator), reason: "r"))
        case 3: return .shortenDeadline(ShortenDeadline(deadlineId: known, until: day(&generator), reason: "r"))
        case 4:
            return .closeDeadline(
                CloseDeadline(deadlineId: known, outcome: pick([.met, .lapsed, .void], &generator)))
        default:
            return .setDeadline(
                SetDeadline(
                    deadlineId: id(140 + generator.below(3)),
                    rule: RuleReference(id: "r", version: "2020-01-01", source: "§ 1 X"), title: "t", period: "p",
                    office: pick(Office.allCases, &generator), subject: id(10), from: day(&generator),
                    endsOn: day(&generator)))
        }
    }

    /// What is recorded of a deadline fits together.
    static func checkDeadlines(_ state: CaseState) {
        #expect(Set(state.deadlines.map(\.deadlineId)).count == state.deadlines.count)
        for deadline in state.deadlines {
            #expect(zip(deadline.formerEnds, deadline.formerEnds.dropFirst()).allSatisfy { $0.endsOn != $1.endsOn })
            #expect(deadline.formerEnds.last.map { $0.endsOn != deadline.endsOn } ?? true)
            if !deadline.isOpen { #expect(deadline.suspension == nil) }
        }
    }

    private func registration(_ generator: inout SplitMix) -> CaseCommand {
        .registerParticipant(
            RegisterParticipant(
                givenName: "A", familyName: "B", bornOn: day(&generator) - 90, areaId: "gallus",
                languages: ["de"]))
    }

    private func consent(_ generator: inout SplitMix) -> CaseCommand {
        .grantConsent(
            GrantConsent(
                categories: subset(ConsentCategory.allCases, &generator),
                recipients: subset(Office.allCases, &generator),
                purpose: "planning", validUntil: maybeDay(&generator)))
    }

    /// What changes around a participant without being work on a plan.
    private func circumstance(_ generator: inout SplitMix) -> CaseCommand {
        switch generator.below(6) {
        case 0:
            .correctParticipant(
                CorrectParticipant(
                    givenName: ["A", "C"][generator.below(2)], areaId: generator.below(2) == 0 ? "nordend" : nil,
                    contact: generator.below(3) == 0 ? Contact(phone: "069") : nil,
                    remove: subset(RemovableParticipantDetail.allCases, &generator)))
        case 1:
            .moveParticipant(
                MoveParticipant(
                    areaId: ["gallus", "nordend"][generator.below(2)],
                    address: generator.below(2) == 0 ? Address(city: "F") : nil, from: maybeDay(&generator)))
        case 2: .leaveHousehold(LeaveHousehold())
        case 3: .endRelations(EndRelations(measures: [id(90), id(91)]))
        case 4:
            .reassignCaseworker(
                ReassignCaseworker(
                    office: pick(Office.allCases, &generator), caseworker: ["x", "y", ""][generator.below(3)]))
        default:
            .disengageOffice(
                DisengageOffice(
                    office: pick(Office.allCases, &generator),
                    successor: generator.below(3) == 0 ? pick(Office.allCases, &generator) : nil))
        }
    }

    private func appointment(_ generator: inout SplitMix) -> CaseCommand {
        let id = id(70 + generator.below(12))
        guard generator.below(3) == 0,
            let time = TimeOfDay(minutes: generator.below(24) * 60),
            let at = WallTime(day: "2026-03-01" + generator.below(120), time: time)
        else {
            let open = state.appointments.first { $0.status == .scheduled }?.appointmentId ?? id
            return switch generator.below(3) {
            case 0: .keepAppointment(KeepAppointment(appointmentId: open))
            case 1: .missAppointment(MissAppointment(appointmentId: open))
            default: .cancelAppointment(CancelAppointment(appointmentId: id))
            }
        }
        return .scheduleAppointment(
            ScheduleAppointment(appointmentId: id, at: at, minutes: generator.below(10) * 30))
    }

    private func referral(_ generator: inout SplitMix) -> CaseCommand {
        let open = state.referrals.first(where: \.isOpen)
        let known = generator.below(4) == 0 ? nil : open?.referralId
        let chosen = known ?? id(110 + generator.below(12))
        switch generator.below(open == nil ? 2 : 8) {
        case 0, 1:
            return .requestReferral(
                RequestReferral(
                    referralId: id(110 + generator.below(12)), to: pick(Office.allCases, &generator),
                    service: "s", legalBasis: Bool.random(using: &generator) ? "§ 69 SGB X" : nil,
                    categories: subset(ConsentCategory.allCases, &generator), answerDue: maybeDay(&generator)))
        case 2, 3: return .acceptReferral(AcceptReferral(referralId: chosen, completeBy: maybeDay(&generator)))
        case 4: return .declineReferral(DeclineReferral(referralId: chosen, reason: "r"))
        case 5, 6: return .completeReferral(CompleteReferral(referralId: chosen, result: "r"))
        default: return .withdrawReferral(WithdrawReferral(referralId: chosen))
        }
    }

    private func conference(_ generator: inout SplitMix) -> CaseCommand {
        let open = state.conferences.first { $0.status == .called }
        let chosen = open?.conferenceId ?? id(130 + generator.below(10))
        let time = TimeOfDay(minutes: generator.below(24) * 60)
        guard open != nil, generator.below(3) > 0 else {
            let at = time.flatMap { WallTime(day: day(&generator), time: $0) }
            return .callConference(
                CallConference(
                    conferenceId: id(130 + generator.below(10)),
                    participants: Office.allCases.filter { _ in generator.below(2) == 0 },
                    at: at ?? WallTime("2026-05-05T10:00")!))
        }
        guard generator.below(4) > 0 else {
            return .cancelConference(CancelConference(conferenceId: chosen))
        }
        return .minuteConference(
            MinuteConference(
                conferenceId: chosen,
                agreements: (0..<generator.below(3)).map { _ in
                    MinuteConference.Agreement(
                        office: pick(open?.participants ?? Office.allCases, &generator), what: "w",
                        by: max(open?.at.day ?? day(&generator), day(&generator)))
                }))
    }

    private func alignment(_ generator: inout SplitMix) -> CaseCommand {
        let planned = state.measures.filter { $0.status == .planned }
        guard let open = state.alignments.first(where: \.isOpen) else { return proposal(of: planned, &generator) }
        let own = planned.filter { $0.office == open.waitingFor.first }.map {
            ProposeAlignment.Shift(measureId: $0.measureId, days: generator.below(30))
        }
        return switch generator.below(9) {
        case 0, 1, 2: .acceptAlignment(AcceptAlignment(proposalId: open.proposalId))
        case 3: .declineAlignment(DeclineAlignment(proposalId: open.proposalId, reason: "r"))
        case 4, 7, 8:
            .counterAlignment(
                CounterAlignment(
                    proposalId: open.proposalId, counterId: id(1_000 + generator.below(1_000)), shifts: own, reason: "r"
                ))
        case 5: .lapseAlignment(LapseAlignment(proposalId: open.proposalId))
        default: .outdateAlignment(OutdateAlignment(proposalId: open.proposalId))
        }
    }

    private func proposal(of planned: [Measure], _ generator: inout SplitMix) -> CaseCommand {
        let number = id(1_000 + generator.below(1_000))
        let measures = HouseholdMeasures(household: nil, cases: [id(1): state])
        let ids = planned.prefix(2).map(\.measureId)
        switch generator.below(6) {
        case 0:
            return .reportContradiction(
                ReportContradiction(
                    proposalId: number, measures: ids, findings: [],
                    conflicts: [AlignmentConflict(first: id(20), second: id(21), relation: .before, sentence: "s")]))
        case 1:
            // One that was made in another case, long ago.
            let shifts = planned.prefix(1).map {
                AlignmentShift(caseId: id(1), measureId: $0.measureId, office: $0.office, from: $0.window, days: 7)
            }
            let proposed = AlignmentProposed(
                proposalId: number, caseId: id(2), shifts: shifts, findings: [], kinds: [],
                basis: measures.basis(around: ids), answerDue: "2026-06-01")
            return .followAlignment(FollowAlignment(caseId: id(1), step: .proposed(proposed)))
        default:
            return .proposeAlignment(
                ProposeAlignment(
                    proposalId: number,
                    shifts: ids.map { ProposeAlignment.Shift(measureId: $0, days: 1 + generator.below(20)) },
                    answerDue: "2026-07-14"))
        }
    }

    private func commitment(_ generator: inout SplitMix) -> CaseCommand {
        let open = state.commitments.first { $0.status == .open } ?? state.commitments.last
        let chosen = open?.commitmentId ?? id(140)
        return switch generator.below(5) {
        case 4: .passCommitment(PassCommitment(commitmentId: chosen))
        case 0: .keepCommitment(KeepCommitment(commitmentId: chosen, on: maybeDay(&generator)))
        case 1: .breakCommitment(BreakCommitment(commitmentId: chosen, on: maybeDay(&generator)))
        case 2: .withdrawCommitment(WithdrawCommitment(commitmentId: chosen))
        default:
            .replyToCommitment(
                ReplyToCommitment(commitmentId: state.commitments.last?.commitmentId ?? chosen, note: "n"))
        }
    }

    private func withdrawal(_ generator: inout SplitMix) -> CaseCommand {
        .withdrawConsent(
            WithdrawConsent(
                categories: Bool.random(using: &generator) ? nil : subset(ConsentCategory.allCases, &generator),
                recipients: Bool.random(using: &generator) ? nil : subset(Office.allCases, &generator)))
    }

    private func draft(_ generator: inout SplitMix) -> CaseCommand {
        .draftPlan(
            DraftPlan(
                planId: planID(&generator), kind: pick(PlanKind.allCases, &generator),
                reviewEvery: generator.below(8), from: generator.below(4) == 0 ? day(&generator) : nil,
                to: generator.below(4) == 0 ? day(&generator) : nil))
    }

    private func measure(_ generator: inout SplitMix) -> CaseCommand {
        .addMeasure(
            AddMeasure(
                measureId: measureID(&generator), planId: maybePlanID(&generator),
                strand: pick(Strand.allCases, &generator),
                provider: generator.below(4) == 0 ? partnerId.uuidString : nil,
                window: Window(from: day(&generator), to: day(&generator)),
                hoursPerWeek: Double(generator.below(180)) - 5,
                earliestStart: generator.below(5) == 0 ? day(&generator) : nil,
                latestEnd: generator.below(5) == 0 ? day(&generator) : nil))
    }

    private func revision(_ generator: inout SplitMix) -> CaseCommand {
        .reviseMeasure(
            ReviseMeasure(
                measureId: measureID(&generator), title: generator.below(3) == 0 ? "T" : nil,
                strand: generator.below(3) == 0 ? pick(Strand.allCases, &generator) : nil,
                window: generator.below(2) == 0 ? Window(from: day(&generator), to: day(&generator)) : nil,
                latestEnd: generator.below(5) == 0 ? day(&generator) : nil,
                remove: subset(RemovableMeasureDetail.allCases, &generator)))
    }

    private func relation(_ generator: inout SplitMix) -> CaseCommand {
        .relateMeasures(
            RelateMeasures(
                first: measureID(&generator),
                second: generator.below(4) == 0 ? id(90 + generator.below(2)) : measureID(&generator),
                relation: pick(RelationKind.allCases, &generator), minDays: generator.below(20) - 5,
                maxDays: generator.below(3) == 0 ? generator.below(60) : nil, tolerance: generator.below(10) - 1))
    }

    private func agreement(_ generator: inout SplitMix) -> CaseCommand {
        .agreePlan(
            AgreePlan(
                planId: maybePlanID(&generator),
                participantAgreedOn: maybeDay(&generator)))
    }

    private func offer(_ generator: inout SplitMix) -> CaseCommand {
        .offerPlacement(
            OfferPlacement(
                placementId: placementID(&generator), employer: "Bakery",
                kind: pick(PlacementKind.allCases, &generator),
                hoursPerWeek: generator.below(2) == 0 ? Double(generator.below(45)) : nil,
                startsOn: generator.below(3) == 0 ? day(&generator) : nil,
                endsOn: generator.below(3) == 0 ? day(&generator) : nil,
                answerDue: generator.below(3) == 0 ? day(&generator) : nil))
    }

    /// Half a year around today, half of it ahead.
    private func day(_ generator: inout SplitMix) -> CalendarDate { "2026-01-01" + generator.below(240) }
    private func maybeDay(_ generator: inout SplitMix) -> CalendarDate? {
        Bool.random(using: &generator) ? day(&generator) : nil
    }
    private func planID(_ generator: inout SplitMix) -> UUID { id(10 + generator.below(8)) }
    private func maybePlanID(_ generator: inout SplitMix) -> UUID? {
        Bool.random(using: &generator) ? planID(&generator) : nil
    }
    private func measureID(_ generator: inout SplitMix) -> UUID { id(20 + generator.below(9)) }
    private func placementID(_ generator: inout SplitMix) -> UUID { id(30 + generator.below(6)) }
    private func pick<Value>(_ values: [Value], _ generator: inout SplitMix) -> Value {
        values[generator.below(values.count)]
    }
    private func subset<Value>(_ values: [Value], _ generator: inout SplitMix) -> [Value] {
        values.filter { _ in generator.below(4) == 0 }
    }
}
