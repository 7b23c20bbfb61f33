import Ledger

/// Which event a client's command records, and so what the members of its body belong to.
///
/// A body's members are named as the event's are, so that what stands beside the event is said once and for both. A command
/// that records several events is named with the one that takes its body.
public enum CommandRecords {
    /// What a member of a command's body belongs to; `nil` when there is no such command or member.
    public static func category(of member: String, in command: String) -> DataCategory? {
        if member == "effectiveOn" { return .timing }
        // The names of other members.
        if member == "remove" { return .reference }
        return events[command]?.category(of: member) ?? others[command]?[member]
    }

    /// The members of a command's body that its event seals under the person's key.
    ///
    /// - Throws: when the form of an event cannot be found out; a test takes care that it can.
    public static func sealedMembers(of command: String) throws -> Set<String> {
        guard let body = events[command] else { return [] }
        let entry = try EventCatalogue.entries().first { "\($0.shape.body)" == "\(body)" }
        guard case .object(let properties, _) = entry?.personal else { return [] }
        return Set(properties.map(\.name))
    }

    /// What becomes something else, or a part of something, in the event.
    private static let others: [String: [String: DataCategory]] = [
        "call-conference": ["consent": .exchange, "consentReference": .exchange],
        "counter-alignment": ["shifts": .exchange, "answerDue": .exchange],
        "decide-reduction": ["months": .benefits, "ruleVersion": .benefits],
        "grant-wage-subsidy": ["scheme": .benefits, "ruleVersion": .benefits],
        "issue-voucher": ["ruleVersion": .byVoucher],
        "minute-conference": ["agreements": .exchange],
        "propose-alignment": ["findingIds": .exchange],
        "redeem-voucher": ["goal": .byVoucher, "region": .byVoucher],
    ]

    private static let events: [String: any Categorised.Type] = [
        "abandon-measure": MeasureAbandoned.self,
        "accept-alignment": AlignmentAccepted.self,
        "accept-placement": PlacementAccepted.self,
        "accept-referral": ReferralAccepted.self,
        "add-measure": MeasureAdded.self,
        "agree-plan": PlanAgreed.self,
        "assess-potential": PotentialAssessed.self,
        "break-commitment": CommitmentBroken.self,
        "call-conference": ConferenceCalled.self,
        "cancel-appointment": AppointmentCancelled.self,
        "cancel-conference": ConferenceCancelled.self,
        "change-area": AreaChanged.self,
        "change-employment-field": EmploymentFieldChanged.self,
        "change-offer": OfferChanged.self,
        "change-partner": PartnerChanged.self,
        "close-area": AreaClosed.self,
        "close-case": CaseClosed.self,
        "close-employment-field": EmploymentFieldClosed.self,
        "close-offer": OfferClosed.self,
        "close-partner": PartnerClosed.self,
        "complete-measure": MeasureCompleted.self,
        "complete-referral": ReferralCompleted.self,
        "conclude-plan": PlanConcluded.self,
        "correct-participant": ParticipantCorrected.self,
        "counter-alignment": AlignmentCountered.self,
        "decide-identity": IdentityDecided.self,
        "decide-reduction": ReductionDecided.self,
        "decline-alignment": AlignmentDeclined.self,
        "decline-referral": ReferralDeclined.self,
        "disengage-office": OfficeDisengaged.self,
        "dispute-data": DataDisputed.self,
        "draft-plan": PlanDrafted.self,
        "end-placement": PlacementEnded.self,
        "engage-office": OfficeEngaged.self,
        "entrust-note": NoteEntrusted.self,
        "extend-deadline": DeadlineExtended.self,
        "extend-placement": PlacementExtended.self,
        "grant-consent": ConsentGranted.self,
        "grant-wage-subsidy": WageSubsidyGranted.self,
        "hand-over-note": NoteHandedOver.self,
        "issue-voucher": VoucherIssued.self,
        "join-household": HouseholdJoined.self,
        "keep-appointment": AppointmentKept.self,
        "keep-commitment": CommitmentKept.self,
        "leave-household": HouseholdLeft.self,
        "lift-legal-hold": LegalHoldLifted.self,
        "lift-reduction": ReductionLifted.self,
        "lift-restriction": RestrictionLifted.self,
        "merge-case": CaseMerged.self,
        "minute-conference": ConferenceMinuted.self,
        "miss-appointment": AppointmentMissed.self,
        "move-participant": ParticipantMoved.self,
        "offer-placement": PlacementOffered.self,
        "pause-measure": MeasurePaused.self,
        "propose-alignment": AlignmentProposed.self,
        "publish-area": AreaPublished.self,
        "publish-employment-field": EmploymentFieldPublished.self,
        "publish-offer": OfferPublished.self,
        "publish-partner": PartnerPublished.self,
        "reassign-caseworker": CaseworkerReassigned.self,
        "record-retention": RetentionRecorded.self,
        "redeem-voucher": VoucherRedeemed.self,
        "refuse-placement": PlacementRefused.self,
        "register-participant": ParticipantRegistered.self,
        "relate-measures": MeasuresRelated.self,
        "reopen-case": CaseReopened.self,
        "reply-to-commitment": CommitmentRepliedTo.self,
        "request-referral": ReferralRequested.self,
        "restrict-processing": ProcessingRestricted.self,
        "resume-deadline": DeadlineResumed.self,
        "resume-measure": MeasureResumed.self,
        "review-plan": PlanReviewed.self,
        "revise-measure": MeasureRevised.self,
        "revoke-voucher": VoucherRevoked.self,
        "schedule-appointment": AppointmentScheduled.self,
        "set-legal-hold": LegalHoldSet.self,
        "settle-dispute": DisputeSettled.self,
        "shorten-deadline": DeadlineShortened.self,
        "start-measure": MeasureStarted.self,
        "start-placement": PlacementStarted.self,
        "stop-wage-subsidy": WageSubsidyStopped.self,
        "record-fact": FactRecorded.self, "correct-fact": FactCorrected.self,
        "suspend-deadline": DeadlineSuspended.self,
        "unmerge-case": CaseUnmerged.self,
        "unrelate-measures": MeasuresUnrelated.self,
        "withdraw-commitment": CommitmentWithdrawn.self,
        "withdraw-consent": ConsentWithdrawn.self,
        "withdraw-referral": ReferralWithdrawn.self,
    ]
}
