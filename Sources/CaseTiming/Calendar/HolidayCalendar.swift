public import Ledger

/// A public holiday on a day.
public struct Holiday: Hashable, Sendable {
    /// Its name in German.
    public let name: String
    /// The law and paragraph that make it one.
    public let source: String
}

/// The public holidays and working days of a place, by the law of its Land.
public struct HolidayCalendar: Hashable, Sendable {
    /// The years that the calendar covers.
    public static let years = 1990...2040

    /// The Land.
    public let land: Land
    /// The municipality; `nil` counts the holidays of the whole Land only.
    public let municipality: Municipality?

    /// The calendar of a Land, or of a municipality in it.
    public init(land: Land, municipality: Municipality? = nil) {
        self.land = land
        self.municipality = municipality
    }

    /// Whether the calendar covers a day; of others it knows nothing.
    public static func covers(_ day: CalendarDate) -> Bool { years.contains(day.components.year) }

    /// The public holiday on a day, the first of the table where two fall on one.
    public func holiday(on day: CalendarDate) -> Holiday? {
        let year = day.components.year
        return HolidayTable.rules.first { rule in
            isHoliday(rule, in: year) && rule.day.date(in: year) == day
        }.map { Holiday(name: $0.name, source: $0.source(in: land)) }
    }

    /// The holidays of a year, by day; where two fall on one day, the first of the table.
    public func holidays(in year: Int) -> [(day: CalendarDate, holiday: Holiday)] {
        let days = HolidayTable.rules.filter { isHoliday($0, in: year) }.compactMap { $0.day.date(in: year) }
        return Set(days).sorted().compactMap { day in holiday(on: day).map { (day, $0) } }
    }

    /// A holiday that some municipalities of the Land have on a day, when none has been named.
    public func possibleLocalHoliday(on day: CalendarDate) -> Holiday? {
        let year = day.components.year
        guard municipality == nil, holiday(on: day) == nil else { return nil }
        return HolidayTable.rules.first { rule in
            rule.local != nil && rule.laender.contains(land) && rule.years.contains(year)
                && rule.day.date(in: year) == day
        }.map { Holiday(name: $0.name, source: $0.source(in: land)) }
    }

    /// Whether a day is a working day (Werktag) in the sense of § 26 Abs. 3 SGB X and § 193 BGB: neither Saturday nor
    /// Sunday nor a public holiday.
    public func isWorkingDay(_ day: CalendarDate) -> Bool { day.isoWeekday < 6 && holiday(on: day) == nil }

    /// The first working day on or after a day.
    public func firstWorkingDay(onOrAfter day: CalendarDate) -> CalendarDate {
        var day = day
        while !isWorkingDay(day) { day = day + 1 }
        return day
    }

    private func isHoliday(_ rule: HolidayRule, in year: Int) -> Bool {
        guard rule.laender.contains(land), rule.years.contains(year) else { return false }
        guard let local = rule.local else { return true }
        return municipality?.observes(local, in: year) ?? false
    }
}
