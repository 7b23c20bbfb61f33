import CaseTiming
import Foundation
import Ledger
import RuleFiles
import Testing

@testable import CaseFile

/// Something that happened, with who recorded it and since when it counts.
struct Past<Event: Sendable>: Sendable {
    var event: Event
    var actor: Actor = .jobCentre
    var effectiveOn: CalendarDate = "2026-01-05"

    func by(_ actor: Actor) -> Past {
        var past = self
        past.actor = actor
        return past
    }

    func on(_ day: CalendarDate) -> Past {
        var past = self
        past.effectiveOn = day
        return past
    }
}

/// A history, to ask what a command does to it.
struct Given<D: Decider> where D.Authorship == Authorship, D.Context == DecisionContext {
    var history: [Fact<D.Event, Authorship>] = []

    init(_ past: [Past<D.Event>] = []) {
        for (index, past) in past.enumerated() {
            history.append(
                Fact(
                    past.event, authorship: past.actor.authorship(), effectiveOn: past.effectiveOn,
                    recordedAt: Instant(microsecondsSince1970: Int64(index)), version: index + 1,
                    position: Position(index + 1)))
        }
    }

    var state: D.State {
        history.reduce(into: D.initial) { D.evolve(&$0, with: $1) }
    }

    func when(
        _ command: D.Command, by actor: Actor = .jobCentre, on day: CalendarDate = "2026-03-02",
        today: CalendarDate = "2026-03-02", around surroundings: Surroundings = Surroundings(),
        rules: RuleBook = RuleBook()
    ) -> Outcome<D> {
        let context = DecisionContext(
            actor: actor, effectiveOn: day, today: today, surroundings: surroundings, rules: rules)
        do throws(Rejection) {
            return Outcome(
                given: self, command: command, result: .success(try D.decide(command, given: state, in: context)),
                context)
        } catch {
            return Outcome(given: self, command: command, result: .failure(error), context)
        }
    }
}

/// What a command did.
struct Outcome<D: Decider> where D.Authorship == Authorship, D.Context == DecisionContext {
    var given: Given<D>
    var command: D.Command
    var result: Result<[D.Event], Rejection>
    var context: DecisionContext

    init(given: Given<D>, command: D.Command, result: Result<[D.Event], Rejection>, _ context: DecisionContext) {
        self.given = given
        self.command = command
        self.result = result
        self.context = context
    }

    func thenRejected(_ rejection: Rejection, sourceLocation: SourceLocation = #_sourceLocation) {
        thenRejected(rejection.rule, sourceLocation: sourceLocation)
    }

    @discardableResult
    func thenRejected(_ rule: String, sourceLocation: SourceLocation = #_sourceLocation) -> Rejection? {
        switch result {
        case .success(let events):
            Issue.record("not rejected, but \(events)", sourceLocation: sourceLocation)
            return nil
        case .failure(let rejection):
            #expect(rejection.rule == rule, sourceLocation: sourceLocation)
            #expect(rejection.detail.hasSuffix("."), sourceLocation: sourceLocation)
            if let command = command as? any CommandFamily {
                RejectionTableTests.check(rejection, of: command.name, sourceLocation: sourceLocation)
            }
            return rejection
        }
    }

    /// The state after what was decided.
    func thenState(sourceLocation: SourceLocation = #_sourceLocation) -> D.State {
        switch result {
        case .success(let events):
            return events.reduce(into: given.state) { state, event in
                D.evolve(
                    &state,
                    with: Fact(
                        event, authorship: context.actor.authorship(), effectiveOn: context.effectiveOn,
                        recordedAt: Instant(microsecondsSince1970: 0), version: 0, position: 0))
            }
        case .failure(let rejection):
            Issue.record("rejected: \(rejection)", sourceLocation: sourceLocation)
            return given.state
        }
    }

    func thenNothing(sourceLocation: SourceLocation = #_sourceLocation) where D.Event: Equatable {
        thenEvents([], sourceLocation: sourceLocation)
    }

    func thenEvents(_ expected: [D.Event], sourceLocation: SourceLocation = #_sourceLocation)
    where D.Event: Equatable {
        switch result {
        case .success(let events): #expect(events == expected, sourceLocation: sourceLocation)
        case .failure(let rejection): Issue.record("rejected: \(rejection)", sourceLocation: sourceLocation)
        }
    }

    func thenAccepted(sourceLocation: SourceLocation = #_sourceLocation) {
        if case .failure(let rejection) = result {
            Issue.record("rejected: \(rejection)", sourceLocation: sourceLocation)
        }
    }
}

func given(_ past: Past<CaseEvent>...) -> Given<CaseDecider> { Given(past) }
func given(_ past: [Past<CaseEvent>]) -> Given<CaseDecider> { Given(past) }
func givenHousehold(_ past: Past<HouseholdEvent>...) -> Given<HouseholdDecider> { Given(past) }
func givenArea(_ past: Past<AreaEvent>...) -> Given<AreaDecider> { Given(past) }
func givenOffer(_ past: Past<OfferEvent>...) -> Given<OfferDecider> { Given(past) }
func givenField(_ past: Past<EmploymentFieldEvent>...) -> Given<EmploymentFieldDecider> { Given(past) }
func givenPartner(_ past: Past<PartnerEvent>...) -> Given<PartnerDecider> { Given(past) }

extension Actor {
    static let jobCentre = Actor(subject: "jc-1", role: .caseworker, office: .jobCentre)
    static let youthOffice = Actor(subject: "yo-7", role: .caseworker, office: .youthOffice)
    static let socialOffice = Actor(subject: "so-3", role: .caseworker, office: .socialOffice)
    static let supervisor = Actor(subject: "su-1", role: .supervisor, office: .jobCentre)
    static let administrator = Actor(subject: "ad-1", role: .administrator)
    static let auditor = Actor(subject: "au-1", role: .auditor)
    static let partner = Actor(subject: "pa-1", role: .partner)
    static let worker = Actor(subject: "timing", role: .worker)
}

/// What an event of case 1 demands of other streams.
func consequences(
    of event: CaseEvent, given state: CaseState = CaseState(), around surroundings: Surroundings = Surroundings()
) -> [Consequence] {
    CaseDecider.consequences(of: event, in: id(1), given: state, around: surroundings)
}

/// An identifier that is easy to tell from others.
func id(_ number: Int) -> UUID {
    let digits = String(number)
    return UUID(uuidString: "00000000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)!
}

let planId = id(10)
let otherPlanId = id(11)
let measureId = id(20)
let otherMeasureId = id(21)
let placementId = id(30)
let otherPlacementId = id(31)
let householdId = id(40)
let appointmentId = id(70)
let otherAppointmentId = id(71)
let referralId = id(110)
let otherReferralId = id(111)
let conferenceId = id(130)
let commitmentId = id(140)
let proposalId = id(150)
let offerId = id(50)
let partnerId = id(60)

extension Past<CaseEvent> {
    static func participantRegistered(area: String = "frankfurt-gallus") -> Past {
        Past(
            event: .participantRegistered(
                ParticipantRegistered(
                    areaId: area, languages: ["de"],
                    personal: ParticipantRegistered.Personal(
                        givenName: "Mara", familyName: "Beispiel", bornOn: "2007-04-01"))))
    }

    static func officeEngaged(_ office: Office, legalBasis: String? = nil) -> Past {
        Past(event: .officeEngaged(OfficeEngaged(office: office, legalBasis: legalBasis)))
    }

    static func consentGranted(
        _ categories: [ConsentCategory], to recipients: [Office], until: CalendarDate? = nil
    ) -> Past {
        Past(
            event: .consentGranted(
                ConsentGranted(
                    categories: categories, recipients: recipients, purpose: "joint planning", validUntil: until)))
    }

    static func consentWithdrawn(_ categories: [ConsentCategory], from recipients: [Office]) -> Past {
        Past(event: .consentWithdrawn(ConsentWithdrawn(categories: categories, recipients: recipients)))
    }

    static func householdJoined(_ id: UUID = householdId) -> Past {
        Past(event: .householdJoined(HouseholdJoined(householdId: id, role: .youth)))
    }

    static func potentialAssessed() -> Past {
        Past(
            event: .potentialAssessed(
                PotentialAssessed(level: 3, personal: PotentialAssessed.Personal(strengths: ["patient"]))))
    }

    static func planDrafted(
        _ id: UUID = planId, office: Office = .jobCentre, kind: PlanKind = .cooperation, from: CalendarDate? = nil,
        to: CalendarDate? = nil, reviewEvery: Int? = nil
    ) -> Past {
        Past(
            event: .planDrafted(
                PlanDrafted(planId: id, office: office, kind: kind, reviewEvery: reviewEvery, from: from, to: to)))
    }

    static func measureAdded(
        _ id: UUID = measureId, plan: UUID = planId, strand: Strand = .education,
        from: CalendarDate = "2026-03-02", to: CalendarDate = "2026-05-29"
    ) -> Past {
        Past(
            event: .measureAdded(
                MeasureAdded(
                    measureId: id, planId: plan, strand: strand, window: DayRange(first: from, atLeastTo: to))))
    }

    static func measuresRelated(
        _ first: UUID = measureId, _ second: UUID = otherMeasureId, _ kind: RelationKind = .before
    ) -> Past {
        Past(event: .measuresRelated(MeasuresRelated(first: first, second: second, relation: kind)))
    }

    static func measuresUnrelated(
        _ first: UUID = measureId, _ second: UUID = otherMeasureId, _ kind: RelationKind = .before
    ) -> Past {
        Past(event: .measuresUnrelated(MeasuresUnrelated(first: first, second: second, relation: kind)))
    }

    static func measureRevised(_ event: MeasureRevised) -> Past { Past(event: .measureRevised(event)) }

    static func planAgreed(_ id: UUID = planId, on day: CalendarDate = "2026-01-05") -> Past {
        Past(event: .planAgreed(PlanAgreed(planId: id, participantAgreedOn: day)), effectiveOn: day)
    }

    static func planReviewed(_ id: UUID = planId, on day: CalendarDate = "2026-02-20") -> Past {
        Past(event: .planReviewed(PlanReviewed(planId: id, on: day)), effectiveOn: day)
    }

    static func planConcluded(_ id: UUID = planId, on day: CalendarDate = "2026-02-27") -> Past {
        Past(event: .planConcluded(PlanConcluded(planId: id, on: day)), effectiveOn: day)
    }

    static func measureStarted(_ id: UUID = measureId, on day: CalendarDate = "2026-02-02") -> Past {
        Past(event: .measureStarted(MeasureStarted(measureId: id, on: day)), effectiveOn: day)
    }

    static func measurePaused(_ id: UUID = measureId, on day: CalendarDate = "2026-02-10") -> Past {
        Past(event: .measurePaused(MeasurePaused(measureId: id, on: day)), effectiveOn: day)
    }

    static func measureResumed(_ id: UUID = measureId, on day: CalendarDate = "2026-02-16") -> Past {
        Past(event: .measureResumed(MeasureResumed(measureId: id, on: day)), effectiveOn: day)
    }

    static func measureCompleted(_ id: UUID = measureId, on day: CalendarDate = "2026-02-20") -> Past {
        Past(event: .measureCompleted(MeasureCompleted(measureId: id, on: day)), effectiveOn: day)
    }

    static func measureAbandoned(_ id: UUID = measureId, on day: CalendarDate = "2026-02-20") -> Past {
        Past(event: .measureAbandoned(MeasureAbandoned(measureId: id, on: day)), effectiveOn: day)
    }

    static func placementOffered(
        _ id: UUID = placementId, offer: UUID? = nil, kind: PlacementKind = .job, hours: Double? = nil,
        endsOn: CalendarDate? = nil, answerDue: CalendarDate? = nil
    ) -> Past {
        Past(
            event: .placementOffered(
                PlacementOffered(
                    placementId: id, offerId: offer, employer: "Bäckerei", kind: kind, hoursPerWeek: hours,
                    endsOn: endsOn, answerDue: answerDue)))
    }

    static func placementAccepted(_ id: UUID = placementId, offer: UUID? = nil) -> Past {
        Past(event: .placementAccepted(PlacementAccepted(placementId: id, offerId: offer)))
    }

    static func placementRefused(_ id: UUID = placementId) -> Past {
        Past(event: .placementRefused(PlacementRefused(placementId: id)))
    }

    static func placementStarted(_ id: UUID = placementId, on day: CalendarDate = "2026-02-02") -> Past {
        Past(event: .placementStarted(PlacementStarted(placementId: id, on: day)), effectiveOn: day)
    }

    static func placementEnded(_ id: UUID = placementId, on day: CalendarDate = "2026-02-20") -> Past {
        Past(event: .placementEnded(PlacementEnded(placementId: id, on: day)), effectiveOn: day)
    }

    static func caseClosed() -> Past { Past(event: .caseClosed(CaseClosed())) }
    static func caseReopened() -> Past { Past(event: .caseReopened(CaseReopened())) }

    static func identityDecided(_ verdict: IdentityVerdict, about other: UUID = id(2)) -> Past {
        Past(event: .identityDecided(IdentityDecided(otherCaseId: other, verdict: verdict)))
    }

    static func caseMerged(into survivor: UUID) -> Past { Past(event: .caseMerged(CaseMerged(into: survivor))) }
    static func caseUnmerged(from survivor: UUID) -> Past { Past(event: .caseUnmerged(CaseUnmerged(from: survivor))) }
    static func caseAbsorbed(_ merged: UUID) -> Past { Past(event: .caseAbsorbed(CaseAbsorbed(caseId: merged))) }

    static func participantCorrected(_ event: ParticipantCorrected) -> Past {
        Past(event: .participantCorrected(event))
    }

    static func participantMoved(to area: String = "frankfurt-nordend", from day: CalendarDate = "2026-02-01") -> Past {
        Past(event: .participantMoved(ParticipantMoved(areaId: area, from: day)), effectiveOn: day)
    }

    static func officeDisengaged(_ office: Office, on day: CalendarDate = "2026-02-20") -> Past {
        Past(event: .officeDisengaged(OfficeDisengaged(office: office)), effectiveOn: day)
    }

    static func caseworkerReassigned(_ office: Office, to caseworker: String, note: String? = nil) -> Past {
        Past(
            event: .caseworkerReassigned(
                CaseworkerReassigned(
                    office: office, caseworker: caseworker,
                    personal: note.map { CaseworkerReassigned.Personal(handoverNote: $0) })))
    }

    static func householdLeft(_ id: UUID = householdId) -> Past {
        Past(event: .householdLeft(HouseholdLeft(householdId: id)))
    }

    static func appointmentScheduled(
        _ id: UUID = appointmentId, office: Office = .jobCentre, at: String = "2026-03-02T10:00", minutes: Int = 60
    ) -> Past {
        Past(
            event: .appointmentScheduled(
                AppointmentScheduled(appointmentId: id, office: office, at: WallTime(at)!, minutes: minutes)))
    }

    static func appointmentCancelled(_ id: UUID = appointmentId) -> Past {
        Past(event: .appointmentCancelled(AppointmentCancelled(appointmentId: id)))
    }

    static func referralRequested(
        _ id: UUID = referralId, from: Office = .jobCentre, to: Office = .socialOffice,
        legalBasis: String? = "§ 69 SGB X", categories: [ConsentCategory] = [.employment]
    ) -> Past {
        Past(
            event: .referralRequested(
                ReferralRequested(
                    referralId: id, from: from, to: to, service: "debt counselling", legalBasis: legalBasis,
                    categories: categories, answerDue: "2026-03-10")), effectiveOn: "2026-02-24")
    }

    static func referralAccepted(_ id: UUID = referralId, by actor: Actor = .socialOffice) -> Past {
        Past(
            event: .referralAccepted(ReferralAccepted(referralId: id)), actor: actor, effectiveOn: "2026-02-26")
    }

    static func referralDeclined(_ id: UUID = referralId, by actor: Actor = .socialOffice) -> Past {
        Past(
            event: .referralDeclined(ReferralDeclined(referralId: id)), actor: actor, effectiveOn: "2026-02-26")
    }

    static func referralCompleted(_ id: UUID = referralId, by actor: Actor = .socialOffice) -> Past {
        Past(
            event: .referralCompleted(ReferralCompleted(referralId: id)), actor: actor, effectiveOn: "2026-02-27")
    }

    static func referralWithdrawn(_ id: UUID = referralId) -> Past {
        Past(event: .referralWithdrawn(ReferralWithdrawn(referralId: id)), effectiveOn: "2026-02-27")
    }

    static func conferenceCalled(
        _ id: UUID = conferenceId, participants: [Office] = [.jobCentre, .youthOffice], at: String = "2026-02-27T14:00"
    ) -> Past {
        Past(
            event: .conferenceCalled(
                ConferenceCalled(
                    conferenceId: id, office: .jobCentre, participants: participants, at: WallTime(at)!, consents: [1],
                    categories: [.education])))
    }

    static func conferenceMinuted(_ commitments: [UUID] = []) -> Past {
        Past(
            event: .conferenceMinuted(ConferenceMinuted(conferenceId: conferenceId, commitments: commitments)),
            effectiveOn: "2026-03-01")
    }

    static func conferenceCancelled() -> Past {
        Past(event: .conferenceCancelled(ConferenceCancelled(conferenceId: conferenceId)))
    }

    static func commitmentMade(_ office: Office = .youthOffice, at conference: UUID? = conferenceId) -> Past {
        Past(
            event: .commitmentMade(
                CommitmentMade(
                    commitmentId: commitmentId, office: office, to: [.jobCentre], by: "2026-03-05",
                    conferenceId: conference)), effectiveOn: "2026-03-01")
    }

    static func commitmentKept() -> Past {
        Past(event: .commitmentKept(CommitmentKept(commitmentId: commitmentId, on: "2026-02-28")))
    }

    static func commitmentBroken() -> Past {
        Past(event: .commitmentBroken(CommitmentBroken(commitmentId: commitmentId, on: "2026-02-28")))
    }

    static func commitmentWithdrawn() -> Past {
        Past(event: .commitmentWithdrawn(CommitmentWithdrawn(commitmentId: commitmentId, on: "2026-02-28")))
    }

    static func alignmentProposed(
        _ id: UUID = proposalId, shifts: [AlignmentShift], basis: AlignmentBasis? = nil, findings: [UUID] = [],
        by actor: Actor = .worker
    ) -> Past {
        Past(
            event: .alignmentProposed(
                AlignmentProposed(
                    proposalId: id, caseId: CaseFileTests.id(1), shifts: shifts, findings: findings, kinds: [.sequence],
                    basis: basis ?? AlignmentBasis(household: nil, measures: [], relations: []),
                    answerDue: "2026-03-16")), actor: actor, effectiveOn: "2026-03-01")
    }

    static func findingOpened(_ finding: Finding, occurrence: Int = 1) -> Past {
        Past(event: .findingOpened(FindingOpened(finding: finding, occurrence: occurrence)), actor: .worker)
    }

    static func findingClosed(_ key: String) -> Past {
        Past(event: .findingClosed(FindingClosed(key: key)), actor: .worker)
    }
}

extension [Past<CaseEvent>] {
    /// A job centre's agreed cooperation plan with one planned measure.
    static let agreedPlan: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .potentialAssessed(), .planDrafted(), .measureAdded(),
        .planAgreed(),
    ]
}

extension RuleBook {
    /// The rules that come with the program.
    static var shipped: RuleBook {
        get throws { try RuleFiles.book() }
    }
}

extension Finding {
    static func gap(days: Int = 29, explanation: String = "Nothing runs.") -> Finding {
        Finding(
            key: "gap:1", kind: .gap, owner: .singleCase(CaseFileTests.id(1)), cases: [CaseFileTests.id(1)],
            measures: [], offices: [.jobCentre],
            from: "2026-01-05", to: nil, days: days, explanation: explanation)
    }
}

extension Surroundings {
    static var publishedArea: Surroundings {
        Surroundings(
            area: givenArea(Past(event: .areaPublished(AreaPublished(name: "Gallus", from: "2020-01-01")))).state)
    }

    static var publishedPartner: Surroundings {
        Surroundings(
            provider: givenPartner(
                Past(event: .partnerPublished(PartnerPublished(name: "Werkhof", sector: .thirdSector)))
            ).state)
    }
}
