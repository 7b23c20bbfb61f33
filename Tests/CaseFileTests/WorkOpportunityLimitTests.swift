import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

/// § 16d Abs. 6 SGB II: in five years from the first one, 24 months in all, and up to 12 more with a reason.
@Suite("the limit of work opportunities") struct WorkOpportunityLimitTests {
    private static let later = CaseFileTests.id(97)

    /// Work opportunities that began and ended, one after another.
    private static func past(_ ranges: [(CalendarDate, CalendarDate)]) -> [Past<CaseEvent>] {
        [.participantRegistered(), .officeEngaged(.jobCentre)]
            + ranges.enumerated().flatMap { number, range -> [Past<CaseEvent>] in
                let placement = CaseFileTests.id(80 + number)
                return [
                    .placementOffered(placement, kind: .workOpportunity, hours: 20, endsOn: range.1),
                    .placementAccepted(placement), .placementStarted(placement, on: range.0),
                    .placementEnded(placement, on: range.1),
                ]
            }
    }

    private static func starting(
        after ranges: [(CalendarDate, CalendarDate)], _ first: CalendarDate, through last: CalendarDate?,
        reason: String? = nil, kind: PlacementKind = .workOpportunity, rules: RuleBook? = nil
    ) throws -> Outcome<CaseDecider> {
        given(
            past(ranges) + [
                .placementOffered(later, kind: kind, hours: 20, endsOn: last), .placementAccepted(later),
            ]
        ).when(
            .startPlacement(StartPlacement(placementId: later, on: first, reason: reason)), on: first, today: first,
            rules: try rules ?? .shipped)
    }

    @Test func twentyFourMonthsInOne() throws {
        try Self.starting(after: [], "2026-02-02", through: "2028-02-01").thenAccepted()
        let rejection = try Self.starting(after: [], "2026-02-02", through: "2028-02-02")
            .thenRejected("work-opportunity-needs-reason")
        #expect(rejection?.detail.contains("end on 2028-02-01") == true)
        try Self.starting(after: [], "2026-02-02", through: "2028-02-02", reason: "no work to be had").thenAccepted()
        try Self.starting(after: [], "2026-02-02", through: "2028-02-02", reason: " ")
            .thenRejected("work-opportunity-needs-reason")
    }

    @Test func twelveMoreAtMost() throws {
        try Self.starting(after: [], "2026-02-02", through: "2029-02-01", reason: "r").thenAccepted()
        let rejection = try Self.starting(after: [], "2026-02-02", through: "2029-02-02", reason: "r")
            .thenRejected("work-opportunity-too-long")
        #expect(rejection?.detail.contains("until 2029-02-01") == true)
    }

    @Test func severalAddUpByFullMonthsAndDays() throws {
        // 9 months, 8 months and 20 days, 6 months and 10 days: together 24 months.
        let two: [(CalendarDate, CalendarDate)] = [("2024-01-08", "2024-10-07"), ("2025-01-01", "2025-09-20")]
        try Self.starting(after: two, "2026-01-01", through: "2026-07-10").thenAccepted()
        let rejection = try Self.starting(after: two, "2026-01-01", through: "2026-07-11")
            .thenRejected("work-opportunity-needs-reason")
        #expect(rejection?.detail.contains("end on 2026-07-10") == true)
    }

    @Test func theFiveYearsBeginWithTheFirstAndThenAnew() throws {
        let full: [(CalendarDate, CalendarDate)] = [("2019-03-01", "2021-02-28"), ("2021-06-01", "2022-05-31")]
        try Self.starting(after: full, "2024-02-29", through: "2024-03-31", reason: "r")
            .thenRejected("work-opportunities-used-up")
        try Self.starting(after: full, "2024-03-01", through: "2026-02-28").thenAccepted()
        // The second five years begin with the first assignment in them, not when the first five end.
        let second = full + [("2025-01-01", "2026-12-31")]
        try Self.starting(after: second, "2029-06-01", through: "2029-08-31").thenRejected(
            "work-opportunity-needs-reason")
        try Self.starting(after: second, "2030-01-01", through: "2031-12-31").thenAccepted()
    }

    @Test func withoutAnEndThereHasToBeADayLeft() throws {
        try Self.starting(after: [], "2026-02-02", through: nil).thenAccepted()
        try Self.starting(after: [("2022-03-01", "2025-02-28")], "2026-02-02", through: nil, reason: "r")
            .thenRejected("work-opportunities-used-up")
    }

    @Test func otherWorkHasNoLimit() throws {
        try Self.starting(after: [("2022-03-01", "2025-02-28")], "2026-02-02", through: nil, kind: .job).thenAccepted()
    }

    @Test func theRuleIsRecordedAndNothingElseIsApplied() throws {
        let outcome = try Self.starting(after: [], "2026-02-02", through: "2026-12-31")
        guard case .placementStarted(let started)? = try outcome.result.get().first else {
            Issue.record("nothing was started")
            return
        }
        #expect(started.rule?.id == "work-opportunity")
        #expect(started.rule?.source == "§ 16d Abs. 6 SGB II")
        // Before the rule's first version nothing is known of a limit.
        try Self.starting(after: [], "2010-02-02", through: "2015-02-01").thenAccepted()
        try Self.starting(after: [], "2026-02-02", through: "2031-02-01", rules: RuleBook()).thenAccepted()
    }

    @Test func anExtensionCountsTheWholeOfIt() throws {
        let running =
            Self.past([("2024-01-01", "2025-06-30")]) + [
                .placementOffered(Self.later, kind: .workOpportunity, hours: 20, endsOn: "2026-03-31"),
                .placementAccepted(Self.later), .placementStarted(Self.later, on: "2026-01-01"),
            ]
        func extending(to day: CalendarDate, reason: String?) throws -> Outcome<CaseDecider> {
            given(running).when(
                .extendPlacement(ExtendPlacement(placementId: Self.later, endsOn: day, reason: reason)),
                today: "2026-03-01", rules: try .shipped)
        }
        try extending(to: "2026-06-30", reason: nil).thenAccepted()
        try extending(to: "2026-07-01", reason: nil).thenRejected("work-opportunity-needs-reason")
        try extending(to: "2027-06-30", reason: "still needed").thenAccepted()
        try extending(to: "2027-07-01", reason: "still needed").thenRejected("work-opportunity-too-long")
    }
}
