/// What somebody wants to be done in a case.
public enum CaseCommand: CommandFamily {
    case registerParticipant(RegisterParticipant)
    case correctParticipant(CorrectParticipant)
    case moveParticipant(MoveParticipant)
    case engageOffice(EngageOffice)
    case disengageOffice(DisengageOffice)
    case reassignCaseworker(ReassignCaseworker)
    case grantConsent(GrantConsent)
    case withdrawConsent(WithdrawConsent)
    case joinHousehold(JoinHousehold)
    case leaveHousehold(LeaveHousehold)
    case assessPotential(AssessPotential)
    case scheduleAppointment(ScheduleAppointment)
    case keepAppointment(KeepAppointment)
    case missAppointment(MissAppointment)
    case cancelAppointment(CancelAppointment)
    case requestReferral(RequestReferral)
    case acceptReferral(AcceptReferral)
    case declineReferral(DeclineReferral)
    case completeReferral(CompleteReferral)
    case withdrawReferral(WithdrawReferral)
    case callConference(CallConference)
    case minuteConference(MinuteConference)
    case cancelConference(CancelConference)
    case keepCommitment(KeepCommitment)
    case breakCommitment(BreakCommitment)
    case withdrawCommitment(WithdrawCommitment)
    case replyToCommitment(ReplyToCommitment)
    case proposeAlignment(ProposeAlignment)
    case acceptAlignment(AcceptAlignment)
    case declineAlignment(DeclineAlignment)
    case counterAlignment(CounterAlignment)
    case draftPlan(DraftPlan)
    case addMeasure(AddMeasure)
    case reviseMeasure(ReviseMeasure)
    case relateMeasures(RelateMeasures)
    case unrelateMeasures(UnrelateMeasures)
    case agreePlan(AgreePlan)
    case reviewPlan(ReviewPlan)
    case concludePlan(ConcludePlan)
    case startMeasure(StartMeasure)
    case pauseMeasure(PauseMeasure)
    case resumeMeasure(ResumeMeasure)
    case completeMeasure(CompleteMeasure)
    case abandonMeasure(AbandonMeasure)
    case offerPlacement(OfferPlacement)
    case acceptPlacement(AcceptPlacement)
    case refusePlacement(RefusePlacement)
    case startPlacement(StartPlacement)
    case endPlacement(EndPlacement)
    case extendPlacement(ExtendPlacement)
    case recordRetention(RecordRetention)
    case grantWageSubsidy(GrantWageSubsidy)
    case stopWageSubsidy(StopWageSubsidy)
    case issueVoucher(IssueVoucher)
    case redeemVoucher(RedeemVoucher)
    case revokeVoucher(RevokeVoucher)
    case decideReduction(DecideReduction)
    case liftReduction(LiftReduction)
    case recordFact(RecordFact)
    case correctFact(CorrectFact)
    case suspendDeadline(SuspendDeadline)
    case resumeDeadline(ResumeDeadline)
    case extendDeadline(ExtendDeadline)
    case shortenDeadline(ShortenDeadline)
    case setDeadline(SetDeadline)
    case closeDeadline(CloseDeadline)
    case closeCase(CloseCase)
    case reopenCase(ReopenCase)
    case decideIdentity(DecideIdentity)
    case mergeCase(MergeCase)
    case unmergeCase(UnmergeCase)
    case setLegalHold(SetLegalHold)
    case liftLegalHold(LiftLegalHold)
    case restrictProcessing(RestrictProcessing)
    case liftRestriction(LiftRestriction)
    case disputeData(DisputeData)
    case settleDispute(SettleDispute)
    case entrustNote(EntrustNote)
    case handOverNote(HandOverNote)
    case eraseParticipant(EraseParticipant)
    case recordErasure(RecordErasure)
    case endRelations(EndRelations)
    case passCommitment(PassCommitment)
    case lapseAlignment(LapseAlignment)
    case outdateAlignment(OutdateAlignment)
    case reportContradiction(ReportContradiction)
    case followAlignment(FollowAlignment)
    case recordIdentity(RecordIdentity)
    case absorbCase(AbsorbCase)
    case releaseCase(ReleaseCase)
    case openFinding(OpenFinding)
    case updateFinding(UpdateFinding)
    case closeFinding(CloseFinding)

    /// How each of the commands is read.
    public static let kinds: [CommandKind<CaseCommand>] = [
        CommandKind(RegisterParticipant.self, Self.registerParticipant),
        CommandKind(CorrectParticipant.self, Self.correctParticipant),
        CommandKind(MoveParticipant.self, Self.moveParticipant),
        CommandKind(EngageOffice.self, Self.engageOffice),
        CommandKind(DisengageOffice.self, Self.disengageOffice),
        CommandKind(ReassignCaseworker.self, Self.reassignCaseworker),
        CommandKind(GrantConsent.self, Self.grantConsent),
        CommandKind(WithdrawConsent.self, Self.withdrawConsent),
        CommandKind(JoinHousehold.self, Self.joinHousehold),
        CommandKind(LeaveHousehold.self, Self.leaveHousehold),
        CommandKind(AssessPotential.self, Self.assessPotential),
        CommandKind(ScheduleAppointment.self, Self.scheduleAppointment),
        CommandKind(KeepAppointment.self, Self.keepAppointment),
        CommandKind(MissAppointment.self, Self.missAppointment),
        CommandKind(CancelAppointment.self, Self.cancelAppointment),
        CommandKind(RequestReferral.self, Self.requestReferral),
        CommandKind(AcceptReferral.self, Self.acceptReferral),
        CommandKind(DeclineReferral.self, Self.declineReferral),
        CommandKind(CompleteReferral.self, Self.completeReferral),
        CommandKind(WithdrawReferral.self, Self.withdrawReferral),
        CommandKind(CallConference.self, Self.callConference),
        CommandKind(MinuteConference.self, Self.minuteConference),
        CommandKind(CancelConference.self, Self.cancelConference),
        CommandKind(KeepCommitment.self, Self.keepCommitment),
        CommandKind(BreakCommitment.self, Self.breakCommitment),
        CommandKind(WithdrawCommitment.self, Self.withdrawCommitment),
        CommandKind(ReplyToCommitment.self, Self.replyToCommitment),
        CommandKind(ProposeAlignment.self, Self.proposeAlignment),
        CommandKind(AcceptAlignment.self, Self.acceptAlignment),
        CommandKind(DeclineAlignment.self, Self.declineAlignment),
        CommandKind(CounterAlignment.self, Self.counterAlignment),
        CommandKind(DraftPlan.self, Self.draftPlan),
        CommandKind(AddMeasure.self, Self.addMeasure),
        CommandKind(ReviseMeasure.self, Self.reviseMeasure),
        CommandKind(RelateMeasures.self, Self.relateMeasures),
        CommandKind(UnrelateMeasures.self, Self.unrelateMeasures),
        CommandKind(AgreePlan.self, Self.agreePlan),
        CommandKind(ReviewPlan.self, Self.reviewPlan),
        CommandKind(ConcludePlan.self, Self.concludePlan),
        CommandKind(StartMeasure.self, Self.startMeasure),
        CommandKind(PauseMeasure.self, Self.pauseMeasure),
        CommandKind(ResumeMeasure.self, Self.resumeMeasure),
        CommandKind(CompleteMeasure.self, Self.completeMeasure),
        CommandKind(AbandonMeasure.self, Self.abandonMeasure),
        CommandKind(OfferPlacement.self, Self.offerPlacement),
        CommandKind(AcceptPlacement.self, Self.acceptPlacement),
        CommandKind(RefusePlacement.self, Self.refusePlacement),
        CommandKind(StartPlacement.self, Self.startPlacement),
        CommandKind(EndPlacement.self, Self.endPlacement),
        CommandKind(ExtendPlacement.self, Self.extendPlacement),
        CommandKind(RecordRetention.self, Self.recordRetention),
        CommandKind(GrantWageSubsidy.self, Self.grantWageSubsidy),
        CommandKind(StopWageSubsidy.self, Self.stopWageSubsidy),
        CommandKind(IssueVoucher.self, Self.issueVoucher),
        CommandKind(RedeemVoucher.self, Self.redeemVoucher),
        CommandKind(RevokeVoucher.self, Self.revokeVoucher),
        CommandKind(DecideReduction.self, Self.decideReduction),
        CommandKind(LiftReduction.self, Self.liftReduction),
        CommandKind(RecordFact.self, Self.recordFact),
        CommandKind(CorrectFact.self, Self.correctFact),
        CommandKind(SuspendDeadline.self, Self.suspendDeadline),
        CommandKind(ResumeDeadline.self, Self.resumeDeadline),
        CommandKind(ExtendDeadline.self, Self.extendDeadline),
        CommandKind(ShortenDeadline.self, Self.shortenDeadline),
        CommandKind(SetDeadline.self, from: .system, Self.setDeadline),
        CommandKind(CloseDeadline.self, from: .system, Self.closeDeadline),
        CommandKind(CloseCase.self, Self.closeCase),
        CommandKind(ReopenCase.self, Self.reopenCase),
        CommandKind(DecideIdentity.self, Self.decideIdentity),
        CommandKind(MergeCase.self, Self.mergeCase),
        CommandKind(UnmergeCase.self, Self.unmergeCase),
        CommandKind(SetLegalHold.self, Self.setLegalHold),
        CommandKind(LiftLegalHold.self, Self.liftLegalHold),
        CommandKind(RestrictProcessing.self, Self.restrictProcessing),
        CommandKind(LiftRestriction.self, Self.liftRestriction),
        CommandKind(DisputeData.self, Self.disputeData),
        CommandKind(SettleDispute.self, Self.settleDispute),
        CommandKind(EntrustNote.self, Self.entrustNote),
        CommandKind(HandOverNote.self, Self.handOverNote),
        CommandKind(EraseParticipant.self, from: .system, Self.eraseParticipant),
        CommandKind(RecordErasure.self, from: .system, Self.recordErasure),
        CommandKind(EndRelations.self, from: .system, Self.endRelations),
        CommandKind(PassCommitment.self, from: .system, Self.passCommitment),
        CommandKind(LapseAlignment.self, from: .system, Self.lapseAlignment),
        CommandKind(OutdateAlignment.self, from: .system, Self.outdateAlignment),
        CommandKind(ReportContradiction.self, from: .system, Self.reportContradiction),
        CommandKind(FollowAlignment.self, from: .system, Self.followAlignment),
        CommandKind(RecordIdentity.self, from: .system, Self.recordIdentity),
        CommandKind(AbsorbCase.self, from: .system, Self.absorbCase),
        CommandKind(ReleaseCase.self, from: .system, Self.releaseCase),
        CommandKind(OpenFinding.self, from: .system, Self.openFinding),
        CommandKind(UpdateFinding.self, from: .system, Self.updateFinding),
        CommandKind(CloseFinding.self, from: .system, Self.closeFinding),
    ]

    /// The data of this command.
    public var body: any CommandBody {
        switch self {
        case .registerParticipant(let body): body
        case .correctParticipant(let body): body
        case .moveParticipant(let body): body
        case .engageOffice(let body): body
        case .disengageOffice(let body): body
        case .reassignCaseworker(let body): body
        case .grantConsent(let body): body
        case .withdrawConsent(let body): body
        case .joinHousehold(let body): body
        case .leaveHousehold(let body): body
        case .assessPotential(let body): body
        case .scheduleAppointment(let body): body
        case .keepAppointment(let body): body
        case .missAppointment(let body): body
        case .cancelAppointment(let body): body
        case .requestReferral(let body): body
        case .acceptReferral(let body): body
        case .declineReferral(let body): body
        case .completeReferral(let body): body
        case .withdrawReferral(let body): body
        case .callConference(let body): body
        case .minuteConference(let body): body
        case .cancelConference(let body): body
        case .keepCommitment(let body): body
        case .breakCommitment(let body): body
        case .withdrawCommitment(let body): body
        case .replyToCommitment(let body): body
        case .proposeAlignment(let body): body
        case .acceptAlignment(let body): body
        case .declineAlignment(let body): body
        case .counterAlignment(let body): body
        case .draftPlan(let body): body
        case .addMeasure(let body): body
        case .reviseMeasure(let body): body
        case .relateMeasures(let body): body
        case .unrelateMeasures(let body): body
        case .agreePlan(let body): body
        case .reviewPlan(let body): body
        case .concludePlan(let body): body
        case .startMeasure(let body): body
        case .pauseMeasure(let body): body
        case .resumeMeasure(let body): body
        case .completeMeasure(let body): body
        case .abandonMeasure(let body): body
        case .offerPlacement(let body): body
        case .acceptPlacement(let body): body
        case .refusePlacement(let body): body
        case .startPlacement(let body): body
        case .endPlacement(let body): body
        case .extendPlacement(let body): body
        case .recordRetention(let body): body
        case .grantWageSubsidy(let body): body
        case .stopWageSubsidy(let body): body
        case .issueVoucher(let body): body
        case .redeemVoucher(let body): body
        case .revokeVoucher(let body): body
        case .decideReduction(let body): body
        case .liftReduction(let body): body
        case .recordFact(let body): body
        case .correctFact(let body): body
        case .suspendDeadline(let body): body
        case .resumeDeadline(let body): body
        case .extendDeadline(let body): body
        case .shortenDeadline(let body): body
        case .setDeadline(let body): body
        case .closeDeadline(let body): body
        case .closeCase(let body): body
        case .reopenCase(let body): body
        case .decideIdentity(let body): body
        case .mergeCase(let body): body
        case .unmergeCase(let body): body
        case .setLegalHold(let body): body
        case .liftLegalHold(let body): body
        case .restrictProcessing(let body): body
        case .liftRestriction(let body): body
        case .disputeData(let body): body
        case .settleDispute(let body): body
        case .entrustNote(let body): body
        case .handOverNote(let body): body
        case .eraseParticipant(let body): body
        case .recordErasure(let body): body
        case .endRelations(let body): body
        case .passCommitment(let body): body
        case .lapseAlignment(let body): body
        case .outdateAlignment(let body): body
        case .reportContradiction(let body): body
        case .followAlignment(let body): body
        case .recordIdentity(let body): body
        case .absorbCase(let body): body
        case .releaseCase(let body): body
        case .openFinding(let body): body
        case .updateFinding(let body): body
        case .closeFinding(let body): body
        }
    }

    /// What has to be loaded beside the case before this can be decided.
    public func needs(given state: CaseState) -> Needs {
        var needs = ownNeeds(given: state)
        // Where a merged case goes on is told only to those who see that case.
        if let survivor = state.merging?.into, !needs.cases.contains(survivor) { needs.cases.append(survivor) }
        return needs
    }

    private func ownNeeds(given state: CaseState) -> Needs {
        switch self {
        case .registerParticipant(let command): Needs(area: command.areaId)
        case .correctParticipant(let command): Needs(area: command.areaId)
        case .moveParticipant(let command): Needs(area: command.areaId)
        case .joinHousehold(let command): Needs(household: command.householdId)
        case .addMeasure(let command): Needs(provider: command.provider?.providerId)
        case .reviseMeasure(let command): Needs(provider: command.provider?.providerId)
        case .relateMeasures, .leaveHousehold, .proposeAlignment, .acceptAlignment, .declineAlignment,
            .counterAlignment,
            .lapseAlignment, .outdateAlignment, .reportContradiction:
            Needs(household: state.household?.householdId, housemates: state.household != nil)
        case .offerPlacement(let command): Needs(offer: command.offerId)
        case .acceptPlacement(let command): Needs(offer: state.placement(command.placementId)?.offerId)
        case .endPlacement(let command): Needs(offer: state.placement(command.placementId)?.offerId)
        case .decideIdentity(let command): Needs(cases: [command.otherCaseId])
        case .mergeCase(let command): Needs(cases: [command.into])
        // Rules that look back at what a person had look into merged cases too.
        case .startPlacement, .decideReduction, .eraseParticipant: Needs(cases: state.absorbed.keys.sorted())
        default: Needs()
        }
    }
}
