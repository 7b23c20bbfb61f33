import CaseTiming
import Ledger
import Testing

@Suite struct RelationTests {
    @Test func aViolatedRelationSaysByHowManyDays() {
        let found = given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"),
            .measure("coaching", .youthOffice, of: "ben", "2026-05-20", "2026-08-31"),
            .relation("welding", .before, "coaching")
        )
        .when(today: "2026-01-01").then(pairKey("relation", "welding", "coaching", ":before")).thenNextChange(nil)
        .explained(
            "The youth office's measure should start at least 1 day after the job centre's measure ends, but starts 12 "
                + "days too early. The first is set for 2026-03-01 to 2026-05-31, the second for 2026-05-20 to "
                + "2026-08-31.")
        #expect(found.only?.days == 12)
        #expect(found.only?.owner == .singleCase(id("ada")))
        #expect(found.only?.cases == [id("ada"), id("ben")].sorted())
        #expect(found.only?.measures == [id("welding"), id("coaching")])
        #expect(found.only?.offices == [.jobCentre, .youthOffice])
        #expect(found.only?.from == "2026-03-01" && found.only?.to == "2026-08-31")
    }

    @Test func aRelationThatHoldsIsNotFound() {
        given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"),
            .measure("coaching", .youthOffice, "2026-06-01", "2026-08-31"),
            .relation("welding", .before, "coaching")
        )
        .when(today: "2026-01-01").thenNothing()
    }

    @Test func itIsRecordedWhereItWasSet() {
        let found = given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"),
            .measure("coaching", .youthOffice, of: "ben", "2026-05-20", "2026-08-31"),
            .relation("welding", .before, "coaching", in: "ben")
        )
        .when(today: "2026-01-01")
        #expect(found.only?.owner == .singleCase(id("ben")))
    }

    @Test func realDaysReplacePlannedOnes() {
        func household(ended day: CalendarDate) -> Given {
            given(
                .measure("welding", .jobCentre, "2026-03-01", "2026-05-31", .completed(from: "2026-03-01", on: day)),
                .measure("coaching", .youthOffice, "2026-06-01", "2026-08-31"),
                .relation("welding", .before, "coaching"))
        }
        household(ended: "2026-05-31").when(today: "2026-06-01").thenNothing()
        household(ended: "2026-06-03").when(today: "2026-06-05")
            .then(pairKey("relation", "welding", "coaching", ":before"))
        let lateStart = given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31", .running(since: "2026-03-15")),
            .measure("coaching", .youthOffice, "2026-03-01", "2026-08-31", .running(since: "2026-03-01")),
            .relation("welding", .concurrentWithStart, "coaching", tolerance: 7))
        #expect(lateStart.when(today: "2026-03-20").only?.days == 7)
    }

    @Test func nothingIsAskedOfMeasuresThatAreOverOrWereAbandoned() {
        func household(_ first: MeasureProgress, _ second: MeasureProgress) -> Given {
            given(
                .measure("welding", .jobCentre, "2026-03-01", "2026-05-31", first),
                .measure("coaching", .jobCentre, "2026-03-01", "2026-05-31", second),
                .relation("welding", .before, "coaching"))
        }
        let over = MeasureProgress.completed(from: "2026-03-01", on: "2026-05-31")
        household(over, over).when(today: "2026-06-01").thenNothing()
        household(over, .planned).when(today: "2026-06-01")
            .then(pairKey("relation", "welding", "coaching", ":before"))
        household(.abandoned(from: "2026-03-01", on: "2026-04-01"), .planned).when(today: "2026-06-01").thenNothing()
        household(.planned, .abandoned(from: nil, on: "2026-04-01")).when(today: "2026-06-01").thenNothing()
    }

    @Test func aRelationWithAnUnknownMeasureIsPassedOver() {
        given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"), .relation("welding", .before, "elsewhere")
        )
        .when(today: "2026-03-01").thenNothing()
    }

    @Test func ofTwoRelationsWithTheSameKeyTheWorseIsFound() {
        let found = given(
            .measure("welding", .jobCentre, "2026-03-01", "2026-05-31"),
            .measure("coaching", .youthOffice, "2026-05-20", "2026-08-31"),
            .relation("welding", .before, "coaching", min: 1), .relation("welding", .before, "coaching", min: 8)
        )
        .when(today: "2026-01-01")
        #expect(found.only?.days == 19)
    }

    @Test(arguments: [
        (
            Fact.relation("a", .before, "b", min: 1, max: 14),
            "The youth office's measure should start 1 to 14 days after the job centre's measure ends, but starts 17 days "
                + "too late."
        ),
        (
            .relation("a", .after, "b", tolerance: 3),
            "The job centre's measure should start at least 1 day after the youth office's measure ends, give or take 3 "
                + "days, but starts 119 days too early."
        ),
        (
            .relation("a", .beforeStart, "b", min: 7, max: 7),
            "The youth office's measure should start exactly 7 days after the job centre's measure starts, but starts 54 "
                + "days too late."
        ),
        (
            .relation("a", .afterStart, "b", min: 0),
            "The job centre's measure should start not before the day on which the youth office's measure starts, but "
                + "starts 61 days too early."
        ),
        (
            .relation("a", .beforeEnd, "b", min: 0, max: 0),
            "The youth office's measure should end on the day on which the job centre's measure ends, but ends 91 days too "
                + "late."
        ),
        (
            .relation("a", .afterEnd, "b", min: -5),
            "The job centre's measure should end no more than 5 days before the youth office's measure ends, but ends 86 "
                + "days too early."
        ),
        (
            .relation("a", .before, "b", min: -9, max: -2),
            "The youth office's measure should start between 9 days before and 2 days before the job centre's measure "
                + "ends, but starts 33 days too late."
        ),
        (
            .relation("a", .concurrentWithStart, "b", tolerance: 1),
            "The job centre's measure and the youth office's measure should start on the same day, give or take 1 day, but "
                + "start 60 days too far apart."
        ),
        (
            .relation("a", .concurrentWithEnd, "b"),
            "The job centre's measure and the youth office's measure should end on the same day, but end 91 days too far "
                + "apart."
        ),
        (
            .relation("a", .concurrent, "b"),
            "The job centre's measure and the youth office's measure should run at the same time, but lie 61 days too far "
                + "apart."
        ),
    ])
    func everyKindHasItsSentence(relation: Fact, sentence: String) {
        given(
            .measure("a", .jobCentre, "2026-03-01", "2026-03-31"),
            .measure("b", .youthOffice, "2026-05-01", "2026-06-30"), relation
        )
        .when(today: "2026-01-01")
        .explained(
            sentence + " The first is set for 2026-03-01 to 2026-03-31, the second for 2026-05-01 to 2026-06-30.")
    }

    @Test func twoMeasuresOfOneOfficeAreToldApart() {
        given(
            .measure("a", .jobCentre, "2026-03-01", "2026-03-31"),
            .measure("b", .jobCentre, "2026-03-31", "2026-06-30"), .relation("a", .before, "b")
        )
        .when(today: "2026-01-01")
        .explained(
            "The job centre's measure should start at least 1 day after the job centre's other measure ends, but starts 1 "
                + "day too early. The first is set for 2026-03-01 to 2026-03-31, the second for 2026-03-31 to "
                + "2026-06-30.")
    }
}
