import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

/// Nobody is told of a finding who may not know of all that it rests on.
@Suite("What a finding rests on")
struct FindingGroundTests {
    private static func offices(_ story: CaseStory, on day: CalendarDate = "2026-06-01") -> [Office] {
        FindingRows(owner: story.id, register: story.state.findings, cases: [story.id: story.state]).visible
            .filter { $0.visible.contains(day) }.map(\.office)
    }

    private static func story(
        offices: [Office] = [.jobCentre, .youthOffice, .socialOffice], of office: Office = .jobCentre,
        _ facts: FindingGround.Fact...
    ) -> CaseStory {
        var story = CaseStory.registered(engaged: offices)
        let finding = Finding(
            key: "k", kind: .clash, owner: .singleCase(story.id), cases: [story.id], measures: [], offices: [office],
            from: "2026-06-01", to: nil, days: nil, explanation: "out of step",
            grounds: facts.map { FindingGround($0, in: story.id, id: UUID(), office: office) })
        story.given(.findingOpened(FindingOpened(finding: finding, occurrence: 1)), by: nil)
        return story
    }

    private static func opened(_ story: CaseStory, _ categories: ConsentCategory...) -> [Office] {
        var story = story
        story.given(
            .consentGranted(ConsentGranted(categories: categories, recipients: [.socialOffice], purpose: "p")),
            by: .socialOffice)
        return offices(story)
    }

    @Test(
        "is told to the others only with the category that it belongs to",
        arguments: [
            (FindingGround.Fact.measure, ConsentCategory.timing), (.appointment, .timing), (.placement, .placement),
            (.income, .benefits),
        ])
    func byCategory(_ fact: FindingGround.Fact, _ category: ConsentCategory) {
        #expect(Self.offices(Self.story(fact)) == [.jobCentre])
        #expect(Self.opened(Self.story(fact), category) == [.jobCentre, .socialOffice])
        let others = [ConsentCategory.timing, .placement, .benefits].filter { $0 != category }
        for other in others { #expect(Self.opened(Self.story(fact), other) == [.jobCentre], "\(other)") }
    }

    @Test("all of it has to be open")
    func all() {
        let story = Self.story(.placement, .income)
        #expect(Self.opened(story, .placement) == [.jobCentre] && Self.opened(story, .benefits) == [.jobCentre])
        #expect(Self.opened(story, .placement, .benefits) == [.jobCentre, .socialOffice])
    }

    @Test("who the participant is and which offices act, every engaged office may know")
    func identity() {
        #expect(Self.offices(Self.story(.participant)) == [.jobCentre, .youthOffice, .socialOffice])
        #expect(Self.offices(Self.story(.engagement)) == [.jobCentre, .youthOffice, .socialOffice])
        #expect(
            Self.offices(Self.story(offices: [.jobCentre, .socialOffice], .engagement)) == [.jobCentre, .socialOffice])
    }

    @Test("an office's own duty is told to no other, whatever is open")
    func duty() {
        let story = Self.story(.duty)
        #expect(Self.opened(story, .timing, .placement, .benefits, .employment) == [.jobCentre])
    }

    @Test(
        "that others do nothing is told, even to the office itself, only where timing is open or nobody else is engaged"
    )
    func idleness() {
        #expect(Self.offices(Self.story(.idleness)) == [])
        #expect(Self.opened(Self.story(of: .socialOffice, .idleness), .timing) == [.socialOffice])
        #expect(Self.offices(Self.story(offices: [.jobCentre], .idleness)) == [.jobCentre])
    }

    /// The sentences of what the rules find are recorded for all: no name, title, place or employer may stand in them.
    @Test("no sentence holds more than days, hours, offices and kinds")
    func sentences() throws {
        var story = CaseStory.registered(bornOn: "2008-07-01", engaged: [.jobCentre, .youthOffice])
        _ = story.givenPlan(.cooperation, of: .jobCentre, goal: "planted-goal", title: "planted-title", reviewEvery: 5)
        _ = story.givenPlan(.youthSupport, of: .youthOffice, goal: "planted-goal", title: "planted-title")
        for office in [Office.jobCentre, .youthOffice] {
            story.given(
                .appointmentScheduled(
                    AppointmentScheduled(
                        appointmentId: UUID(), office: office, at: try #require(WallTime("2026-07-10T10:00")),
                        minutes: 30,
                        personal: AppointmentScheduled.Personal(place: "planted-place", reason: "planted-reason"))),
                by: office)
        }
        let placement = UUID()
        story.given(
            .placementOffered(
                PlacementOffered(
                    placementId: placement, employer: "planted-employer", kind: .job,
                    wage: Money(amount: "2345.00", currency: "EUR"), hoursPerWeek: 30, startsOn: "2026-02-01",
                    endsOn: "2026-06-30")))
        story.given(.placementAccepted(PlacementAccepted(placementId: placement)))
        story.given(.placementStarted(PlacementStarted(placementId: placement, on: "2026-02-01")))
        let findings = TimingRules.findings(in: Timeline(of: story.state, id: story.id), on: "2026-07-05").findings
        #expect(Set(findings.map(\.kind)) == [.clash, .review, .handover, .incomeGap])
        let planted = try NSRegularExpression(pattern: "planted|2345|Mira|Müller|Frankenallee|069|German")
        let identifier = /[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/
        for finding in findings {
            // Any digits may stand in an identifier.
            let text = (finding.explanation + finding.key).replacing(identifier, with: "")
            #expect(planted.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) == nil, "\(text)")
        }
    }

    /// Of which kind another office's plan is, is no timing.
    @Test("days without activity are told to those who see timing only, without the kinds of plans")
    func gap() throws {
        var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice], legalBasis: "§ 15 SGB II")
        let plan = UUID()
        story.given(
            .planDrafted(PlanDrafted(planId: plan, office: .youthOffice, kind: .youthSupport)), by: .youthOffice)
        story.given(
            .planAgreed(PlanAgreed(planId: plan, participantAgreedOn: "2026-01-15")), by: .youthOffice)
        let gap = try #require(
            TimingRules.findings(in: Timeline(of: story.state, id: story.id), on: "2026-06-01").findings.first)
        #expect(
            gap.explanation
                == "Since 2026-01-15 no office has a measure running in this case although a plan of the youth office is in "
                + "force; more than 28 days are out of step.")
        story.given(.findingOpened(FindingOpened(finding: gap, occurrence: 1)), by: nil)
        #expect(Self.offices(story) == [.jobCentre, .youthOffice])
        #expect(!story.bytes(for: .jobCentre).contains("support plan"))
        #expect(!story.bytes(for: .jobCentre).contains(PlanKind.youthSupport.rawValue))
    }

    /// The basis of the finding in a story, as its rows hold it.
    private static func basis(_ story: CaseStory) throws -> FindingBasis {
        let row = try #require(
            FindingRows(owner: story.id, register: story.state.findings, cases: [story.id: story.state]).visible.first)
        return try JSONDecoder().decode(FindingBasis.self, from: Data(row.basis))
    }

    @Test("is told with the finding: its measures and its grounds")
    func grounds() throws {
        var story = CaseStory.registered(engaged: [.jobCentre])
        let measure = story.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "t").measure
        let person = FindingGround(.participant, in: story.id)
        story.given(
            .findingOpened(
                FindingOpened(
                    finding: Finding(
                        key: "k", kind: .handover, owner: .singleCase(story.id), cases: [story.id],
                        measures: [measure], offices: [.jobCentre], from: nil, to: nil, days: nil, explanation: "x",
                        grounds: [person]), occurrence: 1)), by: nil)
        #expect(
            try Self.basis(story).grounds
                == [FindingGround(.measure, in: story.id, id: measure, office: .jobCentre), person])
    }

    @Test(
        "is told with the events that those may know of who know of it, and no others",
        arguments: [
            (FindingGround.Fact.measure, ["MeasureAdded", "MeasureStarted"]), (.appointment, ["AppointmentScheduled"]),
            (.placement, ["PlacementOffered", "PlacementEnded"]), (.income, ["PlacementEnded"]),
            (.participant, ["ParticipantRegistered"]), (.engagement, ["OfficeEngaged"]), (.idleness, []),
            (.duty, ["PlanAgreed", "MeasureAdded", "MeasureStarted", "DeadlineSet"]),
        ])
    func events(_ fact: FindingGround.Fact, _ told: [String]) throws {
        let types = [
            "ParticipantRegistered", "OfficeEngaged", "PlanAgreed", "MeasureAdded", "MeasureStarted",
            "AppointmentScheduled", "AppointmentMissed", "PlacementOffered", "WageSubsidyGranted", "PlacementEnded",
            "VoucherRedeemed", "CommitmentMade", "AlignmentProposed", "DeadlineSet", "MeasuresRelated",
        ]
        var story = CaseStory.registered(engaged: [.jobCentre])
        let finding = Finding(
            key: "k", kind: .clash, owner: .singleCase(story.id), cases: [story.id], measures: [],
            offices: [.jobCentre],
            from: nil, to: nil, days: nil, explanation: "x",
            grounds: [FindingGround(fact, in: story.id, office: .jobCentre)],
            events: types.enumerated().map { FindingEvent(caseID: story.id, version: $0 + 1, type: $1) })
        story.given(.findingOpened(FindingOpened(finding: finding, occurrence: 1)), by: nil)
        #expect(try Self.basis(story).events.map(\.type) == told)
    }
}
