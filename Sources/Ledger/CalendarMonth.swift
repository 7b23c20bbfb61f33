/// A month of the Gregorian calendar, as supervisors count by.
public struct CalendarMonth: Hashable, Sendable {
    /// Months since January of year 0.
    public let ordinal: Int

    /// The month that lies `ordinal` months after January of year 0.
    public init(ordinal: Int) {
        self.ordinal = ordinal
    }

    /// The first day of the month.
    public var firstDay: CalendarDate {
        CalendarDate(daysSince1970: CalendarDate.days(year: year, month: number, day: 1))
    }

    /// The last day of the month.
    public var lastDay: CalendarDate { firstDay + (length - 1) }

    /// Days in the month, 28 to 31.
    public var length: Int { CalendarDate.daysInMonth(number, of: year) }

    private var year: Int { (ordinal >= 0 ? ordinal : ordinal - 11) / 12 }

    /// 1 for January to 12 for December.
    private var number: Int { ordinal - year * 12 + 1 }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }

    static func number(_ digits: some Sequence<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}

extension CalendarMonth: Strideable {
    /// Whole months from this month to `other`.
    public func distance(to other: CalendarMonth) -> Int { other.ordinal - ordinal }
    /// The month that lies `months` months later.
    public func advanced(by months: Int) -> CalendarMonth { CalendarMonth(ordinal: ordinal + months) }
    /// Earlier months come first.
    public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool { left.ordinal < right.ordinal }
}

extension CalendarMonth: LosslessStringConvertible {
    /// `YYYY-MM` (ISO 8601).
    public var description: String { Self.padded(year, 4) + "-" + Self.padded(number, 2) }

    /// Reads exactly `YYYY-MM`; `nil` for any other form.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let year = Self.number(bytes[0..<4]), year > 0,
            let month = Self.number(bytes[5..<7]), (1...12).contains(month)
        else { return nil }
        self.init(ordinal: year * 12 + month - 1)
    }
}
