public import Ledger

/// Decides what a command does to a case. The rules stand beside their commands, one file each.
public enum CaseDecider: Decider {
    /// The state before anything happened.
    public static let initial = CaseState()

    /// The events that the command causes, none if what it wants is already so.
    public static func decide(
        _ command: CaseCommand, given state: CaseState, in context: DecisionContext
    ) throws(Rejection) -> [CaseEvent] {
        try context.effectiveOn.plausible()
        if case .registerParticipant(let command) = command { return try state.decide(command, in: context) }
        guard state.isRegistered else { throw .caseNotRegistered }
        if state.isErased, !command.isAllowedOnErasedCase {
            // The worker does not go on looking at what is gone, or only stored.
            if context.actor.role == .worker { return [] }
            throw .participantErased
        } else if state.dataProtection.isRestricted, !command.isAllowedWhileRestricted {
            if context.actor.role == .worker { return [] }
            throw .processingRestricted
        }
        if let merging = state.merging {
            if command.isSightOfFinding { return [] }
            guard command.isAllowedOnMergedCase else { throw .caseMerged(merging, in: context) }
        } else if state.isClosed {
            // The worker may still be looking at what was; there is nothing to keep in step any more.
            if command.isSightOfFinding { return [] }
            guard command.isAllowedOnClosedCase else { throw .caseClosed }
        }
        switch command {
        case .registerParticipant(let command): return try state.decide(command, in: context)
        case .correctParticipant(let command): return try state.decide(command, in: context)
        case .moveParticipant(let command): return try state.decide(command, in: context)
        case .engageOffice(let command): return try state.decide(command, in: context)
        case .disengageOffice(let command): return try state.decide(command, in: context)
        case .reassignCaseworker(let command): return try state.decide(command, in: context)
        case .grantConsent(let command): return try state.decide(command, in: context)
        case .withdrawConsent(let command): return try state.decide(command, in: context)
        case .joinHousehold(let command): return try state.decide(command, in: context)
        case .leaveHousehold(let command): return try state.decide(command, in: context)
        case .assessPotential(let command): return try state.decide(command, in: context)
        case .scheduleAppointment(let command): return try state.decide(command, in: context)
        case .keepAppointment(let command): return try state.decide(command, in: context)
        case .missAppointment(let command): return try state.decide(command, in: context)
        case .cancelAppointment(let command): return try state.decide(command, in: context)
        case .requestReferral(let command): return try state.decide(command, in: context)
        case .acceptReferral(let command): return try state.decide(command, in: context)
        case .declineReferral(let command): return try state.decide(command, in: context)
        case .completeReferral(let command): return try state.decide(command, in: context)
        case .withdrawReferral(let command): return try state.decide(command, in: context)
        case .callConference(let command): return try state.decide(command, in: context)
        case .minuteConference(let command): return try state.decide(command, in: context)
        case .cancelConference(let command): return try state.decide(command, in: context)
        case .keepCommitment(let command): return try state.decide(command, in: context)
        case .breakCommitment(let command): return try state.decide(command, in: context)
        case .withdrawCommitment(let command): return try state.decide(command, in: context)
        case .replyToCommitment(let command): return try state.decide(command, in: context)
        case .proposeAlignment(let command): return try state.decide(command, in: context)
        case .acceptAlignment(let command): return try state.decide(command, in: context)
        case .declineAlignment(let command): return try state.decide(command, in: context)
        case .counterAlignment(let command): return try state.decide(command, in: context)
        case .draftPlan(let command): return try state.decide(command, in: context)
        case .addMeasure(let command): return try state.decide(command, in: context)
        case .reviseMeasure(let command): return try state.decide(command, in: context)
        case .relateMeasures(let command): return try state.decide(command, in: context)
        case .unrelateMeasures(let command): return try state.decide(command, in: context)
        case .agreePlan(let command): return try state.decide(command, in: context)
        case .reviewPlan(let command): return try state.decide(command, in: context)
        case .concludePlan(let command): return try state.decide(command, in: context)
        case .startMeasure(let command): return try state.decide(command, in: context)
        case .pauseMeasure(let command): return try state.decide(command, in: context)
        case .resumeMeasure(let command): return try state.decide(command, in: context)
        case .completeMeasure(let command): return try state.decide(command, in: context)
        case .abandonMeasure(let command): return try state.decide(command, in: context)
        case .offerPlacement(let command): return try state.decide(command, in: context)
        case .acceptPlacement(let command): return try state.decide(command, in: context)
        case .refusePlacement(let command): return try state.decide(command, in: context)
        case .startPlacement(let command): return try state.withAbsorbed(context).decide(command, in: context)
        case .endPlacement(let command): return try state.decide(command, in: context)
        case .extendPlacement(let command): return try state.decide(command, in: context)
        case .recordRetention(let command): return try state.decide(command, in: context)
        case .grantWageSubsidy(let command): return try state.decide(command, in: context)
        case .stopWageSubsidy(let command): return try state.decide(command, in: context)
        case .issueVoucher(let command): return try state.decide(command, in: context)
        case .redeemVoucher(let command): return try state.decide(command, in: context)
        case .revokeVoucher(let command): return try state.decide(command, in: context)
        case .decideReduction(let command): return try state.withAbsorbed(context).decide(command, in: context)
        case .liftReduction(let command): return try state.decide(command, in: context)
        case .recordFact(let command): return try state.decide(command, in: context)
        case .correctFact(let command): return try state.decide(command, in: context)
        case .suspendDeadline(let command): return try state.decide(command, in: context)
        case .resumeDeadline(let command): return try state.decide(command, in: context)
        case .extendDeadline(let command): return try state.decide(command, in: context)
        case .shortenDeadline(let command): return try state.decide(command, in: context)
        case .setDeadline(let command): return state.decide(command)
        case .closeDeadline(let command): return state.decide(command, in: context)
        case .closeCase(let command): return try state.decide(command, in: context)
        case .reopenCase(let command): return try state.decide(command, in: context)
        case .decideIdentity(let command): return try state.decide(command, in: context)
        case .mergeCase(let command): return try state.decide(command, in: context)
        case .unmergeCase(let command): return try state.decide(command, in: context)
        case .setLegalHold(let command): return try state.decide(command, in: context)
        case .liftLegalHold(let command): return try state.decide(command, in: context)
        case .restrictProcessing(let command): return try state.decide(command, in: context)
        case .liftRestriction(let command): return try state.decide(command, in: context)
        case .disputeData(let command): return try state.decide(command, in: context)
        case .settleDispute(let command): return try state.decide(command, in: context)
        case .entrustNote(let command): return try state.decide(command, in: context)
        case .handOverNote(let command): return try state.decide(command, in: context)
        case .eraseParticipant(let command): return try state.decide(command, in: context)
        case .recordErasure(let command): return state.decide(command, in: context)
        case .endRelations(let command): return state.decide(command, in: context)
        case .passCommitment(let command): return state.decide(command, in: context)
        case .lapseAlignment(let command): return state.decide(command, in: context)
        case .outdateAlignment(let command): return state.decide(command, in: context)
        case .reportContradiction(let command): return state.decide(command, in: context)
        case .followAlignment(let command): return state.decide(command, in: context)
        case .recordIdentity(let command): return state.decide(command, in: context)
        case .absorbCase(let command): return state.decide(command, in: context)
        case .releaseCase(let command): return state.decide(command, in: context)
        case .openFinding(let command): return state.findings.decide(command).map { [CaseEvent($0)] } ?? []
        case .updateFinding(let command): return try state.findings.decide(command).map { [CaseEvent($0)] } ?? []
        case .closeFinding(let command): return state.findings.decide(command).map { [CaseEvent($0)] } ?? []
        }
    }

    /// Whether the event destroyed the person's key.
    public static func erases(_ event: CaseEvent) -> Bool {
        if case .participantErased = event { true } else { false }
    }

    /// Takes one event into the state.
    public static func evolve(_ state: inout CaseState, with fact: Fact<CaseEvent, Authorship>) {
        let provenance = Provenance(of: fact)
        switch fact.event {
        case .participantRegistered(let event): state.apply(event, from: provenance)
        case .participantCorrected(let event): state.apply(event, from: provenance)
        case .participantMoved(let event): state.apply(event, from: provenance)
        case .officeEngaged(let event): state.apply(event, from: provenance)
        case .officeDisengaged(let event): state.apply(event, from: provenance)
        case .caseworkerReassigned(let event): state.apply(event, from: provenance)
        case .consentGranted(let event): state.apply(event, from: provenance)
        case .consentWithdrawn(let event): state.apply(event, from: provenance)
        case .householdJoined(let event): state.apply(event, from: provenance)
        case .householdLeft(let event): state.apply(event, from: provenance)
        case .potentialAssessed(let event): state.apply(event, from: provenance)
        case .appointmentScheduled(let event): state.apply(event, from: provenance)
        case .appointmentKept(let event): state.apply(event, from: provenance)
        case .appointmentMissed(let event): state.apply(event, from: provenance)
        case .appointmentCancelled(let event): state.apply(event, from: provenance)
        case .referralRequested(let event): state.apply(event, from: provenance)
        case .referralAccepted(let event): state.apply(event, from: provenance)
        case .referralDeclined(let event): state.apply(event, from: provenance)
        case .referralCompleted(let event): state.apply(event, from: provenance)
        case .referralWithdrawn(let event): state.apply(event, from: provenance)
        case .conferenceCalled(let event): state.apply(event, from: provenance)
        case .conferenceMinuted(let event): state.apply(event, from: provenance)
        case .conferenceCancelled(let event): state.apply(event, from: provenance)
        case .commitmentMade(let event): state.apply(event, from: provenance)
        case .commitmentPassed(let event): state.apply(event, from: provenance)
        case .commitmentKept(let event): state.apply(event, from: provenance)
        case .commitmentBroken(let event): state.apply(event, from: provenance)
        case .commitmentWithdrawn(let event): state.apply(event, from: provenance)
        case .commitmentRepliedTo(let event): state.apply(event, from: provenance)
        case .alignmentProposed(let event): state.apply(event, from: provenance)
        case .alignmentAccepted(let event): state.apply(event, from: provenance)
        case .alignmentAgreed(let event): state.apply(event, from: provenance)
        case .alignmentDeclined(let event): state.apply(event, from: provenance)
        case .alignmentCountered(let event): state.apply(event, from: provenance)
        case .alignmentLapsed(let event): state.apply(event, from: provenance)
        case .alignmentOutdated(let event): state.apply(event, from: provenance)
        case .alignmentContradicted(let event): state.apply(event, from: provenance)
        case .planDrafted(let event): state.apply(event, from: provenance)
        case .measureAdded(let event): state.apply(event, from: provenance)
        case .measureRevised(let event): state.apply(event, from: provenance)
        case .measuresRelated(let event): state.apply(event, from: provenance)
        case .measuresUnrelated(let event): state.apply(event, from: provenance)
        case .planAgreed(let event): state.apply(event, from: provenance)
        case .planReviewed(let event): state.apply(event, from: provenance)
        case .planConcluded(let event): state.apply(event, from: provenance)
        case .measureStarted(let event): state.apply(event, from: provenance)
        case .measurePaused(let event): state.apply(event, from: provenance)
        case .measureResumed(let event): state.apply(event, from: provenance)
        case .measureCompleted(let event): state.apply(event, from: provenance)
        case .measureAbandoned(let event): state.apply(event, from: provenance)
        case .placementOffered(let event): state.apply(event, from: provenance)
        case .placementAccepted(let event): state.apply(event, from: provenance)
        case .placementRefused(let event): state.apply(event, from: provenance)
        case .placementStarted(let event): state.apply(event, from: provenance)
        case .placementEnded(let event): state.apply(event, from: provenance)
        case .placementExtended(let event): state.apply(event, from: provenance)
        case .retentionRecorded(let event): state.apply(event, from: provenance)
        case .wageSubsidyGranted(let event): state.apply(event, from: provenance)
        case .wageSubsidyStopped(let event): state.apply(event, from: provenance)
        case .voucherIssued(let event): state.apply(event, from: provenance)
        case .voucherRedeemed(let event): state.apply(event, from: provenance)
        case .voucherRevoked(let event): state.apply(event, from: provenance)
        case .reductionDecided(let event): state.apply(event, from: provenance)
        case .reductionLifted(let event): state.apply(event, from: provenance)
        case .factRecorded(let event): state.apply(event, from: provenance)
        case .factCorrected(let event): state.apply(event, from: provenance)
        case .deadlineSet(let event): state.apply(event, from: provenance)
        case .deadlineClosed(let event): state.apply(event, from: provenance)
        case .deadlineSuspended(let event): state.apply(event, from: provenance)
        case .deadlineResumed(let event): state.apply(event, from: provenance)
        case .deadlineExtended(let event): state.apply(event, from: provenance)
        case .deadlineShortened(let event): state.apply(event, from: provenance)
        case .caseClosed(let event): state.apply(event, from: provenance)
        case .caseReopened(let event): state.apply(event, from: provenance)
        case .identityDecided(let event): state.apply(event, from: provenance)
        case .caseMerged(let event): state.apply(event, from: provenance)
        case .caseAbsorbed(let event): state.apply(event, from: provenance)
        case .caseUnmerged(let event): state.apply(event, from: provenance)
        case .caseReleased(let event): state.apply(event, from: provenance)
        case .participantErased(let event): state.apply(event, from: provenance)
        case .legalHoldSet(let event): state.apply(event, from: provenance)
        case .legalHoldLifted(let event): state.apply(event, from: provenance)
        case .processingRestricted(let event): state.apply(event, from: provenance)
        case .restrictionLifted(let event): state.apply(event, from: provenance)
        case .dataDisputed(let event): state.apply(event, from: provenance)
        case .disputeSettled(let event): state.apply(event, from: provenance)
        case .noteEntrusted(let event): state.apply(event, toldTo: fact.authorship.actor, from: provenance)
        case .noteHandedOver(let event): state.apply(event, from: provenance)
        case .findingOpened(let event): state.findings.apply(event, on: provenance.on)
        case .findingUpdated(let event): state.findings.apply(event)
        case .findingClosed(let event): state.findings.apply(event, on: provenance.on)
        }
    }
}

extension CaseCommand {
    /// A closed case takes only what protects the participant, cleans up after the system, or opens it again.
    fileprivate var isAllowedOnClosedCase: Bool {
        switch self {
        case .withdrawConsent, .closeFinding, .closeDeadline, .reopenCase, .endRelations, .lapseAlignment,
            .outdateAlignment, .followAlignment:
            true
        // Whose file it is can turn out at any time.
        case .decideIdentity, .recordIdentity, .mergeCase, .releaseCase: true
        // Whom it was told to may leave at any time.
        case .handOverNote: true
        default: isAboutTheDataItself
        }
    }

    /// A merged case takes only what protects the participant, cleans up after the system, or takes it out again.
    fileprivate var isAllowedOnMergedCase: Bool {
        switch self {
        case .withdrawConsent, .liftReduction, .closeFinding, .closeDeadline, .endRelations, .lapseAlignment,
            .outdateAlignment, .followAlignment, .mergeCase, .unmergeCase, .handOverNote:
            true
        default: isAboutTheDataItself
        }
    }

    /// A case of which all is restricted takes only what protects the participant, settles what it is restricted for, or
    /// cleans up after the system.
    fileprivate var isAllowedWhileRestricted: Bool {
        switch self {
        case .correctParticipant, .withdrawConsent, .liftReduction, .closeFinding, .closeDeadline, .endRelations,
            .passCommitment,
            .lapseAlignment, .outdateAlignment, .followAlignment:
            true
        default: isAboutTheDataItself
        }
    }

    /// Of an erased person nothing is recorded any more, except what the system has to clean up.
    fileprivate var isAllowedOnErasedCase: Bool {
        switch self {
        case .eraseParticipant, .recordErasure, .closeFinding, .closeDeadline, .endRelations, .passCommitment,
            .lapseAlignment,
            .outdateAlignment, .followAlignment:
            true
        default: false
        }
    }

    /// What is asked for because of the person's rights over their data, whatever becomes of the case.
    private var isAboutTheDataItself: Bool {
        switch self {
        case .setLegalHold, .liftLegalHold, .restrictProcessing, .liftRestriction, .disputeData, .settleDispute,
            .eraseParticipant, .recordErasure:
            true
        default: false
        }
    }

    fileprivate var isSightOfFinding: Bool {
        switch self {
        case .openFinding, .updateFinding, .setDeadline: true
        default: false
        }
    }
}

extension CaseEvent {
    fileprivate init(_ change: FindingRegister.Change) {
        switch change {
        case .opened(let event): self = .findingOpened(event)
        case .updated(let event): self = .findingUpdated(event)
        case .closed(let event): self = .findingClosed(event)
        }
    }
}

extension Rejection {
    /// The case is about nobody.
    public static let caseNotRegistered = Rejection(
        rule: "case-not-registered",
        detail: "This case has no participant yet; register one first (register-participant).")
}
