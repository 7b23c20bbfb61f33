/// A day of the Gregorian calendar, without a time of day and without a zone.
///
/// In the domain a date is a date in Europe/Berlin; this type does not know zones, so the conversion from an instant
/// happens once, at the edge, in ``LedgerClock``. Arithmetic follows Howard Hinnant's `days_from_civil`.
public struct CalendarDate: Hashable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let daysSince1970: Int

    /// The day that lies `daysSince1970` days after 1970-01-01.
    public init(daysSince1970: Int) {
        self.daysSince1970 = daysSince1970
    }

    /// The day of that year, month (1–12) and day of month, or `nil` when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.daysInMonth(month, of: year)).contains(day)
        else { return nil }
        daysSince1970 = Self.days(year: year, month: month, day: day)
    }

    /// Days since 1970-01-01 of a day in any year, also beyond those that can be written.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month > 2 ? year : year - 1
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month (1–12) and day of month.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The month this day lies in.
    public var month: CalendarMonth {
        let (year, month, _) = components
        return CalendarMonth(ordinal: year * 12 + month - 1)
    }

    /// 1 for Monday to 7 for Sunday, as in ISO 8601.
    public var isoWeekday: Int {
        let remainder = (daysSince1970 + 3) % 7
        return (remainder < 0 ? remainder + 7 : remainder) + 1
    }

    /// The same-numbered day `months` months later, or that month's last day when it has no such day (§188 BGB).
    public func adding(months: Int) -> CalendarDate {
        let (_, _, day) = components
        let target = CalendarMonth(ordinal: month.ordinal + months)
        return target.firstDay + (Swift.min(day, target.length) - 1)
    }

    /// Number of days in a month (1–12) of a year.
    static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day that lies `days` days later.
    public static func + (date: CalendarDate, days: Int) -> CalendarDate {
        CalendarDate(daysSince1970: date.daysSince1970 + days)
    }

    /// The day that lies `days` days earlier.
    public static func - (date: CalendarDate, days: Int) -> CalendarDate {
        CalendarDate(daysSince1970: date.daysSince1970 - days)
    }

    /// Whole days from `right` to `left`.
    public static func - (left: CalendarDate, right: CalendarDate) -> Int {
        left.daysSince1970 - right.daysSince1970
    }
}

extension CalendarDate: Strideable {
    /// Whole days from this day to `other`.
    public func distance(to other: CalendarDate) -> Int { other - self }
    /// The day that lies `days` days later.
    public func advanced(by days: Int) -> CalendarDate { self + days }
    /// Earlier days come first.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }
}

extension CalendarDate: LosslessStringConvertible {
    /// `YYYY-MM-DD` (ISO 8601).
    public var description: String {
        let (year, month, day) = components
        return CalendarMonth.padded(year, 4) + "-" + CalendarMonth.padded(month, 2) + "-"
            + CalendarMonth.padded(day, 2)
    }

    /// Reads exactly `YYYY-MM-DD`; `nil` for any other form and for days that do not exist.
    public init?(_ text: String) {
        var text = text
        guard let date = text.withUTF8(CalendarDate.init(text:)) else { return nil }
        self = date
    }
}

extension CalendarDate: ExpressibleByStringLiteral {
    /// A date written in source as `"YYYY-MM-DD"`; a literal that is no date is a programming error.
    public init(stringLiteral value: String) {
        guard let date = CalendarDate(value) else { preconditionFailure("'\(value)' is not a date") }
        self = date
    }
}

extension CalendarDate: Codable {
    /// Decodes `YYYY-MM-DD`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = CalendarDate(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a date of the form YYYY-MM-DD")
        }
        self = date
    }

    /// Encodes `YYYY-MM-DD`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension CalendarDate: SchemaDescribed {
    /// `YYYY-MM-DD`.
    public static var jsonSchema: JSONSchema { .text(format: "date") }
    /// Any day.
    public static var schemaExample: CalendarDate? { "2000-01-01" }
}
