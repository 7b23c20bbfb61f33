import CaseTiming

/// Suppresses what could tell a supervisor of fewer than five people of other offices, also by subtraction.
///
/// The numbers of the supervisor's own office are exact. For the rows of other offices:
/// - a count from 1 to 4 is suppressed, and so is a number of days that comes from 1 to 4 cases, households or referrals;
/// - running measures are divided up in three ways, each of which adds up to all of them. Where a part is suppressed, so
///   is the smallest part of at least five in that division, or else everything about measures.
/// - refusals of proposals are divided up by their grounds: where a part is suppressed, so is all about refusals.
///
/// For the row of all offices together, a count is suppressed if it is from 1 to 4, if it would be after taking away the
/// own office's, or if another office's is suppressed, which could be computed from the rest otherwise; and everything
/// about measures, if any of it is.
struct SmallCells {
    /// The supervisor's office.
    let own: Office?

    /// The counts of one area and month by office, `nil` being all of them together, with what is suppressed.
    func suppress(_ counts: [Office?: [SummaryIndicator: Int]]) -> [Office?: [SummaryIndicator: SummaryCell]] {
        var cells: [Office?: [SummaryIndicator: SummaryCell]] = [:]
        for (office, values) in counts where office != nil {
            cells[office] = office == own ? values.mapValues { .count($0) } : suppressOffice(values)
        }
        if let together = counts[nil] { cells[nil] = suppressAll(together, of: counts, beside: cells) }
        return cells
    }

    private func suppressOffice(_ values: [SummaryIndicator: Int]) -> [SummaryIndicator: SummaryCell] {
        var hidden = Set(SummaryIndicator.allCases.filter { Self.isSmall($0, in: values) })
        for division in SummaryIndicator.measureBreakdowns where !hidden.isDisjoint(with: division) {
            let cover = division.filter { values[$0] ?? 0 >= 5 }.min { (values[$0] ?? 0) < (values[$1] ?? 0) }
            if let cover { hidden.insert(cover) } else { hidden.formUnion(SummaryIndicator.measures) }
        }
        if !hidden.isDisjoint(with: SummaryIndicator.declined) { hidden.formUnion(SummaryIndicator.declined) }
        return Self.cells(values, hiding: hidden)
    }

    private func suppressAll(
        _ values: [SummaryIndicator: Int], of counts: [Office?: [SummaryIndicator: Int]],
        beside cells: [Office?: [SummaryIndicator: SummaryCell]]
    ) -> [SummaryIndicator: SummaryCell] {
        let known = own.flatMap { counts[$0] } ?? [:]
        let rest = values.reduce(into: [:]) { $0[$1.key] = $1.value - (known[$1.key] ?? 0) }
        var hidden: Set<SummaryIndicator> = []
        for indicator in SummaryIndicator.allCases {
            let isHiddenElsewhere = cells.contains { $0.key != nil && $0.value[indicator] == .suppressed }
            if isHiddenElsewhere || Self.isSmall(indicator, in: values) || Self.isSmall(indicator, in: rest) {
                hidden.insert(indicator)
            }
        }
        for sum in [SummaryIndicator.measures, SummaryIndicator.declined] where !hidden.isDisjoint(with: sum) {
            hidden.formUnion(sum)
        }
        return Self.cells(values, hiding: hidden)
    }

    private static func isSmall(_ indicator: SummaryIndicator, in values: [SummaryIndicator: Int]) -> Bool {
        isSmall(values[indicator.basis ?? indicator] ?? 0)
    }

    /// Whether a number of people is one that could tell of each of them.
    static func isSmall(_ number: Int) -> Bool { (1...4).contains(number) }

    private static func cells(
        _ values: [SummaryIndicator: Int], hiding hidden: Set<SummaryIndicator>
    ) -> [SummaryIndicator: SummaryCell] {
        SummaryIndicator.allCases.reduce(into: [:]) {
            $0[$1] = hidden.contains($1) ? .suppressed : .count(values[$1] ?? 0)
        }
    }
}
