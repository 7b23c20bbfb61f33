/// The sentences of contradictions.
enum AlignmentWording {
    /// What a relation asks: "Measure b has to start at least 1 day after measure a ends."
    static func demand(of relation: AlignmentRelation) -> String {
        let terms = relation.terms
        let (first, second) = ("easure \(relation.first)", "easure \(relation.second)")
        let tolerance = terms.tolerance == 0 ? "" : ", give or take \(Wording.days(terms.tolerance))"
        func bounded(_ subject: String, _ edge: String, _ reference: String, _ referenceEdge: String) -> String {
            "M\(subject) has to \(edge) \(span(terms)) m\(reference) \(referenceEdge)s\(tolerance)."
        }
        return switch relation.kind {
        case .before: bounded(second, "start", first, "end")
        case .after: bounded(first, "start", second, "end")
        case .beforeStart: bounded(second, "start", first, "start")
        case .afterStart: bounded(first, "start", second, "start")
        case .beforeEnd: bounded(second, "end", first, "end")
        case .afterEnd: bounded(first, "end", second, "end")
        case .concurrentWithStart: "M\(first) and m\(second) have to start on the same day\(tolerance)."
        case .concurrentWithEnd: "M\(first) and m\(second) have to end on the same day\(tolerance)."
        case .concurrent:
            "M\(first) and m\(second) have to run at the same time"
                + (terms.tolerance == 0 ? "." : " on all but \(Wording.days(terms.tolerance)) of the shorter one.")
        }
    }

    /// What keeps a measure from lying earlier.
    static func lowerLimit(_ measure: AlignmentMeasure) -> String? {
        guard measure.isMovable else { return cannotMove(measure) }
        return measure.firstDay.map { day in
            measure.earliestStart == day
                ? "Measure \(measure.id) cannot start before \(day)."
                : "The office has no room for measure \(measure.id) before \(day)."
        }
    }

    /// What keeps a measure from lying later.
    static func upperLimit(_ measure: AlignmentMeasure) -> String? {
        guard measure.isMovable else { return cannotMove(measure) }
        return measure.lastDay.map { day in
            measure.latestEnd == day
                ? "Measure \(measure.id) cannot end after \(day)."
                : "The office has no room for measure \(measure.id) after \(day)."
        }
    }

    /// That a measure's own limits leave it no room.
    static func noRoom(_ measure: AlignmentMeasure) -> String {
        let limits = [
            measure.firstDay.map { "start before \($0)" }, measure.lastDay.map { "end after \($0)" },
        ].compactMap { $0 }
        let isOwn = measure.firstDay == measure.earliestStart && measure.lastDay == measure.latestEnd
        return "Measure \(measure.id) lasts \(Wording.days(measure.days.length)) and can neither "
            + limits.joined(separator: " nor ") + (isOwn ? "." : ", where the office has room for it.")
    }

    private static func cannotMove(_ measure: AlignmentMeasure) -> String {
        "Measure \(measure.id) cannot move: it lies from \(measure.days)."
    }

    private static func span(_ terms: RelationTerms) -> String {
        if let greatest = terms.maxDays, greatest < terms.minDays {
            return "at least \(Wording.days(terms.minDays)) and at most \(Wording.days(greatest)) after"
        }
        return Wording.span(terms)
    }
}
