public import CaseTiming
public import Foundation
import Ledger

extension CaseState {
    /// All that happened in the case or is to happen, as rules see it. Each fact's kind is that of its subject: of plans and
    /// placements the kind of plan or placement, of measures that of their plan, of vouchers their kind, of reductions the
    /// ground, of subsidies the scheme, of referrals, engagements and recorded facts the legal basis.
    public func datedFacts(of caseID: UUID) -> [DatedFact] {
        var facts: [DatedFact] = []
        if let participant {
            let office = participant.registered.office ?? .jobCentre
            facts.append(DatedFact("participant-registered", of: caseID, office: office, on: participant.registered.on))
        }
        for engagement in engagements.values {
            let office = engagement.office
            facts.append(
                DatedFact(
                    "office-engaged", of: caseID, number: departures.count { $0.engagement.office == office } + 1,
                    kind: engagement.legalBasis, office: office, on: engagement.from))
        }
        if let assessed = potential?.assessed {
            facts.append(
                DatedFact("potential-assessed", of: caseID, office: assessed.office ?? .jobCentre, on: assessed.on))
        }
        let bornOn = participant?.personal?.bornOn
        facts += plans.flatMap(\.facts) + measures.flatMap { $0.facts(bornOn: bornOn) } + placements.flatMap(\.facts)
        facts += subsidies.flatMap(\.facts) + vouchers.flatMap(\.facts) + reductions.flatMap(\.facts)
        facts += referrals.flatMap(\.facts) + conferences.flatMap(\.facts)
        return facts + recordedFactsForRules
    }
}

extension Plan {
    fileprivate var facts: [DatedFact] {
        func fact(_ name: String, _ day: CalendarDate, number: Int = 1, since: CalendarDate? = nil) -> DatedFact {
            DatedFact(name, of: planId, number: number, kind: kind.rawValue, office: office, on: day, since: since)
        }
        var facts = [fact("plan-drafted", draftedOn)]
        if let agreement {
            let day = agreement.participantAgreedOn
            facts.append(fact("plan-agreed", day))
            for (index, review) in reviews.enumerated() {
                facts.append(fact("plan-reviewed", review.on, number: index + 1))
            }
            if let to, conclusion == nil { facts.append(fact("plan-ends", to, since: max(day, from ?? day))) }
        }
        if let conclusion { facts.append(fact("plan-concluded", conclusion.on)) }
        return facts
    }
}

extension Measure {
    /// Support of a young adult (§ 41 SGB VIII) is what a support plan holds for somebody who is 18 or more when it ends.
    fileprivate func facts(bornOn: CalendarDate?) -> [DatedFact] {
        guard let startedOn else { return [] }
        func fact(_ name: String, _ day: CalendarDate, since: CalendarDate? = nil) -> DatedFact {
            DatedFact(name, of: measureId, kind: planKind.rawValue, office: office, on: day, since: since)
        }
        let started = fact("measure-started", startedOn)
        if let end { return [started, fact("measure-ended", end.on)] }
        let last = window.last
        let isOfYoungAdult = planKind == .youthSupport && bornOn.map { $0.birthday(18) <= last } ?? false
        return [started, fact("measure-ends", last, since: startedOn)]
            + (isOfYoungAdult ? [fact("young-adult-support-ends", last, since: startedOn)] : [])
    }
}

extension Placement {
    fileprivate var facts: [DatedFact] {
        var facts: [DatedFact] = []
        func add(_ name: String, _ day: CalendarDate) {
            facts.append(
                DatedFact(name, of: placementId, kind: kind.rawValue, office: offered.office ?? .jobCentre, on: day))
        }
        add("placement-offered", offered.on)
        switch answer {
        case .accepted(let on, _): add("placement-accepted", on)
        case .refused(let on, _, _): add("placement-refused", on)
        case nil: break
        }
        if let startedOn { add("placement-started", startedOn) }
        if let end { add("placement-ended", end.on) }
        return facts
    }
}

extension WageSubsidy {
    fileprivate var facts: [DatedFact] {
        func fact(_ name: String, _ day: CalendarDate) -> DatedFact {
            DatedFact(name, of: subsidyId, kind: rule.id, office: granted.office ?? .jobCentre, on: day)
        }
        return [fact("subsidy-granted", granted.on)] + (stop.map { [fact("subsidy-stopped", $0.on)] } ?? [])
    }
}

extension Voucher {
    fileprivate var facts: [DatedFact] {
        func fact(_ name: String, _ day: CalendarDate) -> DatedFact {
            DatedFact(name, of: voucherId, kind: kind.rawValue, office: issued.office ?? .jobCentre, on: day)
        }
        let issue = fact("voucher-issued", issued.on)
        return switch fate {
        case .redeemed(let redemption): [issue, fact("voucher-redeemed", redemption.on)]
        case .revoked(let on, _): [issue, fact("voucher-revoked", on)]
        case nil: [issue]
        }
    }
}

extension Reduction {
    fileprivate var facts: [DatedFact] {
        func fact(_ name: String, _ day: CalendarDate) -> DatedFact {
            DatedFact(name, of: reductionId, kind: ground, office: decided.office ?? .jobCentre, on: day)
        }
        let decision = fact("reduction-decided", decided.on)
        guard let lift else { return [decision] }
        // A decision that was taken back never counted.
        return [decision, lift.isRevoked ? fact("reduction-revoked", decided.on) : fact("reduction-lifted", lift.on)]
    }
}

extension Referral {
    /// The office that was asked has to act on all of it. That it accepted is a handover of the office that asked.
    fileprivate var facts: [DatedFact] {
        var facts: [DatedFact] = []
        func add(_ name: String, _ office: Office, _ day: CalendarDate) {
            facts.append(DatedFact(name, of: referralId, kind: legalBasis, office: office, on: day))
        }
        add("referral-requested", to, requested.on)
        if let answer {
            add(answer.isAccepted ? "referral-accepted" : "referral-declined", to, answer.on)
            if answer.isAccepted { add("handover-accepted", from, answer.on) }
        }
        switch end {
        case .completed(let on, _, _): add("referral-completed", to, on)
        case .withdrawn(let on, _): add("referral-withdrawn", to, on)
        case nil: break
        }
        return facts
    }
}

extension Conference {
    fileprivate var facts: [DatedFact] {
        let calling = DatedFact("conference-called", of: conferenceId, office: office, on: called.on)
        guard case .minuted = outcome else { return [calling] }
        return [calling, DatedFact("conference-minuted", of: conferenceId, office: office, on: at.day)]
    }
}
