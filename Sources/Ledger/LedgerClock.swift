import Foundation
import Synchronization

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
    public static func day(of instant: Instant) -> CalendarDate { wallClock(at: instant).day }

    /// What day and how many seconds after its beginning a clock on the wall in Europe/Berlin shows at a moment.
    public static func wallClock(at instant: Instant) -> (day: CalendarDate, secondOfDay: Int) {
        let micros = instant.microsecondsSince1970
        let seconds = Int(micros >= 0 ? micros / 1_000_000 : (micros - 999_999) / 1_000_000)
        let local = seconds + offset(at: seconds)
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        return (CalendarDate(daysSince1970: day), local - day * 86_400)
    }

    /// Seconds east of UTC when a clock on the wall in Europe/Berlin shows that day and second of the day: of the hour that
    /// comes twice in autumn, the first time; of the one that is skipped in spring, the offset before it.
    public static func offset(onWallClock day: CalendarDate, secondOfDay: Int) -> Int {
        let local = day.daysSince1970 * 86_400 + secondOfDay
        let before = offset(at: local - 86_400)
        return [before, offset(at: local + 86_400)].first { offset(at: local - $0) == $0 } ?? before
    }

    /// Seconds east of UTC. Clocks are only ever set on the full hour of UTC, so within one the answer stays; asking the
    /// zone database costs more than all else that a command wants to know of the day.
    private static func offset(at seconds: Int) -> Int {
        // Before 1980, when today's rule came, they were also set at other minutes.
        guard seconds >= 315_532_800 else { return berlin.secondsFromGMT(for: date(seconds)) }
        let hour = seconds / 3600
        let known = lastOffset.load(ordering: .relaxed)
        if known >> 20 == hour { return known & 0xF_FFFF }
        let offset = berlin.secondsFromGMT(for: date(seconds))
        if (0...0xF_FFFF).contains(offset) { lastOffset.store(hour << 20 | offset, ordering: .relaxed) }
        return offset
    }

    private static func date(_ seconds: Int) -> Date { Date(timeIntervalSince1970: Double(seconds)) }

    /// The hour since 1970 that was asked for last, and its offset in the lowest 20 bits.
    private static let lastOffset = Atomic<Int>(0)

    // The zone database ships with every system that runs PostgreSQL; without it UTC+1 is the legal standard time.
    private static let berlin = TimeZone(identifier: "Europe/Berlin") ?? TimeZone(secondsFromGMT: 3600) ?? .gmt
}
