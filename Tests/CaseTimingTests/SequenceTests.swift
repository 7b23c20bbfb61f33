import CaseTiming
import Ledger
import Testing

@Suite struct SequenceTests {
    private let officesKey = "sequence:job-centre:youth-office"

    @Test func concurrentMeasuresThatFallApartAreASequence() {
        func household(tolerance: Int) -> Given {
            given(
                .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"),
                .measure("coaching", .youthOffice, of: "ben", "2026-05-22", "2026-06-10"),
                .relation("welding", .concurrent, "coaching", tolerance: tolerance))
        }
        household(tolerance: 10).when(today: "2026-01-01").thenNothing()
        let found = household(tolerance: 9).when(today: "2026-01-01").then(pairKey("sequence", "welding", "coaching"))
        #expect(found.only?.kind == .sequence && found.only?.days == 1)
        #expect(found.only?.owner == .singleCase(id("ada")))
    }

    @Test func concurrentAsksNothingOnceOneHasEnded() {
        given(
            .measure(
                "welding", .jobCentre, "2026-03-01", "2026-05-31", .completed(from: "2026-03-01", on: "2026-04-01")),
            .measure("coaching", .youthOffice, "2026-05-22", "2026-06-10"),
            .relation("welding", .concurrent, "coaching")
        )
        .when(today: "2026-04-02").thenNothing()
    }

    @Test func twoOfficesThatNeverActOnTheSameDayAreASequence() {
        let found = given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31", .running(since: "2026-03-02")),
            .measure("forklift", .jobCentre, "2026-01-01", "2026-02-28"),
            .measure("coaching", .youthOffice, of: "ben", "2026-09-01", "2026-12-31")
        )
        .when(today: "2026-03-10").then(officesKey)
        .explained(
            "The job centre and the youth office each have measures for this household within 12 months, but on no day "
                + "both: the nearest are the job centre's from 2026-03-02 to 2026-05-31 and the youth office's from "
                + "2026-09-01 to 2026-12-31, with 92 days between them.")
        #expect(found.only?.owner == .household(id("household")))
        #expect(found.only?.measures == [id("welding"), id("coaching")])
        #expect(found.only?.cases == [id("ada"), id("ben")].sorted())
        #expect(found.only?.from == "2026-03-02" && found.only?.to == "2026-12-31" && found.only?.days == 92)
    }

    @Test func inACaseWithoutAHouseholdItIsRecordedInTheCase() {
        let found = given(
            scope: .singleCase(id("ada")), .measure("coaching", .youthOffice, "2026-03-01", "2026-05-31"),
            .measure("welding", .jobCentre, "2026-06-01", "2026-12-31")
        )
        .when(today: "2026-02-01").then(officesKey)
        .explained(
            "The job centre and the youth office each have measures in this case within 12 months, but on no day both: the "
                + "nearest are the youth office's from 2026-03-01 to 2026-05-31 and the job centre's from 2026-06-01 to "
                + "2026-12-31, with no day between them.")
        #expect(found.only?.owner == .singleCase(id("ada")))
    }

    @Test func oneCommonDayIsEnough() {
        given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"),
            .measure("coaching", .youthOffice, "2026-05-31", "2026-12-31")
        )
        .when(today: "2026-03-10").thenNothing()
    }

    @Test func aCommonDayThatHasPassedDoesNotCount() {
        func household(_ progress: MeasureProgress) -> Given {
            given(
                .measure("welding", .jobCentre, "2026-03-01", "2026-05-31", progress),
                .measure("forklift", .jobCentre, "2026-10-01", "2026-12-31"),
                .measure("coaching", .youthOffice, "2026-05-01", "2026-08-31", .running(since: "2026-05-01")))
        }
        household(.planned).when(today: "2026-05-31").thenNothing().thenNextChange("2026-06-01")
        household(.planned).when(today: "2026-06-01").then(officesKey)
        household(.running(since: "2026-03-01")).when(today: "2026-06-01").thenNothing()
        household(.completed(from: "2026-03-01", on: "2026-05-31")).when(today: "2026-06-01").then(officesKey)
    }

    @Test func theHorizonIncludesItsLastDay() {
        let household = given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"),
            .measure("coaching", .youthOffice, "2027-03-15", "2027-04-30"))
        household.when(today: "2026-03-14").thenNothing().thenNextChange("2026-03-15")
        household.when(today: "2026-03-15").then(officesKey)
        household.when(today: "2026-03-14", TimingThresholds(sequenceHorizonMonths: 13)).then(officesKey)
    }

    @Test func theHorizonAtTheEndOfFebruary() {
        let household = given(
            .measure("welding", .jobCentre, "2027-03-01", "2028-05-31"),
            .measure("coaching", .youthOffice, "2029-02-28", "2029-04-30"))
        household.when(today: "2028-02-27").thenNothing().thenNextChange("2028-02-28")
        household.when(today: "2028-02-28").then(officesKey)
        household.when(today: "2028-02-29").then(officesKey)
    }

    @Test func aRelationBetweenTheOfficesMeansThatSomebodyThoughtOfIt() {
        func household(_ progress: MeasureProgress) -> Given {
            given(
                .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"),
                .measure("forklift", .jobCentre, "2026-06-01", "2026-06-30", progress),
                .measure("coaching", .youthOffice, "2026-09-01", "2026-12-31"),
                .relation("forklift", .before, "coaching"))
        }
        household(.planned).when(today: "2026-03-10").thenNothing()
        household(.completed(from: "2026-02-01", on: "2026-02-20")).when(today: "2026-03-10").thenNothing()
        household(.abandoned(from: nil, on: "2026-02-20")).when(today: "2026-03-10").then(officesKey)
    }

    @Test func aPausedMeasureIsStillExpected() {
        given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-12-31", .paused(since: "2026-03-01", on: "2026-04-01")),
            .measure("coaching", .youthOffice, "2026-09-01", "2026-12-31")
        )
        .when(today: "2026-05-01").thenNothing()
    }

    @Test func oneOfficeAloneIsNoSequence() {
        given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"),
            .measure("forklift", .jobCentre, "2026-09-01", "2026-12-31")
        )
        .when(today: "2026-03-10").thenNothing().thenNextChange(nil)
    }

    @Test func threeOfficesMakeThreePairs() {
        given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-03-31"),
            .measure("coaching", .youthOffice, "2026-04-01", "2026-04-30"),
            .measure("advice", .socialOffice, "2026-05-01", "2026-05-31")
        )
        .when(today: "2026-02-01")
        .then("sequence:job-centre:social-office", officesKey, "sequence:youth-office:social-office")
    }

    @Test func anOverdueMeasureThatStartsInTheFutureIsNamedByTheDaysThatAreKnown() {
        let found = given(
            .measure("welding", .jobCentre, "2026-01-01", "2026-02-28", .running(since: "2026-06-01")),
            .measure("coaching", .youthOffice, "2026-03-01", "2026-04-30")
        )
        .when(today: "2026-03-10").then(officesKey)
        #expect(found.only?.to == "2026-06-01" && found.only?.days == 31)
    }
}
