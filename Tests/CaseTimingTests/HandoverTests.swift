import CaseTiming
import Foundation
import Ledger
import Testing

@Suite struct HandoverTests {
    private static let running = MeasureProgress.running(since: "2026-01-05")
    private let welding = Fact.measure("welding", .jobCentre, "2026-01-05", "2026-03-31", running)
    private let ada = Fact.person(engaged: [.jobCentre: "2026-01-01"])

    // MARK: Measures

    @Test func aMeasureThatEndsWithNothingToFollow() {
        let alone = given(ada, welding)
        alone.when(today: "2026-03-02").thenNothing().thenNextChange("2026-03-03")
        let found = alone.when(today: "2026-03-03").then(key("handover:measure", of: "welding"))
            .explained(
                "A measure of the job centre has 2026-03-31 as its last day, and nothing accepted follows within 28 days: no "
                    + "further measure, no work and no accepted referral.")
        #expect(found.only?.from == "2026-04-01" && found.only?.to == nil && found.only?.offices == [.jobCentre])
        #expect(alone.when(today: "2026-08-01").report.findings == found.report.findings)
        #expect(
            found.only?.grounds?.map(\.fact) == [.duty, .idleness]
                && found.only?.grounds?.allSatisfy { $0.office == .jobCentre } == true)
    }

    @Test func whatFollows() {
        let today: CalendarDate = "2026-03-10"
        func next(_ fact: Fact) -> Found { given(ada, welding, fact).when(today: today) }
        next(.measure("forklift", .jobCentre, "2026-04-28", "2026-06-30")).thenNothing()
        next(.measure("forklift", .jobCentre, "2026-04-29", "2026-06-30")).then(key("handover:measure", of: "welding"))
        next(.measure("forklift", .jobCentre, "2026-02-01", "2026-03-31")).then(key("handover:measure", of: "welding"))
        next(.measure("forklift", .jobCentre, "2026-04-01", "2026-06-30", agreed: false))
            .then(key("handover:measure", of: "welding"))
        next(.measure("forklift", .jobCentre, "2026-04-01", "2026-06-30", .abandoned(from: nil, on: "2026-03-01")))
            .then(key("handover:measure", of: "welding"))
        next(.placement("job", "2026-04-15", nil, .accepted)).thenNothing()
        next(.placement("job", "2026-05-15", nil, .accepted)).then(key("handover:measure", of: "welding"))
        next(.placement("job", "2026-02-15", "2026-03-31", income: "2026-04-01")).then(
            key("handover:measure", of: "welding"))
        next(.referral("to the social office", from: .jobCentre, "2026-03-01")).thenNothing()
        next(.referral("long ago", from: .jobCentre, "2026-01-04")).then(key("handover:measure", of: "welding"))
        next(.referral("of others", from: .youthOffice, "2026-03-01")).then(key("handover:measure", of: "welding"))
    }

    @Test func whatRunsBesideItAnywayTakesNothingOver() {
        given(
            ada, welding, .measure("coaching", .youthOffice, "2025-10-01", "2026-12-31", .running(since: "2025-10-01"))
        )
        .when(today: "2026-03-10").then(key("handover:measure", of: "welding"))
        given(
            ada, welding, .measure("coaching", .youthOffice, "2026-02-01", "2026-12-31", .running(since: "2026-02-01"))
        )
        .when(today: "2026-03-10").thenNothing()
    }

    @Test func workFollowsNoMeasureOfAnotherOffice() {
        given(
            ada, .measure("coaching", .youthOffice, "2026-01-05", "2026-03-31", Self.running),
            .placement("job", "2026-04-01", nil, .accepted)
        )
        .when(today: "2026-03-10").then(key("handover:measure", of: "coaching"))
        .explained(
            "A measure of the youth office has 2026-03-31 as its last day, and nothing accepted follows within 28 days: no "
                + "further measure and no accepted referral.")
    }

    @Test func whatBeganLateHasBegun() {
        let late = given(
            ada, welding, .measure("forklift", .jobCentre, "2026-06-01", "2026-12-31", .running(since: "2026-06-01")))
        #expect(late.when(today: "2026-05-31").report.findings.map(\.kind) == [.handover])
        late.when(today: "2026-05-31").thenNextChange("2026-06-01")
        late.when(today: "2026-06-01").thenNothing()
    }

    @Test func aPlanThatIsConcludedAndAClosedCaseHandNothingOver() {
        given(
            ada, .measure("welding", .jobCentre, "2026-01-05", "2026-03-31", Self.running, agreed: false)
        ).when(today: "2026-03-10").thenNothing()
        given(welding).when(today: "2026-03-10").thenNothing()
        given(ada, .measure("planned", .jobCentre, "2026-01-05", "2026-03-31")).when(today: "2026-03-10").thenNothing()
    }

    @Test func theLastDayIsTheOneOnWhichItReallyEnded() {
        let ended = given(
            ada,
            .measure(
                "welding", .jobCentre, "2026-01-05", "2026-12-31", .completed(from: "2026-01-05", on: "2026-02-27")))
        #expect(ended.when(today: "2026-02-27").only?.from == "2026-02-28")
    }

    // MARK: Engagements

    @Test func anOfficeThatLeavesWithoutASuccessor() {
        func left(_ successor: Office?, engaged: [Office: CalendarDate] = [.jobCentre: "2026-01-01"]) -> Given {
            given(
                .person(
                    engaged: engaged,
                    left: [TimedPerson.Departure(office: .youthOffice, until: "2026-03-31", successor: successor)]))
        }
        left(nil).when(today: "2026-03-31").thenNothing().thenNextChange("2026-04-01")
        let found = left(nil).when(today: "2026-04-01")
            .then("handover:engagement:\(id("ada").uuidString.lowercased()):youth-office:2026-03-31")
            .explained(
                "The youth office was responsible for this case until 2026-03-31 and named no successor, and no office was "
                    + "engaged since.")
        #expect(found.report.nextChange == "2026-04-29")
        #expect(left(nil).when(today: "2026-04-28").report.findings == found.report.findings)
        left(nil).when(today: "2026-04-29").thenNothing()
        left(.jobCentre).when(today: "2026-04-01").thenNothing()
        left(nil, engaged: [.socialOffice: "2026-03-31"]).when(today: "2026-04-01").thenNothing()
        left(nil, engaged: [.socialOffice: "2026-03-30"]).when(today: "2026-04-01").then(found.only?.key ?? "")
    }
}
