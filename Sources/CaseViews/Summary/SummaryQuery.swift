public import CaseFile
public import CaseTiming
public import Ledger

/// Which numbers a supervisor wants.
public struct SummaryQuery: Sendable {
    /// Who asks. Only the actor's areas are shown; the numbers of the actor's own office are exact, those of others and of
    /// all together have small cells suppressed.
    public var actor: Actor
    /// The present day, Europe/Berlin: months after it are left out, and of its month only the days up to it count.
    public var today: CalendarDate
    /// The first month.
    public var from: CalendarMonth
    /// The last month.
    public var to: CalendarMonth
    /// Only this office's rows; `nil` for all offices, and all of them together.
    public var office: Office?
    /// Only this programme area.
    public var area: String?

    /// A query for the months from `from` to `to`.
    public init(
        actor: Actor, today: CalendarDate, from: CalendarMonth, to: CalendarMonth, office: Office? = nil,
        area: String? = nil
    ) {
        self.actor = actor
        self.today = today
        self.from = from
        self.to = to
        self.office = office
        self.area = area
    }
}
