public import CaseTiming
public import Foundation
public import Ledger

/// Records a period that a rule sets, or that its last day is another one since a fact was corrected. Only the worker does.
public struct SetDeadline: CommandBody {
    /// The name by which it is asked for.
    public static let name = "set-deadline"

    /// The deadline, derived from what began it.
    public var deadlineId: UUID
    /// The rule.
    public var rule: RuleReference
    /// What the rule is about, for people.
    public var title: String
    /// Which of the rule's periods it is.
    public var period: String
    /// The office that has to act.
    public var office: Office
    /// What it is about: a plan, a measure, a referral.
    public var subject: UUID
    /// The day of what began it.
    public var from: CalendarDate
    /// The last day as the rule sets it.
    public var endsOn: CalendarDate

    /// A period that a rule sets.
    public init(
        deadlineId: UUID, rule: RuleReference, title: String, period: String, office: Office, subject: UUID,
        from: CalendarDate, endsOn: CalendarDate
    ) {
        self.deadlineId = deadlineId
        self.rule = rule
        self.title = title
        self.period = period
        self.office = office
        self.subject = subject
        self.from = from
        self.endsOn = endsOn
    }
}

/// A rule sets a period in the case, or another last day than before.
public struct DeadlineSet: EventBody {
    /// The deadline.
    public var deadlineId: UUID
    /// The rule.
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
    /// The last day as the rule sets it.
    public var endsOn: CalendarDate

    /// A period that a rule sets.
    public init(
        deadlineId: UUID, rule: RuleReference, title: String, period: String, office: Office, subject: UUID,
        from: CalendarDate, endsOn: CalendarDate
    ) {
        self.deadlineId = deadlineId
        self.rule = rule
        self.title = title
        self.period = period
        self.office = office
        self.subject = subject
        self.from = from
        self.endsOn = endsOn
    }
}

extension DeadlineSet: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["deadlineId", "office", "subject"], .own: ["endsOn", "from", "period", "rule", "title"],
    ]
}

extension CaseState {
    /// Setting what is so already is nothing, so that a second worker changes nothing.
    func decide(_ command: SetDeadline) -> [CaseEvent] {
        if hasSet(command) { return [] }
        return [
            .deadlineSet(
                DeadlineSet(
                    deadlineId: command.deadlineId, rule: command.rule, title: command.title, period: command.period,
                    office: command.office, subject: command.subject, from: command.from, endsOn: command.endsOn))
        ]
    }

    /// Whether a deadline runs as the command wants it.
    public func hasSet(_ command: SetDeadline) -> Bool {
        guard let known = deadline(command.deadlineId), known.isOpen else { return false }
        return known.computedEnd == command.endsOn && known.from == command.from && known.office == command.office
            && known.rule == command.rule
    }

    mutating func apply(_ event: DeadlineSet, from provenance: Provenance) {
        guard deadline(event.deadlineId) != nil else {
            deadlines.append(
                Deadline(
                    deadlineId: event.deadlineId, rule: event.rule, title: event.title, period: event.period,
                    office: event.office, subject: event.subject, from: event.from, computedEnd: event.endsOn))
            return
        }
        update(deadline: event.deadlineId) {
            let isMove = $0.formerEnds.last?.change == .suspended && $0.from == event.from && $0.rule == event.rule
            $0.rule = event.rule
            $0.title = event.title
            $0.office = event.office
            $0.from = event.from
            $0.closure = nil
            guard isMove else {
                $0.change(.recalculated, on: provenance.on) { $0.computedEnd = event.endsOn }
                return
            }
            // After a suspension its end is moved to a working day: it never was the day before that.
            $0.computedEnd = event.endsOn
            if $0.formerEnds.last?.endsOn == $0.endsOn { $0.formerEnds.removeLast() }
        }
    }
}
