import Foundation
import Ledger
import Testing

@Suite("Dates")
struct CalendarDateTests {
    @Test("agree with the Gregorian calendar on every day from 1600 to 2400")
    func everyDay() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let first = try #require(CalendarDate(year: 1600, month: 1, day: 1))
        let last = try #require(CalendarDate(year: 2400, month: 12, day: 31))
        var year = 1600
        var month = 1
        var day = 1
        for date in first...last {
            guard date.components == (year, month, day), CalendarDate(year: year, month: month, day: day) == date else {
                Issue.record("\(date) is not \(year)-\(month)-\(day)")
                return
            }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            day += 1
            if day > length { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        for days in stride(from: -40_000, to: 60_000, by: 997) {
            let moment = Date(timeIntervalSince1970: Double(days) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: moment)
            let date = CalendarDate(daysSince1970: days)
            #expect(date.components == (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0))
            #expect(date.isoWeekday == ((parts.weekday ?? 0) + 5) % 7 + 1)
        }
    }

    @Test(
        "have known weekdays",
        arguments: [("1970-01-01", 4), ("2000-01-01", 6), ("2026-03-02", 1), ("1969-12-31", 3), ("0001-01-01", 1)])
    func weekdays(_ text: String, _ weekday: Int) throws {
        #expect(try #require(CalendarDate(text)).isoWeekday == weekday)
    }

    @Test("are written and read as YYYY-MM-DD", arguments: ["0001-01-01", "1970-01-01", "2024-02-29", "9999-12-31"])
    func written(_ text: String) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.description == text)
        let encoded = try JSONEncoder().encode([date])
        #expect(String(decoding: encoded, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([CalendarDate].self, from: encoded) == [date])
    }

    @Test(
        "are not read from anything else",
        arguments: [
            "", "2026-3-02", "2026-03-2", "20260302", "2026-03-02 ", " 2026-03-02", "2026-13-01", "2026-00-01",
            "2026-02-29", "1900-02-29", "2026-04-31", "2026-01-00", "0000-01-01", "+026-03-02", "-026-03-02",
            "2026/03/02",
            "2026-03-02T00:00", "２026-03-02", "2026-03-0x", "10000-01-01",
        ])
    func refused(_ text: String) {
        #expect(CalendarDate(text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CalendarDate].self, from: JSONEncoder().encode([text]))
        }
    }

    @Test(
        "move by months to the same-numbered day or the month's last",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-01-31", 3, "2026-04-30"),
            ("2026-03-15", 12, "2027-03-15"), ("2024-02-29", 12, "2025-02-28"), ("2026-03-31", -1, "2026-02-28"),
            ("2026-01-15", -1, "2025-12-15"), ("2026-01-15", -13, "2024-12-15"), ("2026-01-15", 0, "2026-01-15"),
        ] as [(CalendarDate, Int, CalendarDate)])
    func months(_ date: CalendarDate, _ months: Int, _ expected: CalendarDate) {
        #expect(date.adding(months: months) == expected)
    }

    @Test("stay in order beyond the years that can be written")
    func extremes() {
        let last: CalendarDate = "9999-12-31"
        #expect(last.adding(months: 1) - last == 31)
        let first: CalendarDate = "0001-01-01"
        #expect(first.adding(months: -1) - first == -31)
        #expect(first.adding(months: -13).components == (-1, 12, 1))
        for days in stride(from: -2_000_000, to: 6_000_000, by: 12_345) {
            let date = CalendarDate(daysSince1970: days)
            #expect(date.month.firstDay <= date && date <= date.month.lastDay)
            #expect(date.adding(months: 5).month == date.month.advanced(by: 5))
        }
    }

    @Test("are counted, compared and ranged over by days")
    func arithmetic() {
        let monday: CalendarDate = "2026-03-02"
        #expect(monday + 7 - monday == 7)
        #expect((monday...(monday + 6)).map(\.isoWeekday) == Array(1...7))
        #expect(monday - 1 < monday)
        #expect(monday.distance(to: monday.advanced(by: -3)) == -3)
    }
}

@Suite("Months")
struct CalendarMonthTests {
    @Test("know their days")
    func days() throws {
        let february = try #require(CalendarMonth("2024-02"))
        #expect(february.firstDay == "2024-02-01")
        #expect(february.lastDay == "2024-02-29")
        #expect(february.length == 29)
        #expect(("2024-02-17" as CalendarDate).month == february)
        #expect((february...february.advanced(by: 11)).map(\.length).reduce(0, +) == 366)
    }

    @Test("are written and read as YYYY-MM")
    func written() {
        #expect(CalendarMonth("2026-03")?.description == "2026-03")
        #expect(CalendarMonth("0001-12")?.description == "0001-12")
        for text in ["2026-13", "2026-00", "0000-01", "2026-3", "2026-03-01", "", "x026-03"] {
            #expect(CalendarMonth(text) == nil)
        }
    }
}
