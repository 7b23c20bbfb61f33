public import CaseTiming
public import Foundation
public import Ledger

/// Whether something is still out of step.
public enum FindingState: String, Codable, CaseIterable, Hashable, Sendable {
    /// It is.
    case open
    /// It is in step again, or no longer matters.
    case closed
}

/// Something out of step, in a list. Dates are days in Europe/Berlin.
public struct FindingItem: Codable, Hashable, Sendable {
    /// The finding.
    public var id: UUID
    /// In what way.
    public var kind: FindingKind
    /// Whether it still is.
    public var state: FindingState
    /// The offices it concerns.
    public var offices: [Office]
    /// The cases it is about.
    public var cases: [UUID]
    /// The measures it is about.
    public var measures: [UUID]
    /// The first day it is about.
    public var from: CalendarDate?
    /// The last day it is about.
    public var to: CalendarDate?
    /// By how many days something is out of step; for what grows with every day, as of the day asked for.
    public var days: Int?
    /// Of an open deadline or review, how its day lies to the day asked for.
    public var standing: DeadlineStanding?
    /// What is out of step, in a sentence or two.
    public var explanation: String
    /// The day as of which it was last opened.
    public var openedOn: CalendarDate
    /// The day as of which it was closed.
    public var closedOn: CalendarDate?
    /// The programme area.
    public var area: String
    /// What it rests on, its measures among it.
    public var grounds: [FindingGround] = []
    /// The recorded events that speak of that, by case and version.
    public var events: [FindingEvent] = []
}
