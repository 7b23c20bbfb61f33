import Ledger

/// The sentences of findings: days, offices and kinds, and nothing about a person or a measure's content.
enum Wording {
    /// "1 day", "12 days".
    static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

    /// "1 hour", "38.5 hours".
    static func hours(_ count: Double) -> String {
        let rounded = (count * 100).rounded() / 100
        let number = rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
        return "\(number) \(rounded == 1 ? "hour" : "hours")"
    }

    /// "Mondays" for 1 to "Sundays" for 7.
    static func weekdays(_ isoWeekday: Int) -> String {
        ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"][isoWeekday - 1]
    }

    /// "2026-03-09 from 10:00 to 10:30".
    static func time(of appointment: TimedAppointment) -> String {
        let end = appointment.minute + appointment.minutes
        let day = end > 1440 ? "\(appointment.lastDay) at " : ""
        return "\(appointment.day) from \(clock(appointment.minute)) to \(day)\(clock(end > 1440 ? end % 1440 : end))"
    }

    private static func clock(_ minute: Int) -> String {
        [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    /// "a plan of the job centre is in force", and likewise for several offices' plans. Of which kind they are is no timing,
    /// so whoever may see timing only is not told.
    static func inForce(_ plans: [PlanPeriod]) -> String {
        let names = Set(plans.map(\.office)).sorted().map { "a plan of the \($0.title)" }
        return "\(list(names)) \(names.count == 1 ? "is" : "are") in force"
    }

    /// What two offices' measures that never run on the same day look like.
    static func sequence(
        _ scope: TimingScope, months: Int, earlier: TimedMeasure, later: TimedMeasure
    ) -> String {
        let offices = [earlier.office, later.office].sorted()
        let whose =
            switch scope {
            case .singleCase: "in this case"
            case .household: "for this household"
            }
        let between = earlier.range.daysBetween(later.range)
        return "The \(offices[0].title) and the \(offices[1].title) each have measures \(whose) within "
            + "\(months == 1 ? "1 month" : "\(months) months"), but on no day both: the nearest are the "
            + "\(earlier.office.title)'s from \(earlier.range) and the \(later.office.title)'s from \(later.range), with "
            + "\(between == 0 ? "no day" : days(between)) between them."
    }

    /// What was agreed about two measures, by how many days they miss it, and when they are.
    static func violation(of relation: TemporalRelation, _ first: TimedMeasure, _ second: TimedMeasure) -> String {
        let missed = relation.violation(first: first.range, second: second.range)
        let tolerance = relation.tolerance == 0 ? "" : ", give or take \(days(relation.tolerance))"
        let sentence =
            switch relation.kind {
            case .before: bounded(relation, second, .start, first, .end)
            case .after: bounded(relation, first, .start, second, .end)
            case .beforeStart: bounded(relation, second, .start, first, .start)
            case .afterStart: bounded(relation, first, .start, second, .start)
            case .beforeEnd: bounded(relation, second, .end, first, .end)
            case .afterEnd: bounded(relation, first, .end, second, .end)
            case .concurrentWithStart:
                "\(both(first, second)) should start on the same day\(tolerance), but start \(days(missed)) too far apart."
            case .concurrentWithEnd:
                "\(both(first, second)) should end on the same day\(tolerance), but end \(days(missed)) too far apart."
            case .concurrent:
                "\(both(first, second)) should run at the same time\(tolerance), but lie \(days(missed)) too far apart."
            }
        return sentence + " The first is set for \(first.range), the second for \(second.range)."
    }
}

extension Wording {
    private enum Edge: String {
        case start, end

        func day(of range: DayRange) -> CalendarDate { self == .start ? range.first : range.last }
    }

    /// A sentence about how long after an edge of `reference` an edge of `subject` should lie.
    private static func bounded(
        _ relation: TemporalRelation, _ subject: TimedMeasure, _ edge: Edge, _ reference: TimedMeasure,
        _ referenceEdge: Edge
    ) -> String {
        let missed = relation.violation(
            first: relation.first == subject.id ? subject.range : reference.range,
            second: relation.first == subject.id ? reference.range : subject.range)
        let distance = edge.day(of: subject.range) - referenceEdge.day(of: reference.range)
        let other = subject.office == reference.office ? "other measure" : "measure"
        let tolerance = relation.tolerance == 0 ? "" : ", give or take \(days(relation.tolerance))"
        let isEarly = distance < relation.minDays
        return "The \(subject.office.title)'s measure should \(edge.rawValue) \(span(relation.terms)) the "
            + "\(reference.office.title)'s \(other) \(referenceEdge.rawValue)s\(tolerance), but \(edge.rawValue)s "
            + "\(days(missed)) too \(isEarly ? "early" : "late")."
    }

    /// The agreed distance, to be followed by what it is measured from: "at least 1 day after".
    static func span(_ terms: RelationTerms) -> String {
        let least = terms.minDays
        guard let greatest = terms.maxDays else {
            if least > 0 { return "at least \(days(least)) after" }
            return least == 0 ? "not before the day on which" : "no more than \(days(-least)) before"
        }
        if least == greatest {
            if least == 0 { return "on the day on which" }
            return "exactly \(days(abs(least))) \(least > 0 ? "after" : "before")"
        }
        if least >= 0 { return "\(least) to \(days(greatest)) after" }
        return "between \(days(-least)) before and \(days(abs(greatest))) \(greatest >= 0 ? "after" : "before")"
    }

    private static func both(_ first: TimedMeasure, _ second: TimedMeasure) -> String {
        first.office == second.office
            ? "Two measures of the \(first.office.title)"
            : "The \(first.office.title)'s measure and the \(second.office.title)'s measure"
    }

    /// "a, b and c".
    static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
