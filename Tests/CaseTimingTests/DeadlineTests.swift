import CaseTiming
import Foundation
import Ledger
import Testing

@Suite struct DeadlineTests {
    private static func rule(_ periods: RulePeriod..., status: RuleStatus = .inForce) -> Rule {
        Rule(
            id: "a-rule", title: "A rule", source: "§ 1 X", validFrom: "2020-01-01", validTo: "2029-12-31",
            status: status, event: "Something happens.", periods: periods)
    }

    private static func deadlines(
        _ rule: Rule, _ facts: DatedFact..., calendar: HolidayCalendar? = HolidayCalendar(land: .hessen)
    ) throws -> [ComputedDeadline] {
        let book = DeadlineBook(try RuleBook([rule]))
        let found = book.deadlines(of: facts, in: id("case"), calendar: calendar)
        #expect(book.deadlines(of: facts.reversed(), in: id("case"), calendar: calendar) == found)
        return found
    }

    private func fact(
        _ name: String, _ day: CalendarDate, of subject: String = "plan", number: Int = 1,
        kind: String? = "cooperation", office: Office = .jobCentre, since: CalendarDate? = nil
    ) -> DatedFact {
        DatedFact(name, of: id(subject), number: number, kind: kind, office: office, on: day, since: since)
    }

    private static let update = RulePeriod(
        "update", PeriodLength("P6M")!,
        starts: [FactPattern("plan-agreed", kind: "cooperation"), FactPattern("plan-reviewed", kind: "cooperation")],
        ends: [FactPattern("plan-reviewed"), FactPattern("plan-concluded")])

    /// § 188 (2) BGB: six months from 31 August end on the last day of February.
    @Test func aPeriodBeginsWithAFact() throws {
        let found = try Self.deadlines(Self.rule(Self.update), fact("plan-agreed", "2026-08-31"))
        #expect(found.map(\.endsOn) == ["2027-02-28"] && found.map(\.metOn) == [nil])
        #expect(found.first?.office == .jobCentre && found.first?.subject == id("plan"))
        #expect(try Self.deadlines(Self.rule(Self.update), fact("plan-agreed", "2026-08-31", kind: "other")).isEmpty)
        #expect(try Self.deadlines(Self.rule(Self.update), fact("plan-drafted", "2026-08-31")).isEmpty)
    }

    @Test func anotherFactEndsItAndBeginsTheNext() throws {
        let found = try Self.deadlines(
            Self.rule(Self.update), fact("plan-agreed", "2026-03-02"), fact("plan-reviewed", "2026-08-20"),
            fact("plan-reviewed", "2027-02-01", number: 2), fact("plan-concluded", "2026-08-01", of: "another"))
        #expect(found.map(\.endsOn) == ["2026-09-02", "2027-02-20", "2027-08-01"])
        #expect(found.map(\.metOn) == ["2026-08-20", "2027-02-01", nil])
        #expect(Set(found.map(\.id)).count == 3)
    }

    @Test func whatHappensTwiceOnADayEndsWhatTheFirstBegan() throws {
        let found = try Self.deadlines(
            Self.rule(Self.update), fact("plan-agreed", "2026-03-02"), fact("plan-reviewed", "2026-03-02"),
            fact("plan-reviewed", "2026-03-02", number: 2))
        #expect(found.filter { $0.metOn == nil }.count == 1 && found.filter { $0.metOn == "2026-03-02" }.count == 2)
    }

    @Test func aCorrectedDayIsTheSameDeadline() throws {
        let first = try Self.deadlines(Self.rule(Self.update), fact("plan-agreed", "2026-03-02"))
        let second = try Self.deadlines(Self.rule(Self.update), fact("plan-agreed", "2026-03-09"))
        #expect(first.map(\.id) == second.map(\.id) && second.map(\.endsOn) == ["2026-09-09"])
    }

    @Test func theVersionOfTheFactsDayIsApplied() throws {
        #expect(try Self.deadlines(Self.rule(Self.update), fact("plan-agreed", "2019-12-31")).isEmpty)
        #expect(try Self.deadlines(Self.rule(Self.update), fact("plan-agreed", "2030-01-01")).isEmpty)
        let unverified = Self.rule(Self.update, status: .unverified)
        #expect(try Self.deadlines(unverified, fact("plan-agreed", "2026-01-01")).isEmpty)
    }

    /// Two weeks from 20 March 2026 would end on Good Friday.
    @Test func anEndMovesToAWorkingDayWhereThePlaceIsKnown() throws {
        let forward = Self.rule(
            RulePeriod("forward", PeriodLength("P2W")!, movesToWorkingDay: true, starts: [FactPattern("plan-agreed")]))
        #expect(try Self.deadlines(forward, fact("plan-agreed", "2026-03-20")).map(\.endsOn) == ["2026-04-07"])
        #expect(
            try Self.deadlines(forward, fact("plan-agreed", "2026-03-20"), calendar: nil).map(\.endsOn)
                == ["2026-04-03"])
    }

    /// Posted on Monday, 2 March 2026, notified on 6 March: a month ends on 6 April, Easter Monday.
    @Test func aPostedDecisionCountsFromItsNotification() throws {
        let object = Self.rule(
            RulePeriod(
                "object", PeriodLength("P1M")!, movesToWorkingDay: true, starts: [FactPattern("reduction-decided")],
                isPosted: true))
        #expect(try Self.deadlines(object, fact("reduction-decided", "2026-03-02")).map(\.endsOn) == ["2026-04-07"])
    }

    @Test func aPeriodBeforeAnEnd() throws {
        let handover = Self.rule(
            RulePeriod(
                "agree", PeriodLength("P1Y")!, isBefore: true, starts: [FactPattern("measure-ends")],
                endsInCase: [FactPattern("referral-accepted")]))
        let ends = fact("measure-ends", "2028-02-29", since: "2026-03-02")
        #expect(try Self.deadlines(handover, ends).map(\.endsOn) == ["2027-02-28"])
        #expect(
            try Self.deadlines(handover, ends, fact("referral-accepted", "2026-05-01", of: "r")).map(\.metOn)
                == ["2026-05-01"])
        #expect(
            try Self.deadlines(handover, ends, fact("referral-accepted", "2026-05-01", of: "r", office: .youthOffice))
                .map(\.metOn) == [nil])
        #expect(
            try Self.deadlines(handover, ends, fact("referral-accepted", "2026-03-01", of: "r")).map(\.metOn) == [nil])
        #expect(try Self.deadlines(handover, fact("measure-ends", "2026-12-31", since: "2026-03-02")).isEmpty)
    }

    @Test func aParagraphIsTheKindOfAllItsSections() {
        let pattern = FactPattern("referral-requested", kind: "§ 14 SGB IX")
        for (basis, isMeant) in [
            ("§ 14 SGB IX", true), ("§ 14 Abs. 1 SGB IX", true), ("§14 Abs. 1 Satz 2 SGB IX", true),
            ("§ 14 SGB XII", false), ("§ 141 SGB IX", false), ("SGB IX", false), ("§ 15 SGB IX", false),
        ] {
            #expect(pattern.matches(fact("referral-requested", "2026-03-02", kind: basis)) == isMeant, "\(basis)")
        }
        #expect(!pattern.matches(fact("referral-requested", "2026-03-02", kind: nil)))
    }

    @Test func anUnknownFactIsAFlaw() {
        let flawed = Self.rule(
            RulePeriod("a", PeriodLength("P2W")!, starts: [FactPattern("plan-agred")]),
            RulePeriod("b", PeriodLength("P2W")!, ends: [FactPattern("plan-agreed")]))
        #expect(
            throws: RuleBookFlaws(flaws: [
                "a-rule, version of 2020-01-01: the period a names the fact 'plan-agred', which there is not.",
                "a-rule, version of 2020-01-01: the period b says what ends it and not what starts it.",
            ])
        ) { try RuleBook([flawed]) }
    }

    // MARK: Findings

    private func household(_ former: [CalendarDate] = []) -> Timeline {
        Timeline(
            scope: .singleCase(id("ada")), members: [id("ada")], plans: [], measures: [], relations: [],
            deadlines: [
                TimedDeadline(
                    id: id("deadline"), caseID: id("ada"), office: .jobCentre, subject: id("plan"),
                    title: "Cooperation plan", period: "agree-update", source: "§ 15 SGB II", endsOn: "2026-09-02",
                    formerEnds: former)
            ])
    }

    @Test func itIsFoundTwoWeeksAheadAndUntilItIsMet() {
        let given = Given(timeline: household())
        given.when(today: "2026-08-18").thenNothing().thenNextChange("2026-08-19")
        given.when(today: "2026-08-19").then(key("deadline", of: "deadline")).thenNextChange(nil)
            .explained(
                "A period of the job centre in this case ends with 2026-09-02: Cooperation plan, agree update (§ 15 SGB "
                    + "II).")
        given.when(today: "2027-01-01").then(key("deadline", of: "deadline"))
        Given(timeline: household(["2026-08-30", "2026-08-31"])).when(today: "2026-08-19")
            .explained(
                "A period of the job centre in this case ends with 2026-09-02: Cooperation plan, agree update (§ 15 SGB "
                    + "II). Before, the day was 2026-08-30 and 2026-08-31.")
    }

    @Test func anOfficeGoesByItsOwnNumber() {
        let thresholds = TimingThresholds(offices: [.jobCentre: OfficeThresholds(deadlineDays: 0)])
        let given = Given(timeline: household())
        given.when(today: "2026-09-01", thresholds).thenNothing().thenNextChange("2026-09-02")
        given.when(today: "2026-09-02", thresholds).then(key("deadline", of: "deadline"))
    }

    @Test func todayIsNotOverdue() {
        #expect(DeadlineStanding(of: "2026-09-02", on: "2026-09-01") == .upcoming)
        #expect(DeadlineStanding(of: "2026-09-02", on: "2026-09-02") == .dueToday)
        #expect(DeadlineStanding(of: "2026-09-02", on: "2026-09-03") == .overdue)
    }
}
