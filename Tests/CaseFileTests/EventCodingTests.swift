import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("Events as they are recorded") struct EventCodingTests {
    private let vault: Vault

    init() throws {
        vault = Vault(
            store: InMemoryKeyStore(),
            masterKeys: try MasterKeyring(current: "a", keys: ["a": [UInt8](repeating: 7, count: 32)]))
    }

    @Test(arguments: EventSample.all) func whatWasEverRecordedStillReads(_ sample: EventSample) async throws {
        let shape = try #require(EventCatalogue.shapes.first { $0.name == sample.name })
        try await read(sample, body: shape.body, status: shape.status)
    }

    private func read<Body: EventBody>(_ sample: EventSample, body: Body.Type, status: EventShape.Status) async throws {
        var body = try LedgerJSON.decode(Body.self, from: sample.data)
        #expect(try LedgerJSON.encode(body) == sample.data)
        if let personal = sample.personal {
            body.personal = try LedgerJSON.decode(from: personal)
            #expect(try LedgerJSON.encode(body.personal) == personal)
        }
        let stream = StreamName(category: sample.category, id: id(1).uuidString.lowercased())
        let proposed = try await EventCodec<Sole<Body>>(vault: vault).encode(
            Sole(content: body), stream: stream, command: id(7), ordinal: 0)
        #expect(proposed.type == sample.type && proposed.schemaVersion == sample.schemaVersion)
        #expect(proposed.payload == sample.data && (proposed.personal == nil) == (sample.personal == nil))
        let recorded = record(
            type: proposed.type, version: proposed.schemaVersion, payload: proposed.payload,
            personal: proposed.personal, in: stream)
        let bodies =
            switch sample.category {
            case CaseEvent.category: try await bodies(of: recorded, CaseEvent.self)
            case HouseholdEvent.category: try await bodies(of: recorded, HouseholdEvent.self)
            case AreaEvent.category: try await bodies(of: recorded, AreaEvent.self)
            case OfferEvent.category: try await bodies(of: recorded, OfferEvent.self)
            case PartnerEvent.category: try await bodies(of: recorded, PartnerEvent.self)
            case EmploymentFieldEvent.category: try await bodies(of: recorded, EmploymentFieldEvent.self)
            default: [any EventBody]()
            }
        if status == .current { #expect(bodies.count == 1 && bodies.first as? Body == body) }
    }

    private func bodies<Family: EventFamily>(
        of recorded: RecordedEvent, _ family: Family.Type
    ) async throws -> [any EventBody] {
        try await EventCodec<Family>(vault: vault).decode(recorded, as: Authorship.self).map(\.event.body)
    }

    @Test func thereIsASampleOfEveryVersion() {
        #expect(Set(EventCatalogue.shapes.map(\.name)) == Set(EventSample.all.map(\.name)))
    }

    @Test func everyEventReadsBackAsItWas() async throws {
        let codec = EventCodec<CaseEvent>(vault: vault)
        let stream = StreamName(category: "case", id: id(1).uuidString.lowercased())
        for event in PlantedEvents.all {
            let proposed = try await codec.encode(event, stream: stream, command: id(7), ordinal: 0)
            let recorded = record(
                type: proposed.type, version: proposed.schemaVersion, payload: proposed.payload,
                personal: proposed.personal, in: stream)
            let fact: Fact<CaseEvent, Authorship> = try await codec.decode(recorded)[0]
            #expect(fact.event == event)
        }
        #expect(Set(PlantedEvents.all.map { type(of: $0.body).type }) == Set(CaseEvent.kinds.map(\.type)))
    }

    @Test func nothingPersonalIsWrittenInTheClear() async throws {
        let codec = EventCodec<CaseEvent>(vault: vault)
        let stream = StreamName(category: "case", id: id(1).uuidString.lowercased())
        for event in PlantedEvents.all {
            let proposed = try await codec.encode(event, stream: stream, command: id(7), ordinal: 0)
            let written = String(decoding: proposed.payload, as: UTF8.self)
            #expect(!written.contains("PLANTED") && !written.contains("1971-11-13"), "\(proposed.type): \(written)")
            #expect(written == written.replacing(/[0-9A-F]{8}-[0-9A-F]{4}/) { $0.output.lowercased() })
        }
    }

    @Test func anErasedPersonLeavesTheEventReadable() async throws {
        let codec = EventCodec<CaseEvent>(vault: vault)
        let stream = StreamName(category: "case", id: id(1).uuidString.lowercased())
        for event in PlantedEvents.all {
            let proposed = try await codec.encode(event, stream: stream, command: id(7), ordinal: 0)
            let recorded = record(
                type: proposed.type, version: 1, payload: proposed.payload, personal: nil, in: stream)
            let fact: Fact<CaseEvent, Authorship> = try await codec.decode(recorded)[0]
            var state = given(
                .agreedPlan + [
                    .placementOffered(), .appointmentScheduled(), .referralRequested(), .conferenceCalled(),
                    .commitmentMade(), .reductionDecided(from: "2026-04-01"),
                    .alignmentProposed(shifts: []),
                ]
            ).state
            CaseDecider.evolve(&state, with: fact)
            #expect(!"\(state)".contains("PLANTED"))
        }
    }

    private func record(
        type: String, version: Int, payload: [UInt8], personal: [UInt8]?, in stream: StreamName
    ) -> RecordedEvent {
        RecordedEvent(
            position: 1, stream: stream, version: 1, commandID: id(7), ordinal: 0, type: type, schemaVersion: version,
            recordedAt: Instant(microsecondsSince1970: 0), effectiveOn: "2026-03-02",
            metadata: Array(#"{"actor":"jc-1","role":"caseworker","office":"job-centre"}"#.utf8), payload: payload,
            personal: personal)
    }
}

/// A family of one type of event, to write a shape that is no longer written.
private struct Sole<Body: EventBody>: EventFamily {
    var content: Body

    static var category: String { "sole" }
    static var kinds: [EventKind<Sole>] { [EventKind(Body.self) { Sole(content: $0) }] }
    var body: any EventBody { content }
}

/// One of each event of a case, its personal fields marked.
private enum PlantedEvents {
    /// An identifier whose letters show in which case they are written.
    private static let lettered = UUID(uuid: (10, 11, 12, 13, 14, 15, 160, 171, 140, 205, 14, 15, 10, 11, 12, 13))

    static let all: [CaseEvent] = [
        .participantRegistered(
            ParticipantRegistered(
                areaId: "gallus", languages: ["de"], schooling: "none", vocationalCertificate: "none",
                personal: ParticipantRegistered.Personal(
                    givenName: "PLANTED given", familyName: "PLANTED family", bornOn: "1971-11-13",
                    address: Address(
                        street: "PLANTED street", houseNumber: "PLANTED", postalCode: "PLANTED", city: "PLANTED",
                        addition: "PLANTED"),
                    contact: Contact(phone: "PLANTED", mobile: "PLANTED", email: "PLANTED", note: "PLANTED")))),
        .participantCorrected(
            ParticipantCorrected(
                areaId: "nordend", languages: ["de"], schooling: "none", removed: [.vocationalCertificate], reason: "r",
                personal: ParticipantCorrected.Personal(
                    givenName: "PLANTED given", familyName: "PLANTED family", bornOn: "1971-11-13",
                    address: Address(street: "PLANTED street"), contact: Contact(note: "PLANTED")))),
        .participantMoved(
            ParticipantMoved(
                areaId: "nordend", from: "2026-03-02",
                personal: ParticipantMoved.Personal(address: Address(street: "PLANTED street")))),
        .officeDisengaged(OfficeDisengaged(office: .youthOffice, reason: "of age", successor: .jobCentre)),
        .caseworkerReassigned(
            CaseworkerReassigned(
                office: .jobCentre, caseworker: "jc-2",
                personal: CaseworkerReassigned.Personal(handoverNote: "PLANTED note"))),
        .householdLeft(HouseholdLeft(householdId: UUID(), reason: "own flat")),
        .appointmentScheduled(
            AppointmentScheduled(
                appointmentId: appointmentId, office: .jobCentre, at: WallTime("2026-03-09T10:00")!, minutes: 30,
                personal: AppointmentScheduled.Personal(place: "PLANTED place", reason: "PLANTED reason"))),
        .appointmentKept(AppointmentKept(appointmentId: appointmentId)),
        .appointmentMissed(
            AppointmentMissed(
                appointmentId: appointmentId, personal: AppointmentMissed.Personal(reason: "PLANTED reason"))),
        .appointmentCancelled(
            AppointmentCancelled(
                appointmentId: appointmentId, personal: AppointmentCancelled.Personal(reason: "PLANTED reason"))),
        .referralRequested(
            ReferralRequested(
                referralId: otherReferralId, from: .jobCentre, to: .socialOffice, service: "debt counselling",
                legalBasis: "§ 69 SGB X", consents: [1], categories: [.benefits, .health], answerDue: "2026-03-16",
                personal: ReferralRequested.Personal(reason: "PLANTED reason"))),
        .referralAccepted(
            ReferralAccepted(
                referralId: referralId, by: "so-3", completeBy: "2026-04-30",
                personal: ReferralAccepted.Personal(reason: "PLANTED reason"))),
        .referralDeclined(
            ReferralDeclined(
                referralId: referralId, by: "so-3", personal: ReferralDeclined.Personal(reason: "PLANTED reason"))),
        .referralCompleted(
            ReferralCompleted(
                referralId: referralId, by: "so-3", personal: ReferralCompleted.Personal(result: "PLANTED result"))),
        .referralWithdrawn(
            ReferralWithdrawn(
                referralId: referralId, personal: ReferralWithdrawn.Personal(reason: "PLANTED reason"))),
        .conferenceCalled(
            ConferenceCalled(
                conferenceId: id(131), office: .jobCentre, participants: [.jobCentre, .youthOffice],
                at: WallTime("2026-03-09T10:00")!, consents: [1], categories: [.education],
                personal: ConferenceCalled.Personal(place: "PLANTED place"))),
        .conferenceMinuted(
            ConferenceMinuted(
                conferenceId: conferenceId, commitments: [id(141)],
                personal: ConferenceMinuted.Personal(minutes: "PLANTED minutes"))),
        .conferenceCancelled(
            ConferenceCancelled(
                conferenceId: conferenceId, personal: ConferenceCancelled.Personal(reason: "PLANTED reason"))),
        .commitmentMade(
            CommitmentMade(
                commitmentId: id(141), office: .youthOffice, to: [.jobCentre], by: "2026-03-20",
                conferenceId: conferenceId, personal: CommitmentMade.Personal(what: "PLANTED promise"))),
        .commitmentPassed(CommitmentPassed(commitmentId: commitmentId, by: "2026-03-01")),
        .commitmentKept(
            CommitmentKept(
                commitmentId: commitmentId, on: "2026-03-02", personal: CommitmentKept.Personal(note: "PLANTED"))),
        .commitmentBroken(
            CommitmentBroken(
                commitmentId: commitmentId, on: "2026-03-02", personal: CommitmentBroken.Personal(note: "PLANTED"))),
        .commitmentWithdrawn(
            CommitmentWithdrawn(
                commitmentId: commitmentId, on: "2026-03-02", personal: CommitmentWithdrawn.Personal(note: "PLANTED"))),
        .commitmentRepliedTo(
            CommitmentRepliedTo(
                commitmentId: commitmentId, personal: CommitmentRepliedTo.Personal(note: "PLANTED"))),
        .alignmentProposed(
            AlignmentProposed(
                proposalId: id(151), caseId: id(1), shifts: [], findings: [UUID()], kinds: [.sequence],
                basis: AlignmentBasis(household: UUID(), measures: [], relations: []), answerDue: "2026-03-16")),
        .alignmentAccepted(
            AlignmentAccepted(
                proposalId: proposalId, office: .jobCentre, cases: [id(1)],
                personal: AlignmentAccepted.Personal(reason: "PLANTED reason"))),
        .alignmentAgreed(AlignmentAgreed(proposalId: proposalId, shifts: [], commitments: [])),
        .alignmentDeclined(
            AlignmentDeclined(
                proposalId: proposalId, office: .jobCentre, ground: .law, cases: [id(1)],
                personal: AlignmentDeclined.Personal(reason: "PLANTED reason"))),
        .alignmentCountered(
            AlignmentCountered(
                proposalId: proposalId, office: .jobCentre, counterId: id(152), cases: [id(1)],
                personal: AlignmentCountered.Personal(reason: "PLANTED reason"))),
        .alignmentLapsed(AlignmentLapsed(proposalId: proposalId, unanswered: [.jobCentre], cases: [id(1)])),
        .alignmentOutdated(AlignmentOutdated(proposalId: proposalId, reason: "moved", cases: [id(1)])),
        .alignmentContradicted(
            AlignmentContradicted(
                proposalId: id(153), caseId: id(1), findings: [], kinds: [],
                basis: AlignmentBasis(household: nil, measures: [], relations: []),
                conflicts: [AlignmentConflict(first: UUID(), second: UUID(), relation: .before, sentence: "s")])),
        .officeEngaged(OfficeEngaged(office: .youthOffice, caseworker: "yo-7", legalBasis: "§ 36 SGB VIII")),
        .consentGranted(ConsentGranted(categories: [.timing], recipients: [.jobCentre], purpose: "planning")),
        .consentWithdrawn(ConsentWithdrawn(categories: [.timing], recipients: [.jobCentre])),
        .householdJoined(HouseholdJoined(householdId: UUID(), role: .child)),
        .potentialAssessed(
            PotentialAssessed(
                level: 2,
                personal: PotentialAssessed.Personal(
                    strengths: ["PLANTED"], goals: ["PLANTED"], obstacles: ["PLANTED"]))),
        .planDrafted(
            PlanDrafted(
                planId: UUID(), office: .jobCentre, kind: .cooperation,
                personal: PlanDrafted.Personal(goal: "PLANTED goal"))),
        .measureAdded(
            MeasureAdded(
                measureId: UUID(), planId: UUID(), strand: .neighbourhood,
                window: DayRange(first: "2026-03-02", atLeastTo: "2026-03-03"))),
        .measureRevised(
            MeasureRevised(
                measureId: measureId, title: "Welding", window: DayRange(first: "2026-03-02", atLeastTo: "2026-03-03"),
                removed: [.latestEnd], reason: "later")),
        .measuresRelated(MeasuresRelated(first: UUID(), second: UUID(), relation: .concurrentWithEnd)),
        .measuresUnrelated(MeasuresUnrelated(first: UUID(), second: UUID(), relation: .concurrentWithEnd)),
        .planAgreed(PlanAgreed(planId: UUID(), participantAgreedOn: "2026-03-02")),
        .planReviewed(
            PlanReviewed(
                planId: planId, on: "2026-03-02", nextReview: "2026-09-02",
                personal: PlanReviewed.Personal(findings: "PLANTED findings"))),
        .planConcluded(PlanConcluded(planId: UUID(), on: "2026-03-02", outcome: "settled")),
        .measureStarted(MeasureStarted(measureId: UUID(), on: "2026-03-02")),
        .measurePaused(MeasurePaused(measureId: UUID(), on: "2026-03-02", reason: "holidays")),
        .measureResumed(MeasureResumed(measureId: UUID(), on: "2026-03-02")),
        .measureCompleted(MeasureCompleted(measureId: UUID(), on: "2026-03-02", outcome: "passed")),
        .measureAbandoned(MeasureAbandoned(measureId: UUID(), on: "2026-03-02", reason: "moved")),
        .placementOffered(
            PlacementOffered(
                placementId: UUID(), employer: "Bakery", kind: .apprenticeship,
                wage: Money(amount: "950.00", currency: "EUR"))),
        .placementAccepted(
            PlacementAccepted(
                placementId: placementId, offerId: UUID(), personal: PlacementAccepted.Personal(reason: "PLANTED"))),
        .placementRefused(
            PlacementRefused(
                placementId: placementId, importantReasonClaimed: true,
                personal: PlacementRefused.Personal(reason: "PLANTED"))),
        .placementStarted(PlacementStarted(placementId: UUID(), on: "2026-03-02")),
        .placementEnded(
            PlacementEnded(placementId: UUID(), on: "2026-03-02", incomeCover: IncomeCover(from: "2026-03-03"))),
        .placementExtended(PlacementExtended(placementId: placementId, endsOn: "2027-03-02", reason: "kept on")),
        .retentionRecorded(RetentionRecorded(placementId: placementId, afterMonths: 6, stillEmployed: true)),
        .wageSubsidyGranted(
            WageSubsidyGranted(
                subsidyId: UUID(), placementId: placementId, schedule: [SubsidyRate(from: "2026-03-02", rate: 37.5)],
                until: "2027-03-01", rule: RuleReference(id: "r", version: "2019-01-01", source: "§ 16e SGB II"))),
        .wageSubsidyStopped(WageSubsidyStopped(subsidyId: UUID(), on: "2026-03-02", reason: "no wage")),
        .voucherIssued(
            VoucherIssued(
                voucherId: UUID(), kind: .service, value: Money(amount: "10", currency: "EUR"),
                scope: VoucherScope(goal: "childcare", region: "Hessen", until: "2026-06-30"))),
        .voucherRedeemed(
            VoucherRedeemed(
                voucherId: UUID(), on: "2026-03-02", provider: "Werkhof",
                measure: VoucherContent(content: "vocational-skills", from: "2026-03-02", to: "2026-03-06"))),
        .voucherRevoked(VoucherRevoked(voucherId: UUID(), reason: "a job")),
        .reductionDecided(
            ReductionDecided(
                reductionId: id(83), ground: "breach-of-duty", percentage: 10, step: 1, from: "2026-04-01",
                to: "2026-04-30", hardshipExamined: true,
                rule: RuleReference(id: "r", version: "2023-01-01", source: "§ 31a SGB II"))),
        .reductionLifted(
            ReductionLifted(
                reductionId: id(83), on: "2026-05-01", personal: ReductionLifted.Personal(reason: "PLANTED reason"))),
        .factRecorded(
            FactRecorded(
                factId: id(98), fact: "application-received", matter: id(99), on: "2026-03-02",
                legalBasis: "§ 14 SGB IX")),
        .factCorrected(
            FactCorrected(
                factId: id(98), on: "2026-02-27", withdrawn: false,
                personal: FactCorrected.Personal(reason: "PLANTED reason"))),
        .deadlineSet(
            DeadlineSet(
                deadlineId: id(97), rule: RuleReference(id: "r", version: "2023-07-01", source: "§ 15 SGB II"),
                title: "t", period: "p", office: .jobCentre, subject: planId, from: "2026-03-02",
                endsOn: "2026-09-02")),
        .deadlineSuspended(
            DeadlineSuspended(
                deadlineId: id(97), on: "2026-04-01",
                personal: DeadlineSuspended.Personal(reason: "PLANTED reason"))),
        .deadlineResumed(DeadlineResumed(deadlineId: id(97), on: "2026-04-11", days: 10)),
        .deadlineExtended(
            DeadlineExtended(
                deadlineId: id(97), until: "2026-10-30",
                personal: DeadlineExtended.Personal(reason: "PLANTED reason"))),
        .deadlineShortened(
            DeadlineShortened(
                deadlineId: id(97), until: "2026-06-30",
                personal: DeadlineShortened.Personal(reason: "PLANTED reason"))),
        .deadlineClosed(DeadlineClosed(deadlineId: id(97), outcome: .met, on: "2026-06-20")),
        .caseClosed(CaseClosed(reason: "settled")),
        .caseReopened(CaseReopened(reason: "lost the job")),
        .identityDecided(
            IdentityDecided(
                otherCaseId: id(2), verdict: .samePerson, personal: IdentityDecided.Personal(reason: "PLANTED reason"))),
        .caseMerged(CaseMerged(into: id(2), personal: CaseMerged.Personal(reason: "PLANTED reason"))),
        .caseAbsorbed(CaseAbsorbed(caseId: id(2), personal: CaseAbsorbed.Personal(reason: "PLANTED reason"))),
        .caseUnmerged(CaseUnmerged(from: id(2), personal: CaseUnmerged.Personal(reason: "PLANTED reason"))),
        .caseReleased(CaseReleased(caseId: id(2), personal: CaseReleased.Personal(reason: "PLANTED reason"))),
        .participantErased(ParticipantErased(ground: .objection)),
        .legalHoldSet(LegalHoldSet(holdId: id(1), personal: LegalHoldSet.Personal(reason: "PLANTED reason"))),
        .legalHoldLifted(LegalHoldLifted(holdId: id(1), personal: LegalHoldLifted.Personal(reason: "PLANTED reason"))),
        .processingRestricted(
            ProcessingRestricted(
                restrictionId: id(1), ground: .objectionPending, categories: [.timing],
                personal: ProcessingRestricted.Personal(reason: "PLANTED reason"))),
        .restrictionLifted(
            RestrictionLifted(
                restrictionId: id(1), participantToldOn: "2026-03-02",
                personal: RestrictionLifted.Personal(reason: "PLANTED reason"))),
        .dataDisputed(
            DataDisputed(
                disputeId: id(1), about: .plan, recordId: id(2),
                personal: DataDisputed.Personal(statement: "PLANTED statement"))),
        .disputeSettled(
            DisputeSettled(
                disputeId: id(1), outcome: .unresolved, personal: DisputeSettled.Personal(reason: "PLANTED reason"))),
        .noteEntrusted(
            NoteEntrusted(noteId: id(1), personal: NoteEntrusted.Personal(text: "PLANTED text", toldBy: .guardian))),
        .noteHandedOver(NoteHandedOver(noteId: id(1), successor: "yo-8", ground: .consent)),
        .findingOpened(FindingOpened(finding: .gap(), occurrence: 1)),
        .findingOpened(
            FindingOpened(
                finding: Finding(
                    key: "k", kind: .clash, owner: .singleCase(Self.lettered), cases: [Self.lettered],
                    measures: [Self.lettered], offices: [.jobCentre], from: nil, to: nil, days: nil, explanation: "x",
                    grounds: [FindingGround(.placement, in: Self.lettered, id: Self.lettered, office: .jobCentre)],
                    events: [FindingEvent(caseID: Self.lettered, version: 1, type: "PlacementOffered")]),
                occurrence: 1)),
        .findingUpdated(FindingUpdated(finding: .gap())),
        .findingClosed(FindingClosed(key: "gap:1")),
    ]
}
