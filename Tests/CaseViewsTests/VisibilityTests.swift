import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("Who may see what")
struct VisibilityTests {
    private static let planted = ["planted-goal", "planted-title", "planted-provider"]

    /// A case of the youth office with a support plan, in which the other two offices are engaged.
    private func supported(legalBasis: String? = nil) -> CaseStory {
        var story = CaseStory.registered(engaged: Office.allCases, legalBasis: legalBasis)
        _ = story.givenPlan(.youthSupport, of: .youthOffice, goal: "planted-goal", title: "planted-title")
        return story
    }

    private func consent(_ categories: [ConsentCategory], to recipients: [Office], until: CalendarDate? = nil)
        -> CaseEvent
    {
        .consentGranted(
            ConsentGranted(categories: categories, recipients: recipients, purpose: "help", validUntil: until))
    }

    @Test("an office that is not engaged has no file and not a single row")
    func notEngaged() {
        var story = CaseStory.registered(engaged: [.jobCentre])
        story.given(consent([.timing, .education], to: [.youthOffice]))
        #expect(story.file(for: .youthOffice) == nil)
        #expect(story.bytes(for: .youthOffice).isEmpty)
        #expect(story.file(for: .jobCentre) != nil)
    }

    @Test("before its engagement begins, an office does not see the case")
    func engagementBegins() {
        let story = CaseStory.registered(engaged: [.jobCentre], on: "2026-03-01")
        #expect(story.file(for: .jobCentre, on: "2026-02-28") == nil)
        #expect(story.file(for: .jobCentre, on: "2026-03-01") != nil)
    }

    @Test("without consent and legal basis nothing of another office's plan is in any byte")
    func defaultDeny() {
        let story = supported()
        for office in [Office.jobCentre, .socialOffice] {
            let bytes = story.bytes(for: office)
            for value in Self.planted { #expect(!bytes.contains(value), "\(office) holds \(value)") }
            #expect(story.file(for: office)?.shared == [])
        }
        #expect(story.bytes(for: .youthOffice).contains("planted-title"))
        #expect(story.file(for: .youthOffice)?.plans.first?.goal == "planted-goal")
    }

    @Test("a legal basis opens when measures are, and nothing else")
    func legalBasis() throws {
        let story = supported(legalBasis: "§ 15 SGB II")
        let file = try #require(story.file(for: .jobCentre))
        let block = try #require(file.shared.first)
        #expect(file.shared.count == 1)
        #expect(block.category == .timing && block.office == .youthOffice)
        #expect(block.basis == SharedBlock.Basis(legalBasis: "§ 15 SGB II"))
        #expect(block.content.timing?.first?.window.first == "2026-02-01")
        #expect(block.content.timing?.first?.hoursPerWeek == 20)
        for value in Self.planted { #expect(!story.bytes(for: .jobCentre).contains(value)) }
    }

    @Test("youth support needs its own category, whatever strand a measure has")
    func youthSupport() throws {
        var story = supported()
        story.given(consent([.timing, .education, .employment, .placement, .benefits], to: [.jobCentre]))
        for value in Self.planted { #expect(!story.bytes(for: .jobCentre).contains(value)) }
        story.given(consent([.youthSupport], to: [.socialOffice]))
        let shared = try #require(story.file(for: .socialOffice)?.shared)
        let plan = try #require(shared.first { $0.category == .youthSupport }?.content.plans?.first)
        #expect(plan.goal == "planted-goal" && plan.measures.first?.title == "planted-title")
        for value in Self.planted { #expect(!story.bytes(for: .jobCentre).contains(value)) }
    }

    @Test("education opens the measures of that strand, but no plan's goal")
    func education() throws {
        var story = CaseStory.registered(engaged: [.jobCentre, .socialOffice])
        _ = story.givenPlan(.cooperation, of: .jobCentre, goal: "planted-goal", title: "planted-title")
        story.given(consent([.education], to: [.socialOffice]))
        let block = try #require(story.file(for: .socialOffice)?.shared.first)
        #expect(block.content.measures?.first?.title == "planted-title")
        #expect(block.content.schooling == "planted-schooling")
        #expect(!story.bytes(for: .socialOffice).contains("planted-goal"))
    }

    @Test("a consent is cut by the day, and withdrawn it is gone from every byte")
    func consentEnds() throws {
        var story = supported()
        story.given(consent([.youthSupport], to: [.jobCentre], until: "2026-05-31"), on: "2026-03-01")
        #expect(story.file(for: .jobCentre, on: "2026-02-28")?.shared.isEmpty == true)
        #expect(story.file(for: .jobCentre, on: "2026-03-01")?.shared.count == 1)
        #expect(story.file(for: .jobCentre, on: "2026-05-31")?.shared.count == 1)
        #expect(story.file(for: .jobCentre, on: "2026-06-01")?.shared.isEmpty == true)
        story.given(
            .consentWithdrawn(ConsentWithdrawn(categories: ConsentCategory.allCases, recipients: Office.allCases)),
            on: "2026-03-01")
        #expect(story.file(for: .jobCentre, on: "2026-03-01")?.shared.isEmpty == true)
        for value in Self.planted { #expect(!story.bytes(for: .jobCentre).contains(value)) }
    }

    @Test("of several grants the one that holds longest is shown, once")
    func longestGrant() throws {
        var story = supported(legalBasis: "§ 15 SGB II")
        story.given(consent([.timing], to: [.jobCentre], until: "2026-12-31"))
        let shared = try #require(story.file(for: .jobCentre)?.shared)
        #expect(shared.count == 1)
        #expect(shared.first?.basis.legalBasis == "§ 15 SGB II")
    }

    @Test("placements are opened by placement, wages and income cover by benefits")
    func placements() throws {
        var story = CaseStory.registered(engaged: [.jobCentre, .socialOffice])
        let id = UUID()
        story.given(
            .placementOffered(
                PlacementOffered(
                    placementId: id, employer: "planted-employer", kind: .job,
                    wage: Money(amount: "1450.00", currency: "EUR"), startsOn: "2026-02-01", endsOn: "2026-08-31")))
        story.given(.placementAccepted(PlacementAccepted(placementId: id)))
        story.given(.placementStarted(PlacementStarted(placementId: id, on: "2026-02-01")))
        #expect(!story.bytes(for: .socialOffice).contains("planted-employer"))
        #expect(!story.bytes(for: .socialOffice).contains("2026-08-31"))
        story.given(consent([.placement], to: [.socialOffice]))
        let file = try #require(story.file(for: .socialOffice))
        #expect(file.shared.first?.content.placements?.first?.employer == "planted-employer")
        #expect(file.socialOffice?.placementEndsOn == "2026-08-31")
        #expect(!story.bytes(for: .socialOffice).contains("1450.00"))
        story.given(consent([.benefits], to: [.socialOffice]))
        #expect(story.bytes(for: .socialOffice).contains("1450.00"))
    }

    @Test("subsidies and reductions are opened by benefits, vouchers by their kind")
    func grants() throws {
        var story = CaseStory.registered(engaged: [.jobCentre, .socialOffice], legalBasis: "law")
        story.givenGrants(for: UUID())
        let own = try #require(story.file(for: .jobCentre))
        #expect(own.subsidies.map(\.stoppedOn) == ["2026-04-30"])
        #expect(own.vouchers.map(\.state) == [.redeemed, .revoked, .issued])
        #expect(own.reductions.first?.liftReason == "planted-lift-reason")
        let shown: [ConsentCategory: [String]] = [
            .benefits: ["planted-rule", "planted-ground", "planted-lift-reason", "planted-service"],
            .education: ["planted-education"], .placement: ["planted-activation-and-placement"],
        ]
        for category in ConsentCategory.allCases {
            var open = story
            open.given(consent([category], to: [.socialOffice]))
            let bytes = open.bytes(for: .socialOffice)
            for (opening, values) in shown {
                for value in values where value != "planted-rule" || category != .education && category != .placement {
                    #expect(bytes.contains(value) == (category == opening), "\(category) and \(value)")
                }
            }
        }
    }

    @Test("the timeline shows subsidies, vouchers and reductions as long as they last")
    func grantsOnTheTimeline() throws {
        var story = CaseStory.registered(engaged: [.jobCentre, .socialOffice], legalBasis: "law")
        story.givenGrants(for: UUID())
        let intervals = StoredTimeline(story.surroundings(), for: .jobCentre).cut(on: "2026-06-01")
        let subsidy = try #require(intervals.first { $0.kind == .wageSubsidy })
        #expect(subsidy.from == "2026-02-01" && subsidy.to == "2026-04-30" && subsidy.state == "stopped")
        let reduction = try #require(intervals.first { $0.kind == .reduction })
        #expect(reduction.to == "2026-03-09" && reduction.state == "lifted" && reduction.title == "planted-ground")
        let vouchers = intervals.filter { $0.kind == .voucher }
        #expect(Set(vouchers.map(\.to)) == ["2026-02-10", "2026-06-30"])
        #expect(StoredTimeline(story.surroundings(), for: .socialOffice).cut(on: "2026-06-01").isEmpty)
    }

    @Test("the assessment of potential stays with the office that made it")
    func potential() {
        var story = CaseStory.registered(engaged: Office.allCases, legalBasis: "law")
        story.given(
            .potentialAssessed(
                PotentialAssessed(
                    level: 3, occupationsSought: ["24422"],
                    personal: PotentialAssessed.Personal(strengths: ["planted-strength"], goals: [], obstacles: []))))
        #expect(story.file(for: .jobCentre)?.potential?.strengths == ["planted-strength"])
        #expect(story.file(for: .jobCentre)?.jobCentre?.level == 3)
        for office in [Office.youthOffice, .socialOffice] {
            #expect(!story.bytes(for: office).contains("planted-strength"))
            #expect(!story.bytes(for: office).contains("24422"))
        }
    }

    @Test("the timeline shows others' measures without titles where only timing is open")
    func timeline() throws {
        let story = supported(legalBasis: "law")
        let own = StoredTimeline(story.surroundings(), for: .youthOffice).cut(on: "2026-06-01")
        #expect(own.contains { $0.kind == .measure && $0.title == "planted-title" && $0.strand == .education })
        #expect(own.contains { $0.kind == .plan })
        let other = StoredTimeline(story.surroundings(), for: .jobCentre).cut(on: "2026-06-01")
        #expect(other.map(\.kind) == [.measure])
        #expect(other.first?.title == nil && other.first?.strand == .education && other.first?.hoursPerWeek == 20)
        let stranger = StoredTimeline(supported().surroundings(), for: .jobCentre).cut(on: "2026-06-01")
        #expect(stranger.isEmpty)
    }

    @Test("an erased person still has a file, without names")
    func erased() throws {
        var story = CaseStory()
        story.given(.participantRegistered(ParticipantRegistered(areaId: "gallus", personal: nil)))
        story.given(.officeEngaged(OfficeEngaged(office: .youthOffice)))
        let file = try #require(story.file(for: .youthOffice))
        #expect(file.identity.isErased && file.identity.familyName == nil && file.youthOffice?.age == nil)
        let stored = try #require(StoredCaseFile(story.surroundings(), for: .youthOffice))
        let row = try #require(YouthOfficeRow(stored))
        #expect(row.common.sortName == "~")
        #expect(try #require(CaseNames.rows(caseId: story.id, state: story.state)?.first).search.isEmpty)
    }
}
