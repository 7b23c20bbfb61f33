import CaseFile
import CaseTiming
import Foundation
import Ledger

extension CaseState {
    /// What `office` has to see to in this case, earliest first; nothing once the case is closed.
    func dues(of office: Office) -> [Due] {
        guard !isClosed else { return [] }
        return
            (planDues(of: office) + appointmentDues(of: office) + placementDues(of: office) + consentDues(of: office)
            + askedDues(of: office) + conferenceDues(of: office))
            .sorted()
    }

    /// What other offices wait for by a day.
    func askedDues(of office: Office) -> [Due] {
        // What several offices wait for is due once.
        let dues = asked(of: office).compactMap { asked in
            asked.on.map { Due(on: $0, reason: asked.reason, subject: asked.subject) }
        }
        return Array(Set(dues))
    }

    private func appointmentDues(of office: Office) -> [Due] {
        appointments.filter { $0.office == office && $0.status == .scheduled }
            .map { Due(on: $0.at.day, reason: .appointment, subject: $0.appointmentId) }
    }

    private func planDues(of office: Office) -> [Due] {
        let reviews = plans.filter { $0.office == office }.compactMap { plan in
            plan.reviewDueOn.map { Due(on: $0, reason: .planReview, subject: plan.planId) }
        }
        let measures = measures.filter { $0.office == office }.compactMap { measure -> Due? in
            switch measure.status {
            case .planned:
                guard plan(measure.planId)?.isAgreed == true else { return nil }
                return Due(on: measure.window.first, reason: .measureStart, subject: measure.measureId)
            case .started, .paused:
                let last = measure.days?.last ?? measure.window.last
                return Due(on: last, reason: .measureEnd, subject: measure.measureId)
            case .completed, .abandoned: return nil
            }
        }
        return reviews + measures
    }

    private func placementDues(of office: Office) -> [Due] {
        let own = placements.filter { $0.offered.office == office }
        let isWorking = own.contains { $0.status == .accepted || $0.status == .started }
        let lastEnd = own.compactMap { $0.end?.on }.max()
        return own.compactMap { placement in
            let id = placement.placementId
            return switch placement.status {
            case .offered: placement.answerDue.map { Due(on: $0, reason: .placementAnswer, subject: id) }
            case .accepted: placement.startsOn.map { Due(on: $0, reason: .placementStart, subject: id) }
            case .started: placement.endsOn.map { Due(on: $0, reason: .incomeCover, subject: id) }
            case .ended:
                // Only the last placement's end leaves somebody without income, and only until the next one.
                placement.end.flatMap { end in
                    end.incomeCover == nil && !isWorking && end.on == lastEnd && placement.startedOn != nil
                        ? Due(on: end.on + 1, reason: .incomeCover, subject: id) : nil
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
            return Due(on: validUntil, reason: .consentExpiry, subject: nil)
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
