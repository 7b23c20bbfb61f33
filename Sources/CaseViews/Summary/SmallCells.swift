import CaseTiming

/// Suppresses what could tell a supervisor of fewer than five people of other offices, also by computing it from the rest.
///
/// A number is *small* from 1 to 4; a number of days is as small as the number of cases, households or referrals it comes
/// from. What a month, an area or an office hides never depends on what else was asked for, so that two questions with
/// different filters cannot be held against each other.
///
/// In the rows of other offices these are hidden:
/// - what is small;
/// - a part whose rest is small, since the whole is shown: nine active cases of which seven are together with another office
///   tell of two that are not;
/// - a whole division of running measures, or all refusals, where one of its parts is small;
/// - plans in force, always: with the plans that begin and end they add up from month to month, so that one that is hidden
///   could be computed from its neighbours.
///
/// In the supervisor's own row everything is exact that the office did itself. Where others come in (simultaneity and
/// findings), it is hidden like in any other row: among fewer than five cases of one's own, *together* tells of whom another
/// office is active for.
///
/// In the row of all offices together, a sum is hidden if it is small, if it is without the own office's, or if any office's
/// is hidden. Where people may be counted by several offices, it is also hidden if those whom an office does not know are
/// few, or those whom several know, or all three, or if the own office's are few: then the total tells how many of them others
/// know.
struct SmallCells {
    /// The supervisor's office.
    let own: Office?

    private typealias Values = [SummaryIndicator: Int]

    /// The counts of one area and month by office, `nil` being all of them together, with what is suppressed.
    func suppress(_ counts: [Office?: [SummaryIndicator: Int]]) -> [Office?: [SummaryIndicator: SummaryCell]] {
        var hidden: [Office?: Set<SummaryIndicator>] = [:]
        for (office, values) in counts where office != nil {
            hidden[office] = office == own ? hiddenInOwn(values) : hiddenInOther(values)
        }
        if let together = counts[nil] { hidden[nil] = hiddenInAll(together, counts, beside: hidden) }
        hideWhatIsMutual(&hidden)
        return counts.reduce(into: [:]) { $0[$1.key] = Self.cells($1.value, hiding: hidden[$1.key] ?? []) }
    }

    // MARK: Rows

    /// What depends on others is not the own office's to know exactly.
    private func hiddenInOwn(_ values: Values) -> Set<SummaryIndicator> {
        SummaryIndicator.shared.filter { Self.isSmall($0, in: values) || Self.hasSmallRest($0, in: values) }
            .union(Self.isSmall(.activeCases, in: values) ? SummaryIndicator.mutual(of: .activeCases) : [])
            .union(Self.isSmall(.activeHouseholds, in: values) ? SummaryIndicator.mutual(of: .activeHouseholds) : [])
    }

    private func hiddenInOther(_ values: Values) -> Set<SummaryIndicator> {
        var hidden = Set(
            SummaryIndicator.allCases.filter { Self.isSmall($0, in: values) || Self.hasSmallRest($0, in: values) })
        for division in SummaryIndicator.measureBreakdowns where !hidden.isDisjoint(with: division) {
            hidden.formUnion(division)
        }
        if hidden.contains(.measuresRunning) { hidden.formUnion(SummaryIndicator.measures) }
        if !hidden.isDisjoint(with: SummaryIndicator.declined) { hidden.formUnion(SummaryIndicator.declined) }
        return hidden.union(SummaryIndicator.stocks)
    }

    private func hiddenInAll(
        _ values: Values, _ counts: [Office?: Values], beside rows: [Office?: Set<SummaryIndicator>]
    ) -> Set<SummaryIndicator> {
        var hidden = hiddenInOther(values)
        let offices = counts.filter { $0.key != nil }
        for indicator in SummaryIndicator.allCases {
            let basis = indicator.basis ?? indicator
            let all = values[basis] ?? 0
            var derived = [all - (own.flatMap { counts[$0]?[basis] } ?? 0)]
            if SummaryIndicator.unions.contains(basis) {
                derived += offices.values.map { all - ($0[basis] ?? 0) }
                let sum = offices.values.reduce(0) { $0 + ($1[basis] ?? 0) }
                derived.append(sum - all)
                // Whoever is together with somebody is with two offices or three: this many are with three.
                if SummaryIndicator.overlaps.contains(basis) { derived.append(sum - 2 * all) }
                // Whom the own office knows is then few, and where the rest are tells which other office knows them.
                derived.append(own.flatMap { counts[$0]?[basis] } ?? 0)
            }
            let isHiddenElsewhere = rows.contains { $0.key != nil && $0.value.contains(indicator) }
            if isHiddenElsewhere || derived.contains(where: { Self.small.contains($0) }) { hidden.insert(indicator) }
        }
        if let known = own.flatMap({ counts[$0] }) {
            let rest = values.reduce(into: [:]) { $0[$1.key] = $1.value - (known[$1.key] ?? 0) }
            hidden.formUnion(SummaryIndicator.allCases.filter { Self.hasSmallRest($0, in: rest) })
        }
        for sum in [SummaryIndicator.measures, SummaryIndicator.declined] where !hidden.isDisjoint(with: sum) {
            hidden.formUnion(sum)
        }
        return hidden
    }

    /// Days and cases of two offices are the same in both their rows, so what one row hides the others hide as well.
    private func hideWhatIsMutual(_ hidden: inout [Office?: Set<SummaryIndicator>]) {
        for active in [SummaryIndicator.activeCases, .activeHouseholds] {
            let mutual = SummaryIndicator.mutual(of: active)
            guard hidden.contains(where: { !$0.value.isDisjoint(with: mutual) }) else { continue }
            // How many several offices know is the same as the sum of all less all together.
            for office in hidden.keys { hidden[office]?.formUnion(mutual) }
            hidden[nil]?.formUnion(SummaryIndicator.activity(of: active))
        }
    }

    // MARK: Numbers

    private static let small = 1...4

    private static func isSmall(_ indicator: SummaryIndicator, in values: Values) -> Bool {
        small.contains(values[indicator.basis ?? indicator] ?? 0)
    }

    /// Whether what is left of the whole without this part is small.
    private static func hasSmallRest(_ indicator: SummaryIndicator, in values: Values) -> Bool {
        guard let wholes = (indicator.basis ?? indicator).wholes else { return false }
        return small.contains(wholes.reduce(0) { $0 + (values[$1] ?? 0) } - (values[indicator.basis ?? indicator] ?? 0))
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

extension SummaryIndicator {
    /// What the own office's numbers tell of others.
    fileprivate static let shared: Set<SummaryIndicator> = [
        .casesTogether, .sharedDaysOfCases, .householdsTogether, .sharedDaysOfHouseholds, .findingsOpened,
        .findingsClosed,
    ]

    /// What several offices may count the same people or things in, so that the number of all together is no sum.
    fileprivate static let unions: Set<SummaryIndicator> = [
        .participants, .activeCases, .activeHouseholds, .casesTogether, .householdsTogether, .findingsOpened,
        .findingsClosed,
    ]

    /// Those of them that count who is with several offices.
    fileprivate static let overlaps: Set<SummaryIndicator> = [.casesTogether, .householdsTogether]

    /// What follows from the month before and what begins and ends.
    fileprivate static let stocks: Set<SummaryIndicator> = [.plansInForce]

    /// What is together among what is active.
    fileprivate static func mutual(of active: SummaryIndicator) -> Set<SummaryIndicator> {
        active == .activeCases
            ? [.casesTogether, .sharedDaysOfCases] : [.householdsTogether, .sharedDaysOfHouseholds]
    }

    /// What is active, and the days of it.
    fileprivate static func activity(of active: SummaryIndicator) -> Set<SummaryIndicator> {
        active == .activeCases ? [.activeCases, .activeDaysOfCases] : [.activeHouseholds, .activeDaysOfHouseholds]
    }

    /// For a part of something that is shown, what it is a part of: the whole is their sum.
    fileprivate var wholes: [SummaryIndicator]? {
        switch self {
        case .casesTogether: [.activeCases]
        case .householdsTogether: [.activeHouseholds]
        case .referralsAnsweredLate: [.referralsAccepted, .referralsDeclined]
        default: nil
        }
    }
}
