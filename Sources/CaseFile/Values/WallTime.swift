public import Ledger

/// A day and a time of day in Europe/Berlin as a clock on the wall shows it: what people agree on, and what stays when a
/// law changes the offset. Events hold `YYYY-MM-DDTHH:MM`; clients may also send, and always get, RFC 3339 with an offset.
public struct WallTime: Hashable, Comparable, Sendable {
    /// The day.
    public let day: CalendarDate
    /// The time of day, before `24:00`.
    public let time: TimeOfDay

    /// That time on that day, or `nil` at the end of the day, which is the beginning of the next.
    public init?(day: CalendarDate, time: TimeOfDay) {
        guard time.minutes < 1440 else { return nil }
        self.day = day
        self.time = time
    }

    /// Earlier times come first.
    public static func < (left: WallTime, right: WallTime) -> Bool { left.minutes < right.minutes }

    /// Minutes on the wall since the beginning of 1970. The hour that is skipped or comes twice when the clocks change is
    /// counted as any other.
    var minutes: Int { day.daysSince1970 * 1440 + time.minutes }

    /// Whether the clocks skip this time: from 02:00 to 03:00 on the last Sunday of March (Directive 2000/84/EC, article 2).
    var isSkipped: Bool {
        let (year, month, dayOfMonth) = day.components
        guard month == 3, dayOfMonth > 24, (120..<180).contains(time.minutes) else { return false }
        // 4 January 1970 was a Sunday.
        return year >= 1981 && (day.daysSince1970 - 3).isMultiple(of: 7)
    }
}

extension WallTime: LosslessStringConvertible {
    /// `YYYY-MM-DDTHH:MM`.
    public var description: String { "\(day)T\(time)" }

    /// Reads `YYYY-MM-DDTHH:MM` or a full minute in RFC 3339 with an offset, whichever it is; `nil` for any other form.
    public init?(_ text: String) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = CalendarDate(String(parts[0])), let time = TimeOfDay(String(parts[1])) else {
            self.init(instant: text)
            return
        }
        self.init(day: day, time: time)
    }

    private init?(instant text: String) {
        guard let instant = Instant(text), instant.microsecondsSince1970.isMultiple(of: 60_000_000) else { return nil }
        let (day, second) = LedgerClock.wallClock(at: instant)
        guard let time = TimeOfDay(minutes: second / 60) else { return nil }
        self.init(day: day, time: time)
    }

    /// The same moment in RFC 3339 with the offset that Europe/Berlin has then, e.g. `2026-03-09T10:00:00+01:00`.
    public var rfc3339: String {
        let offset = LedgerClock.offset(onWallClock: day, secondOfDay: time.minutes * 60) / 60
        let sign = offset < 0 ? "-" : "+"
        let digits = [abs(offset) / 60, abs(offset) % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(description):00\(sign)\(digits.joined(separator: ":"))"
    }
}

extension WallTime: Codable {
    /// Decodes `YYYY-MM-DDTHH:MM` or RFC 3339 with an offset.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = WallTime(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is neither RFC 3339 with an offset and full minutes nor YYYY-MM-DDTHH:MM")
        }
        self = time
    }

    /// Encodes `YYYY-MM-DDTHH:MM`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension WallTime: SchemaDescribed {
    /// `YYYY-MM-DDTHH:MM`.
    public static var jsonSchema: JSONSchema {
        .text(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$")
    }
    /// Any moment.
    public static var schemaExample: WallTime? {
        TimeOfDay(minutes: 0).flatMap { WallTime(day: "2000-01-01", time: $0) }
    }
}
