import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("What is due follows from what is recorded")
struct DueTests {
    private func dues(_ story: CaseStory, _ office: Office = .jobCentre) -> [String] {
        story.state.dues(of: office).map { "\($0.on) \($0.reason.rawValue)" }
    }

    @Test("reviews, starts and ends of the office's own plans")
    func plans() {
        var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice])
        let (_, measure) = story.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "t", started: false)
        #expect(dues(story) == ["2026-02-01 measure-start", "2026-07-15 plan-review"])
        #expect(dues(story, .youthOffice) == [])
        story.given(.measureStarted(MeasureStarted(measureId: measure, on: "2026-02-03")))
        #expect(dues(story) == ["2026-07-15 plan-review", "2026-07-31 measure-end"])
        story.given(.measureCompleted(MeasureCompleted(measureId: measure, on: "2026-07-01")))
        #expect(dues(story) == ["2026-07-15 plan-review"])
        story.given(.caseClosed(CaseClosed()))
        #expect(dues(story) == [])
    }

    @Test("placements: the answer, the start, and income after the end")
    func placements() {
        var story = CaseStory.registered()
        let id = UUID()
        story.given(
            .placementOffered(
                PlacementOffered(
                    placementId: id, employer: "E", kind: .job, startsOn: "2026-03-01", endsOn: "2026-08-31",
                    answerDue: "2026-02-15")))
        #expect(dues(story) == ["2026-02-15 placement-answer"])
        story.given(.placementAccepted(PlacementAccepted(placementId: id)))
        #expect(dues(story) == ["2026-03-01 placement-start"])
        story.given(.placementStarted(PlacementStarted(placementId: id, on: "2026-03-01")))
        #expect(dues(story) == ["2026-08-31 income-cover"])
        var covered = story
        story.given(.placementEnded(PlacementEnded(placementId: id, on: "2026-06-30")))
        #expect(dues(story) == ["2026-07-01 income-cover"])
        covered.given(
            .placementEnded(
                PlacementEnded(placementId: id, on: "2026-06-30", incomeCover: IncomeCover(from: "2026-07-01"))))
        #expect(dues(covered) == [])
    }

    @Test("a consent's end, until a longer one takes its place or it is withdrawn")
    func consents() {
        var story = CaseStory.registered(engaged: [.jobCentre, .socialOffice])
        let consent = { (until: CalendarDate?) in
            CaseEvent.consentGranted(
                ConsentGranted(categories: [.timing], recipients: [.socialOffice], purpose: "p", validUntil: until))
        }
        story.given(consent("2026-06-30"))
        #expect(dues(story) == ["2026-06-30 consent-expiry"])
        #expect(dues(story, .socialOffice) == ["2026-06-30 consent-expiry"])
        #expect(dues(story, .youthOffice) == [])
        var renewed = story
        renewed.given(consent(nil))
        #expect(dues(renewed) == [])
        story.given(.consentWithdrawn(ConsentWithdrawn(categories: [.timing], recipients: [.socialOffice])))
        #expect(dues(story) == [])
    }

    @Test("ages count by birthdays; a 29th of February is followed by the 1st of March")
    func ages() {
        let born: CalendarDate = "2008-02-29"
        #expect(born.birthday(18) == "2026-03-01")
        #expect(born.age(on: "2026-02-28") == 17)
        #expect(born.age(on: "2026-03-01") == 18)
        #expect(born.birthday(20) == "2028-02-29")
    }
}
