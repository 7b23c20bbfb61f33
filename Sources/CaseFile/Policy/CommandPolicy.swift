import CaseTiming
import Foundation
import Ledger

/// Who may ask for what, before the domain decides. Pure.
///
/// What depends only on the actor's role and office is *forbidden*; what the actor may not even know of is *not found*,
/// whether it exists or not.
public enum CommandPolicy {
    /// What the policy says to a command.
    public enum Verdict: Hashable, Sendable {
        /// The domain may decide.
        case allowed
        /// The actor's role or office may not do this; the sentence says why, without personal data.
        case forbidden(String)
        /// Unknown, or not visible to the actor.
        case notFound
    }

    /// Whether the actor may ask for a command in a case.
    public static func judge(_ command: CaseCommand, by actor: Actor, on state: CaseState) -> Verdict {
        switch command {
        case .openFinding, .updateFinding, .closeFinding: return judgeFinding(by: actor)
        case .setDeadline, .closeDeadline: return judgeFinding(by: actor)
        case .lapseAlignment, .outdateAlignment, .reportContradiction, .passCommitment:
            return actor.role == .worker ? .allowed : .forbidden("Only the worker says what happens by itself.")
        case .proposeAlignment where actor.role == .worker: return .allowed
        case .followAlignment:
            return .forbidden(
                "What happens to a proposal is asked for in one of its cases, and happens in all of them.")
        case .endRelations:
            return .forbidden("Relations with somebody's measures end by leave-household in their case.")
        case .eraseParticipant:
            return actor.role == .administrator
                ? .allowed : .forbidden("Administrators erase a person, by the command line (gleichtakt erase).")
        case .recordErasure: return .forbidden("A merged case is erased with the case that it was merged into.")
        case .setLegalHold, .liftLegalHold, .restrictProcessing, .liftRestriction:
            // Also when no office is responsible any more.
            guard actor.role == .administrator else { break }
            return state.participant.map { actor.covers(area: $0.areaId) } == true ? .allowed : .notFound
        case .recordIdentity, .absorbCase, .releaseCase:
            return .forbidden("This is recorded by decide-identity, merge-case and unmerge-case in the other case.")
        default: break
        }
        guard AccessPolicy.roles(for: .commandCase).contains(actor.role), let office = actor.office else {
            return .forbidden("Only caseworkers of an office act in cases.")
        }
        if let reason = command.isForOtherOffice(than: office) { return .forbidden(reason) }
        if case .registerParticipant(let command) = command {
            return actor.covers(area: command.areaId) ? .allowed : Self.areaNotCovered
        }
        guard let participant = state.participant, actor.covers(area: participant.areaId) else { return .notFound }
        switch state.relation(to: office) {
        case .engaged, .registered: break
        case .addressed where command.isAnswer(of: office, in: state): break
        case .addressed, .none:
            if case .engageOffice = command { return .allowed }
            return .notFound
        }
        if let owner = command.planOwner(in: state), owner != office {
            return .forbidden(Rejection.notYourPlan.detail)
        }
        if let owner = command.appointmentOwner(in: state), owner != office {
            return .forbidden(Rejection.notYourAppointment.detail)
        }
        if let party = command.referralParty(in: state), party.office != office {
            return .forbidden(party.rejection.detail)
        }
        if let owner = command.voucherOwner(in: state), owner != office {
            return .forbidden("The office that issued a voucher records what becomes of it; ask it to do so.")
        }
        if let rejection = command.isOfOtherParty(than: office, in: state) { return .forbidden(rejection.detail) }
        return .allowed
    }

    /// Whether the actor may ask for a command that concerns another case too, once that one is known.
    ///
    /// Whoever decides about two cases works in both: to all others, the other case is as good as unknown.
    public static func judge(_ command: CaseCommand, by actor: Actor, around surroundings: Surroundings) -> Verdict {
        switch command {
        case .decideIdentity(let command): judge(surroundings.others[command.otherCaseId], by: actor)
        case .mergeCase(let command): judge(surroundings.others[command.into], by: actor)
        case .unmergeCase:
            surroundings.others.values.allSatisfy { $0.isWorked(by: actor) }
                ? .allowed : .forbidden("Only an office that is engaged in both cases takes them apart.")
        default: .allowed
        }
    }

    /// The case itself is not among the others; that it is named is for the domain to refuse.
    private static func judge(_ other: CaseState?, by actor: Actor) -> Verdict {
        guard let other else { return .allowed }
        return other.isWorked(by: actor) ? .allowed : .notFound
    }

    /// Whether the actor may ask for a command in a household. Members are admitted only as a consequence.
    public static func judge(_ command: HouseholdCommand, by actor: Actor) -> Verdict {
        switch command {
        case .admitMember, .dismissMember:
            .forbidden("Members come and go by join-household and leave-household in their own case.")
        case .openFinding, .updateFinding, .closeFinding: judgeFinding(by: actor)
        }
    }

    /// Whether the actor may ask for a command about the programme area `area`.
    public static func judge(_ command: AreaCommand, by actor: Actor, area: String) -> Verdict {
        guard AccessPolicy.roles(for: .commandArea).contains(actor.role) else {
            return .forbidden("Only administrators and supervisors publish programme areas.")
        }
        return actor.covers(area: area) ? .allowed : areaNotCovered
    }

    /// Whether the actor may ask for a command about an offer. Places are taken and given back only as a consequence.
    public static func judge(
        _ command: OfferCommand, by actor: Actor, on state: OfferState = OfferState()
    ) -> Verdict {
        let areas = [state.published?.areaId].compactMap { $0 }
        return switch command {
        case .publishOffer(let command): judgePublisher(actor, areas: command.areaId.map { [$0] } ?? [])
        case .changeOffer(let command):
            judgePublisher(actor, areas: areas + [command.areaId].compactMap { $0 })
        case .closeOffer: judgePublisher(actor, areas: areas)
        case .takePlace, .releasePlace:
            .forbidden("Places are taken by accept-placement and given back by end-placement in a case.")
        }
    }

    /// Whether the actor may ask for a command about a partner.
    public static func judge(
        _ command: PartnerCommand, by actor: Actor, on state: PartnerState = PartnerState()
    ) -> Verdict {
        let areas = state.published?.areaIds ?? []
        return switch command {
        case .publishPartner(let command): judgePublisher(actor, areas: command.areaIds ?? [])
        case .changePartner(let command): judgePublisher(actor, areas: areas + (command.areaIds ?? []))
        case .closePartner: judgePublisher(actor, areas: areas)
        }
    }

    /// Whether the actor may ask for a command about an employment field.
    public static func judge(
        _ command: EmploymentFieldCommand, by actor: Actor, on state: EmploymentFieldState = EmploymentFieldState()
    ) -> Verdict {
        let areas = state.published?.areaIds ?? []
        return switch command {
        case .publishEmploymentField(let command): judgePublisher(actor, areas: command.areaIds ?? [])
        case .changeEmploymentField(let command): judgePublisher(actor, areas: areas + (command.areaIds ?? []))
        case .closeEmploymentField: judgePublisher(actor, areas: areas)
        }
    }

    private static let areaNotCovered = Verdict.forbidden("This programme area is not among yours.")

    private static func judgeFinding(by actor: Actor) -> Verdict {
        actor.role == .worker ? .allowed : .forbidden("Only the worker keeps findings and sets deadlines.")
    }

    private static func judgePublisher(_ actor: Actor, areas: [String]) -> Verdict {
        switch actor.role {
        case .administrator, .supervisor: break
        case .caseworker where actor.office == .jobCentre: break
        default:
            return .forbidden(
                "Only administrators, supervisors and caseworkers of the job centre keep offers, partners and fields.")
        }
        return areas.allSatisfy(actor.covers(area:)) ? .allowed : areaNotCovered
    }
}

extension CaseCommand {
    /// Why the command is another office's to ask for, if it is.
    fileprivate func isForOtherOffice(than office: Office) -> String? {
        switch self {
        case .engageOffice(let command) where command.office != office:
            "An office engages itself; ask the other office to do it."
        case .disengageOffice(let command) where command.office != office:
            "An office leaves a case itself; ask the other office to do it."
        case .reassignCaseworker(let command) where command.office != office:
            "An office puts its own caseworkers in charge; ask the other office to do it."
        case .scheduleAppointment(let command) where (command.office ?? office) != office:
            "An office makes its own appointments; ask the other office to do it."
        case .offerPlacement, .acceptPlacement, .refusePlacement, .startPlacement, .endPlacement, .extendPlacement,
            .recordRetention:
            office == .jobCentre ? nil : "Placements are the job centre's to record; ask the job centre to do it."
        case .grantWageSubsidy, .stopWageSubsidy:
            office == .jobCentre ? nil : "Wage subsidies are the job centre's to grant; ask the job centre to do it."
        case .decideReduction, .liftReduction:
            office == .jobCentre ? nil : "Reductions are the job centre's to decide; ask the job centre to do it."
        case .issueVoucher(let command) where command.kind != .service:
            office == .jobCentre
                ? nil : "Vouchers of this kind are the job centre's to issue; ask the job centre to do it."
        case .entrustNote, .handOverNote:
            office == .youthOffice
                ? nil : "What is told in confidence is kept by employees of the youth office (§ 65 SGB VIII)."
        default: nil
        }
    }

    /// The office that made the appointment the command is about.
    fileprivate func appointmentOwner(in state: CaseState) -> Office? {
        switch self {
        case .keepAppointment(let command): state.appointment(command.appointmentId)?.office
        case .missAppointment(let command): state.appointment(command.appointmentId)?.office
        case .cancelAppointment(let command): state.appointment(command.appointmentId)?.office
        default: nil
        }
    }

    /// The office that the command is for, among the two that a referral is between, and what others are told.
    fileprivate func referralParty(in state: CaseState) -> (office: Office, rejection: Rejection)? {
        switch self {
        case .acceptReferral(let command):
            state.referral(command.referralId).map { ($0.to, .notTheAddressee) }
        case .declineReferral(let command):
            state.referral(command.referralId).map { ($0.to, .notTheAddressee) }
        case .completeReferral(let command):
            state.referral(command.referralId).map { ($0.to, .notTheAddressee) }
        case .withdrawReferral(let command):
            state.referral(command.referralId).map { ($0.from, .notYourReferral) }
        default: nil
        }
    }

    /// The office that issued the voucher the command is about.
    fileprivate func voucherOwner(in state: CaseState) -> Office? {
        switch self {
        case .redeemVoucher(let command): state.voucher(command.voucherId)?.issued.office
        case .revokeVoucher(let command): state.voucher(command.voucherId)?.issued.office
        default: nil
        }
    }

    /// What an office is told whose conference or commitment the command is not about.
    fileprivate func isOfOtherParty(than office: Office, in state: CaseState) -> Rejection? {
        func isOthers(_ id: UUID) -> Rejection? {
            state.commitment(id).flatMap { $0.office == office ? nil : .notYourCommitment }
        }
        func isOthersDeadline(_ id: UUID) -> Rejection? {
            state.deadline(id).flatMap { $0.office == office ? nil : .notYourDeadline }
        }
        func isOthersAlignment(_ id: UUID) -> Rejection? {
            state.alignment(id).flatMap { $0.parties.contains(office) ? nil : .notPartyToAlignment }
        }
        return switch self {
        case .minuteConference(let command):
            state.conference(command.conferenceId).flatMap {
                $0.participants.contains(office) ? nil : .notAtTheConference
            }
        case .cancelConference(let command):
            state.conference(command.conferenceId).flatMap { $0.office == office ? nil : .notYourConference }
        case .keepCommitment(let command): isOthers(command.commitmentId)
        case .breakCommitment(let command): isOthers(command.commitmentId)
        case .withdrawCommitment(let command): isOthers(command.commitmentId)
        case .replyToCommitment(let command): isOthers(command.commitmentId)
        case .correctFact(let command):
            state.recordedFact(command.factId).flatMap { $0.office == office ? nil : .notYourFact }
        case .suspendDeadline(let command): isOthersDeadline(command.deadlineId)
        case .resumeDeadline(let command): isOthersDeadline(command.deadlineId)
        case .extendDeadline(let command): isOthersDeadline(command.deadlineId)
        case .shortenDeadline(let command): isOthersDeadline(command.deadlineId)
        case .acceptAlignment(let command): isOthersAlignment(command.proposalId)
        case .declineAlignment(let command): isOthersAlignment(command.proposalId)
        case .counterAlignment(let command): isOthersAlignment(command.proposalId)
        default: nil
        }
    }

    /// Whether the command answers a referral to an office; what else there may be, that office does not know.
    fileprivate func isAnswer(of office: Office, in state: CaseState) -> Bool {
        if case .withdrawReferral = self { return false }
        return referralParty(in: state)?.office == office
    }

    /// The office in whose plan the command acts, as far as the command names the plan or a measure of it.
    fileprivate func planOwner(in state: CaseState) -> Office? {
        switch self {
        case .addMeasure(let command): command.planId.flatMap(state.plan)?.office
        case .agreePlan(let command): command.planId.flatMap(state.plan)?.office
        case .reviewPlan(let command): command.planId.flatMap(state.plan)?.office
        case .concludePlan(let command): command.planId.flatMap(state.plan)?.office
        case .reviseMeasure(let command): state.measure(command.measureId)?.office
        case .startMeasure(let command): state.measure(command.measureId)?.office
        case .pauseMeasure(let command): state.measure(command.measureId)?.office
        case .resumeMeasure(let command): state.measure(command.measureId)?.office
        case .completeMeasure(let command): state.measure(command.measureId)?.office
        case .abandonMeasure(let command): state.measure(command.measureId)?.office
        default: nil
        }
    }
}
