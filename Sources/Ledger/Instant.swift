/// A moment in UTC with PostgreSQL's resolution of one microsecond.
public struct Instant: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
    public let microsecondsSince1970: Int64

    /// The moment that many microseconds after 1970-01-01T00:00:00Z.
    public init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// Earlier moments come first.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.microsecondsSince1970 < right.microsecondsSince1970
    }

    /// The moment `seconds` seconds later.
    public func adding(seconds: Int64) -> Instant {
        Instant(microsecondsSince1970: microsecondsSince1970 + seconds * 1_000_000)
    }
}

extension Instant: LosslessStringConvertible {
    /// RFC 3339 in UTC with as many fractional digits as needed, e.g. `2026-03-02T08:30:00.25Z`.
    public var description: String {
        let perDay: Int64 = 86_400_000_000
        let day = (microsecondsSince1970 >= 0 ? microsecondsSince1970 : microsecondsSince1970 - perDay + 1) / perDay
        let ofDay = microsecondsSince1970 - day * perDay
        let seconds = Int(ofDay / 1_000_000)
        var fraction = CalendarMonth.padded(Int(ofDay % 1_000_000), 6)
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { CalendarMonth.padded($0, 2) }
        return "\(CalendarDate(daysSince1970: Int(day)))T" + clock.joined(separator: ":")
            + (fraction.isEmpty ? "" : ".\(fraction)") + "Z"
    }

    /// Reads RFC 3339 with an offset (`Z` or `±hh:mm`) and up to six fractional digits; `nil` for any other form.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            let date = CalendarDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = CalendarMonth.number(bytes[11..<13]), hour < 24,
            let minute = CalendarMonth.number(bytes[14..<16]), minute < 60,
            let second = CalendarMonth.number(bytes[17..<19]), second < 60
        else { return nil }
        var rest = bytes[19...]
        var microseconds = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard (1...6).contains(digits.count), let value = CalendarMonth.number(digits) else { return nil }
            microseconds = (digits.count..<6).reduce(value) { scaled, _ in scaled * 10 }
            rest = rest.dropFirst(digits.count + 1)
        }
        guard let offset = Self.offset(rest) else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.init(microsecondsSince1970: Int64(seconds) * 1_000_000 + Int64(microseconds))
    }

    /// Seconds east of UTC of an RFC 3339 offset.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(bytes)
        if bytes == [UInt8(ascii: "Z")] || bytes == [UInt8(ascii: "z")] { return 0 }
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = CalendarMonth.number(bytes[1..<3]),
            let minutes = CalendarMonth.number(bytes[4..<6]), hours < 24, minutes < 60
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }
}

extension Instant: Codable {
    /// Decodes RFC 3339.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not an RFC 3339 date-time with an offset")
        }
        self = instant
    }

    /// Encodes RFC 3339 in UTC.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Instant: SchemaDescribed {
    /// RFC 3339.
    public static var jsonSchema: JSONSchema { .text(format: "date-time") }
    /// Any moment.
    public static var schemaExample: Instant? { Instant(microsecondsSince1970: 0) }
}
