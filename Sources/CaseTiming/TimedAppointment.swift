public import Foundation
public import Ledger

/// When an office means to meet a participant: neither where nor what for. Times are those of the wall clock in
/// Europe/Berlin.
public struct TimedAppointment: Hashable, Sendable {
    /// The appointment.
    public let id: UUID
    /// The participant's case.
    public let caseID: UUID
    /// The office.
    public let office: Office
    /// The day on which it begins.
    public let day: CalendarDate
    /// The minute of that day at which it begins, from 0 to 1439.
    public let minute: Int
    /// How many minutes it takes, at least 1.
    public let minutes: Int

    /// An appointment as timing sees it.
    public init(id: UUID, caseID: UUID, office: Office, day: CalendarDate, minute: Int, minutes: Int) {
        self.id = id
        self.caseID = caseID
        self.office = office
        self.day = day
        self.minute = minute
        self.minutes = max(1, minutes)
    }

    /// The day on which it ends.
    var lastDay: CalendarDate { day + (minute + minutes - 1) / 1440 }

    /// Minutes since the beginning of 1970 that it takes.
    var span: Range<Int> {
        let start = day.daysSince1970 * 1440 + minute
        return start..<start + minutes
    }
}

/// The times of the week at which a measure takes place, on the wall clock in Europe/Berlin.
public struct MeasureSchedule: Hashable, Sendable {
    /// A time in the week.
    public struct Time: Hashable, Sendable {
        /// 1 for Monday to 7 for Sunday.
        public let weekday: Int
        /// The minutes of the day that it takes.
        public let minutes: Range<Int>

        /// A time in the week.
        public init(weekday: Int, minutes: Range<Int>) {
            self.weekday = weekday
            self.minutes = minutes
        }
    }

    /// The measure.
    public let measure: UUID
    /// When it takes place.
    public let times: [Time]

    /// The times of a measure.
    public init(measure: UUID, times: [Time]) {
        self.measure = measure
        self.times = times
    }
}
