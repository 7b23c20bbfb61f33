public import Ledger

/// What happened in a case.
public enum CaseEvent: EventFamily, Hashable {
    case participantRegistered(ParticipantRegistered)
    case participantCorrected(ParticipantCorrected)
    case participantMoved(ParticipantMoved)
    case officeEngaged(OfficeEngaged)
    case officeDisengaged(OfficeDisengaged)
    case caseworkerReassigned(CaseworkerReassigned)
    case consentGranted(ConsentGranted)
    case consentWithdrawn(ConsentWithdrawn)
    case householdJoined(HouseholdJoined)
    case householdLeft(HouseholdLeft)
    case potentialAssessed(PotentialAssessed)
    case appointmentScheduled(AppointmentScheduled)
    case appointmentKept(AppointmentKept)
    case appointmentMissed(AppointmentMissed)
    case appointmentCancelled(AppointmentCancelled)
    case referralRequested(ReferralRequested)
    case referralAccepted(ReferralAccepted)
    case referralDeclined(ReferralDeclined)
    case referralCompleted(ReferralCompleted)
    case referralWithdrawn(ReferralWithdrawn)
    case conferenceCalled(ConferenceCalled)
    case conferenceMinuted(ConferenceMinuted)
    case conferenceCancelled(ConferenceCancelled)
    case commitmentMade(CommitmentMade)
    case commitmentPassed(CommitmentPassed)
    case commitmentKept(CommitmentKept)
    case commitmentBroken(CommitmentBroken)
    case commitmentWithdrawn(CommitmentWithdrawn)
    case commitmentRepliedTo(CommitmentRepliedTo)
    case alignmentProposed(AlignmentProposed)
    case alignmentAccepted(AlignmentAccepted)
    case alignmentAgreed(AlignmentAgreed)
    case alignmentDeclined(AlignmentDeclined)
    case alignmentCountered(AlignmentCountered)
    case alignmentLapsed(AlignmentLapsed)
    case alignmentOutdated(AlignmentOutdated)
    case alignmentContradicted(AlignmentContradicted)
    case planDrafted(PlanDrafted)
    case measureAdded(MeasureAdded)
    case measureRevised(MeasureRevised)
    case measuresRelated(MeasuresRelated)
    case measuresUnrelated(MeasuresUnrelated)
    case planAgreed(PlanAgreed)
    case planReviewed(PlanReviewed)
    case planConcluded(PlanConcluded)
    case measureStarted(MeasureStarted)
    case measurePaused(MeasurePaused)
    case measureResumed(MeasureResumed)
    case measureCompleted(MeasureCompleted)
    case measureAbandoned(MeasureAbandoned)
    case placementOffered(PlacementOffered)
    case placementAccepted(PlacementAccepted)
    case placementRefused(PlacementRefused)
    case placementStarted(PlacementStarted)
    case placementEnded(PlacementEnded)
    case placementExtended(PlacementExtended)
    case retentionRecorded(RetentionRecorded)
    case wageSubsidyGranted(WageSubsidyGranted)
    case wageSubsidyStopped(WageSubsidyStopped)
    case voucherIssued(VoucherIssued)
    case voucherRedeemed(VoucherRedeemed)
    case voucherRevoked(VoucherRevoked)
    case reductionDecided(ReductionDecided)
    case reductionLifted(ReductionLifted)
    case factRecorded(FactRecorded)
    case factCorrected(FactCorrected)
    case deadlineSet(DeadlineSet)
    case deadlineClosed(DeadlineClosed)
    case deadlineSuspended(DeadlineSuspended)
    case deadlineResumed(DeadlineResumed)
    case deadlineExtended(DeadlineExtended)
    case deadlineShortened(DeadlineShortened)
    case caseClosed(CaseClosed)
    case caseReopened(CaseReopened)
    case identityDecided(IdentityDecided)
    case caseMerged(CaseMerged)
    case caseAbsorbed(CaseAbsorbed)
    case caseUnmerged(CaseUnmerged)
    case caseReleased(CaseReleased)
    case participantErased(ParticipantErased)
    case legalHoldSet(LegalHoldSet)
    case legalHoldLifted(LegalHoldLifted)
    case processingRestricted(ProcessingRestricted)
    case restrictionLifted(RestrictionLifted)
    case dataDisputed(DataDisputed)
    case disputeSettled(DisputeSettled)
    case noteEntrusted(NoteEntrusted)
    case noteHandedOver(NoteHandedOver)
    case findingOpened(FindingOpened)
    case findingUpdated(FindingUpdated)
    case findingClosed(FindingClosed)

    /// The category of the streams: `case-<id>`.
    public static let category = "case"

    /// How each of the events is read.
    public static let kinds: [EventKind<CaseEvent>] = [
        EventKind(ParticipantRegistered.self, Self.participantRegistered),
        EventKind(ParticipantCorrected.self, Self.participantCorrected),
        EventKind(ParticipantMoved.self, Self.participantMoved),
        EventKind(OfficeEngaged.self, Self.officeEngaged),
        EventKind(OfficeDisengaged.self, Self.officeDisengaged),
        EventKind(CaseworkerReassigned.self, Self.caseworkerReassigned),
        EventKind(ConsentGranted.self, Self.consentGranted),
        EventKind(ConsentWithdrawn.self, Self.consentWithdrawn),
        EventKind(HouseholdJoined.self, Self.householdJoined),
        EventKind(HouseholdLeft.self, Self.householdLeft),
        EventKind(PotentialAssessed.self, Self.potentialAssessed),
        EventKind(AppointmentScheduled.self, Self.appointmentScheduled),
        EventKind(AppointmentKept.self, Self.appointmentKept),
        EventKind(AppointmentMissed.self, Self.appointmentMissed),
        EventKind(AppointmentCancelled.self, Self.appointmentCancelled),
        EventKind(ReferralRequested.self, Self.referralRequested),
        EventKind(ReferralAccepted.self, Self.referralAccepted),
        EventKind(ReferralDeclined.self, Self.referralDeclined),
        EventKind(ReferralCompleted.self, Self.referralCompleted),
        EventKind(ReferralWithdrawn.self, Self.referralWithdrawn),
        EventKind(ConferenceCalled.self, Self.conferenceCalled),
        EventKind(ConferenceMinuted.self, Self.conferenceMinuted),
        EventKind(ConferenceCancelled.self, Self.conferenceCancelled),
        EventKind(CommitmentMade.self, earlier: CommitmentMadeV1.self, embed: Self.commitmentMade),
        EventKind(CommitmentPassed.self, Self.commitmentPassed),
        EventKind(CommitmentKept.self, Self.commitmentKept),
        EventKind(CommitmentBroken.self, Self.commitmentBroken),
        EventKind(CommitmentWithdrawn.self, Self.commitmentWithdrawn),
        EventKind(CommitmentRepliedTo.self, Self.commitmentRepliedTo),
        EventKind(AlignmentProposed.self, Self.alignmentProposed),
        EventKind(AlignmentAccepted.self, Self.alignmentAccepted),
        EventKind(AlignmentAgreed.self, Self.alignmentAgreed),
        EventKind(AlignmentDeclined.self, Self.alignmentDeclined),
        EventKind(AlignmentCountered.self, Self.alignmentCountered),
        EventKind(AlignmentLapsed.self, Self.alignmentLapsed),
        EventKind(AlignmentOutdated.self, Self.alignmentOutdated),
        EventKind(AlignmentContradicted.self, Self.alignmentContradicted),
        EventKind(PlanDrafted.self, Self.planDrafted),
        EventKind(MeasureAdded.self, Self.measureAdded),
        EventKind(MeasureRevised.self, Self.measureRevised),
        EventKind(MeasuresRelated.self, Self.measuresRelated),
        EventKind(MeasuresUnrelated.self, Self.measuresUnrelated),
        EventKind(PlanAgreed.self, Self.planAgreed),
        EventKind(PlanReviewed.self, Self.planReviewed),
        EventKind(PlanConcluded.self, Self.planConcluded),
        EventKind(MeasureStarted.self, Self.measureStarted),
        EventKind(MeasurePaused.self, Self.measurePaused),
        EventKind(MeasureResumed.self, Self.measureResumed),
        EventKind(MeasureCompleted.self, Self.measureCompleted),
        EventKind(MeasureAbandoned.self, Self.measureAbandoned),
        EventKind(PlacementOffered.self, Self.placementOffered),
        EventKind(PlacementAccepted.self, Self.placementAccepted),
        EventKind(PlacementRefused.self, Self.placementRefused),
        EventKind(PlacementStarted.self, earlier: PlacementStartedV1.self, embed: Self.placementStarted),
        EventKind(PlacementEnded.self, Self.placementEnded),
        EventKind(PlacementExtended.self, earlier: PlacementExtendedV1.self, embed: Self.placementExtended),
        EventKind(RetentionRecorded.self, Self.retentionRecorded),
        EventKind(WageSubsidyGranted.self, Self.wageSubsidyGranted),
        EventKind(WageSubsidyStopped.self, Self.wageSubsidyStopped),
        EventKind(VoucherIssued.self, Self.voucherIssued),
        EventKind(VoucherRedeemed.self, Self.voucherRedeemed),
        EventKind(VoucherRevoked.self, Self.voucherRevoked),
        EventKind(ReductionDecided.self, Self.reductionDecided),
        EventKind(ReductionLifted.self, Self.reductionLifted),
        EventKind(FactRecorded.self, Self.factRecorded),
        EventKind(FactCorrected.self, Self.factCorrected),
        EventKind(DeadlineSet.self, Self.deadlineSet),
        EventKind(DeadlineClosed.self, Self.deadlineClosed),
        EventKind(DeadlineSuspended.self, Self.deadlineSuspended),
        EventKind(DeadlineResumed.self, Self.deadlineResumed),
        EventKind(DeadlineExtended.self, Self.deadlineExtended),
        EventKind(DeadlineShortened.self, Self.deadlineShortened),
        EventKind(CaseClosed.self, Self.caseClosed),
        EventKind(CaseReopened.self, Self.caseReopened),
        EventKind(IdentityDecided.self, Self.identityDecided),
        EventKind(CaseMerged.self, Self.caseMerged),
        EventKind(CaseAbsorbed.self, Self.caseAbsorbed),
        EventKind(CaseUnmerged.self, Self.caseUnmerged),
        EventKind(CaseReleased.self, Self.caseReleased),
        EventKind(ParticipantErased.self, Self.participantErased),
        EventKind(LegalHoldSet.self, Self.legalHoldSet),
        EventKind(LegalHoldLifted.self, Self.legalHoldLifted),
        EventKind(ProcessingRestricted.self, Self.processingRestricted),
        EventKind(RestrictionLifted.self, Self.restrictionLifted),
        EventKind(DataDisputed.self, Self.dataDisputed),
        EventKind(DisputeSettled.self, Self.disputeSettled),
        EventKind(NoteEntrusted.self, Self.noteEntrusted),
        EventKind(NoteHandedOver.self, Self.noteHandedOver),
        EventKind(FindingOpened.self, earlier: FindingOpenedV1.self, embed: Self.findingOpened),
        EventKind(FindingUpdated.self, earlier: FindingUpdatedV1.self, embed: Self.findingUpdated),
        EventKind(FindingClosed.self, Self.findingClosed),
    ]

    /// The content of this event.
    public var body: any EventBody {
        switch self {
        case .participantRegistered(let body): body
        case .participantCorrected(let body): body
        case .participantMoved(let body): body
        case .officeEngaged(let body): body
        case .officeDisengaged(let body): body
        case .caseworkerReassigned(let body): body
        case .consentGranted(let body): body
        case .consentWithdrawn(let body): body
        case .householdJoined(let body): body
        case .householdLeft(let body): body
        case .potentialAssessed(let body): body
        case .appointmentScheduled(let body): body
        case .appointmentKept(let body): body
        case .appointmentMissed(let body): body
        case .appointmentCancelled(let body): body
        case .referralRequested(let body): body
        case .referralAccepted(let body): body
        case .referralDeclined(let body): body
        case .referralCompleted(let body): body
        case .referralWithdrawn(let body): body
        case .conferenceCalled(let body): body
        case .conferenceMinuted(let body): body
        case .conferenceCancelled(let body): body
        case .commitmentMade(let body): body
        case .commitmentPassed(let body): body
        case .commitmentKept(let body): body
        case .commitmentBroken(let body): body
        case .commitmentWithdrawn(let body): body
        case .commitmentRepliedTo(let body): body
        case .alignmentProposed(let body): body
        case .alignmentAccepted(let body): body
        case .alignmentAgreed(let body): body
        case .alignmentDeclined(let body): body
        case .alignmentCountered(let body): body
        case .alignmentLapsed(let body): body
        case .alignmentOutdated(let body): body
        case .alignmentContradicted(let body): body
        case .planDrafted(let body): body
        case .measureAdded(let body): body
        case .measureRevised(let body): body
        case .measuresRelated(let body): body
        case .measuresUnrelated(let body): body
        case .planAgreed(let body): body
        case .planReviewed(let body): body
        case .planConcluded(let body): body
        case .measureStarted(let body): body
        case .measurePaused(let body): body
        case .measureResumed(let body): body
        case .measureCompleted(let body): body
        case .measureAbandoned(let body): body
        case .placementOffered(let body): body
        case .placementAccepted(let body): body
        case .placementRefused(let body): body
        case .placementStarted(let body): body
        case .placementEnded(let body): body
        case .placementExtended(let body): body
        case .retentionRecorded(let body): body
        case .wageSubsidyGranted(let body): body
        case .wageSubsidyStopped(let body): body
        case .voucherIssued(let body): body
        case .voucherRedeemed(let body): body
        case .voucherRevoked(let body): body
        case .reductionDecided(let body): body
        case .reductionLifted(let body): body
        case .factRecorded(let body): body
        case .factCorrected(let body): body
        case .deadlineSet(let body): body
        case .deadlineClosed(let body): body
        case .deadlineSuspended(let body): body
        case .deadlineResumed(let body): body
        case .deadlineExtended(let body): body
        case .deadlineShortened(let body): body
        case .caseClosed(let body): body
        case .caseReopened(let body): body
        case .identityDecided(let body): body
        case .caseMerged(let body): body
        case .caseAbsorbed(let body): body
        case .caseUnmerged(let body): body
        case .caseReleased(let body): body
        case .participantErased(let body): body
        case .legalHoldSet(let body): body
        case .legalHoldLifted(let body): body
        case .processingRestricted(let body): body
        case .restrictionLifted(let body): body
        case .dataDisputed(let body): body
        case .disputeSettled(let body): body
        case .noteEntrusted(let body): body
        case .noteHandedOver(let body): body
        case .findingOpened(let body): body
        case .findingUpdated(let body): body
        case .findingClosed(let body): body
        }
    }
}
