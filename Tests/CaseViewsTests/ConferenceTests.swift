import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("What conferences and commitments show, and to whom")
struct ConferenceTests {
    private static let conference = UUID()
    private static let promise = UUID()

    /// The job centre and the youth office meet by consent until the end of July; the youth office commits itself.
    private func met() -> CaseStory {
        var story = CaseStory.registered(engaged: Office.allCases)
        story.given(
            .consentGranted(
                ConsentGranted(
                    categories: [.education], recipients: [.youthOffice], purpose: "help", validUntil: "2026-07-31")),
            on: "2026-04-01")
        story.given(
            .conferenceCalled(
                ConferenceCalled(
                    conferenceId: Self.conference, office: .jobCentre, participants: [.jobCentre, .youthOffice],
                    at: WallTime("2026-05-11T14:00")!, consents: [1], categories: [.education],
                    personal: ConferenceCalled.Personal(place: "planted-hall"))), on: "2026-05-01")
        return story
    }

    private func minuted() -> CaseStory {
        var story = met()
        story.given(
            .conferenceMinuted(
                ConferenceMinuted(
                    conferenceId: Self.conference, commitments: [Self.promise],
                    personal: ConferenceMinuted.Personal(minutes: "planted-minutes"))), on: "2026-05-12")
        story.given(
            .commitmentMade(
                CommitmentMade(
                    commitmentId: Self.promise, office: .youthOffice, to: [.jobCentre], by: "2026-06-15",
                    conferenceId: Self.conference, personal: CommitmentMade.Personal(what: "planted-promise"))),
            on: "2026-05-12")
        return story
    }

    private var kept: CaseEvent {
        .commitmentKept(
            CommitmentKept(
                commitmentId: Self.promise, on: "2026-06-16", personal: CommitmentKept.Personal(note: "planted-note")))
    }

    private func intervals(_ story: CaseStory, for office: Office, on day: CalendarDate = "2026-06-01") -> [String] {
        StoredTimeline(story.surroundings(), for: office).cut(on: day).map {
            "\($0.kind.rawValue) \($0.from)–\($0.to?.description ?? "") \($0.state) \($0.title ?? "")"
        }
    }

    @Test("the offices that meet see when and where, and what is due")
    func called() throws {
        let story = met()
        for office in [Office.jobCentre, .youthOffice] {
            let file = try #require(story.file(for: office))
            #expect(file.conferences.first?.place == "planted-hall" && file.conferences.first?.state == .called)
            #expect(
                file.due.contains(
                    Due(
                        on: "2026-05-11", reason: .conference, subject: Self.conference,
                        why: "The offices meet at 14:00; there are no minutes yet.")))
            #expect(intervals(story, for: office) == ["conference 2026-05-11–2026-05-11 called planted-hall"])
        }
        var cancelled = story
        cancelled.given(
            .conferenceCancelled(
                ConferenceCancelled(
                    conferenceId: Self.conference, personal: ConferenceCancelled.Personal(reason: "planted-reason"))),
            on: "2026-05-10")
        let file = try #require(cancelled.file(for: .youthOffice))
        #expect(file.conferences.first?.reason == "planted-reason" && file.conferences.first?.settledOn == "2026-05-10")
        #expect(!file.due.contains { $0.reason == .conference })
    }

    @Test("a commitment waits for its office, and the others for it")
    func waits() throws {
        var story = minuted()
        let own = try #require(story.file(for: .youthOffice))
        let why = "The youth-office committed itself on 2026-05-12, and has not said what became of it."
        #expect(
            own.due.contains(Due(on: "2026-06-15", reason: .commitment, subject: Self.promise, why: why)))
        #expect(
            own.asked == [
                Awaited(office: .jobCentre, on: "2026-06-15", reason: .commitment, subject: Self.promise, why: why)
            ])
        #expect(own.conferences.first?.commitments == [Self.promise])
        let others = try #require(story.file(for: .jobCentre))
        #expect(
            others.awaited
                == [
                    Awaited(
                        office: .youthOffice, on: "2026-06-15", reason: .commitment, subject: Self.promise, why: why)
                ])
        #expect(!others.due.contains { $0.reason == .commitment })
        #expect(intervals(story, for: .jobCentre).contains("commitment 2026-05-12–2026-06-15 open planted-promise"))
        story.given(kept, by: .youthOffice, on: "2026-06-16")
        let settled = try #require(story.file(for: .jobCentre, on: "2026-06-20"))
        #expect(settled.awaited.isEmpty && settled.commitments.first?.state == .late)
        #expect(settled.commitments.first?.note == "planted-note")
        story.given(
            .commitmentRepliedTo(
                CommitmentRepliedTo(
                    commitmentId: Self.promise, personal: CommitmentRepliedTo.Personal(note: "planted-reply"))),
            by: .youthOffice, on: "2026-06-18")
        #expect(
            story.file(for: .jobCentre, on: "2026-06-20")?.commitments.first?.replies
                == [OfficeCaseFile.Reply(on: "2026-06-18", note: "planted-reply")])
    }

    @Test("what is due to several offices is due once")
    func once() throws {
        var story = met()
        story.given(
            .commitmentMade(
                CommitmentMade(
                    commitmentId: Self.promise, office: .youthOffice, to: [.jobCentre, .socialOffice],
                    by: "2026-06-15")))
        let file = try #require(story.file(for: .youthOffice))
        #expect(file.due.filter { $0.reason == .commitment }.count == 1)
        #expect(file.asked.map(\.office).sorted() == [.jobCentre, .socialOffice])
        #expect(story.file(for: .socialOffice)?.awaited.map(\.office) == [.youthOffice])
    }

    @Test("an office that does not meet sees nothing of it")
    func third() {
        var story = minuted()
        story.given(kept, by: .youthOffice, on: "2026-06-16")
        story.given(
            .consentGranted(
                ConsentGranted(
                    categories: [.timing, .education, .employment], recipients: [.socialOffice], purpose: "help")))
        let bytes = story.bytes(for: .socialOffice)
        for value in ["planted", "2026-05-11", "2026-06-15", Self.promise.uuidString.lowercased()] {
            #expect(
                !bytes.replacing("planted-certificate", with: "").replacing("planted-schooling", with: "")
                    .contains(value), "\(value)")
        }
    }

    @Test("what was said stays with the others as long as the consent holds; the own word stays")
    func consent() throws {
        var story = minuted()
        var other = minuted()
        other.given(
            .commitmentMade(
                CommitmentMade(
                    commitmentId: UUID(), office: .jobCentre, to: [.youthOffice], by: "2026-06-30",
                    conferenceId: Self.conference, personal: CommitmentMade.Personal(what: "planted-fare"))))
        #expect(other.file(for: .youthOffice, on: "2026-07-31")?.commitments.last?.what == "planted-fare")
        let later = try #require(other.file(for: .youthOffice, on: "2026-08-01"))
        #expect(later.commitments.map(\.what) == ["planted-promise", nil])
        #expect(later.conferences.first?.minutes == nil && later.conferences.first?.state == .minuted)
        #expect(other.file(for: .jobCentre, on: "2026-08-01")?.conferences.first?.minutes == "planted-minutes")
        #expect(intervals(other, for: .youthOffice, on: "2026-08-01").contains { $0.hasSuffix("open ") })
        let withdrawal = CaseEvent.consentWithdrawn(
            ConsentWithdrawn(categories: [.education], recipients: [.youthOffice]))
        for changed in [withdrawal] {
            story.given(changed, on: "2026-04-01")
            other.given(changed, on: "2026-04-01")
        }
        #expect(!other.bytes(for: .youthOffice).contains("planted-fare"))
        #expect(!story.bytes(for: .youthOffice).contains("planted-minutes"))
        #expect(story.bytes(for: .youthOffice).contains("planted-promise"))
    }
}
