public import CaseTiming
public import Foundation
public import Ledger

/// The field of action of a measure (Handlungsfeld).
public enum Strand: String, Codable, CaseIterable, Hashable, Sendable {
    /// Schooling and qualification.
    case education
    /// Work and the way to it.
    case employment
    /// Mutual support in the neighbourhood.
    case neighbourhood
    /// Taking part in public life.
    case civicParticipation = "civic-participation"
    /// Social infrastructure, traffic, housing.
    case livingEnvironment = "living-environment"
}

/// Whether a measure prevents or repairs.
public enum Orientation: String, Codable, CaseIterable, Hashable, Sendable {
    /// Vorsorgend.
    case preventive
    /// Nachsorgend.
    case remedial
}

/// Whether a measure strengthens the ability to learn and act, or income.
public enum Solidarity: String, Codable, CaseIterable, Hashable, Sendable {
    /// Angebotssolidarität: the ability to learn and to act.
    case supply
    /// Nachfragesolidarität: income.
    case demand
}

/// A time in the week at which a measure takes place, Europe/Berlin.
public struct WeeklySlot: Codable, Hashable, Sendable {
    /// 1 for Monday to 7 for Sunday.
    public var weekday: Int
    /// When it begins.
    public var from: TimeOfDay
    /// When it ends.
    public var to: TimeOfDay

    /// A time in the week.
    public init(weekday: Int, from: TimeOfDay, to: TimeOfDay) {
        self.weekday = weekday
        self.from = from
        self.to = to
    }
}

/// The days that somebody wishes for a measure, in whichever order they were written.
public struct Window: Codable, Hashable, Sendable {
    /// The first day.
    public var from: CalendarDate
    /// The last day, included.
    public var to: CalendarDate

    /// The days from `from` to `to`.
    public init(from: CalendarDate, to: CalendarDate) {
        self.from = from
        self.to = to
    }
}

/// One step of a plan.
public struct Measure: Hashable, Sendable {
    /// The measure.
    public var measureId: UUID
    /// The plan it is a step of.
    public var planId: UUID
    /// The office whose plan that is.
    public var office: Office
    /// That plan's kind.
    public var planKind: PlanKind
    /// What it is called.
    public var title: String?
    /// The field of action.
    public var strand: Strand
    /// Whether it prevents or repairs.
    public var orientation: Orientation?
    /// What it strengthens.
    public var solidarity: Solidarity?
    /// The id of a published partner, or the provider's name in plain words.
    public var provider: String?
    /// The days it is planned for.
    public var window: DayRange
    /// Weekly load in hours.
    public var hoursPerWeek: Double?
    /// When in the week it takes place.
    public var weeklySlots: [WeeklySlot]
    /// The first day on which it can begin.
    public var earliestStart: CalendarDate?
    /// The last day on which it can end.
    public var latestEnd: CalendarDate?
    /// The day from which it counts as part of the plan, Europe/Berlin.
    public var addedOn: CalendarDate
    /// The day on which it began.
    public var startedOn: CalendarDate?
    /// The interruptions, in the order of recording.
    public var pauses: [Pause] = []
    /// The day on which it last went on after an interruption.
    public var resumedOn: CalendarDate?
    /// How it ended.
    public var end: End?

    /// Days on which a measure does not run although it has started.
    public struct Pause: Hashable, Sendable {
        /// The first day on which it does not run, Europe/Berlin.
        public var from: CalendarDate
        /// The last such day; `nil` while it is interrupted.
        public var through: CalendarDate?
        /// Why.
        public var reason: String?
    }

    /// How a measure ended.
    public enum End: Hashable, Sendable {
        /// It ran its course on `on`, the last day.
        case completed(on: CalendarDate, outcome: String?, certificate: String?)
        /// It was given up on `on`; the last day if it had begun.
        case abandoned(on: CalendarDate, reason: String?)

        /// The day on which it ended.
        public var on: CalendarDate {
            switch self {
            case .completed(let on, _, _), .abandoned(let on, _): on
            }
        }
    }

    /// Where a measure stands.
    public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
        /// Not begun yet.
        case planned
        /// Begun, not ended.
        case started
        /// Begun and interrupted.
        case paused
        /// Ended as meant.
        case completed
        /// Given up.
        case abandoned
    }

    /// Where the measure stands.
    public var status: Status {
        switch end {
        case .completed: .completed
        case .abandoned: .abandoned
        case nil where startedOn == nil: .planned
        case nil: openPause == nil ? .started : .paused
        }
    }

    /// Whether it is still planned, running or paused.
    public var isOpen: Bool { end == nil }
    /// Whether it runs, paused or not.
    public var isUnderWay: Bool { startedOn != nil && end == nil }
    /// The interruption that is not over.
    public var openPause: Pause? { pauses.last.flatMap { $0.through == nil ? $0 : nil } }

    /// Ends the interruption that is not over; one that would end before it begins took no day.
    mutating func endPause(through day: CalendarDate) {
        guard var pause = openPause else { return }
        pauses.removeLast()
        guard pause.from <= day else { return }
        pause.through = day
        pauses.append(pause)
    }

    /// Refuses an end before the days on which it is known to have run.
    func checkEnd(on day: CalendarDate) throws(Rejection) {
        if let startedOn, day < startedOn { throw .endsBeforeStart }
        if let resumedOn, day < resumedOn { throw .endsBeforeResumption }
    }

    /// The days the measure takes, as it really was where that is known and as planned where it is not; `nil` when it was
    /// given up before it began. The same days as ``TimedMeasure/range``.
    public var days: DayRange? {
        if case .abandoned = end, startedOn == nil { return nil }
        return DayRange(first: startedOn ?? window.first, atLeastTo: end?.on ?? window.last)
    }
}

extension CaseState {
    /// The measure of that id.
    public func measure(_ id: UUID) -> Measure? { measures.first { $0.measureId == id } }

    /// The measure that a command of the plan's own office is about.
    func ownMeasure(_ id: UUID, in context: DecisionContext) throws(Rejection) -> Measure {
        guard let measure = measure(id) else { throw .unknownMeasure }
        guard measure.office == context.actor.office else { throw .notYourPlan }
        return measure
    }

    mutating func update(_ id: UUID, _ change: (inout Measure) -> Void) {
        guard let index = measures.firstIndex(where: { $0.measureId == id }) else { return }
        change(&measures[index])
    }
}

extension Rejection {
    /// There is no such measure.
    public static let unknownMeasure = Rejection(
        rule: "unknown-measure", detail: "There is no such measure; look up its id, or add it first (add-measure).")
    /// The measure ended.
    public static let alreadyEnded = Rejection(
        rule: "already-ended", detail: "It has already ended; nothing more can happen to it.")
    /// An end before the beginning.
    public static let endsBeforeStart = Rejection(
        rule: "ends-before-start", detail: "It would end before it starts; choose a last day on or after the first.")
}
