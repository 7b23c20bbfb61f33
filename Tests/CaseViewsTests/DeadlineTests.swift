import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("Deadlines in views")
struct DeadlineTests {
    private static let deadline = UUID()

    /// A youth office that has to act by 15 June, beside a job centre to which all is open.
    private static func story(_ events: CaseEvent...) -> CaseStory {
        var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice])
        story.given(
            .consentGranted(
                ConsentGranted(
                    categories: [.timing, .education, .employment, .youthSupport], recipients: [.jobCentre],
                    purpose: "p")), by: .youthOffice)
        story.given(
            .deadlineSet(
                DeadlineSet(
                    deadlineId: deadline,
                    rule: RuleReference(
                        id: "transition-out-of-youth-support", version: "2021-06-10", source: "§§ 36b, 41 SGB VIII"),
                    title: "Transition out of youth support", period: "agree-handover", office: .youthOffice,
                    subject: UUID(), from: "2027-06-15", endsOn: "2026-06-15")), by: nil, on: "2026-02-01")
        for event in events { story.given(event, by: .youthOffice, on: "2026-03-02") }
        return story
    }

    private static let extended = CaseEvent.deadlineExtended(
        DeadlineExtended(
            deadlineId: deadline, until: "2026-07-31",
            personal: DeadlineExtended.Personal(reason: "planted-reason")))

    @Test("the office that has to act sees it, and how its end lies to the day; no other does, whatever is open")
    func files() throws {
        for (day, standing): (CalendarDate, DeadlineStanding) in [
            ("2026-06-14", .upcoming), ("2026-06-15", .dueToday), ("2026-06-16", .overdue),
        ] {
            let file = try #require(Self.story().file(for: .youthOffice, on: day))
            #expect(file.deadlines.map(\.standing) == [standing] && file.deadlines.map(\.state) == ["running"])
        }
        #expect(try #require(Self.story().file(for: .jobCentre)).deadlines.isEmpty)
        #expect(!Self.story(Self.extended).bytes(for: .jobCentre).contains("planted-reason"))
        #expect(!Self.story().bytes(for: .jobCentre).contains("Transition out"))
    }

    @Test("the old day stays beside the new one, with the reason")
    func former() throws {
        let deadline = try #require(Self.story(Self.extended).file(for: .youthOffice)?.deadlines.first)
        #expect(deadline.endsOn == "2026-07-31" && deadline.formerEnds.map(\.endsOn) == ["2026-06-15"])
        #expect(deadline.formerEnds.map(\.reason) == ["planted-reason"])
        #expect(deadline.formerEnds.map(\.change) == ["extended"])
    }

    @Test("it is due to that office while it runs, by the rule")
    func dues() {
        func dues(_ story: CaseStory) -> [Due] {
            story.state.dues(of: .youthOffice).filter { $0.reason == .deadline }
        }
        #expect(dues(Self.story()).map(\.on) == ["2026-06-15"])
        #expect(dues(Self.story()).map(\.rule) == ["transition-out-of-youth-support"])
        #expect(dues(Self.story(Self.extended)).map(\.on) == ["2026-07-31"])
        let suspended = CaseEvent.deadlineSuspended(DeadlineSuspended(deadlineId: Self.deadline, on: "2026-03-02"))
        #expect(dues(Self.story(suspended)).isEmpty)
        let met = CaseEvent.deadlineClosed(
            DeadlineClosed(deadlineId: Self.deadline, outcome: .met, on: "2026-03-01"))
        #expect(dues(Self.story(met)).isEmpty)
        #expect(Self.story().state.dues(of: .jobCentre).allSatisfy { $0.reason != .deadline })
    }

    @Test("it is in the calendar, as the same entry when it moves")
    func calendar() throws {
        func entries(_ story: CaseStory) throws -> [CalendarEntry] {
            try #require(story.file(for: .youthOffice)).calendarEntries(from: "2026-06-01").filter {
                if case .deadline = $0.content { true } else { false }
            }
        }
        let (before, after) = (try entries(Self.story()), try entries(Self.story(Self.extended)))
        #expect(before.map(\.content) == [.deadline(on: "2026-06-15")])
        #expect(after.map(\.content) == [.deadline(on: "2026-07-31")] && after.map(\.subject) == before.map(\.subject))
    }

    @Test("it is an interval on that office's timeline, unless it turned out not to count")
    func timeline() {
        func intervals(_ story: CaseStory, _ office: Office) -> [TimelineInterval] {
            StoredTimeline(story.surroundings(), for: office).cut(on: "2026-06-01").filter { $0.kind == .deadline }
        }
        // It counts towards an end, so the day by which is all there is.
        #expect(intervals(Self.story(), .youthOffice).map(\.from) == ["2026-06-15"])
        #expect(intervals(Self.story(), .youthOffice).map(\.to) == ["2026-06-15"])
        #expect(intervals(Self.story(), .jobCentre).isEmpty)
        let void = CaseEvent.deadlineClosed(
            DeadlineClosed(deadlineId: Self.deadline, outcome: .void, on: "2026-03-01"))
        #expect(intervals(Self.story(void), .youthOffice).isEmpty)
    }
}
