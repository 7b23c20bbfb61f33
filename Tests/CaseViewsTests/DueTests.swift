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

    @Test("a voucher that can still be redeemed, for the office that issued it, by the rule it was issued under")
    func vouchers() {
        var story = CaseStory.registered(engaged: [.jobCentre, .socialOffice])
        let (education, service) = (UUID(), UUID())
        for (id, kind, rule) in [
            (
                education, VoucherKind.education,
                RuleReference(id: "education-voucher", version: "2012-04-01", source: "§")
            ),
            (service, .service, nil),
        ] {
            story.given(
                .voucherIssued(
                    VoucherIssued(
                        voucherId: id, kind: kind, scope: VoucherScope(goal: "g", until: "2026-06-30"), rule: rule)),
                on: "2026-03-01")
        }
        #expect(dues(story) == ["2026-06-30 voucher-expiry", "2026-06-30 voucher-expiry"])
        #expect(dues(story, .socialOffice) == [])
        #expect(story.state.dues(of: .jobCentre).first { $0.subject == education }?.rule == "education-voucher")
        #expect(
            story.state.dues(of: .jobCentre).first { $0.subject == service }?.why
                == "The voucher of 2026-03-01 can be redeemed until this day.")
        story.given(.voucherRedeemed(VoucherRedeemed(voucherId: education, on: "2026-04-01")))
        story.given(.voucherRevoked(VoucherRevoked(voucherId: service)))
        #expect(dues(story) == [])
    }

    @Test("on one day what lapses comes first, then what others wait for, then meetings, then one's own steps")
    func urgency() {
        var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice])
        _ = story.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "t", from: "2026-07-15", started: false)
        story.given(
            .appointmentScheduled(
                AppointmentScheduled(
                    appointmentId: UUID(), office: .jobCentre, at: WallTime("2026-07-15T10:30")!, minutes: 30)))
        story.given(
            .referralRequested(
                ReferralRequested(
                    referralId: UUID(), from: .youthOffice, to: .jobCentre, service: "s", categories: [.education],
                    answerDue: "2026-07-15")), by: .youthOffice)
        story.given(
            .placementOffered(
                PlacementOffered(placementId: UUID(), employer: "E", kind: .job, answerDue: "2026-07-15")))
        #expect(
            dues(story) == [
                "2026-07-15 placement-answer", "2026-07-15 referral-answer", "2026-07-15 appointment",
                "2026-07-15 measure-start", "2026-07-15 plan-review",
            ])
    }

    @Test("a review says what set its day, and which rule asks for it")
    func whyReviewed() throws {
        var story = CaseStory.registered(engaged: Office.allCases)
        let (plan, _) = story.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "t")
        func review() throws -> Due {
            try #require(story.state.dues(of: .jobCentre).first { $0.reason == .planReview })
        }
        #expect(try review().why == "6 months after the agreement of 2026-01-15, as the plan says.")
        #expect(try review().rule == "cooperation-plan")
        story.given(.planReviewed(PlanReviewed(planId: plan, on: "2026-04-10")))
        #expect(try review().why == "6 months after the review of 2026-04-10, as the plan says.")
        #expect(try review().on == "2026-10-10")
        story.given(.planReviewed(PlanReviewed(planId: plan, on: "2026-05-10", nextReview: "2026-06-10")))
        #expect(try review().why == "The review of 2026-05-10 set this day.")
        _ = story.givenPlan(.youthSupport, of: .youthOffice, goal: "g", title: "t")
        _ = story.givenPlan(.participation, of: .socialOffice, goal: "g", title: "t", reviewEvery: 24)
        #expect(story.state.dues(of: .youthOffice).compactMap(\.rule) == ["support-plan"])
        #expect(story.state.dues(of: .socialOffice).compactMap(\.rule) == ["participation-plan-review"])
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
