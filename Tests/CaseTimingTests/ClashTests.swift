import CaseTiming
import Foundation
import Ledger
import Testing

@Suite struct ClashTests {
    private let ada = id("ada").uuidString.lowercased()

    // MARK: Hours

    @Test func fortyHoursAreInStepAndMoreAreNot() {
        func week(_ hours: Double) -> Given {
            given(
                .measure("welding", .jobCentre, "2026-03-02", "2026-05-29", hours: 26),
                .measure("coaching", .youthOffice, "2026-04-01", "2026-06-30", hours: hours))
        }
        week(14).when(today: "2026-03-01").thenNothing()
        let found = week(14.5).when(today: "2026-03-01").then("clash:hours:\(ada):2026-04-01")
            .explained(
                "From 2026-04-01 to 2026-05-29 the measures in this case come to as much as 40.5 hours a week: 26 hours with "
                    + "the job centre and 14.5 hours with the youth office; more than 40 hours are out of step.")
        #expect(found.only?.offices == [.jobCentre, .youthOffice] && found.only?.days == 59)
        #expect(found.only?.measures.count == 2 && found.only?.grounds == nil)
        week(14.5).when(today: "2026-03-01", TimingThresholds(weeklyHours: 48)).thenNothing()
    }

    @Test func hoursThatHavePassedAreHistory() {
        let week = given(
            .measure("welding", .jobCentre, "2026-03-02", "2026-03-31", hours: 30),
            .measure("coaching", .youthOffice, "2026-03-02", "2026-06-30", hours: 20))
        #expect(week.when(today: "2026-03-31").only?.kind == .clash)
        week.when(today: "2026-03-31").thenNextChange("2026-04-01")
        week.when(today: "2026-04-01").thenNothing()
    }

    @Test func whatRunsBeyondItsWindowCountsUntilItsEndIsRecorded() {
        let week = given(
            .measure("welding", .jobCentre, "2026-03-02", "2026-03-31", .running(since: "2026-03-02"), hours: 30),
            .measure("coaching", .youthOffice, "2026-03-02", "2026-06-30", .running(since: "2026-03-02"), hours: 20))
        #expect(week.when(today: "2026-03-31").only?.to == "2026-03-31")
        #expect(week.when(today: "2026-04-01").only?.to == "2026-06-30")
        #expect(week.when(today: "2026-07-01").only?.to == nil)
        #expect(week.when(today: "2026-07-01").only?.from == "2026-03-02")
    }

    @Test func daysOfAnInterruptionAndPausedMeasuresCountNothing() {
        given(
            .measure(
                "welding", .jobCentre, "2026-03-02", "2026-05-29", .running(since: "2026-03-02"),
                pauses: [days("2026-04-01", "2026-04-30")], hours: 30),
            .measure("coaching", .youthOffice, "2026-04-01", "2026-04-30", hours: 20)
        )
        .when(today: "2026-03-02").thenNothing()
        given(
            .measure(
                "welding", .jobCentre, "2026-03-02", "2026-05-29", .paused(since: "2026-03-02", on: "2026-03-10"),
                hours: 30),
            .measure("coaching", .youthOffice, "2026-04-01", "2026-04-30", hours: 20)
        )
        .when(today: "2026-03-12").thenNothing()
    }

    @Test func workIsToldApartFromMeasures() {
        let week = given(
            .measure("welding", .jobCentre, "2026-03-02", "2026-05-31", hours: 10),
            .measure("coaching", .youthOffice, "2026-05-01", "2026-06-30", hours: 35),
            .placement("job", "2026-04-01", nil, .accepted, hours: 38.5))
        let found = week.when(today: "2026-03-02").report.findings
        #expect(found.map { $0.key.split(separator: ":")[1] } == ["hours", "work", "work"])
        #expect(found.map(\.from) == ["2026-05-01", "2026-04-01", "2026-06-01"])
        #expect(found.map(\.to) == ["2026-05-31", "2026-04-30", "2026-06-30"])
        #expect(
            found.last?.explanation
                == "From 2026-06-01 to 2026-06-30 measures and work in this case come to as much as 73.5 hours a week: 35 hours "
                + "with the youth office and 38.5 hours of work; more than 40 hours are out of step.")
        #expect(found.last?.grounds?.contains { $0.fact == .placement && $0.id == id("job") } == true)
        #expect(found.first?.grounds == nil)
    }

    @Test func workThatGivesWayToMeasuresIsNamedAsAChange() {
        let week = given(
            .measure("welding", .jobCentre, "2026-03-02", "2026-05-31", hours: 10),
            .measure("coaching", .youthOffice, "2026-05-01", "2026-06-30", hours: 35),
            .placement("job", "2026-04-01", nil, .accepted, hours: 38.5))
        #expect(week.when(today: "2026-04-30").thenNextChange("2026-05-01").report.findings.count == 3)
        #expect(week.when(today: "2026-05-01").report.findings.count == 2)
    }

    @Test func oneLongJobAloneIsNoClash() {
        given(.placement("job", "2026-04-01", nil, hours: 42)).when(today: "2026-05-01").thenNothing()
        given(.placement("job", "2026-04-01", nil, hours: 30), .placement("other", "2026-04-01", nil, hours: 12))
            .when(today: "2026-05-01").then("clash:work:\(ada):2026-04-01")
    }

    @Test func anotherPersonsHoursAreTheirOwn() {
        given(
            .measure("welding", .jobCentre, "2026-03-02", "2026-05-29", hours: 30),
            .measure("coaching", .youthOffice, of: "ben", "2026-03-02", "2026-05-29", hours: 30)
        )
        .when(today: "2026-03-02").thenNothing()
    }

    // MARK: Appointments

    @Test func twoOfficesAppointmentsAtTheSameTime() {
        let both = given(
            .appointment("a", .jobCentre, "2026-03-09", 10), .appointment("b", .youthOffice, "2026-03-09", 10, 15))
        both.when(today: "2026-03-02").then(sortedKey("clash", "a", "b"))
            .explained(
                "Two offices expect the participant at the same time: the job centre on 2026-03-09 from 10:00 to 10:30, the "
                    + "youth office on 2026-03-09 from 10:15 to 10:45."
            )
            .thenNextChange("2026-03-10")
        both.when(today: "2026-03-09").then(sortedKey("clash", "a", "b"))
        both.when(today: "2026-03-10").thenNothing()
    }

    @Test func appointmentsThatOnlyTouchDoNotClash() {
        given(.appointment("a", .jobCentre, "2026-03-09", 10), .appointment("b", .youthOffice, "2026-03-09", 10, 30))
            .when(today: "2026-03-02").thenNothing()
        given(.appointment("a", .jobCentre, "2026-03-09", 10), .appointment("b", .jobCentre, "2026-03-09", 10))
            .when(today: "2026-03-02").thenNothing()
        given(
            .appointment("a", .jobCentre, "2026-03-09", 10),
            .appointment("b", .youthOffice, of: "ben", "2026-03-09", 10)
        )
        .when(today: "2026-03-02").thenNothing()
    }

    @Test func anAppointmentBeyondMidnight() {
        given(
            .appointment("a", .jobCentre, "2026-03-09", 23, minutes: 120),
            .appointment("b", .socialOffice, "2026-03-10", 0, 45)
        )
        .when(today: "2026-03-10").then(sortedKey("clash", "a", "b"))
        .explained(
            "Two offices expect the participant at the same time: the job centre on 2026-03-09 from 23:00 to 2026-03-10 at "
                + "01:00, the social office on 2026-03-10 from 00:45 to 01:15.")
    }

    // MARK: Weekly times

    /// 2 March 2026 is a Monday; both run from 1 April (a Wednesday) to 29 May (a Friday).
    @Test func twoOfficesMeasuresAtTheSameTimeOfTheWeek() {
        let both = given(
            .measure("welding", .jobCentre, "2026-03-02", "2026-05-29", at: [weekly(1, 9, 12), weekly(3, 9, 12)]),
            .measure("coaching", .youthOffice, "2026-04-01", "2026-06-30", at: [weekly(3, 11, 13), weekly(1, 12, 13)]))
        let found = both.when(today: "2026-03-02").then(sortedKey("clash", "welding", "coaching"))
            .explained(
                "Measures of the job centre and the youth office take place at the same time on Wednesdays, from 2026-04-01 "
                    + "to 2026-05-27.")
        #expect(found.only?.days == 9)
        both.when(today: "2026-05-27").then(sortedKey("clash", "welding", "coaching")).thenNextChange("2026-05-28")
        both.when(today: "2026-05-28").thenNothing()
    }

    @Test func anAppointmentWhileAnotherOfficesMeasureTakesPlace() {
        func meeting(_ office: Office, _ day: CalendarDate, _ hour: Int) -> Given {
            given(
                .measure("welding", .jobCentre, "2026-03-02", "2026-05-29", at: [weekly(1, 9, 12)]),
                .appointment("a", office, day, hour))
        }
        meeting(.youthOffice, "2026-03-09", 11).when(today: "2026-03-02").then(key("clash", of: "a", "welding"))
            .explained(
                "The youth office expects the participant on 2026-03-09 from 11:00 to 11:30, when a measure of the job centre "
                    + "takes place.")
        meeting(.youthOffice, "2026-03-09", 12).when(today: "2026-03-02").thenNothing()
        meeting(.youthOffice, "2026-03-10", 11).when(today: "2026-03-02").thenNothing()
        meeting(.youthOffice, "2026-06-01", 11).when(today: "2026-03-02").thenNothing()
        meeting(.jobCentre, "2026-03-09", 11).when(today: "2026-03-02").thenNothing()
    }
}
