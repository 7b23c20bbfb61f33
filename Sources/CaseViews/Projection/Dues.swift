import CaseFile
import CaseTiming
import Foundation
import Ledger

extension CaseState {
    /// What `office` has to see to in this case, the most urgent first; nothing once the case is closed.
    func dues(of office: Office) -> [Due] {
        guard !isClosed else { return [] }
        return
            (reviewDues(of: office) + measureDues(of: office) + appointmentDues(of: office)
            + placementDues(of: office) + consentDues(of: office) + voucherDues(of: office) + askedDues(of: office)
            + conferenceDues(of: office) + alignmentDues(of: office) + deadlineDues(of: office))
            .sorted()
    }

    /// What other offices wait for by a day. Whatever ``asked(of:)`` lists becomes due here, in the worklists and in their
    /// filters, without more.
    func askedDues(of office: Office) -> [Due] {
        // What several offices wait for is due once.
        let dues = asked(of: office).compactMap { asked in
            asked.on.map { Due(on: $0, reason: asked.reason, subject: asked.subject, why: asked.why) }
        }
        return Array(Set(dues))
    }

    private func appointmentDues(of office: Office) -> [Due] {
        appointments.filter { $0.office == office && $0.status == .scheduled }
            .map { appointment in
                Due(
                    on: appointment.at.day, reason: .appointment, subject: appointment.appointmentId,
                    why: "Meeting at \(appointment.at.time); what became of it is not recorded.")
            }
    }

    /// The periods from rules that run; those that are suspended are not due meanwhile.
    private func deadlineDues(of office: Office) -> [Due] {
        deadlines.filter { $0.office == office && $0.status == .running }.map { deadline in
            Due(
                on: deadline.endsOn, reason: .deadline, subject: deadline.deadlineId,
                why: "\(deadline.title): the period ends (\(deadline.rule.source)).", rule: deadline.rule.id)
        }
    }

    private func reviewDues(of office: Office) -> [Due] {
        plans.filter { $0.office == office }.compactMap { plan in
            plan.reviewDueOn.map {
                Due(
                    on: $0, reason: .planReview, subject: plan.planId, why: plan.whyReviewed, rule: plan.kind.reviewRule
                )
            }
        }
    }

    private func measureDues(of office: Office) -> [Due] {
        measures.filter { $0.office == office }.compactMap { measure -> Due? in
            let id = measure.measureId
            switch measure.status {
            case .planned:
                guard plan(measure.planId)?.isAgreed == true else { return nil }
                return Due(
                    on: measure.window.first, reason: .measureStart, subject: id,
                    why: "The measure is planned from this day on in an agreed plan, and has not begun.")
            case .started, .paused:
                return Due(
                    on: measure.days?.last ?? measure.window.last, reason: .measureEnd, subject: id,
                    why: "The measure's last day; neither its completion nor that it was given up is recorded.")
            case .completed, .abandoned: return nil
            }
        }
    }

    private func placementDues(of office: Office) -> [Due] {
        let own = placements.filter { $0.offered.office == office }
        let isWorking = own.contains { $0.status == .accepted || $0.status == .started }
        let lastEnd = own.compactMap { $0.end?.on }.max()
        return own.compactMap { placement in
            let id = placement.placementId
            func due(_ day: CalendarDate?, _ reason: DueReason, _ why: String) -> Due? {
                day.map { Due(on: $0, reason: reason, subject: id, why: why) }
            }
            return switch placement.status {
            case .offered:
                due(placement.answerDue, .placementAnswer, "The offer lapses after this day; there is no answer yet.")
            case .accepted:
                due(placement.startsOn, .placementStart, "The placement is accepted, and is to begin on this day.")
            case .started:
                due(
                    placement.endsOn, .incomeCover,
                    "The placement ends, and no income is recorded for the day after.")
            case .ended:
                // Only the last placement's end leaves somebody without income, and only until the next one.
                placement.end.flatMap { end in
                    end.incomeCover == nil && !isWorking && end.on == lastEnd && placement.startedOn != nil
                        ? due(
                            end.on + 1, .incomeCover,
                            "The placement ended on \(end.on), and no income is recorded since.") : nil
                }
            case .refused: nil
            }
        }
    }

    /// Consents that end and that no later one replaces, for the office that recorded them and for those that receive.
    private func consentDues(of office: Office) -> [Due] {
        consents.compactMap { consent in
            guard let validUntil = consent.validUntil,
                consent.recordedBy == office || consent.recipients.contains(office),
                consent.isOpen(beyondThoseAfter: consents)
            else { return nil }
            return Due(
                on: validUntil, reason: .consentExpiry,
                why: "The consent of \(consent.from) (number \(consent.number)) ends, and none takes its place.")
        }
    }

    private func voucherDues(of office: Office) -> [Due] {
        vouchers.filter { $0.issued.office == office && $0.status == .issued }.map { voucher in
            Due(
                on: voucher.scope.until, reason: .voucherExpiry, subject: voucher.voucherId,
                why: "The voucher of \(voucher.issued.on) can be redeemed until this day.", rule: voucher.rule?.id)
        }
    }
}

extension CaseFile.Plan {
    /// Why a review is due when it is.
    fileprivate var whyReviewed: String {
        if let last = reviews.last, last.nextReview != nil { return "The review of \(last.on) set this day." }
        let start =
            reviews.last.map { "the review of \($0.on)" }
            ?? "the agreement of \(agreement?.participantAgreedOn ?? draftedOn)"
        return "\(reviewEvery ?? 0) months after \(start), as the plan says."
    }
}

extension PlanKind {
    /// The rule that asks for reviews of such plans.
    fileprivate var reviewRule: String {
        switch self {
        case .cooperation: "cooperation-plan"
        case .youthSupport: "support-plan"
        case .participation: "participation-plan-review"
        }
    }
}

extension CaseFile.Consent {
    /// Whether something of it is neither taken back nor covered by another consent that holds longer.
    fileprivate func isOpen(beyondThoseAfter consents: [CaseFile.Consent]) -> Bool {
        categories.contains { category in
            recipients.contains { recipient in
                guard let until = period(of: category, to: recipient)?.until, until == validUntil else { return false }
                return !consents.contains { other in
                    guard other.number != number, let period = other.period(of: category, to: recipient) else {
                        return false
                    }
                    return period.from <= until + 1 && period.until.map { $0 > until } ?? true
                }
            }
        }
    }
}
