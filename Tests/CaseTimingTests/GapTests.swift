import CaseTiming
import Ledger
import Testing

@Suite struct GapTests {
    @Test func twentyEightDaysAreInStepAndTheTwentyNinthIsNot() {
        let household = given(.plan(.jobCentre, from: "2026-03-01"))
        household.when(today: "2026-03-28").thenNothing().thenNextChange("2026-03-29")
        household.when(today: "2026-03-29").then(gapKey("ada", "2026-03-01")).thenNextChange(nil)
            .explained(
                "Since 2026-03-01 no office has a measure running in this case although a plan of the job "
                    + "centre is in force; more than 28 days are out of step.")
    }

    @Test func theThresholdIsConfigurable() {
        let household = given(.plan(.jobCentre, from: "2026-03-01"))
        household.when(today: "2026-03-07", TimingThresholds(gapDays: 7)).thenNothing()
        household.when(today: "2026-03-08", TimingThresholds(gapDays: 7)).then(gapKey("ada", "2026-03-01"))
        household.when(today: "2026-03-01", TimingThresholds(gapDays: 0)).then(gapKey("ada", "2026-03-01"))
    }

    @Test func anOpenGapStaysTheSameAsDaysPass() {
        let household = given(.plan(.jobCentre, from: "2026-03-01"))
        let first = household.when(today: "2026-03-29").report.findings
        #expect(household.when(today: "2026-09-01").report.findings == first)
        #expect(first.first?.days == nil && first.first?.to == nil && first.first?.from == "2026-03-01")
    }

    @Test func withoutAPlanInForceThereIsNoGap() {
        given(
            .measure(
                "welding", .jobCentre, "2026-01-01", "2026-01-31", .completed(from: "2026-01-01", on: "2026-01-31"))
        )
        .when(today: "2026-06-01").thenNothing().thenNextChange(nil)
        given(.plan(.jobCentre, from: "2026-01-01", through: "2026-05-31"))
            .when(today: "2026-06-01").thenNothing().thenNextChange(nil)
        given(.plan(.jobCentre, from: "2026-01-01", through: "2026-05-31"))
            .when(today: "2026-05-31").then(gapKey("ada", "2026-01-01")).thenNextChange("2026-06-01")
        given(.plan(.jobCentre, from: "2026-07-01")).when(today: "2026-06-01").thenNothing()
            .thenNextChange("2026-07-01")
    }

    @Test func anyOfficesMeasureFillsTheGap() {
        given(
            .plan(.jobCentre, from: "2026-03-01"),
            .measure("coaching", .youthOffice, "2026-03-10", "2026-06-30", .running(since: "2026-03-10"))
        )
        .when(today: "2026-05-01").thenNothing()
    }

    @Test func anotherMembersMeasureDoesNot() {
        given(
            .plan(.jobCentre, from: "2026-03-01"),
            .measure("coaching", .youthOffice, of: "ben", "2026-03-10", "2026-06-30", .running(since: "2026-03-10"))
        )
        .when(today: "2026-05-01").then(gapKey("ada", "2026-03-01"))
    }

    @Test func aGapAheadIsFoundAsSoonAsItIsKnown() {
        let household = given(
            .plan(.jobCentre, from: "2026-01-01"),
            .measure("welding", .jobCentre, "2026-01-01", "2026-03-31", .running(since: "2026-01-01")),
            .measure("forklift", .jobCentre, "2026-05-01", "2026-06-30"))
        let found = household.when(today: "2026-01-15").then(gapKey("ada", "2026-04-01"))
            .explained(
                "From 2026-04-01 to 2026-04-30, 30 days, no office has a measure planned or running in this case although "
                    + "a plan of the job centre is in force; more than 28 days are out of step.")
        #expect(found.only?.days == 30 && found.only?.to == "2026-04-30")
        #expect(found.only?.owner == .singleCase(id("ada")) && found.only?.offices == [.jobCentre])
    }

    @Test func aGapAheadOfExactlyTwentyEightDaysIsInStep() {
        func household(next: CalendarDate) -> Given {
            given(
                .plan(.jobCentre, from: "2026-01-01"),
                .measure("welding", .jobCentre, "2026-01-01", "2026-03-31", .running(since: "2026-01-01")),
                .measure("forklift", .jobCentre, next, "2026-06-30"))
        }
        household(next: "2026-04-29").when(today: "2026-01-15").thenNothing()
        household(next: "2026-04-30").when(today: "2026-01-15").then(gapKey("ada", "2026-04-01"))
    }

    @Test func aGapThatHasPassedIsHistory() {
        let household = given(
            .plan(.jobCentre, from: "2026-01-01"),
            .measure("welding", .jobCentre, "2026-03-01", "2026-12-31", .running(since: "2026-03-01")))
        household.when(today: "2026-02-28").then(gapKey("ada", "2026-01-01"))
        household.when(today: "2026-03-01").thenNothing()
    }

    @Test func aMeasureThatOutlivesItsWindowRunsUntilItsEndIsRecorded() {
        let overdue = given(
            .plan(.jobCentre, from: "2026-01-01"),
            .measure("welding", .jobCentre, "2026-01-01", "2026-03-31", .running(since: "2026-01-01")))
        overdue.when(today: "2026-08-01").thenNothing().thenNextChange(nil)
        let ended = given(
            .plan(.jobCentre, from: "2026-01-01"),
            .measure(
                "welding", .jobCentre, "2026-01-01", "2026-03-31", .completed(from: "2026-01-01", on: "2026-03-31")))
        ended.when(today: "2026-04-28").thenNothing().thenNextChange("2026-04-29")
        ended.when(today: "2026-04-29").then(gapKey("ada", "2026-04-01"))
    }

    @Test func aPlannedMeasureCountsOnlyFromTomorrowOn() {
        let household = given(
            .plan(.jobCentre, from: "2026-03-01"), .measure("welding", .jobCentre, "2026-03-29", "2026-04-10"))
        household.when(today: "2026-03-28").thenNothing().thenNextChange("2026-03-29")
        household.when(today: "2026-03-29").then(gapKey("ada", "2026-03-01"))
        household.when(today: "2026-04-20").then(gapKey("ada", "2026-03-01"))
    }

    @Test func aLateStartDoesNotAlarmBeforeTheDaysAreGone() {
        given(
            .plan(.jobCentre, from: "2026-03-01"),
            .measure("first aid", .jobCentre, "2026-03-01", "2026-03-31", .running(since: "2026-03-01")),
            .measure("welding", .jobCentre, "2026-04-01", "2026-06-30"),
            .measure("forklift", .jobCentre, "2026-10-01", "2026-12-31")
        )
        .when(today: "2026-03-31").then(gapKey("ada", "2026-07-01"))
        given(
            .plan(.jobCentre, from: "2026-03-01"),
            .measure(
                "first aid", .jobCentre, "2026-03-01", "2026-03-31", .completed(from: "2026-03-01", on: "2026-03-31")),
            .measure("welding", .jobCentre, "2026-04-01", "2026-06-30"),
            .measure("forklift", .jobCentre, "2026-07-01", "2026-12-31")
        )
        .when(today: "2026-04-20").thenNothing()
    }

    @Test func aPauseEndsActivityAsFarAsIsKnown() {
        let household = given(
            .plan(.jobCentre, from: "2026-01-01"),
            .measure(
                "welding", .jobCentre, "2026-01-01", "2026-12-31", .paused(since: "2026-01-01", on: "2026-03-01")))
        household.when(today: "2026-03-28").thenNothing()
        household.when(today: "2026-03-29").then(gapKey("ada", "2026-03-01"))
    }

    @Test func aPauseThatIsOverLeavesNoFinding() {
        given(
            .plan(.jobCentre, from: "2026-01-01"),
            .measure(
                "welding", .jobCentre, "2026-01-01", "2026-12-31", .running(since: "2026-01-01"),
                pauses: [days("2026-02-01", "2026-04-30")])
        )
        .when(today: "2026-05-01").thenNothing()
    }

    @Test func anAbandonedMeasureCountsUpToItsLastDayAndNotAtAllIfItNeverStarted() {
        given(
            .plan(.jobCentre, from: "2026-01-01"),
            .measure(
                "welding", .jobCentre, "2026-01-01", "2026-12-31", .abandoned(from: "2026-01-01", on: "2026-02-10"))
        )
        .when(today: "2026-04-01").then(gapKey("ada", "2026-02-11"))
        given(
            .plan(.jobCentre, from: "2026-01-01"),
            .measure("welding", .jobCentre, "2026-01-01", "2026-12-31", .abandoned(from: nil, on: "2026-02-10"))
        )
        .when(today: "2026-04-01").then(gapKey("ada", "2026-01-01"))
    }

    @Test func plansOfAllOfficesAreUnited() {
        let household = given(
            .plan(.jobCentre, from: "2026-03-20"),
            .plan(.youthOffice, "youth-support", from: "2026-03-01", through: "2026-03-19"))
        household.when(today: "2026-03-29").then(gapKey("ada", "2026-03-01"))
            .explained(
                "Since 2026-03-01 no office has a measure running in this case although a plan of the job "
                    + "centre is in force; more than 28 days are out of step.")
        let together = given(
            .plan(.socialOffice, "participation", from: "2026-02-01"),
            .plan(.jobCentre, from: "2026-02-20"),
            .plan(.youthOffice, "youth-support", from: "2026-03-01"))
        let found = together.when(today: "2026-04-01").then(gapKey("ada", "2026-02-01"))
        #expect(found.only?.offices == [.jobCentre, .youthOffice, .socialOffice])
        found.explained(
            "Since 2026-02-01 no office has a measure running in this case although a plan of the job centre, "
                + "a plan of the youth office and a plan of the social office are in force; more than 28 days are out of step."
        )
    }

    @Test func daysBetweenTwoPlansAreNotOutOfStep() {
        let household = given(
            .plan(.jobCentre, from: "2026-01-01", through: "2026-01-31"), .plan(.jobCentre, from: "2026-03-01"))
        household.when(today: "2026-03-28").thenNothing()
        household.when(today: "2026-03-29").then(gapKey("ada", "2026-03-01"))
    }

    @Test func daysToThePlansEndAreNotAGapAheadBecausePlanningMayFillThem() {
        given(
            .plan(.jobCentre, from: "2026-01-01", through: "2026-12-31"),
            .measure("welding", .jobCentre, "2026-01-01", "2026-03-31", .running(since: "2026-01-01"))
        )
        .when(today: "2026-02-01").thenNothing()
    }

    @Test func aPlanThatEndsBeforeItBeginsIsNeverInForce() {
        given(.plan(.jobCentre, from: "2026-03-01", through: "2026-02-01")).when(today: "2026-06-01").thenNothing()
    }

    @Test func everyMemberHasGapsOfTheirOwn() {
        let found = given(
            .plan(.jobCentre, of: "ada", from: "2026-03-01"), .plan(.jobCentre, of: "ben", from: "2026-03-02")
        )
        .when(today: "2026-04-30")
        #expect(Set(found.report.findings.map(\.key)) == [gapKey("ada", "2026-03-01"), gapKey("ben", "2026-03-02")])
        #expect(Set(found.report.findings.map(\.owner)) == [.singleCase(id("ada")), .singleCase(id("ben"))])
    }
}
