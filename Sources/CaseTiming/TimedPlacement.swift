public import Foundation
public import Ledger

/// What timing knows of a placement that was accepted: when it is, how many hours, and from when on an income is recorded
/// for the time after it. Neither employer nor wage.
public struct TimedPlacement: Hashable, Sendable {
    /// How far a placement has come.
    public enum Progress: Hashable, Sendable {
        /// Accepted, not begun.
        case accepted
        /// Begun, not ended.
        case running
        /// Begun and ended.
        case ended
    }

    /// The placement.
    public let id: UUID
    /// The participant's case.
    public let caseID: UUID
    /// The office that recorded it.
    public let office: Office
    /// The first day, as it really was or as offered; `nil` when none is known.
    public let first: CalendarDate?
    /// The last day, as it really was or as offered; `nil` without an end.
    public let last: CalendarDate?
    /// How far it has come.
    public let progress: Progress
    /// Weekly hours, if they are known.
    public let hoursPerWeek: Double?
    /// The first day after it for which an income is recorded; `nil` when none is.
    public let incomeFrom: CalendarDate?

    /// A placement as timing sees it.
    public init(
        id: UUID, caseID: UUID, office: Office, first: CalendarDate?, last: CalendarDate?, progress: Progress,
        hoursPerWeek: Double? = nil, incomeFrom: CalendarDate? = nil
    ) {
        self.id = id
        self.caseID = caseID
        self.office = office
        self.first = first
        self.last = last
        self.progress = progress
        self.hoursPerWeek = hoursPerWeek
        self.incomeFrom = incomeFrom
    }

    /// Whether it has begun or will begin by `day` and does not end before it.
    func covers(_ day: CalendarDate) -> Bool {
        guard let first, first <= day else { return false }
        return last.map { day <= $0 } ?? true
    }
}
