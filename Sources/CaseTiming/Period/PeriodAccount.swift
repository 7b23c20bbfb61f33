import Ledger

/// Computes a period step by step and keeps account of each step with its source.
struct PeriodAccount {
    /// Until this day the third day after posting counted, since then the fourth (Art. 24 PostModG).
    private static let fourthDaySince: CalendarDate = "2025-01-01"

    let calendar: HolidayCalendar
    private(set) var steps: [PeriodStep] = []

    init(calendar: HolidayCalendar, steps: [PeriodStep] = []) {
        self.calendar = calendar
        self.steps = steps
    }

    /// The day on which an act that was posted counts as notified, without a word.
    static func dayOfNotification(postedOn day: CalendarDate) -> CalendarDate { day + (day >= fourthDaySince ? 4 : 3) }

    /// The day on which an act that was posted counts as notified.
    mutating func notification(postedOn day: CalendarDate) -> CalendarDate {
        let isFourth = day >= Self.fourthDaySince
        let notified = Self.dayOfNotification(postedOn: day)
        say(
            "Posted on \(day), it counts as notified on \(notified), the \(isFourth ? "fourth" : "third") day after "
                + "posting, whatever weekday that is.",
            "§ 37 Abs. 2 SGB X \(isFourth ? "since 2025-01-01" : "until 2024-12-31"); "
                + "BSG, 6 May 2010, B 14 AS 12/09 R")
        return notified
    }

    /// The last day of a period of that length.
    mutating func count(_ length: PeriodLength, from event: CalendarDate, _ start: Period.Start) -> CalendarDate {
        switch start {
        case .duringTheDay:
            say(
                "The day of the event, \(event), is not counted: the period begins with \(event + 1).",
                "§ 26 Abs. 1 SGB X, § 187 Abs. 1 BGB")
            return endAfterEvent(length, event)
        case .beginningOfTheDay:
            say(
                "The period begins with the beginning of \(event), so that day is counted.",
                "§ 26 Abs. 1 SGB X, § 187 Abs. 2 BGB")
            return endFromBeginning(length, event)
        }
    }

    /// The last day of a period that ended on `end` and is extended.
    mutating func extend(_ end: CalendarDate, by length: PeriodLength) -> CalendarDate {
        say(
            "The period is extended by \(length.words), counted from its end on \(end).",
            "§ 26 Abs. 1 and 7 SGB X, § 190 BGB; BGH, 14 December 2005, IX ZB 198/04")
        return endAfterEvent(length, end)
    }

    /// The day itself, if it is a working day, else the next one.
    mutating func move(_ end: CalendarDate) throws(PeriodError) -> CalendarDate {
        var day = end
        while true {
            guard HolidayCalendar.covers(day) else { throw .outsideCalendar(day) }
            if let holiday = calendar.holiday(on: day) {
                say(
                    "\(day) is \(holiday.name), a public holiday in \(place): the period does not end then.",
                    "§ 26 Abs. 3 Satz 1 SGB X, \(holiday.source)")
            } else if day.isoWeekday > 5 {
                say("\(day) is a \(Self.weekday(day)): the period does not end then.", "§ 26 Abs. 3 Satz 1 SGB X")
            } else {
                break
            }
            day = day + 1
        }
        if let possible = calendar.possibleLocalHoliday(on: day) {
            say(
                "\(day) is \(possible.name), a public holiday in some municipalities of \(calendar.land.name); no "
                    + "municipality was named, so it counts as a working day.", possible.source)
        }
        say(
            "The period ends at the end of \(Self.weekday(day)), \(day), \(day == end ? "a" : "the next") working day.",
            day == end ? "§ 188 BGB, § 26 Abs. 3 SGB X" : "§ 26 Abs. 3 Satz 1 SGB X")
        return day
    }

    /// The day itself, whatever day it is.
    mutating func keep(_ end: CalendarDate) -> CalendarDate {
        say(
            "It ends at the end of \(Self.weekday(end)), \(end), and does not move to a working day: appointments, benefit "
                + "periods and a day fixed with reference to that rule stay.",
            "§ 26 Abs. 3 Satz 2, Abs. 4 and 5 SGB X")
        return end
    }

    private var place: String {
        guard let municipality = calendar.municipality else { return calendar.land.name }
        return "\(municipality.name), \(calendar.land.name)"
    }

    private mutating func say(_ sentence: String, _ source: String) {
        steps.append(PeriodStep(sentence: sentence, source: source))
    }

    static func weekday(_ day: CalendarDate) -> String {
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day.isoWeekday - 1]
    }
}

extension PeriodAccount {
    private mutating func endAfterEvent(_ length: PeriodLength, _ event: CalendarDate) -> CalendarDate {
        if length.months != nil {
            let end = length.after(event)
            let isMissing = end.components.day != event.components.day
            say(
                isMissing
                    ? "\(length.words) would end on the \(Self.ordinal(event.components.day)), which the month has not got: "
                        + "they end on its last day, \(end)."
                    : "\(Self.ends(length)) on the same-numbered day, \(end).",
                isMissing ? "§ 188 Abs. 3 BGB" : "§ 188 Abs. 2 BGB")
            return end
        }
        let end = length.after(event)
        sayDays(length, end)
        return end
    }

    private mutating func endFromBeginning(_ length: PeriodLength, _ first: CalendarDate) -> CalendarDate {
        if let months = length.months {
            let target = first.month.advanced(by: months)
            let day = first.components.day
            let end = day == 1 ? target.firstDay - 1 : target.firstDay + (min(day - 1, target.length) - 1)
            let isMissing = day - 1 > target.length
            say(
                isMissing
                    ? "\(length.words) would end on the \(Self.ordinal(day - 1)), which the month has not got: they end on "
                        + "its last day, \(end)."
                    : "\(Self.ends(length)) on the day before the same-numbered one, \(end).",
                isMissing ? "§ 188 Abs. 3 BGB" : "§ 188 Abs. 2 BGB")
            return end
        }
        let end = first + (length.unit == .weeks ? 7 * length.count : length.count) - 1
        sayDays(length, end)
        return end
    }

    private mutating func sayDays(_ length: PeriodLength, _ end: CalendarDate) {
        if length.unit == .weeks {
            say("\(Self.ends(length)) on \(Self.weekday(end)), \(end).", "§ 188 Abs. 2 BGB")
        } else {
            say("\(Self.ends(length)) on \(end).", "§ 188 Abs. 1 BGB")
        }
    }

    private static func ends(_ length: PeriodLength) -> String {
        "\(length.words) \(length.count == 1 ? "ends" : "end")"
    }

    private static func ordinal(_ number: Int) -> String {
        switch number {
        case 1, 21, 31: "\(number)st"
        case 2, 22: "\(number)nd"
        case 3, 23: "\(number)rd"
        default: "\(number)th"
        }
    }
}
