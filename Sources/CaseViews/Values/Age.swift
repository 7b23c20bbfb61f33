import Ledger

extension CalendarDate {
    /// The day on which somebody born on this day reaches an age: the birthday (§ 187 (2), § 188 (2) BGB). Somebody born on
    /// a 29th of February does so on the 1st of March of a common year.
    func birthday(_ age: Int) -> CalendarDate {
        let (year, month, day) = components
        return CalendarDate(year: year + age, month: month, day: day)
            ?? CalendarDate(year: year + age, month: 3, day: 1) ?? self
    }

    /// The age in whole years on a day of somebody born on this day; 0 before birth.
    func age(on day: CalendarDate) -> Int {
        let years = day.components.year - components.year
        return max(0, birthday(years) <= day ? years : years - 1)
    }
}
