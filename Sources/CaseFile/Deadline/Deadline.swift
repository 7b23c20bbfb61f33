public import CaseTiming
public import Foundation
public import Ledger

/// A period from a rule of law that runs in a case, recorded so that it stays what it was when rules change.
public struct Deadline: Hashable, Sendable {
    /// The deadline.
    public var deadlineId: UUID
    /// The rule that sets it.
    public var rule: RuleReference
    /// What the rule is about, for people.
    public var title: String
    /// Which of the rule's periods it is.
    public var period: String
    /// The office that has to act.
    public var office: Office
    /// What it is about: a plan, a measure, a referral.
    public var subject: UUID
    /// The day of what began it, Europe/Berlin.
    public var from: CalendarDate
    /// The last day as the rule sets it; where it did not run for some days and has to end on a working day, the one that with
    /// these days comes to such a day.
    public var computedEnd: CalendarDate
    /// The last day that an office set with a reason instead.
    public var rescheduledEnd: CalendarDate?
    /// For how many days it did not run since then.
    public var suspendedDays = 0
    /// The last days it had before, in the order of recording.
    public var formerEnds: [FormerEnd] = []
    /// Since when it does not run, and why; `nil` while it does.
    public var suspension: Suspension?
    /// How it ended.
    public var closure: Closure?

    /// A last day that no longer counts.
    public struct FormerEnd: Hashable, Sendable {
        /// The day.
        public var endsOn: CalendarDate
        /// Why another took its place.
        public var change: Change
        /// In words, where somebody decided it; `nil` also once the person is erased.
        public var reason: String?
        /// As of when another took its place, Europe/Berlin.
        public var on: CalendarDate
    }

    /// Why a last day is another one than before.
    public enum Change: String, Codable, CaseIterable, Hashable, Sendable {
        /// What it is counted from turned out otherwise.
        case recalculated
        /// An office gave it more time.
        case extended
        /// An office gave it less time.
        case shortened
        /// It did not run for some days.
        case suspended
    }

    /// That it does not run.
    public struct Suspension: Hashable, Sendable {
        /// The first day on which it does not.
        public var from: CalendarDate
        /// Why; `nil` once the person is erased.
        public var reason: String?
    }

    /// That it no longer matters.
    public struct Closure: Hashable, Sendable {
        /// How.
        public var outcome: DeadlineOutcome
        /// As of when, Europe/Berlin.
        public var on: CalendarDate
    }

    /// Where a deadline stands.
    public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
        /// It runs, or has run out without what ends it.
        case running
        /// It does not run at present.
        case suspended
        /// What ends it happened.
        case met
        /// It has run out, and that was all.
        case lapsed
        /// It no longer counts: what began it turned out otherwise, no rule sets it any more, or the case was closed.
        case void
    }

    /// Where it stands.
    public var status: Status {
        switch closure?.outcome {
        case .met: .met
        case .lapsed: .lapsed
        case .void: .void
        case nil: suspension == nil ? .running : .suspended
        }
    }

    /// Whether something is still to be done.
    public var isOpen: Bool { closure == nil }

    /// The last day, Europe/Berlin; while it is suspended, the one it would have without that.
    public var endsOn: CalendarDate { endsOn(ifComputed: computedEnd) }

    /// The last day it has if the rule sets this one: a day that an office set stays.
    public func endsOn(ifComputed day: CalendarDate) -> CalendarDate { (rescheduledEnd ?? day) + suspendedDays }

    /// Whether a day lies before it begins. One that counts towards what is to happen has no beginning.
    func isAhead(of day: CalendarDate) -> Bool { from <= computedEnd && day < from }

    mutating func change(
        _ change: Change, reason: String? = nil, on day: CalendarDate, _ body: (inout Deadline) -> Void
    ) {
        let former = endsOn
        body(&self)
        guard endsOn != former else { return }
        formerEnds.append(FormerEnd(endsOn: former, change: change, reason: reason, on: day))
    }
}

/// How a deadline ended.
public enum DeadlineOutcome: String, Codable, CaseIterable, Hashable, Sendable {
    /// What ends it happened.
    case met
    /// It has run out, and that was all: of something that could be done until then.
    case lapsed
    /// It no longer counts: what began it turned out otherwise, no rule sets it any more, or the case was closed.
    case void
}

extension CaseState {
    /// The deadline of that id.
    public func deadline(_ id: UUID) -> Deadline? { deadlines.first { $0.deadlineId == id } }

    /// The deadline that a command of its own office is about, as long as it is open.
    func ownDeadline(_ id: UUID, in context: DecisionContext) throws(Rejection) -> Deadline {
        guard let deadline = deadline(id) else { throw .unknownDeadline }
        guard deadline.office == context.actor.office else { throw .notYourDeadline }
        guard deadline.isOpen else { throw .deadlineClosed }
        return deadline
    }

    mutating func update(deadline id: UUID, _ change: (inout Deadline) -> Void) {
        guard let index = deadlines.firstIndex(where: { $0.deadlineId == id }) else { return }
        change(&deadlines[index])
    }
}

extension Rejection {
    /// There is no such deadline.
    public static let unknownDeadline = Rejection(
        rule: "unknown-deadline",
        detail: "There is no such deadline in this case; look up its id in the case. Deadlines are set by rules.")
    /// Another office has to act.
    public static let notYourDeadline = Rejection(
        rule: "not-your-deadline", detail: "Another office has to act by this deadline; let that office decide on it.")
    /// It ended.
    public static let deadlineClosed = Rejection(
        rule: "deadline-closed", detail: "This deadline has ended; nothing more can be decided about it.")
}
