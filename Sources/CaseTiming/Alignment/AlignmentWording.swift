import Ledger

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
                : "\(host(of: measure)) has no room for measure \(measure.id) before \(day)."
        }
    }

    /// What keeps a measure from lying later.
    static func upperLimit(_ measure: AlignmentMeasure) -> String? {
        guard measure.isMovable else { return cannotMove(measure) }
        return measure.lastDay.map { day in
            measure.latestEnd == day
                ? "Measure \(measure.id) cannot end after \(day)."
                : "\(host(of: measure)) has no room for measure \(measure.id) after \(day)."
        }
    }

    /// Where there is room for a measure; `nil` where that is everywhere.
    static func room(for measure: AlignmentMeasure) -> String? {
        guard measure.isMovable else { return cannotMove(measure) }
        guard measure.rooms.count > 1 else {
            let limits = [lowerLimit(measure), upperLimit(measure)].compactMap(\.self)
            return limits.isEmpty ? nil : limits.joined(separator: " ")
        }
        let windows = measure.rooms.map { room in
            CapacityWindow(
                from: room.least.map { measure.days.first + $0 }, to: room.greatest.map { measure.days.last + $0 })
        }
        return "There is room for measure \(measure.id) \(alternatives(windows))."
    }

    /// That there is nowhere where a measure fits.
    static func noRoom(_ measure: AlignmentMeasure) -> String {
        let lasting = "Measure \(measure.id) lasts \(Wording.days(measure.days.length)) and "
        let sources = [measure.windows] + (measure.capacity.map { [$0.windows] } ?? [])
        let single = sources.compactMap { $0.windows.count == 1 ? $0.windows[0] : nil }
        guard single.count == sources.count else {
            let own = CapacityWindow(from: measure.earliestStart, to: measure.latestEnd)
            let asked = own == CapacityWindow() ? sources : [CapacityWindows([own])] + sources
            let times = asked.filter { $0 != .always }.map { alternatives($0.windows) }
            return lasting + "fits nowhere where there is room for it: \(times.joined(separator: ", but only "))."
        }
        let first = ([measure.earliestStart] + single.map(\.from)).compactMap(\.self).max()
        let last = ([measure.latestEnd] + single.map(\.to)).compactMap(\.self).min()
        let limits = [first.map { "start before \($0)" }, last.map { "end after \($0)" }].compactMap(\.self)
        let isOwn = first == measure.earliestStart && last == measure.latestEnd
        let place =
            isOwn ? "." : measure.capacity == nil ? ", where it has room." : ", where the office has room for it."
        return lasting + "can neither " + limits.joined(separator: " nor ") + place
    }

    private static func alternatives(_ windows: [CapacityWindow]) -> String {
        windows.isEmpty ? "at no time" : windows.map(\.words).joined(separator: " or ")
    }

    /// Who has no room; the office, unless only the measure's own windows were told.
    private static func host(of measure: AlignmentMeasure) -> String {
        measure.windows == .always || measure.capacity != nil ? "The office" : "Its provider"
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
