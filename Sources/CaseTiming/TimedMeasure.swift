public import Foundation
public import Ledger

/// How far a measure has come, with the days on which that changed.
public enum MeasureProgress: Hashable, Sendable {
    /// Not started yet.
    case planned
    /// Started on `since` and not ended.
    case running(since: CalendarDate)
    /// Started on `since`, interrupted from the day `on` on, and neither resumed nor ended.
    case paused(since: CalendarDate, on: CalendarDate)
    /// Ran from `from` to the day `on`, both included.
    case completed(from: CalendarDate, on: CalendarDate)
    /// Given up: on the day `on`, its last, after it had run from `from`; or without ever starting when `from` is `nil`.
    case abandoned(from: CalendarDate?, on: CalendarDate)
}

/// What timing knows of a measure: whose and which office's it is, and when. Neither title nor provider nor goal.
public struct TimedMeasure: Hashable, Sendable {
    /// The measure's identifier.
    public let id: UUID
    /// The case whose plan it belongs to.
    public let caseID: UUID
    /// The office whose plan it belongs to.
    public let office: Office
    /// The days for which it is planned.
    public let window: DayRange
    /// How far it has come.
    public let progress: MeasureProgress
    /// Interruptions that are over: days on which the measure did not run although it had started.
    public let pauses: [DayRange]
    /// How many hours a week it takes, if that is known.
    public let hoursPerWeek: Double?
    /// Whether its plan was agreed and is not concluded.
    public let isAgreed: Bool

    /// A measure as timing sees it.
    public init(
        id: UUID, caseID: UUID, office: Office, window: DayRange, progress: MeasureProgress, pauses: [DayRange] = [],
        hoursPerWeek: Double? = nil, isAgreed: Bool = true
    ) {
        self.id = id
        self.caseID = caseID
        self.office = office
        self.window = window
        self.progress = progress
        self.pauses = pauses
        self.hoursPerWeek = hoursPerWeek
        self.isAgreed = isAgreed
    }

    /// The day on which it started, or `nil` when it has not.
    public var startedOn: CalendarDate? {
        switch progress {
        case .planned: nil
        case .running(let since), .paused(let since, _): since
        case .completed(let from, _): from
        case .abandoned(let from, _): from
        }
    }

    /// Its last day, once it was completed or abandoned, otherwise `nil`.
    public var endedOn: CalendarDate? {
        switch progress {
        case .planned, .running, .paused: nil
        case .completed(_, let day), .abandoned(_, let day): day
        }
    }

    /// Whether it is planned, running or paused.
    public var isOpen: Bool { endedOn == nil }

    /// Whether it was given up.
    public var isAbandoned: Bool {
        if case .abandoned = progress { true } else { false }
    }

    /// The days that count for relations: as it really was where that is known, and as planned where it is not.
    public var range: DayRange {
        DayRange(first: startedOn ?? window.first, atLeastTo: endedOn ?? window.last)
    }

    /// The days on which it ran or, while it runs, on which it will have run by its window's end; earliest first.
    ///
    /// This does not depend on the present day. Days of an interruption are left out; one that is not over ends the
    /// activity as far as is known. A measure that never started has no such days.
    public var activity: [DayRange] {
        guard let startedOn else { return [] }
        let until: CalendarDate =
            if case .paused(_, let pausedOn) = progress { min(range.last, pausedOn - 1) } else { range.last }
        guard let days = DayRange(first: startedOn, last: until) else { return [] }
        return DaySet([days]).subtracting(DaySet(pauses)).ranges
    }

    /// The days on which it is expected to run, seen from a day: to its window's end, and when that has passed while it
    /// runs, until its end is recorded.
    func expectedDays(on today: CalendarDate) -> DayRange {
        if case .running(let since) = progress, window.last < today {
            return DayRange(first: since, atLeastTo: .openEnd)
        }
        return range
    }

    /// Whether it runs, or is planned and its window has not passed on a day: neither paused nor ended.
    func isExpected(on today: CalendarDate) -> Bool {
        switch progress {
        case .running: true
        case .planned: window.last >= today
        case .paused, .completed, .abandoned: false
        }
    }
}
