import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// A period from a rule by whose end the office has to act.
    public struct Deadline: Codable, Hashable, Sendable {
        /// A last day that no longer counts.
        public struct FormerEnd: Codable, Hashable, Sendable {
            /// The day.
            public var endsOn: CalendarDate
            /// Why another took its place: `recalculated`, `extended`, `shortened` or `suspended`.
            public var change: String
            /// In words, where somebody decided it.
            public var reason: String?
            /// As of when another took its place.
            public var on: CalendarDate
        }

        /// The deadline.
        public var deadlineId: UUID
        /// Where it stands: `running`, `suspended`, `met`, `lapsed` or `void`.
        public var state: String
        /// The rule's id.
        public var ruleId: String
        /// Which version of the rule.
        public var ruleVersion: CalendarDate
        /// Law and paragraph.
        public var source: String
        /// What the rule is about.
        public var title: String
        /// Which of the rule's periods it is.
        public var period: String
        /// What it is about: a plan, a measure, a referral.
        public var subject: UUID
        /// The day of what began it.
        public var from: CalendarDate
        /// The last day.
        public var endsOn: CalendarDate
        /// How that lies to the day asked for, while it runs.
        public var standing: DeadlineStanding?
        /// The last days it had before.
        public var formerEnds: [FormerEnd]
        /// Since when it does not run.
        public var suspendedFrom: CalendarDate?
        /// The day of what ended it.
        public var closedOn: CalendarDate?
    }
}

extension OfficeCaseFile.Deadline {
    /// The same as seen on a day.
    func seen(on day: CalendarDate) -> Self {
        var deadline = self
        if state == CaseFile.Deadline.Status.running.rawValue {
            deadline.standing = DeadlineStanding(of: endsOn, on: day)
        }
        return deadline
    }

    init(_ deadline: CaseFile.Deadline) {
        self.init(
            deadlineId: deadline.deadlineId, state: deadline.status.rawValue, ruleId: deadline.rule.id,
            ruleVersion: deadline.rule.version, source: deadline.rule.source, title: deadline.title,
            period: deadline.period, subject: deadline.subject, from: deadline.from, endsOn: deadline.endsOn,
            formerEnds: deadline.formerEnds.map {
                FormerEnd(endsOn: $0.endsOn, change: $0.change.rawValue, reason: $0.reason, on: $0.on)
            }, suspendedFrom: deadline.suspension?.from, closedOn: deadline.closure?.on)
    }
}

extension OfficeCaseFile.Deadline.FormerEnd: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("endsOn", endsOn)
            $0.field("change", change)
            $0.field("reason", reason)
            $0.field("on", on)
        }
    }
}

extension OfficeCaseFile.Deadline: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("deadlineId", deadlineId)
            $0.field("state", state)
            $0.field("ruleId", ruleId)
            $0.field("ruleVersion", ruleVersion)
            $0.field("source", source)
            $0.field("title", title)
            $0.field("period", period)
            $0.field("subject", subject)
            $0.field("from", from)
            $0.field("endsOn", endsOn)
            $0.field("formerEnds", formerEnds)
            $0.field("suspendedFrom", suspendedFrom)
            $0.field("closedOn", closedOn)
        }
    }
}
