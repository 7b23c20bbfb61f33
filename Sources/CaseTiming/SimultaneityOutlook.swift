public import Foundation
public import Ledger

/// How far offices act at the same time in a month: as it was, as it is planned, and as it would be if proposals were accepted.
public struct SimultaneityOutlook: Hashable, Sendable {
    /// The month.
    public let month: CalendarMonth
    /// The days up to the present one on which measures ran.
    public let recorded: Simultaneity
    /// Those, and the later days on which measures that run or are planned are going to.
    public let planned: Simultaneity
    /// The same with the measures where they would be moved to.
    public let ifAccepted: Simultaneity

    /// The outlook of each month of one case or of one household.
    ///
    /// A measure that should have begun is expected from tomorrow on, within its window; one that runs, until its window ends.
    ///
    /// - Parameters:
    ///   - measures: the measures.
    ///   - shifts: the days by which measures that have not begun would be moved.
    ///   - today: the present day, Europe/Berlin.
    ///   - months: the months to look at.
    public static func byMonth(
        of measures: some Sequence<TimedMeasure>, shiftedBy shifts: [UUID: Int], on today: CalendarDate,
        in months: ClosedRange<CalendarMonth>
    ) -> [SimultaneityOutlook] {
        let measures = Array(measures)
        let past = DayRange(first: months.lowerBound.firstDay, last: min(today, months.upperBound.lastDay))
        let future = DayRange(first: max(today + 1, months.lowerBound.firstDay), last: months.upperBound.lastDay)
        let recorded = past.map { Simultaneity.activity(of: measures, within: $0) } ?? []
        func expected(_ shifts: [UUID: Int]) -> [ActivityMonth] {
            future.map { future in
                Simultaneity.activity(of: measures.map { $0.expected(shiftedBy: shifts[$0.id] ?? 0) }, within: future)
            } ?? []
        }
        func counted(_ activity: [ActivityMonth]) -> [CalendarMonth: Simultaneity] {
            var days: [CalendarMonth: [Office: UInt32]] = [:]
            for part in activity { days[part.month, default: [:]][part.office, default: 0] |= part.days }
            return days.mapValues { Simultaneity(counting: $0.values) }
        }
        let none = Simultaneity(sharedDays: 0, activeDays: 0)
        let (before, planned, accepted) = (
            counted(recorded), counted(recorded + expected([:])), counted(recorded + expected(shifts))
        )
        return months.map { month in
            SimultaneityOutlook(
                month: month, recorded: before[month] ?? none, planned: planned[month] ?? none,
                ifAccepted: accepted[month] ?? none)
        }
    }
}

extension TimedMeasure {
    /// The measure as it is going to run: one that has not begun, moved by so many days, as if it had on its first day.
    public func expected(shiftedBy days: Int) -> TimedMeasure {
        guard case .planned = progress else { return self }
        let window = window.shifted(by: days)
        return TimedMeasure(
            id: id, caseID: caseID, office: office, window: window, progress: .running(since: window.first),
            pauses: pauses)
    }
}
