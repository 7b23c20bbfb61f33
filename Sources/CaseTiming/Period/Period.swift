public import Ledger

/// One step on the way to the end of a period: what was done, and the law that says so.
public struct PeriodStep: Hashable, Sendable, CustomStringConvertible {
    /// What was done, in a sentence.
    public let sentence: String
    /// The law and paragraph.
    public let source: String

    /// The sentence with its source in brackets.
    public var description: String { "\(sentence) (\(source))" }
}

/// Why the end of a period cannot be computed.
public enum PeriodError: Error, Hashable, Sendable {
    /// To tell whether that day is a working day, the calendar would have to cover it.
    case outsideCalendar(CalendarDate)
    /// The period would end after the last day that can be written, 9999-12-31.
    case endless
}

/// A period of German law from its event to its end, computed as §§ 187–193 BGB and § 26 SGB X want it.
///
/// All days are days of the place the period is observed at (Europe/Berlin). A period ends when its last day ends.
public struct Period: Hashable, Sendable {
    /// Where a period begins.
    public enum Start: String, CaseIterable, Hashable, Sendable {
        /// In the course of the day of the event, which is not counted (§ 187 Abs. 1 BGB).
        case duringTheDay
        /// At the beginning of that day, which is counted: a benefit from the 1st, a year of life (§ 187 Abs. 2 BGB).
        case beginningOfTheDay
    }

    /// The day that the period's beginning follows from: of the event, or of notification after posting.
    public let event: CalendarDate
    /// The last day before it was moved to a working day, if it was.
    public let countedEnd: CalendarDate
    /// The last day of the period.
    public let end: CalendarDate
    /// How it was computed, step by step.
    public let steps: [PeriodStep]
    private let movesToWorkingDay: Bool

    /// The period that an event begins.
    ///
    /// - Parameters:
    ///   - day: the day of the event, or with `isPosting` the day on which an administrative act was posted.
    ///   - isPosting: whether it counts as notified some days later (§ 37 Abs. 2 SGB X): on the third day after posting
    ///     until 2024, on the fourth since 2025, whatever weekday that is.
    ///   - start: whether the day of the event is counted; after posting it never is.
    ///   - movesToWorkingDay: whether an end on a Saturday, Sunday or public holiday moves to the next working day. It
    ///     does not for appointments, benefit periods and a day fixed with reference to that rule.
    ///   - calendar: the public holidays of the place.
    /// - Throws: ``PeriodError``.
    public init(
        from day: CalendarDate, isPosting: Bool = false, start: Start = .duringTheDay, lasting length: PeriodLength,
        movesToWorkingDay: Bool = true, in calendar: HolidayCalendar
    ) throws(PeriodError) {
        var account = PeriodAccount(calendar: calendar)
        let event = isPosting ? account.notification(postedOn: day) : day
        let counted = account.count(length, from: event, isPosting ? .duringTheDay : start)
        try self.init(event: event, counted, movesToWorkingDay, account)
    }

    /// The period extended by a length, counted from its end (§ 190 BGB, § 26 Abs. 7 SGB X). It may have ended before: an
    /// authority may extend its periods afterwards too.
    ///
    /// - Throws: ``PeriodError``.
    public func extended(by length: PeriodLength, in calendar: HolidayCalendar) throws(PeriodError) -> Period {
        var account = PeriodAccount(calendar: calendar, steps: steps)
        let counted = account.extend(end, by: length)
        return try Period(event: event, counted, movesToWorkingDay, account)
    }

    private init(
        event: CalendarDate, _ counted: CalendarDate, _ movesToWorkingDay: Bool, _ account: PeriodAccount
    ) throws(PeriodError) {
        var account = account
        guard counted.components.year <= 9999 else { throw .endless }
        self.event = event
        self.countedEnd = counted
        self.movesToWorkingDay = movesToWorkingDay
        self.end = movesToWorkingDay ? try account.move(counted) : account.keep(counted)
        self.steps = account.steps
    }
}
