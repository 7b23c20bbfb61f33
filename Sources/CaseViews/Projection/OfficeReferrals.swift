import CaseFile
import CaseTiming
import Foundation
import Ledger

extension CaseState {
    /// The days on which what a referral tells may be with the office that is asked: from the day of asking on, and, as far
    /// as it rests on consent, while that holds.
    func days(of referral: Referral) -> VisibleDays {
        referral.categoriesByConsent.reduce(VisibleDays(from: referral.requested.on)) { days, category in
            let consented = consents.compactMap { $0.period(of: category, to: referral.to) }
            return days.intersection(VisibleDays(consented.map { VisibleDays.Span(from: $0.from, until: $0.until) }))
        }
    }

    /// The days on which an office sees the case: from its engagement on, or else while another office asks it to act.
    ///
    /// Where consents leave a gap between those days, only the ones after it count, since whoever reads looks forward.
    func sight(of office: Office) -> (relation: OfficeRelation, span: VisibleDays.Span)? {
        if let engagement = engagements[office] { return (.engaged, VisibleDays.Span(from: engagement.from)) }
        let asked = referrals.filter { $0.to == office && $0.isOpen }
        let days = asked.reduce(VisibleDays.never) { $0.union(self.days(of: $1)) }
        return days.spans.last.map { (.addressed, $0) }
    }

    /// The referrals that an office asked for, or that ask it; once it is not engaged, only those that still ask it.
    func referrals(of office: Office) -> [Referral] {
        let isEngaged = isEngaged(office)
        return referrals.filter { isEngaged ? $0.concerns(office) : $0.to == office && $0.isOpen }
    }

    /// What another office waits for from this one.
    func asked(of office: Office) -> [Awaited] {
        guard !isClosed else { return [] }
        let referrals = referrals(of: office).filter { $0.to == office }.compactMap { $0.step(awaitedWith: $0.from) }
        let commitments = commitments(of: office).filter { $0.office == office && $0.status == .open }
            .flatMap { commitment in commitment.to.map { commitment.awaited(with: $0) } }
        return (referrals + commitments).sorted()
    }

    /// What this office waits for from another.
    func awaited(by office: Office) -> [Awaited] {
        guard !isClosed else { return [] }
        let referrals = referrals(of: office).filter { $0.from == office }.compactMap { $0.step(awaitedWith: $0.to) }
        let commitments = commitments(of: office).filter { $0.office != office && $0.status == .open }
            .map { $0.awaited(with: $0.office) }
        return (referrals + commitments).sorted()
    }
}

extension Referral {
    /// What the office that is asked has to do next.
    fileprivate func step(awaitedWith other: Office) -> Awaited? {
        switch status {
        case .requested:
            Awaited(
                office: other, on: answerDue, reason: .referralAnswer, subject: referralId,
                why: "The \(from.rawValue) asked the \(to.rawValue) on \(requested.on) and has no answer.")
        case .accepted:
            Awaited(
                office: other, on: answer?.completeBy, reason: .referralCompletion, subject: referralId,
                why:
                    "The \(to.rawValue) said on \(answer?.on ?? requested.on) that it acts, and has not told the result."
            )
        case .declined, .completed, .withdrawn: nil
        }
    }
}

extension OfficeCaseFile.Referral {
    init(_ referral: Referral, for office: Office, in state: CaseState) {
        let other = referral.from == office ? referral.to : referral.from
        self.init(
            referralId: referral.referralId, state: referral.status, from: referral.from, to: referral.to,
            caseworker: state.engagements[other]?.caseworker, service: referral.service, reason: referral.reason,
            legalBasis: referral.legalBasis, consents: referral.consents, categories: referral.categories,
            requestedOn: referral.requested.on, answerDue: referral.answerDue, answeredOn: referral.answer?.on,
            answeredBy: referral.answer?.by, answerReason: referral.answer?.reason,
            completeBy: referral.answer?.completeBy)
        switch referral.end {
        case .completed(let on, let by, let result):
            completedOn = on
            completedBy = by
            self.result = result
        case .withdrawn(let on, let reason):
            withdrawnOn = on
            withdrawnReason = reason
        case nil: break
        }
    }
}

extension OfficeCaseFile.Referral: Tellable {
    var untold: Self {
        var referral = self
        referral.reason = nil
        return referral
    }
}

extension CaseState {
    /// The referrals of an office as it may see them. Why it was asked for stays with the office that is asked only on the
    /// days that law or consent leaves it there; what came of it belongs to both.
    func toldReferrals(of office: Office) -> [Told<OfficeCaseFile.Referral>] {
        referrals(of: office).map { referral in
            Told(
                OfficeCaseFile.Referral(referral, for: office, in: self),
                on: referral.from == office ? VisibleDays(from: referral.requested.on) : days(of: referral))
        }
    }
}
