public import Ledger

/// A time of day to the minute in Europe/Berlin, written `HH:MM`.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// Minutes since midnight, 0 to 1440; 1440 (`24:00`) is the end of the day.
    public let minutes: Int

    /// The time that many minutes after midnight, or `nil` outside a day.
    public init?(minutes: Int) {
        guard (0...1440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// Earlier times come first.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }
}

extension TimeOfDay: LosslessStringConvertible {
    /// `HH:MM`.
    public var description: String {
        let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
        return (hours < 10 ? "0\(hours)" : "\(hours)") + ":" + (rest < 10 ? "0\(rest)" : "\(rest)")
    }

    /// Reads exactly `HH:MM` from `00:00` to `24:00`; `nil` for any other form.
    public init?(_ text: String) {
        let digits = text.utf8.map { Int($0) - Int(UInt8(ascii: "0")) }
        guard digits.count == 5, text.utf8.dropFirst(2).first == UInt8(ascii: ":"),
            [digits[0], digits[1], digits[3], digits[4]].allSatisfy((0...9).contains), digits[3] < 6
        else { return nil }
        self.init(minutes: (digits[0] * 10 + digits[1]) * 60 + digits[3] * 10 + digits[4])
    }
}

extension TimeOfDay: Codable {
    /// Decodes `HH:MM`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = TimeOfDay(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a time of day of the form HH:MM")
        }
        self = time
    }

    /// Encodes `HH:MM`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension TimeOfDay: SchemaDescribed {
    /// `HH:MM` from `00:00` to `24:00`.
    public static var jsonSchema: JSONSchema { .text(pattern: "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$") }
    /// Midnight.
    public static var schemaExample: TimeOfDay? { TimeOfDay(minutes: 0) }
}
