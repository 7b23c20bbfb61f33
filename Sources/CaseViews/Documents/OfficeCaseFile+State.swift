import CaseFile
import CaseTiming
import Foundation
import Ledger

// How the parts of a case file follow from the state, one initialiser each.

extension OfficeCaseFile.Identity {
    init(_ participant: Participant, for office: Office) {
        let isOwn = participant.registered.office == office
        self.init(
            givenName: participant.personal?.givenName, familyName: participant.personal?.familyName,
            bornOn: participant.personal?.bornOn, address: participant.personal?.address,
            contact: participant.personal?.contact, areaId: participant.areaId, movedOn: participant.movedOn,
            languages: participant.languages,
            schooling: isOwn ? participant.schooling : nil,
            vocationalCertificate: isOwn ? participant.vocationalCertificate : nil,
            isErased: participant.personal == nil)
    }
}

extension OfficeCaseFile.Household {
    init?(_ membership: HouseholdMembership?, _ household: HouseholdFile?) {
        guard let membership else { return nil }
        let members = (household?.state.members ?? [:]).sorted { $0.key < $1.key }
        self.init(
            id: membership.householdId, role: membership.role,
            members: members.map { OfficeCaseFile.Member(caseId: $0.key, role: $0.value.role) })
    }
}

extension OfficeCaseFile.Engagement {
    init(_ engagement: CaseFile.Engagement, for office: Office) {
        self.init(
            office: engagement.office, caseworker: engagement.caseworker, since: engagement.from,
            legalBasis: engagement.legalBasis,
            handoverNote: engagement.office == office ? engagement.handoverNote : nil)
    }
}

extension OfficeCaseFile.Consent {
    init(_ consent: CaseFile.Consent) {
        self.init(
            number: consent.number, categories: consent.categories, recipients: consent.recipients,
            purpose: consent.purpose, evidence: consent.evidence, from: consent.from, validUntil: consent.validUntil,
            withdrawals: consent.withdrawals.map {
                OfficeCaseFile.Withdrawal(categories: $0.categories, recipients: $0.recipients, on: $0.on)
            }, recordedBy: consent.recordedBy)
    }
}

extension OfficeCaseFile.Plan {
    init(_ plan: CaseFile.Plan, in state: CaseState) {
        self.init(
            planId: plan.planId, kind: plan.kind, goal: plan.goal, reviewEvery: plan.reviewEvery, from: plan.from,
            to: plan.to, draftedOn: plan.draftedOn, agreedOn: plan.agreement?.participantAgreedOn,
            agreedBy: plan.agreement?.byWhom, reviewDueOn: plan.reviewDueOn,
            reviews: plan.reviews.map {
                OfficeCaseFile.Review(on: $0.on, findings: $0.findings, nextReview: $0.nextReview)
            }, concludedOn: plan.conclusion?.on, outcome: plan.conclusion?.outcome,
            measures: state.measures.filter { $0.planId == plan.planId }.map { OfficeCaseFile.Measure($0) })
    }
}

extension OfficeCaseFile.Pause {
    init(_ pause: CaseFile.Measure.Pause, withReason: Bool) {
        self.init(from: pause.from, to: pause.through, reason: withReason ? pause.reason : nil)
    }
}

extension OfficeCaseFile.Measure {
    init(_ measure: CaseFile.Measure) {
        self.init(
            measureId: measure.measureId, title: measure.title, strand: measure.strand,
            orientation: measure.orientation, solidarity: measure.solidarity, provider: measure.provider,
            window: measure.window, hoursPerWeek: measure.hoursPerWeek, weeklySlots: measure.weeklySlots,
            earliestStart: measure.earliestStart, latestEnd: measure.latestEnd, progress: measure.status,
            startedOn: measure.startedOn, pauses: measure.pauses.map { OfficeCaseFile.Pause($0, withReason: true) },
            endedOn: measure.end?.on)
        switch measure.end {
        case .completed(_, let outcome, let certificate):
            self.outcome = outcome
            self.certificate = certificate
        case .abandoned(_, let reason): self.reason = reason
        case nil: break
        }
    }
}

extension OfficeCaseFile.MeasureTiming {
    init(_ measure: CaseFile.Measure) {
        self.init(
            measureId: measure.measureId, strand: measure.strand, window: measure.window,
            hoursPerWeek: measure.hoursPerWeek, progress: measure.status, startedOn: measure.startedOn,
            pauses: measure.pauses.map { OfficeCaseFile.Pause($0, withReason: false) }, endedOn: measure.end?.on)
    }
}

extension OfficeCaseFile.Relation {
    init(_ relation: TemporalRelation) {
        self.init(
            first: relation.first, second: relation.second, relation: relation.kind, minDays: relation.minDays,
            maxDays: relation.maxDays, tolerance: relation.tolerance)
    }
}

extension OfficeCaseFile.Placement {
    init(_ placement: CaseFile.Placement, withIncome: Bool) {
        self.init(
            placementId: placement.placementId, state: placement.status, kind: placement.kind,
            offerId: placement.offerId, employer: placement.employer, occupation: placement.occupation,
            employmentField: placement.employmentField, wage: withIncome ? placement.wage : nil,
            hoursPerWeek: placement.hoursPerWeek, offeredOn: placement.offered.on, answerDue: placement.answerDue,
            startsOn: placement.startsOn, endsOn: placement.endsOn, startedOn: placement.startedOn,
            endedOn: placement.end?.on, endReason: placement.end?.reason,
            incomeCover: withIncome ? placement.end?.incomeCover : nil,
            retentions: placement.retentions.map {
                OfficeCaseFile.Retention(afterMonths: $0.afterMonths, stillEmployed: $0.stillEmployed)
            })
        switch placement.answer {
        case .accepted(let on, let reason):
            answeredOn = on
            answerReason = reason
        case .refused(let on, let reason, let importantReason):
            answeredOn = on
            answerReason = reason
            importantReasonClaimed = importantReason
        case nil: break
        }
    }
}

extension OfficeCaseFile.Income {
    init?(_ placement: CaseFile.Placement) {
        guard placement.wage != nil || placement.end?.incomeCover != nil else { return nil }
        self.init(
            placementId: placement.placementId, wage: placement.wage, incomeCover: placement.end?.incomeCover)
    }
}

extension OfficeCaseFile.Subsidy {
    init(_ subsidy: WageSubsidy) {
        self.init(
            subsidyId: subsidy.subsidyId, placementId: subsidy.placementId, schedule: subsidy.schedule,
            from: subsidy.days.first, to: subsidy.days.last, grantedOn: subsidy.granted.on,
            stoppedOn: subsidy.stop?.on, stopReason: subsidy.stop?.reason, rule: subsidy.rule)
    }
}

extension OfficeCaseFile.Voucher {
    init(_ voucher: CaseFile.Voucher) {
        self.init(
            voucherId: voucher.voucherId, kind: voucher.kind, state: voucher.status, value: voucher.value,
            scope: voucher.scope, issuedOn: voucher.issued.on, rule: voucher.rule)
        switch voucher.fate {
        case .redeemed(let redemption):
            redeemedOn = redemption.on
            provider = redemption.provider
            redeemedValue = redemption.value
            measure = redemption.content
        case .revoked(let on, let reason):
            revokedOn = on
            revokedReason = reason
        case nil: break
        }
    }
}

extension OfficeCaseFile.Reduction {
    init(_ reduction: CaseFile.Reduction) {
        self.init(
            reductionId: reduction.reductionId, ground: reduction.ground, percentage: reduction.percentage,
            step: reduction.step, from: reduction.days.first, to: reduction.days.last,
            decidedOn: reduction.decided.on, occurredOn: reduction.occurredOn,
            hearingHeldOn: reduction.hearingHeldOn, liftedOn: reduction.lift?.on, liftReason: reduction.lift?.reason,
            isRevoked: reduction.lift?.isRevoked ?? false, rule: reduction.rule)
    }
}

extension OfficeCaseFile.Appointment {
    init(_ appointment: CaseFile.Appointment) {
        self.init(
            appointmentId: appointment.appointmentId, state: appointment.status, at: BerlinMoment(appointment.at),
            minutes: appointment.minutes, place: appointment.place, reason: appointment.reason)
        switch appointment.outcome {
        case .kept(let on): settledOn = on
        case .missed(let on, let reason), .cancelled(let on, let reason):
            settledOn = on
            settledReason = reason
        case nil: break
        }
    }
}

extension OfficeCaseFile.AppointmentTiming {
    init(_ appointment: CaseFile.Appointment) {
        self.init(
            appointmentId: appointment.appointmentId, at: BerlinMoment(appointment.at), minutes: appointment.minutes)
    }
}

extension OfficeCaseFile.Potential {
    init(_ potential: CaseFile.Potential) {
        self.init(
            assessedOn: potential.assessed.on, strengths: potential.personal?.strengths,
            goals: potential.personal?.goals, obstacles: potential.personal?.obstacles, level: potential.level,
            occupationsSought: potential.occupationsSought)
    }
}

extension OfficeCaseFile.Finding {
    init(_ entry: FindingRegister.Entry) {
        self.init(
            id: entry.finding.id, kind: entry.finding.kind, openedOn: entry.openedOn, from: entry.finding.from,
            to: entry.finding.to, days: entry.finding.days, explanation: entry.finding.explanation)
    }
}
