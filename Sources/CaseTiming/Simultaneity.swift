public import Ledger

/// The days of a month on which an office has a measure running.
public struct ActivityMonth: Hashable, Sendable {
    /// The month.
    public let month: CalendarMonth
    /// The office.
    public let office: Office
    /// One bit for each day of the month; bit 0 is the 1st.
    public let days: UInt32

    /// The active days of an office in a month.
    public init(month: CalendarMonth, office: Office, days: UInt32) {
        self.month = month
        self.office = office
        self.days = days
    }
}

/// How far offices act at the same time: days on which at least two are active, of the days on which at least one is.
public struct Simultaneity: Hashable, Sendable {
    /// Days on which at least two offices are active.
    public let sharedDays: Int
    /// Days on which at least one office is active.
    public let activeDays: Int

    /// Days counted elsewhere.
    public init(sharedDays: Int, activeDays: Int) {
        self.sharedDays = sharedDays
        self.activeDays = activeDays
    }

    /// Counts one month from the active days of each office, one bit a day, as in ``ActivityMonth/days``.
    public init(counting offices: some Sequence<UInt32>) {
        var once: UInt32 = 0
        var twice: UInt32 = 0
        for days in offices {
            twice |= once & days
            once |= days
        }
        self.init(sharedDays: twice.nonzeroBitCount, activeDays: once.nonzeroBitCount)
    }

    /// Shared days ÷ active days, from 0 to 1, or `nil` when there is no active day.
    public var ratio: Double? { activeDays == 0 ? nil : Double(sharedDays) / Double(activeDays) }

    /// The days of two months, or of two cases, together.
    public static func + (left: Simultaneity, right: Simultaneity) -> Simultaneity {
        Simultaneity(
            sharedDays: left.sharedDays + right.sharedDays, activeDays: left.activeDays + right.activeDays)
    }

    /// The active days of each office by month, from measures of one case or of one household; months and offices without
    /// any are left out.
    ///
    /// - Parameters:
    ///   - measures: the measures; see ``TimedMeasure/activity`` for the days that count.
    ///   - period: the days to look at, or `nil` for all.
    /// - Returns: sorted by month, then by office.
    public static func activity(of measures: some Sequence<TimedMeasure>, within period: DayRange? = nil)
        -> [ActivityMonth]
    {
        var days: [Key: UInt32] = [:]
        for measure in measures {
            for activity in measure.activity {
                guard let range = period.map({ $0.overlap(with: activity) }) ?? activity else { continue }
                for month in range.first.month...range.last.month {
                    days[Key(month: month, office: measure.office), default: 0] |= mask(range, in: month)
                }
            }
        }
        return days.map { ActivityMonth(month: $0.month, office: $0.office, days: $1) }
            .sorted { ($0.month, $0.office) < ($1.month, $1.office) }
    }

    /// Counts each month of the active days of one case or of one household.
    public static func byMonth(_ activity: some Sequence<ActivityMonth>) -> [CalendarMonth: Simultaneity] {
        Dictionary(grouping: activity, by: \.month).mapValues { Simultaneity(counting: $0.map(\.days)) }
    }

    private struct Key: Hashable {
        let month: CalendarMonth
        let office: Office
    }

    /// The bits of the days that lie in the range.
    private static func mask(_ range: DayRange, in month: CalendarMonth) -> UInt32 {
        let first = max(range.first, month.firstDay) - month.firstDay
        let last = min(range.last, month.lastDay) - month.firstDay
        return (UInt32.max >> UInt32(31 - (last - first))) << UInt32(first)
    }
}
