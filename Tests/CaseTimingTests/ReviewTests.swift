import CaseTiming
import Ledger
import Testing

@Suite struct ReviewTests {
    @Test func aReviewIsFoundTwoWeeksAheadAndUntilItIsRecorded() {
        let plan = given(.review("plan", .jobCentre, "2026-09-15"))
        plan.when(today: "2026-08-31").thenNothing().thenNextChange("2026-09-01")
        let found = plan.when(today: "2026-09-01").then(key("review", of: "plan")).thenNextChange(nil)
            .explained("The plan of the job centre in this case is to be reviewed by 2026-09-15.")
        #expect(found.only?.from == "2026-09-15" && found.only?.offices == [.jobCentre])
        #expect(plan.when(today: "2027-01-01").report == found.report)
    }

    @Test func anOfficeGoesByItsOwnNumber() {
        let plans = given(.review("a", .jobCentre, "2026-09-15"), .review("b", .youthOffice, "2026-09-15"))
        let thresholds = TimingThresholds(offices: [.youthOffice: OfficeThresholds(reviewDays: 0)])
        plans.when(today: "2026-09-14", thresholds).then(key("review", of: "a")).thenNextChange("2026-09-15")
        #expect(plans.when(today: "2026-09-15", thresholds).report.findings.count == 2)
    }
}
