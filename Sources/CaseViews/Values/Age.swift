import CaseTiming
import Ledger

extension CalendarDate {
    /// The age in whole years on a day of somebody born on this day; 0 before birth.
    func age(on day: CalendarDate) -> Int {
        let years = day.components.year - components.year
        return max(0, birthday(years) <= day ? years : years - 1)
    }
}
