import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import Testing

@testable import CaseViews

@Suite("What a referral shows, and to whom")
struct ReferralTests {
    private static let referral = UUID()

    /// The job centre asks the social office, which is not engaged; the youth office is.
    private func asked(
        to office: Office = .socialOffice, legalBasis: String? = "§ 69 SGB X",
        categories: [ConsentCategory] = [.employment], engaged: [Office] = [.jobCentre, .youthOffice],
        consent: (from: CalendarDate, until: CalendarDate?)? = nil
    ) -> CaseStory {
        var story = CaseStory.registered(engaged: engaged)
        _ = story.givenPlan(.cooperation, of: .jobCentre, goal: "planted-goal", title: "planted-title")
        if let consent {
            story.given(
                .consentGranted(
                    ConsentGranted(
                        categories: categories, recipients: [office], purpose: "help", validUntil: consent.until)),
                on: consent.from)
        }
        story.given(
            .referralRequested(
                ReferralRequested(
                    referralId: Self.referral, from: .jobCentre, to: office, service: "debt counselling",
                    legalBasis: legalBasis, consents: consent == nil ? [] : [1], categories: categories,
                    answerDue: "2026-05-15", personal: ReferralRequested.Personal(reason: "planted-arrears"))),
            on: "2026-05-01")
        return story
    }

    private var accepted: CaseEvent {
        .referralAccepted(
            ReferralAccepted(
                referralId: Self.referral, by: "so-3", completeBy: "2026-07-01",
                personal: ReferralAccepted.Personal(reason: "planted-yes")))
    }

    private var completed: CaseEvent {
        .referralCompleted(
            ReferralCompleted(
                referralId: Self.referral, personal: ReferralCompleted.Personal(result: "planted-instalments")))
    }

    @Test("an office that is asked and not engaged sees whom it is about, and what it is asked for")
    func addressed() throws {
        let story = asked()
        let file = try #require(story.file(for: .socialOffice))
        #expect(file.relation == .addressed && file.since == "2026-05-01" && file.until == nil)
        #expect(file.identity.givenName == "Mira" && file.identity.address?.city == "Frankfurt")
        let referral = try #require(file.referrals.first)
        #expect(file.referrals.count == 1)
        #expect(referral.service == "debt counselling" && referral.reason == "planted-arrears")
        #expect(referral.from == .jobCentre && referral.caseworker == "job-centre-1")
        #expect(referral.legalBasis == "§ 69 SGB X" && referral.categories == [.employment])
        let why = "The job-centre asked the social-office on 2026-05-01 and has no answer."
        #expect(file.due == [Due(on: "2026-05-15", reason: .referralAnswer, subject: Self.referral, why: why)])
        #expect(file.asked.map(\.office) == [.jobCentre] && file.awaited.isEmpty)
        #expect(file.engagements.isEmpty && file.consents.isEmpty && file.plans.isEmpty && file.shared.isEmpty)
        #expect(file.household == nil && file.identity.schooling == nil)
        #expect(story.file(for: .socialOffice, on: "2026-04-30") == nil)
        let bytes = story.bytes(for: .socialOffice)
        for value in ["planted-goal", "planted-title", "planted-schooling", "planted-certificate", "youth-office-1"] {
            #expect(!bytes.contains(value), "\(value)")
        }
        let timeline = StoredTimeline(story.surroundings(), for: .socialOffice).cut(on: "2026-05-01")
        #expect(timeline.map(\.kind) == [.referral])
        #expect(timeline.first?.to == "2026-05-15" && timeline.first?.title == "debt counselling")
    }

    @Test("the office that asked sees that it waits, and for whom")
    func awaited() throws {
        var story = asked()
        let waiting = Awaited(
            office: .socialOffice, on: "2026-05-15", reason: .referralAnswer, subject: Self.referral,
            why: "The job-centre asked the social-office on 2026-05-01 and has no answer.")
        #expect(story.file(for: .jobCentre)?.awaited == [waiting])
        #expect(story.file(for: .jobCentre)?.due.contains { $0.reason == .referralAnswer } == false)
        story.given(accepted, by: .socialOffice, on: "2026-05-10")
        let file = try #require(story.file(for: .jobCentre))
        #expect(file.awaited.map(\.reason) == [.referralCompletion] && file.awaited.first?.on == "2026-07-01")
        #expect(file.referrals.first?.answerReason == "planted-yes" && file.referrals.first?.answeredBy == "so-3")
        #expect(
            story.file(for: .socialOffice)?.due
                == [
                    Due(
                        on: "2026-07-01", reason: .referralCompletion, subject: Self.referral,
                        why: "The social-office said on 2026-05-10 that it acts, and has not told the result.")
                ])
        story.given(completed, by: .socialOffice, on: "2026-05-20")
        #expect(story.file(for: .jobCentre)?.awaited.isEmpty == true)
        #expect(story.file(for: .jobCentre)?.referrals.first?.result == "planted-instalments")
        #expect(story.file(for: .jobCentre)?.referrals.first?.completedOn == "2026-05-20")
    }

    @Test("what has no day comes after what has one")
    func order() {
        let subject = UUID()
        let waits = [nil, "2026-05-02", "2026-05-01"].map { (day: CalendarDate?) in
            Awaited(office: .jobCentre, on: day, reason: .referralAnswer, subject: subject, why: "")
        }
        #expect(waits.sorted().map(\.on) == ["2026-05-01", "2026-05-02", nil])
    }

    @Test("a third office sees nothing of it, whatever consents it has", arguments: [true, false])
    func third(isAnswered: Bool) {
        var story = asked()
        story.given(
            .consentGranted(
                ConsentGranted(
                    categories: [.timing, .employment, .benefits], recipients: [.youthOffice], purpose: "help")))
        if isAnswered {
            story.given(accepted, by: .socialOffice, on: "2026-05-10")
            story.given(completed, by: .socialOffice, on: "2026-05-20")
        }
        let bytes = story.bytes(for: .youthOffice)
        for value in ["debt counselling", "planted-arrears", "planted-yes", "planted-instalments", "2026-05-15"] {
            #expect(!bytes.contains(value), "\(value)")
        }
        #expect(story.file(for: .youthOffice)?.referrals == [])
    }

    @Test("once it is over, an office that is not engaged has not a single row; one that is keeps it")
    func over() {
        for end in [
            [CaseEvent.referralDeclined(ReferralDeclined(referralId: Self.referral))],
            [.referralWithdrawn(ReferralWithdrawn(referralId: Self.referral))], [accepted, completed],
        ] {
            var story = asked()
            var engaged = asked(engaged: Office.allCases)
            for event in end {
                story.given(event, by: .socialOffice, on: "2026-05-10")
                engaged.given(event, by: .socialOffice, on: "2026-05-10")
            }
            #expect(story.bytes(for: .socialOffice).isEmpty)
            #expect(story.file(for: .socialOffice) == nil)
            #expect(story.file(for: .jobCentre)?.referrals.count == 1)
            #expect(engaged.file(for: .socialOffice)?.referrals.count == 1)
            #expect(engaged.file(for: .socialOffice)?.due.contains { $0.subject == Self.referral } == false)
        }
    }

    @Test("what rests on consent is there as long as the consent holds")
    func consent() throws {
        var story = asked(legalBasis: nil, consent: (from: "2026-04-01", until: "2026-05-31"))
        #expect(story.file(for: .socialOffice, on: "2026-05-31")?.until == "2026-05-31")
        #expect(story.file(for: .socialOffice, on: "2026-06-01") == nil)
        var engaged = asked(
            legalBasis: nil, engaged: Office.allCases, consent: (from: "2026-04-01", until: "2026-05-31"))
        #expect(engaged.file(for: .socialOffice, on: "2026-05-31")?.referrals.first?.reason == "planted-arrears")
        let later = try #require(engaged.file(for: .socialOffice, on: "2026-06-01")?.referrals.first)
        #expect(later.reason == nil && later.service == "debt counselling")
        #expect(engaged.file(for: .jobCentre, on: "2026-06-01")?.referrals.first?.reason == "planted-arrears")
        let withdrawal = CaseEvent.consentWithdrawn(
            ConsentWithdrawn(categories: [.employment], recipients: [.socialOffice]))
        story.given(withdrawal, on: "2026-05-01")
        engaged.given(withdrawal, on: "2026-05-01")
        #expect(story.bytes(for: .socialOffice).isEmpty)
        #expect(!engaged.bytes(for: .socialOffice).contains("planted-arrears"))
    }

    @Test("a legal basis covers everything but health")
    func health() {
        var story = asked(categories: [.employment, .health], consent: (from: "2026-04-01", until: nil))
        #expect(story.file(for: .socialOffice) != nil)
        story.given(
            .consentWithdrawn(ConsentWithdrawn(categories: [.health], recipients: [.socialOffice])), on: "2026-05-01")
        #expect(story.file(for: .socialOffice) == nil)
    }

    @Test("worklists show who waits for whom; views are equal to their replay and their rebuild")
    func worklists() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        try await desk.append(CaseStory.registered(given: "Nora"))
        let story = asked()
        try await desk.append(story)
        var brief = asked(legalBasis: nil, consent: (from: "2026-04-01", until: "2026-05-31"))
        brief.given(
            .participantCorrected(
                ParticipantCorrected(personal: ParticipantCorrected.Personal(givenName: "Olga"))))
        try await desk.append(brief)
        try await desk.project()
        func items(
            _ office: Office, on day: CalendarDate = LedgerDesk.today, _ waitsFor: WorklistQuery.WaitsFor? = nil
        ) async throws -> [WorklistItem] {
            try await desk.queries.worklist(
                WorklistQuery(
                    office: office, actor: desk.caseworker(office), day: day, waitsFor: waitsFor, sort: .due)
            ).value.items
        }
        let asked = try await items(.socialOffice)
        #expect(asked.map(\.caseId) == [story.id], "the other consent has ended")
        #expect(asked.first?.relation == .addressed && asked.first?.since == "2026-05-01")
        #expect(asked.first?.dueOn == "2026-05-15" && asked.first?.dueReason == .referralAnswer)
        #expect(asked.first?.askedOn == "2026-05-15" && asked.first?.askedReason == .referralAnswer)
        #expect(asked.first?.awaitedReason == nil)
        #expect(try await items(.socialOffice, on: "2026-05-31").count == 2)
        #expect(try await items(.socialOffice, on: "2026-04-30").isEmpty)
        #expect(try await items(.socialOffice, .us).count == 1)
        #expect(try await items(.socialOffice, .us).first?.agenda.map(\.reason) == [.referralAnswer])
        #expect(try await items(.socialOffice, .others).isEmpty)
        #expect(try await items(.jobCentre).count == 3)
        #expect(try await items(.jobCentre, .us).isEmpty)
        let awaited = try await items(.jobCentre, .others)
        #expect(awaited.count == 2 && awaited.first?.relation == .engaged)
        #expect(awaited.first?.awaitedOn == "2026-05-15" && awaited.first?.awaitedReason == .referralAnswer)
        let actor = desk.caseworker(.socialOffice)
        for (id, day, isVisible) in [
            (story.id, LedgerDesk.today, true), (brief.id, LedgerDesk.today, false), (brief.id, "2026-05-31", true),
        ] as [(UUID, CalendarDate, Bool)] {
            let file = try await desk.queries.caseFile(id, for: .socialOffice, actor: actor, on: day)
            #expect((file.value != nil) == isVisible)
            let timeline = try await desk.queries.timeline(id, for: .socialOffice, actor: actor, on: day)
            #expect((timeline.value != nil) == isVisible)
        }
        #expect(try await desk.verify().damages.isEmpty)
        let before = try await desk.dump()
        _ = try await desk.rebuild().run()
        #expect(try await desk.dump() == before)
        try await desk.append(
            CaseEvent.referralDeclined(ReferralDeclined(referralId: Self.referral)),
            to: story.id.uuidString.lowercased(), by: .socialOffice, on: "2026-05-12")
        try await desk.project()
        #expect(try await items(.socialOffice).isEmpty)
        #expect(try await items(.jobCentre, .others).map(\.caseId) == [brief.id])
    }
}
