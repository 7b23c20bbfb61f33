import CaseTiming
import Foundation
import Ledger
import Testing

@Suite struct AgeLimitTests {
    private let ada = id("ada").uuidString.lowercased()

    private func youth(born: CalendarDate?, _ fact: Fact? = nil, engaged: Office = .youthOffice) -> Given {
        let person = Fact.person(born: born, engaged: [engaged: "2020-01-01"])
        return fact.map { given(person, $0) } ?? given(person)
    }

    /// 182 days before 1 July 2026 is 31 December 2025.
    @Test func theEighteenthBirthday() {
        let alone = youth(born: "2008-07-01")
        alone.when(today: "2025-12-30").thenNothing().thenNextChange("2025-12-31")
        alone.when(today: "2025-12-31").then("handover:age:18:\(ada)").thenNextChange("2026-08-29")
            .explained(
                "The participant turns 18 in 2026-07, and nothing accepted lasts to the end of that month: no measure and "
                    + "no accepted referral of the youth office.")
        alone.when(today: "2026-08-28").then("handover:age:18:\(ada)")
        alone.when(today: "2026-08-29").thenNothing()
    }

    @Test(arguments: [18, 21, 25, 27]) func everyAgeLimit(age: Int) {
        youth(born: ("2026-07-01" as CalendarDate).adding(months: -12 * age)).when(today: "2026-06-01")
            .then("handover:age:\(age):\(ada)")
    }

    /// From 182 days before the month to 28 days after it; and a measure has to last to the end of the month.
    @Test(arguments: [18, 21, 25, 27]) func everyAgeLimitHasTheSameDays(age: Int) {
        let born = ("2026-07-01" as CalendarDate).adding(months: -12 * age)
        let found = "handover:age:\(age):\(ada)"
        let alone = youth(born: born)
        alone.when(today: "2025-12-30").thenNothing()
        alone.when(today: "2025-12-31").then(found)
        alone.when(today: "2026-08-28").then(found)
        alone.when(today: "2026-08-29").thenNothing()
        youth(born: born, .measure("coaching", .youthOffice, "2026-01-01", "2026-07-30")).when(today: "2026-06-01")
            .then(found)
        youth(born: born, .measure("coaching", .youthOffice, "2026-01-01", "2026-07-31")).when(today: "2026-06-01")
            .thenNothing()
    }

    @Test(arguments: [17, 19, 20, 22, 24, 26, 28]) func noOtherAge(age: Int) {
        youth(born: ("2026-07-01" as CalendarDate).adding(months: -12 * age)).when(today: "2026-06-01").thenNothing()
    }

    @Test func whatLastsUntilThenFollows() {
        let today: CalendarDate = "2026-06-01"
        func next(_ fact: Fact) -> Found { youth(born: "2008-07-01", fact).when(today: today) }
        next(.measure("coaching", .youthOffice, "2026-01-01", "2026-07-31")).thenNothing()
        next(.measure("training", .jobCentre, "2026-09-01", "2027-07-01")).thenNothing()
        next(.measure("coaching", .youthOffice, "2026-01-01", "2026-07-30")).then("handover:age:18:\(ada)")
        next(.measure("coaching", .youthOffice, "2026-01-01", "2026-12-31", agreed: false))
            .then("handover:age:18:\(ada)")
        next(.referral("to the job centre", from: .youthOffice, "2026-05-01")).thenNothing()
        next(.referral("years ago", from: .youthOffice, "2023-05-01", completed: "2023-06-01"))
            .then("handover:age:18:\(ada)")
        next(.placement("job", "2026-01-01", nil)).then("handover:age:18:\(ada)")
    }

    /// Whatever the day of birth, findings, the days on which they open and close and what follows are those of the month.
    @Test func nothingTellsTheDayOfBirth() throws {
        let days: [CalendarDate] = ["2025-12-30", "2025-12-31", "2026-07-15", "2026-07-16", "2026-08-28", "2026-08-29"]
        let facts: [Fact?] =
            [nil]
            + ["2026-07-14", "2026-07-15", "2026-07-16", "2026-07-30", "2026-07-31"].map {
                .measure("coaching", .youthOffice, "2026-01-01", $0)
            }
        for today in days {
            for fact in facts {
                let reports = (1...31).map {
                    youth(born: ("2008-07-01" as CalendarDate) + ($0 - 1), fact).when(today: today)
                }
                #expect(Set(reports.map(\.report)).count == 1, "\(today)")
            }
        }
        #expect(youth(born: "2008-07-15").when(today: "2026-06-01").only?.to == "2026-07-31")
    }

    @Test func itIsTheYouthOfficesMatter() {
        youth(born: "2008-07-01", engaged: .jobCentre).when(today: "2026-06-01").thenNothing()
        youth(born: nil).when(today: "2026-06-01").thenNothing().thenNextChange(nil)
    }

    @Test func somebodyBornOnALeapDay() {
        #expect(("2008-02-29" as CalendarDate).birthday(18) == "2026-03-01")
        #expect(("2008-02-29" as CalendarDate).birthday(20) == "2028-02-29")
        #expect(youth(born: "2008-02-29").when(today: "2026-02-01").only?.from == "2026-03-01")
    }
}
