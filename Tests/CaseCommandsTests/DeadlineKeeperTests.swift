import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseCommands

@Suite("What has to be recorded of deadlines")
struct DeadlineKeeperTests {
    /// A case that is engaged since 2 March, which begins a month in which something can be done.
    private struct Story {
        var state = CaseState()
        let id = UUID()
        let book: DeadlineBook

        init(lapses: Bool = true, _ length: String = "P1M", movesToWorkingDay: Bool = false) throws {
            book = DeadlineBook(
                try RuleBook([
                    Rule(
                        id: "objection", title: "Objection", source: "§ 84 SGG", validFrom: "2020-01-01",
                        event: "A decision was notified.",
                        periods: [
                            RulePeriod(
                                "object", try #require(PeriodLength(length)), movesToWorkingDay: movesToWorkingDay,
                                starts: [FactPattern("office-engaged")],
                                endsInCase: [FactPattern("potential-assessed")], lapses: lapses)
                        ])
                ]))
            evolve(
                .participantRegistered(
                    ParticipantRegistered(
                        areaId: "gallus", languages: ["de"],
                        personal: ParticipantRegistered.Personal(
                            givenName: "A", familyName: "B", bornOn: "1990-04-05"))))
            evolve(.officeEngaged(OfficeEngaged(office: .jobCentre)))
        }

        mutating func evolve(_ event: CaseEvent, on day: CalendarDate = "2026-03-02") {
            CaseDecider.evolve(
                &state,
                with: Fact(
                    event, authorship: Authorship(actor: "a", role: .caseworker, office: .jobCentre),
                    effectiveOn: day, recordedAt: Instant(microsecondsSince1970: 0), version: 1, position: 1))
        }

        func changes(on today: CalendarDate, by other: DeadlineBook? = nil) -> DeadlineKeeper.Changes {
            let facts = state.isClosed ? [] : state.datedFacts(of: id)
            let calendar = HolidayCalendar(land: .hessen)
            return DeadlineKeeper.changes(
                in: state, to: (other ?? book).deadlines(of: facts, in: id, calendar: calendar), on: today,
                calendar: calendar)
        }

        /// Takes in what is to be recorded.
        mutating func record(on today: CalendarDate) throws {
            let context = DecisionContext(
                actor: Actor(subject: "timing", role: .worker), effectiveOn: today, today: today)
            for command in changes(on: today).commands {
                for event in try CaseDecider.decide(command, given: state, in: context) { evolve(event, on: today) }
            }
        }

        var deadline: Deadline { get throws { try #require(state.deadlines.first) } }
    }

    @Test("each once, and the day after the last of what simply runs out")
    func lapse() throws {
        var story = try Story()
        #expect(story.changes(on: "2026-03-02").commands.count == 1)
        #expect(story.changes(on: "2026-03-02").nextChange == "2026-04-03")
        try story.record(on: "2026-03-02")
        #expect(story.changes(on: "2026-04-02").commands.isEmpty)
        #expect(
            story.changes(on: "2026-04-03").commands == [
                .closeDeadline(
                    CloseDeadline(deadlineId: try story.deadline.deadlineId, outcome: .lapsed, on: "2026-04-02"))
            ])
        try story.record(on: "2026-04-03")
        #expect(story.changes(on: "2026-05-01") == DeadlineKeeper.Changes())
    }

    @Test("nothing for days that pass where something is to be done")
    func overdue() throws {
        var story = try Story(lapses: false)
        try story.record(on: "2026-03-02")
        #expect(story.changes(on: "2026-12-31") == DeadlineKeeper.Changes())
        #expect(try story.deadline.status == .running)
    }

    @Test("that it was met, as of what met it")
    func met() throws {
        var story = try Story()
        try story.record(on: "2026-03-02")
        story.evolve(.potentialAssessed(PotentialAssessed(personal: nil)), on: "2026-03-20")
        try story.record(on: "2026-03-21")
        #expect(try story.deadline.status == .met && story.deadline.closure?.on == "2026-03-20")
        #expect(story.changes(on: "2026-05-01") == DeadlineKeeper.Changes())
    }

    @Test("what was given more time runs on, and what is suspended does not run out")
    func moreTime() throws {
        var story = try Story()
        try story.record(on: "2026-03-02")
        let id = try story.deadline.deadlineId
        story.evolve(.deadlineExtended(DeadlineExtended(deadlineId: id, until: "2026-06-30")))
        #expect(story.changes(on: "2026-05-01").commands.isEmpty)
        #expect(story.changes(on: "2026-05-01").nextChange == "2026-07-01")
        story.evolve(.deadlineSuspended(DeadlineSuspended(deadlineId: id, on: "2026-05-01")))
        #expect(story.changes(on: "2026-09-01") == DeadlineKeeper.Changes())
        story.evolve(.deadlineResumed(DeadlineResumed(deadlineId: id, on: "2026-09-01", days: 123)))
        #expect(story.changes(on: "2026-09-01").nextChange == "2026-11-01")
    }

    /// Four weeks and five days from Monday, 2 March 2026, end on Good Friday, which is moved to 7 April.
    @Test("with the days on which it did not run it ends on a working day, counted from the day before it was moved")
    func suspendedUntilADayOff() throws {
        for (resumed, end) in [
            // One day more is Holy Saturday; four more are the Tuesday itself; eight more are a Saturday.
            ("2026-03-11", "2026-04-07"), ("2026-03-14", "2026-04-07"), ("2026-03-15", "2026-04-08"),
            ("2026-03-18", "2026-04-13"),
        ] as [(CalendarDate, CalendarDate)] {
            var story = try Story(lapses: false, "P32D", movesToWorkingDay: true)
            try story.record(on: "2026-03-02")
            #expect(try story.deadline.endsOn == "2026-04-07")
            let id = try story.deadline.deadlineId
            story.evolve(.deadlineSuspended(DeadlineSuspended(deadlineId: id, on: "2026-03-10")))
            #expect(story.changes(on: "2026-03-10") == DeadlineKeeper.Changes())
            story.evolve(
                .deadlineResumed(DeadlineResumed(deadlineId: id, on: resumed, days: resumed - "2026-03-10")))
            try story.record(on: resumed)
            #expect(try story.deadline.endsOn == end)
            #expect(try story.deadline.formerEnds.map(\.endsOn) == (end == "2026-04-07" ? [] : ["2026-04-07"]))
            #expect(story.changes(on: resumed) == DeadlineKeeper.Changes())
        }
    }

    @Test("what no rule sets any more does not count")
    func ruleIsGone() throws {
        var story = try Story()
        try story.record(on: "2026-03-02")
        #expect(
            story.changes(on: "2026-03-10", by: DeadlineBook(RuleBook())).commands == [
                .closeDeadline(CloseDeadline(deadlineId: try story.deadline.deadlineId, outcome: .void))
            ])
    }

    @Test("a closed case has none, and one that is opened again has them again")
    func closedAndReopened() throws {
        var story = try Story(lapses: false)
        try story.record(on: "2026-03-02")
        story.evolve(.caseClosed(CaseClosed()), on: "2026-03-10")
        try story.record(on: "2026-03-10")
        #expect(try story.deadline.status == .void)
        #expect(story.changes(on: "2026-03-11") == DeadlineKeeper.Changes())
        story.evolve(.caseReopened(CaseReopened()), on: "2026-03-12")
        try story.record(on: "2026-03-12")
        #expect(try story.deadline.status == .running && story.deadline.formerEnds.isEmpty)
        #expect(story.changes(on: "2026-03-13") == DeadlineKeeper.Changes())
    }
}
