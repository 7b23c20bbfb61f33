public import Ledger

/// A range of days, the first and the last day both included; never empty.
public struct DayRange: Hashable, Sendable {
    /// The first day of the range.
    public let first: CalendarDate
    /// The last day of the range, never before the first.
    public let last: CalendarDate

    /// The days from `first` to `last`, or `nil` when they are the wrong way round.
    public init?(first: CalendarDate, last: CalendarDate) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// The days from `first` to `last`, or only `first` when `last` lies before it.
    public init(first: CalendarDate, atLeastTo last: CalendarDate) {
        self.first = first
        self.last = max(first, last)
    }

    /// Number of days, at least 1.
    public var length: Int { last - first + 1 }

    /// Whether the day lies in the range.
    public func contains(_ day: CalendarDate) -> Bool { first <= day && day <= last }

    /// The days both ranges have, or `nil` when they have none.
    public func overlap(with other: DayRange) -> DayRange? {
        DayRange(first: max(first, other.first), last: min(last, other.last))
    }

    /// Number of days that lie between the two ranges, whichever comes first: 0 when they touch or overlap.
    public func daysBetween(_ other: DayRange) -> Int {
        max(0, max(first, other.first) - min(last, other.last) - 1)
    }

    /// The range that lies `days` days later, or earlier when negative, with the same length.
    public func shifted(by days: Int) -> DayRange {
        DayRange(first: first + days, atLeastTo: last + days)
    }
}

extension DayRange: Comparable {
    /// Earlier first days come first, then earlier last days.
    public static func < (left: DayRange, right: DayRange) -> Bool {
        (left.first, left.last) < (right.first, right.last)
    }
}

extension DayRange: CustomStringConvertible {
    /// The days as within a sentence: "2026-03-02 to 2026-05-29".
    public var description: String { "\(first) to \(last)" }
}

extension DayRange: Codable {
    private enum CodingKeys: String, CodingKey {
        case from, to
    }

    /// Decodes `{"from": "YYYY-MM-DD", "to": "YYYY-MM-DD"}`; reversed dates are a decoding error at `to`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let first = try container.decode(CalendarDate.self, forKey: .from)
        let last = try container.decode(CalendarDate.self, forKey: .to)
        guard first <= last else {
            throw DecodingError.dataCorruptedError(
                forKey: .to, in: container, debugDescription: "the range ends on \(last), before it begins on \(first)")
        }
        self.first = first
        self.last = last
    }

    /// Encodes `{"from": "YYYY-MM-DD", "to": "YYYY-MM-DD"}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(first, forKey: .from)
        try container.encode(last, forKey: .to)
    }
}
