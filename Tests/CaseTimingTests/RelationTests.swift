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

    /// The second measure is shifted day by day over both bounds; the distances are the domain's, told from days alone.
    @Test(arguments: RelationKind.allCases, [0, 3]) func everyKindIsFoundExactlyBeyondItsBounds(
        kind: RelationKind, tolerance: Int
    ) {
        let a = days("2026-03-01", "2026-03-31")
        var (kept, broken) = (0, 0)
        for shift in -90...90 {
            let b = days("2026-03-10", "2026-03-29").shifted(by: shift)
            func beyond(_ distance: Int) -> Int {
                max(0, 2 - tolerance - distance, distance - (9 + tolerance))
            }
            let expected =
                switch kind {
                case .before: beyond(b.first - a.last)
                case .after: beyond(a.first - b.last)
                case .beforeStart: beyond(b.first - a.first)
                case .afterStart: beyond(a.first - b.first)
                case .beforeEnd: beyond(b.last - a.last)
                case .afterEnd: beyond(a.last - b.last)
                case .concurrentWithStart: max(0, abs(a.first - b.first) - tolerance)
                case .concurrentWithEnd: max(0, abs(a.last - b.last) - tolerance)
                case .concurrent: max(0, a.first - b.first - tolerance, b.last - a.last - tolerance)
                }
            let found = given(
                .measure("a", .jobCentre, a.first, a.last), .measure("b", .youthOffice, b.first, b.last),
                .relation("a", kind, "b", min: 2, max: 9, tolerance: tolerance)
            )
            .when(today: "2025-11-01").report.findings
            #expect(found.map(\.days) == (expected == 0 ? [] : [expected]), "shifted by \(shift)")
            if expected == 0 { kept += 1 } else { broken += 1 }
        }
        #expect(kept > 0 && broken > 0)
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
