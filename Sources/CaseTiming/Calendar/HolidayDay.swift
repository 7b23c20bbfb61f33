public import Ledger

/// On which day of a year a public holiday falls.
public enum HolidayDay: Hashable, Sendable {
    /// The same day of the same month every year.
    case fixed(month: Int, day: Int)
    /// So many days after Easter Sunday, before it when negative.
    case easter(Int)
    /// The Wednesday before 23 November, which is the last one before the last Sunday of the church year.
    case repentanceDay

    /// The day in a year (1–9999); `nil` when that year has none, as 29 February.
    public func date(in year: Int) -> CalendarDate? {
        switch self {
        case .fixed(let month, let day): return CalendarDate(year: year, month: month, day: day)
        case .easter(let offset): return Self.easterSunday(of: year).map { $0 + offset }
        case .repentanceDay:
            guard let latest = CalendarDate(year: year, month: 11, day: 22) else { return nil }
            return latest - (latest.isoWeekday + 4) % 7
        }
    }

    /// Easter Sunday of the Gregorian calendar: the "anonymous" algorithm, Nature 13 (1876) 487; Meeus, *Astronomical
    /// Algorithms*, chapter 8.
    static func easterSunday(of year: Int) -> CalendarDate? {
        let golden = year % 19
        let (century, yearOfCentury) = year.quotientAndRemainder(dividingBy: 100)
        let shortening = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - shortening + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let correction = (golden + 11 * epact + 22 * weekday) / 451
        let ordinal = epact + weekday - 7 * correction + 114
        return CalendarDate(year: year, month: ordinal / 31, day: ordinal % 31 + 1)
    }
}
