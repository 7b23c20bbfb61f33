public import Foundation
public import Ledger

/// In what way something is out of step.
public enum FindingKind: String, Codable, CaseIterable, Sendable {
    /// A plan is in force and no office's measure is active for too long.
    case gap
    /// What should happen at the same time happens one after another.
    case sequence
    /// Another relation between two measures is violated.
    case relation
    /// More weekly hours than there are, or two things at the same hour.
    case clash
    /// A period from a rule is about to end, ends or has ended.
    case deadline
    /// A plan's review is due.
    case review
    /// Something ends and nothing accepted follows.
    case handover
    /// A placement or benefit ends and no income cover is recorded.
    case incomeGap = "income-gap"
    /// An adult's and a youth's related measures in one household fall apart.
    case householdStep = "household-step"
}

/// Something out of step, with an explanation that a caseworker can read.
///
/// It holds days, offices and kinds only: never a title, a provider or a name, so that whoever may see timing may
/// see it. It does not change merely because a day passes.
public struct Finding: Hashable, Sendable, Codable {
    /// What makes it the same finding tomorrow, within its owner: its kind, and what it is about, with lowercase
    /// identifiers, such as `gap:<case>:<first day>` or `relation:<first>:<second>:<kind>`. Each rule says its own.
    public let key: String
    /// In what way something is out of step.
    public let kind: FindingKind
    /// The case or household that records it.
    public let owner: TimingScope
    /// The cases it is about, sorted.
    public let cases: [UUID]
    /// The measures it is about: of a relation the first and the second, otherwise the earlier and the later.
    public let measures: [UUID]
    /// The offices it concerns, sorted.
    public let offices: [Office]
    /// The first day it is about.
    public let from: CalendarDate?
    /// The last day it is about, or `nil` when no end is known.
    public let to: CalendarDate?
    /// By how many days something is out of step, or `nil` when that grows with every day from ``from`` on.
    public let days: Int?
    /// What is out of step, in a sentence or two.
    public let explanation: String
    /// What it rests on beside its measures; `nil` where these, its offices and its cases say it all.
    public let grounds: [FindingGround]?
    /// The recorded events that it rests on, sorted; `nil` until the finding is recorded.
    public let events: [FindingEvent]?

    /// A finding.
    public init(
        key: String, kind: FindingKind, owner: TimingScope, cases: [UUID], measures: [UUID], offices: [Office],
        from: CalendarDate?, to: CalendarDate?, days: Int?, explanation: String, grounds: [FindingGround]? = nil,
        events: [FindingEvent]? = nil
    ) {
        self.key = key
        self.kind = kind
        self.owner = owner
        self.cases = cases
        self.measures = measures
        self.offices = offices
        self.from = from
        self.to = to
        self.days = days
        self.explanation = explanation
        self.grounds = grounds
        self.events = events
    }

    /// The same finding with the events that it rests on.
    public func resting(on events: [FindingEvent]?) -> Finding {
        Finding(
            key: key, kind: kind, owner: owner, cases: cases, measures: measures, offices: offices, from: from, to: to,
            days: days, explanation: explanation, grounds: grounds, events: events)
    }
}

/// What was found out of step on a day.
public struct FindingReport: Hashable, Sendable {
    /// The findings, by kind and key; no owner has two with the same key.
    public let findings: [Finding]
    /// The earliest later day on which, without any new event, the findings could differ; `nil` when they never will.
    ///
    /// It may be earlier than the day on which they do differ, never later.
    public let nextChange: CalendarDate?

    /// A report.
    public init(findings: [Finding], nextChange: CalendarDate?) {
        self.findings = findings
        self.nextChange = nextChange
    }
}
