import Foundation

/// Where the time comes from. Injected everywhere, so that a test can drive days and months.
public struct LedgerClock: Sendable {
    private let read: @Sendable () -> Instant

    /// A clock that answers what `now` answers.
    public init(now: @escaping @Sendable () -> Instant) {
        read = now
    }

    /// The machine's clock.
    public static let system = LedgerClock {
        Instant(microsecondsSince1970: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded()))
    }

    /// The present moment, UTC.
    public var now: Instant { read() }

    /// The present day in Europe/Berlin.
    public var today: CalendarDate { Self.day(of: now) }

    /// The day in Europe/Berlin on which a moment falls.
    public static func day(of instant: Instant) -> CalendarDate {
        let seconds = Int((Double(instant.microsecondsSince1970) / 1_000_000).rounded(.down))
        let offset = berlin.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        let local = seconds + offset
        return CalendarDate(daysSince1970: local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
    }

    // The zone database ships with every system that runs PostgreSQL; without it UTC+1 is the legal standard time.
    private static let berlin = TimeZone(identifier: "Europe/Berlin") ?? TimeZone(secondsFromGMT: 3600) ?? .gmt
}
