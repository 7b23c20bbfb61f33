public import CaseFile
import CaseTiming
public import Foundation
import Ledger

/// All that is known of a case, in JSON, as auditors and `gleichtakt replay` read it. What is absent is left out.
public struct CaseStateDocument: Sendable {
    private let id: UUID
    private let state: CaseState
    private let merged: [UUID: CaseState]

    /// The document of a case.
    ///
    /// - Parameter merged: cases among which are those that were merged into this one.
    public init(id: UUID, state: CaseState, merged: [UUID: CaseState] = [:]) {
        self.id = id
        self.state = state
        self.merged = merged
    }

    /// The document's bytes.
    public var bytes: [UInt8] { JSONWriter.bytes(of: value) }

    var value: JSONValue {
        .fields([
            ("caseId", .id(id)),
            ("status", .string(state.isClosed ? "closed" : "open")),
            ("participant", state.participant.map(participant)),
            ("engagements", .list(state.engagements.values.sorted { $0.office < $1.office }, engagement)),
            ("departures", .list(state.departures, departure)),
            ("consents", .list(state.consents, consent)),
            ("household", state.household.map(household)),
            ("potential", state.potential.map(potential)),
            ("plans", .list(state.plans, plan)),
            ("relations", .list(state.relations, relation)),
            ("placements", .list(state.placements, placement)),
            ("subsidies", .list(state.subsidies, subsidy)), ("vouchers", .list(state.vouchers, voucher)),
            ("reductions", .list(state.reductions, reduction)),
            ("facts", .list(state.recordedFacts, recordedFact)),
            ("deadlines", .list(state.deadlines, deadline)),
            ("appointments", .list(state.appointments, appointment)),
            ("referrals", .list(state.referrals, referral)),
            ("conferences", .list(state.conferences, conference)),
            ("commitments", .list(state.commitments, commitment)),
            ("proposals", .list(state.alignments, alignment)),
            ("findings", .list(state.findings.entries.sorted { $0.key < $1.key }.map(\.value), finding)),
            ("closure", state.closure.map(closure)), ("dataProtection", dataProtection(state.dataProtection)),
            ("entrustedNotes", .list(state.entrustedNotes, entrustedNote)),
            ("merging", state.merging.map(merging)),
            ("identityDecisions", identityDecisions), ("absorbed", absorbed),
            (
                "closedPeriods",
                .list(state.closedPeriods) { period in
                    .fields([
                        ("closure", closure(period.closure)),
                        ("reopening", .fields([("reason", .text(period.reason))] + provenance(period.reopened))),
                    ])
                }
            ),
        ])
    }

    private var identityDecisions: JSONValue {
        .list(state.identityDecisions.sorted { $0.key < $1.key }) { id, decision in
            .fields(
                [
                    ("otherCaseId", .id(id)), ("verdict", .string(decision.verdict.rawValue)),
                    ("reason", .text(decision.reason)),
                ] + provenance(decision.decided))
        }
    }

    /// The cases that were merged into this one, each with its own state.
    private var absorbed: JSONValue {
        .list(state.absorbed.sorted { $0.key < $1.key }) { id, absorbed in
            .fields(
                [("caseId", .id(id)), ("state", merged[id].map { CaseStateDocument(id: id, state: $0).value })]
                    + provenance(absorbed))
        }
    }

    private func merging(_ merging: Merging) -> JSONValue {
        .fields(
            [
                ("into", .id(merging.into)), ("reason", .text(merging.reason)),
                ("wasClosed", .boolean(merging.wasClosed)),
            ] + provenance(merging.merged))
    }

    private func closure(_ closure: Closure) -> JSONValue {
        .fields([("reason", .text(closure.reason))] + provenance(closure.closed))
    }

    private func participant(_ participant: Participant) -> JSONValue {
        let personal = participant.personal
        return .fields(
            [
                ("isErased", .boolean(personal == nil)),
                ("givenName", .text(personal?.givenName)),
                ("familyName", .text(personal?.familyName)),
                ("bornOn", .text(personal?.bornOn)),
                (
                    "address",
                    personal?.address.map { address in
                        .fields([
                            ("street", .text(address.street)), ("houseNumber", .text(address.houseNumber)),
                            ("postalCode", .text(address.postalCode)), ("city", .text(address.city)),
                            ("addition", .text(address.addition)),
                        ])
                    }
                ),
                (
                    "contact",
                    personal?.contact.map { contact in
                        .fields([
                            ("phone", .text(contact.phone)), ("mobile", .text(contact.mobile)),
                            ("email", .text(contact.email)), ("note", .text(contact.note)),
                        ])
                    }
                ),
                ("areaId", .string(participant.areaId)), ("movedOn", .text(participant.movedOn)),
                ("languages", .words(participant.languages)),
                ("schooling", .text(participant.schooling)),
                ("vocationalCertificate", .text(participant.vocationalCertificate)),
            ] + provenance(participant.registered))
    }

    private func engagement(_ engagement: Engagement) -> JSONValue {
        .fields([
            ("office", .string(engagement.office.rawValue)), ("caseworker", .text(engagement.caseworker)),
            ("legalBasis", .text(engagement.legalBasis)), ("from", .text(engagement.from)),
            ("handoverNote", .text(engagement.handoverNote)),
        ])
    }

    private func departure(_ departure: Departure) -> JSONValue {
        .fields([
            ("engagement", engagement(departure.engagement)), ("until", .text(departure.until)),
            ("reason", .text(departure.reason)), ("successor", .text(departure.successor?.rawValue)),
        ])
    }

    private func appointment(_ appointment: Appointment) -> JSONValue {
        var outcome: [(String, JSONValue?)] = []
        switch appointment.outcome {
        case .kept(let on): outcome = [("settledOn", .text(on))]
        case .missed(let on, let reason), .cancelled(let on, let reason):
            outcome = [("settledOn", .text(on)), ("settledReason", .text(reason))]
        case nil: break
        }
        return .fields(
            [
                ("appointmentId", .id(appointment.appointmentId)), ("office", .string(appointment.office.rawValue)),
                ("status", .string(appointment.status.rawValue)), ("at", .text(appointment.at)),
                ("minutes", .whole(appointment.minutes)), ("place", .text(appointment.place)),
                ("reason", .text(appointment.reason)),
            ] + provenance(appointment.scheduled) + outcome)
    }

    private func referral(_ referral: Referral) -> JSONValue {
        let answer = referral.answer
        var end: [(String, JSONValue?)] = []
        switch referral.end {
        case .completed(let on, let by, let result):
            end = [("completedOn", .text(on)), ("completedBy", .text(by)), ("result", .text(result))]
        case .withdrawn(let on, let reason):
            end = [("withdrawnOn", .text(on)), ("withdrawnReason", .text(reason))]
        case nil: break
        }
        return .fields(
            [
                ("referralId", .id(referral.referralId)), ("status", .string(referral.status.rawValue)),
                ("from", .string(referral.from.rawValue)), ("to", .string(referral.to.rawValue)),
                ("service", .string(referral.service)), ("reason", .text(referral.reason)),
                ("legalBasis", .text(referral.legalBasis)), ("consents", .list(referral.consents, JSONValue.whole)),
                ("categories", .words(referral.categories.map(\.rawValue))), ("answerDue", .text(referral.answerDue)),
            ] + provenance(referral.requested) + [
                ("answeredOn", .text(answer?.on)), ("answeredBy", .text(answer?.by)),
                ("answerReason", .text(answer?.reason)), ("completeBy", .text(answer?.completeBy)),
            ] + end)
    }

    private func conference(_ conference: Conference) -> JSONValue {
        var outcome: [(String, JSONValue?)] = []
        switch conference.outcome {
        case .minuted(let on, let minutes, let commitments):
            outcome = [
                ("settledOn", .text(on)), ("minutes", .text(minutes)),
                ("commitments", .list(commitments, JSONValue.id)),
            ]
        case .cancelled(let on, let reason):
            outcome = [("settledOn", .text(on)), ("settledReason", .text(reason))]
        case nil: break
        }
        return .fields(
            [
                ("conferenceId", .id(conference.conferenceId)), ("status", .string(conference.status.rawValue)),
                ("office", .string(conference.office.rawValue)),
                ("participants", .words(conference.participants.map(\.rawValue))), ("at", .text(conference.at)),
                ("place", .text(conference.place)), ("consents", .list(conference.consents, JSONValue.whole)),
                ("categories", .words(conference.categories.map(\.rawValue))),
            ] + provenance(conference.called) + outcome)
    }

    private func commitment(_ commitment: Commitment) -> JSONValue {
        .fields(
            [
                ("commitmentId", .id(commitment.commitmentId)), ("status", .string(commitment.status.rawValue)),
                ("office", .string(commitment.office.rawValue)), ("to", .words(commitment.to.map(\.rawValue))),
                ("what", .text(commitment.what)), ("by", .text(commitment.by)),
                ("conferenceId", commitment.conferenceId.map(JSONValue.id)),
                ("proposalId", commitment.proposalId.map(JSONValue.id)),
                ("overdueSince", .text(commitment.overdueSince)),
            ] + provenance(commitment.made) + [
                ("settledOn", .text(commitment.settlement?.on)), ("note", .text(commitment.settlement?.note)),
                (
                    "replies",
                    .list(commitment.replies) { .fields([("on", .text($0.on)), ("note", .text($0.note))]) }
                ),
            ])
    }

    private func consent(_ consent: Consent) -> JSONValue {
        .fields([
            ("number", .whole(consent.number)),
            ("categories", .words(consent.categories.map(\.rawValue))),
            ("recipients", .words(consent.recipients.map(\.rawValue))),
            ("purpose", .string(consent.purpose)), ("evidence", .text(consent.evidence)),
            ("from", .text(consent.from)), ("validUntil", .text(consent.validUntil)),
            (
                "withdrawals",
                .list(consent.withdrawals) { withdrawal in
                    .fields([
                        ("categories", .words(withdrawal.categories.map(\.rawValue))),
                        ("recipients", .words(withdrawal.recipients.map(\.rawValue))), ("on", .text(withdrawal.on)),
                    ])
                }
            ),
            ("recordedBy", .text(consent.recordedBy?.rawValue)),
        ])
    }

    private func household(_ membership: HouseholdMembership) -> JSONValue {
        .fields(
            [("householdId", .id(membership.householdId)), ("role", .text(membership.role?.rawValue))]
                + provenance(membership.joined))
    }

    private func potential(_ potential: Potential) -> JSONValue {
        .fields(
            [
                ("strengths", potential.personal.map { .words($0.strengths) }),
                ("goals", potential.personal.map { .words($0.goals) }),
                ("obstacles", potential.personal.map { .words($0.obstacles) }),
                ("level", potential.level.map(JSONValue.whole)),
                ("occupationsSought", .words(potential.occupationsSought)),
            ] + provenance(potential.assessed))
    }

    private func plan(_ plan: Plan) -> JSONValue {
        .fields([
            ("planId", .id(plan.planId)), ("office", .string(plan.office.rawValue)),
            ("kind", .string(plan.kind.rawValue)), ("goal", .text(plan.goal)),
            ("reviewEvery", plan.reviewEvery.map(JSONValue.whole)), ("from", .text(plan.from)), ("to", .text(plan.to)),
            ("draftedOn", .text(plan.draftedOn)), ("agreedOn", .text(plan.agreement?.participantAgreedOn)),
            ("agreedBy", .text(plan.agreement?.byWhom)),
            (
                "reviews",
                .list(plan.reviews) { review in
                    .fields([
                        ("on", .text(review.on)), ("findings", .text(review.findings)),
                        ("nextReview", .text(review.nextReview)),
                    ])
                }
            ),
            ("concludedOn", .text(plan.conclusion?.on)), ("outcome", .text(plan.conclusion?.outcome)),
            ("measures", .list(state.measures.filter { $0.planId == plan.planId }, measure)),
        ])
    }

    private func measure(_ measure: Measure) -> JSONValue {
        var ending: [(String, JSONValue?)] = [("endedOn", .text(measure.end?.on))]
        switch measure.end {
        case .completed(_, let outcome, let certificate):
            ending += [("outcome", .text(outcome)), ("certificate", .text(certificate))]
        case .abandoned(_, let reason): ending += [("reason", .text(reason))]
        case nil: break
        }
        return .fields(
            [
                ("measureId", .id(measure.measureId)), ("status", .string(measure.status.rawValue)),
                ("title", .text(measure.title)), ("strand", .string(measure.strand.rawValue)),
                ("orientation", .text(measure.orientation?.rawValue)),
                ("solidarity", .text(measure.solidarity?.rawValue)), ("provider", .text(measure.provider)),
                ("window", .fields([("from", .text(measure.window.first)), ("to", .text(measure.window.last))])),
                ("hoursPerWeek", measure.hoursPerWeek.map(JSONValue.decimal)),
                (
                    "weeklySlots",
                    .list(measure.weeklySlots) { slot in
                        .fields([
                            ("weekday", .whole(slot.weekday)), ("from", .text(slot.from)), ("to", .text(slot.to)),
                        ])
                    }
                ),
                ("earliestStart", .text(measure.earliestStart)), ("latestEnd", .text(measure.latestEnd)),
                ("addedOn", .text(measure.addedOn)), ("startedOn", .text(measure.startedOn)),
                (
                    "pauses",
                    .list(measure.pauses) { pause in
                        .fields([
                            ("from", .text(pause.from)), ("to", .text(pause.through)), ("reason", .text(pause.reason)),
                        ])
                    }
                ),
            ] + ending)
    }

    private func relation(_ related: MeasureRelation) -> JSONValue {
        let relation = related.relation
        return .fields(
            [
                ("first", .id(relation.first)), ("second", .id(relation.second)),
                ("relation", .string(relation.kind.rawValue)), ("minDays", .whole(relation.minDays)),
                ("maxDays", relation.maxDays.map(JSONValue.whole)), ("tolerance", .whole(relation.tolerance)),
            ] + provenance(related.related))
    }

    private func placement(_ placement: Placement) -> JSONValue {
        var answer: [(String, JSONValue?)] = []
        switch placement.answer {
        case .accepted(let on, let reason):
            answer = [("answeredOn", .text(on)), ("answerReason", .text(reason))]
        case .refused(let on, let reason, let claimed):
            answer = [
                ("answeredOn", .text(on)), ("answerReason", .text(reason)),
                ("importantReasonClaimed", .boolean(claimed)),
            ]
        case nil: break
        }
        return .fields(
            [
                ("placementId", .id(placement.placementId)), ("status", .string(placement.status.rawValue)),
                ("offerId", placement.offerId.map(JSONValue.id)), ("employer", .text(placement.employer)),
                ("occupation", .text(placement.occupation)), ("employmentField", .text(placement.employmentField)),
                ("kind", .string(placement.kind.rawValue)),
                ("wage", placement.wage.map(JSONValue.money)),
                ("hoursPerWeek", placement.hoursPerWeek.map(JSONValue.decimal)),
                ("startsOn", .text(placement.startsOn)), ("endsOn", .text(placement.endsOn)),
                ("answerDue", .text(placement.answerDue)),
            ] + provenance(placement.offered) + answer + [
                ("startedOn", .text(placement.startedOn)), ("endedOn", .text(placement.end?.on)),
                ("endReason", .text(placement.end?.reason)),
                (
                    "incomeCover",
                    placement.end?.incomeCover.map { cover in
                        .fields([
                            ("kind", .text(cover.kind)), ("from", .text(cover.from)), ("note", .text(cover.note)),
                        ])
                    }
                ),
                (
                    "retentions",
                    .list(placement.retentions) { retention in
                        .fields(
                            [
                                ("afterMonths", .whole(retention.afterMonths)),
                                ("stillEmployed", .boolean(retention.stillEmployed)),
                            ] + provenance(retention.recorded))
                    }
                ),
            ])
    }

    private func finding(_ entry: FindingRegister.Entry) -> JSONValue {
        let finding = entry.finding
        return .fields([
            ("key", .string(finding.key)), ("kind", .string(finding.kind.rawValue)),
            ("state", .string(entry.isOpen ? "open" : "closed")),
            ("offices", .words(finding.offices.map(\.rawValue))), ("cases", .list(finding.cases, JSONValue.id)),
            ("measures", .list(finding.measures, JSONValue.id)), ("from", .text(finding.from)),
            ("to", .text(finding.to)), ("days", finding.days.map(JSONValue.whole)),
            ("explanation", .string(finding.explanation)), ("openedOn", .text(entry.openedOn)),
            ("closedOn", .text(entry.closedOn)), ("occurrences", .whole(entry.occurrences)),
        ])
    }

    func provenance(_ provenance: Provenance) -> [(String, JSONValue?)] {
        [("recordedBy", .text(provenance.office?.rawValue)), ("effectiveOn", .text(provenance.on))]
    }
}
