import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("What is stored is read back as it was")
struct StoredFormTests {
    /// A case in which everything is filled in, with characters that JSON has to escape.
    private func richStory() -> (CaseStory, HouseholdFile) {
        var story = CaseStory.registered(
            given: "Zoë \"Q\"\u{1}\n", family: "Müller\\", engaged: Office.allCases, legalBasis: "§ 15")
        let (plan, first) = story.givenPlan(.cooperation, of: .jobCentre, goal: "goal", title: "title 😀")
        let (_, second) = story.givenPlan(.youthSupport, of: .youthOffice, goal: "goal", title: "title", started: false)
        _ = story.givenPlan(.participation, of: .socialOffice, goal: "goal", title: "title", reviewEvery: nil)
        story.given(.measuresRelated(MeasuresRelated(first: first, second: second, relation: .concurrent, maxDays: 4)))
        story.given(.measurePaused(MeasurePaused(measureId: first, on: "2026-02-10", reason: "\"ill\"")))
        story.given(.measureResumed(MeasureResumed(measureId: first, on: "2026-02-20")))
        story.given(
            .planReviewed(
                PlanReviewed(
                    planId: plan, on: "2026-02-25", nextReview: "2026-08-25",
                    personal: PlanReviewed.Personal(findings: "goes\twell"))))
        story.given(
            .measureCompleted(
                MeasureCompleted(measureId: first, on: "2026-03-01", outcome: "passed", certificate: "paper")))
        story.given(
            .potentialAssessed(
                PotentialAssessed(
                    level: 4, occupationsSought: ["1", "24422"],
                    personal: PotentialAssessed.Personal(strengths: ["a"], goals: ["b"], obstacles: ["c"]))))
        let placement = UUID()
        story.given(
            .placementOffered(
                PlacementOffered(
                    placementId: placement, employer: "Employer", occupation: "24422", kind: .job,
                    wage: Money(amount: "1450.00", currency: "EUR"), hoursPerWeek: 19.5, startsOn: "2026-02-01",
                    endsOn: "2026-08-31", answerDue: "2026-01-31")))
        story.given(.placementAccepted(PlacementAccepted(placementId: placement)))
        story.given(.placementStarted(PlacementStarted(placementId: placement, on: "2026-02-01")))
        story.given(
            .placementEnded(
                PlacementEnded(
                    placementId: placement, on: "2026-04-30", reason: "over",
                    incomeCover: IncomeCover(kind: "benefit", from: "2026-05-01", note: "n"))))
        story.given(.placementExtended(PlacementExtended(placementId: placement, endsOn: "2026-09-30")))
        story.given(
            .retentionRecorded(RetentionRecorded(placementId: placement, afterMonths: 3, stillEmployed: true)))
        story.givenGrants(for: placement)
        story.given(
            .consentGranted(
                ConsentGranted(
                    categories: [.timing, .education, .employment, .placement, .benefits, .youthSupport],
                    recipients: Office.allCases, purpose: "p", validUntil: "2027-01-01", evidence: "e")))
        story.given(.consentWithdrawn(ConsentWithdrawn(categories: [.benefits], recipients: [.youthOffice])))
        let finding = Finding(
            key: "gap", kind: .gap, owner: .singleCase(story.id), cases: [story.id], measures: [],
            offices: [.jobCentre],
            from: "2026-02-01", to: "2026-02-28", days: 28, explanation: "nothing runs")
        story.given(.findingOpened(FindingOpened(finding: finding, occurrence: 1)))
        story.given(.planConcluded(PlanConcluded(planId: plan, on: "2026-05-31", outcome: "in training")))
        for (from, to) in [(Office.jobCentre, Office.socialOffice), (.socialOffice, .youthOffice)] {
            let id = UUID()
            story.given(
                .referralRequested(
                    ReferralRequested(
                        referralId: id, from: from, to: to, service: "\"s\"", legalBasis: "§", consents: [1],
                        categories: [.benefits, .education], answerDue: "2026-06-30",
                        personal: ReferralRequested.Personal(reason: "\\r"))), by: from)
            story.given(
                .referralAccepted(
                    ReferralAccepted(
                        referralId: id, by: "b", completeBy: "2026-07-01",
                        personal: ReferralAccepted.Personal(reason: "r"))), by: to)
            story.given(
                to == .youthOffice
                    ? .referralCompleted(
                        ReferralCompleted(
                            referralId: id, by: "b", personal: ReferralCompleted.Personal(result: "a\nresult")))
                    : .referralWithdrawn(
                        ReferralWithdrawn(referralId: id, personal: ReferralWithdrawn.Personal(reason: "r"))), by: to)
            story.given(
                .referralRequested(
                    ReferralRequested(
                        referralId: UUID(), from: to, to: from, service: "s", categories: [.benefits],
                        answerDue: "2026-06-30", personal: ReferralRequested.Personal(reason: "r"))), by: to)
        }
        let measure = story.state.measures.first { $0.status == .planned || $0.status == .started }
        let measures = HouseholdMeasures(household: nil, cases: [story.id: story.state])
        let ids = story.state.measures.map(\.measureId)
        for outcome in 0..<4 {
            let id = UUID()
            story.given(
                .alignmentProposed(
                    AlignmentProposed(
                        proposalId: id, caseId: story.id,
                        shifts: measure.map {
                            [
                                AlignmentShift(
                                    caseId: story.id, measureId: $0.measureId, office: $0.office, from: $0.window,
                                    days: -3)
                            ]
                        } ?? [], findings: [UUID()], kinds: [.sequence, .relation], basis: measures.basis(around: ids),
                        answerDue: "2026-06-30", counterOf: UUID())))
            let office = measure?.office ?? .jobCentre
            story.given(
                .alignmentAccepted(
                    AlignmentAccepted(
                        proposalId: id, office: office, cases: [story.id],
                        personal: AlignmentAccepted.Personal(reason: "\"yes\""))), by: office)
            switch outcome {
            case 0: break
            case 1:
                story.given(
                    .alignmentDeclined(
                        AlignmentDeclined(
                            proposalId: id, office: office, ground: .law, cases: [story.id],
                            personal: AlignmentDeclined.Personal(reason: "\n"))), by: office)
            case 2:
                story.given(
                    .alignmentCountered(
                        AlignmentCountered(proposalId: id, office: office, counterId: UUID(), cases: [story.id])),
                    by: office)
            default:
                story.given(
                    .alignmentOutdated(AlignmentOutdated(proposalId: id, reason: "\\moved", cases: [story.id])))
            }
        }
        story.given(
            .alignmentContradicted(
                AlignmentContradicted(
                    proposalId: UUID(), caseId: story.id, findings: [UUID()], kinds: [.relation],
                    basis: measures.basis(around: ids),
                    conflicts: [
                        AlignmentConflict(first: UUID(), second: UUID(), relation: .before, sentence: "\"no\""),
                        AlignmentConflict(first: UUID(), second: UUID(), relation: nil, sentence: "none"),
                    ])))
        for office in Office.allCases {
            let id = UUID()
            let promise = UUID()
            story.given(
                .conferenceCalled(
                    ConferenceCalled(
                        conferenceId: id, office: office, participants: Office.allCases,
                        at: WallTime("2026-06-01T10:05")!, consents: [1], categories: [.education],
                        personal: ConferenceCalled.Personal(place: "\"hall\""))), by: office)
            story.given(
                office == .jobCentre
                    ? .conferenceCancelled(
                        ConferenceCancelled(
                            conferenceId: id, personal: ConferenceCancelled.Personal(reason: "\\ill")))
                    : .conferenceMinuted(
                        ConferenceMinuted(
                            conferenceId: id, commitments: [promise],
                            personal: ConferenceMinuted.Personal(minutes: "a\nb"))), by: office)
            story.given(
                .commitmentMade(
                    CommitmentMade(
                        commitmentId: promise, office: office, to: Office.allCases.filter { $0 != office },
                        by: "2026-07-01", conferenceId: id, personal: CommitmentMade.Personal(what: "\t"))), by: office)
            if office == .socialOffice {
                story.given(
                    .commitmentBroken(
                        CommitmentBroken(
                            commitmentId: promise, on: "2026-06-15", personal: CommitmentBroken.Personal(note: "n"))),
                    by: office)
                story.given(
                    .commitmentRepliedTo(
                        CommitmentRepliedTo(
                            commitmentId: promise, personal: CommitmentRepliedTo.Personal(note: "r"))), by: office)
            }
            story.given(
                .appointmentScheduled(
                    AppointmentScheduled(
                        appointmentId: id, office: office, at: WallTime("2026-06-01T08:05")!, minutes: 45,
                        personal: AppointmentScheduled.Personal(place: "\\room", reason: "talk"))), by: office)
            story.given(
                .appointmentMissed(
                    AppointmentMissed(appointmentId: id, personal: AppointmentMissed.Personal(reason: "ill"))),
                by: office, on: "2026-06-01")
            story.given(
                .caseworkerReassigned(
                    CaseworkerReassigned(
                        office: office, caseworker: "c",
                        personal: CaseworkerReassigned.Personal(handoverNote: "a\nnote"))), by: office)
        }
        story.given(
            .participantMoved(
                ParticipantMoved(
                    areaId: "nordend", from: "2026-05-01",
                    personal: ParticipantMoved.Personal(address: Address(city: "Frankfurt")))))
        let house = UUID()
        story.given(.householdJoined(HouseholdJoined(householdId: house, role: .youth)))
        return (story, household(house, story, CaseStory.registered(), roles: [.youth, .adult]))
    }

    @Test("case files and timelines", arguments: Office.allCases)
    func roundTrip(office: Office) throws {
        let (story, house) = richStory()
        let surroundings = story.surroundings(house)
        let stored = try #require(StoredCaseFile(surroundings, for: office))
        #expect(try JSONDecoder().decode(StoredCaseFile.self, from: Data(stored.json)) == stored)
        #expect(!stored.blocks.isEmpty)
        let timeline = StoredTimeline(surroundings, for: office)
        #expect(try JSONDecoder().decode(StoredTimeline.self, from: Data(timeline.json)) == timeline)
        #expect(timeline.entries.count > 4)
    }

    @Test("the quick writer says the same as the encoder")
    func sameAsEncoder() throws {
        let (story, house) = richStory()
        let stored = try #require(StoredCaseFile(story.surroundings(house), for: .jobCentre))
        let quick = try JSONDecoder().decode(Tree.self, from: Data(stored.json))
        let slow = try JSONDecoder().decode(Tree.self, from: try JSONEncoder().encode(stored))
        #expect(quick == slow)
    }

    @Test("the order of the household's states or of sets never shows in the bytes")
    func deterministic() {
        let (story, house) = richStory()
        let copy = HouseholdFile(
            id: house.id, state: house.state,
            members: Dictionary(uniqueKeysWithValues: house.members.reversed().map { ($0.key, $0.value) }))
        for office in Office.allCases {
            #expect(story.bytes(for: office, in: house) == story.bytes(for: office, in: copy))
        }
    }

    private enum Tree: Decodable, Equatable {
        case object([String: Tree])
        case array([Tree])
        case text(String)
        case number(Double)
        case flag(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let object = try? container.decode([String: Tree].self) {
                self = .object(object)
            } else if let array = try? container.decode([Tree].self) {
                self = .array(array)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else {
                self = .number(try container.decode(Double.self))
            }
        }
    }
}
