import CaseTiming
import Ledger
import Testing

@Suite struct IncomeGapTests {
    @Test func workThatEndsWithoutIncome() {
        let job = given(.placement("job", "2026-01-01", "2026-05-31"))
        job.when(today: "2026-05-02").thenNothing().thenNextChange("2026-05-03")
        let found = job.when(today: "2026-05-03").then(key("income-gap", of: "job")).thenNextChange(nil)
            .explained(
                "A placement in this case has 2026-05-31 as its last day, and no income is recorded from 2026-06-01 on."
            )
        #expect(found.only?.from == "2026-06-01" && found.only?.to == nil && found.only?.days == nil)
        #expect(found.only?.grounds?.map(\.fact) == [.placement, .income])
        #expect(job.when(today: "2027-05-03").report.findings == found.report.findings)
    }

    @Test func anIncomeFromTheNextDayCovers() {
        func ended(_ income: CalendarDate?) -> Given {
            given(.placement("job", "2026-01-01", "2026-05-31", .ended, income: income))
        }
        ended("2026-06-01").when(today: "2026-06-10").thenNothing()
        let found = ended("2026-06-15").when(today: "2026-06-10").then(key("income-gap", of: "job"))
            .explained(
                "A placement in this case has 2026-05-31 as its last day, and no income is recorded from 2026-06-01 to "
                    + "2026-06-14, 14 days.")
        #expect(found.only?.days == 14)
        ended("2026-06-15").when(today: "2026-06-14").then(key("income-gap", of: "job")).thenNextChange("2026-06-15")
        ended("2026-06-15").when(today: "2026-06-15").thenNothing()
        #expect(ended(nil).when(today: "2026-06-10").only?.to == nil)
    }

    @Test func otherWorkCovers() {
        func job(_ other: Fact) -> Found {
            given(.placement("job", "2026-01-01", "2026-05-31", .ended), other).when(today: "2026-06-01")
        }
        job(.placement("next", "2026-06-01", nil, .accepted)).thenNothing()
        job(.placement("beside", "2026-02-01", nil)).thenNothing()
        #expect(job(.placement("next", "2026-06-08", nil, .accepted)).only?.to == "2026-06-07")
        #expect(job(.placement("before", "2025-02-01", "2026-05-30", .ended)).report.findings.count == 1)
        job(.placement("of ben", of: "ben", "2026-06-01", nil)).then(key("income-gap", of: "job"))
    }

    @Test func workWithoutAnEndAndWorkThatHasNotBegunHaveNone() {
        given(.placement("job", "2026-01-01", nil)).when(today: "2026-05-31").thenNothing()
        given(.placement("job", "2026-06-01", "2026-06-10", .accepted)).when(today: "2026-05-31").thenNothing()
    }

    @Test func anOfficeGoesByItsOwnNumber() {
        given(.placement("job", "2026-01-01", "2026-05-31"))
            .when(
                today: "2026-05-21",
                TimingThresholds(offices: [.jobCentre: OfficeThresholds(incomeDays: 10)])
            )
            .then(key("income-gap", of: "job"))
    }
}
