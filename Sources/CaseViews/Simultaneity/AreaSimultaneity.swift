public import CaseFile
import CaseTiming
public import Ledger

/// Of which programme area it is asked how far offices act at the same time.
public struct AreaSimultaneityQuery: Sendable {
    /// Who asks: only of the actor's areas; what could tell of few people of other offices is suppressed.
    public var actor: Actor
    /// The area.
    public var area: String
    /// The present day, Europe/Berlin.
    public var today: CalendarDate
    /// The months.
    public var months: ClosedRange<CalendarMonth>

    /// A question about a programme area.
    public init(actor: Actor, area: String, today: CalendarDate, months: ClosedRange<CalendarMonth>) {
        self.actor = actor
        self.area = area
        self.today = today
        self.months = months
    }
}

/// How far offices act at the same time in the cases and households of a programme area, month by month: as recorded up to a
/// day, as planned, and as it would be if the open proposals were accepted.
public struct AreaSimultaneity: Hashable, Sendable {
    /// The day as of which is counted, Europe/Berlin.
    public var asOf: CalendarDate
    /// The area.
    public var areaId: String
    /// What it is called.
    public var name: String?
    /// The months.
    public var months: [Month]

    /// Of what days are added up.
    public enum Unit: String, CaseIterable, Hashable, Sendable {
        /// The days of each case.
        case cases
        /// The days of each household, whosever case a measure is in.
        case households
    }

    /// What is counted.
    public enum Layer: String, CaseIterable, Hashable, Sendable {
        /// The days up to the present one on which measures ran.
        case recorded
        /// Those, and the later days on which measures that run or are planned are going to.
        case planned
        /// The same with the measures where open proposals would move them.
        case ifAccepted
    }

    /// Days, each suppressed where it could tell of few people.
    public struct Days: Hashable, Sendable {
        /// Days on which at least two offices are active.
        public var shared: SummaryCell
        /// Days on which at least one is.
        public var active: SummaryCell

        /// Shared days ÷ active days; `nil` when there are none or they are suppressed.
        public var ratio: Double? {
            guard let shared = shared.value, let active = active.value else { return nil }
            return Simultaneity(sharedDays: shared, activeDays: active).ratio
        }
    }

    /// A month.
    public struct Month: Hashable, Sendable {
        /// The month.
        public var month: CalendarMonth
        /// The days of cases and of households.
        public var days: [Unit: [Layer: Days]]
    }
}

/// What is counted of one month before small cells are suppressed.
struct CountedSimultaneity {
    /// Active and shared days, and from how many cases or households they come.
    struct Counts: Hashable {
        var units = 0
        var days = 0
    }

    /// Which days.
    enum Kind: Hashable, CaseIterable {
        case active, shared
    }

    /// By layer; by office, and of all together (`nil`).
    var counts: [AreaSimultaneity.Layer: [Office?: [Kind: Counts]]] = [:]
    /// In how many cases or households two layers differ, and in how many of these the office's own days do not.
    var differences: [Difference] = []

    /// How two layers differ.
    struct Difference: Hashable {
        var layers: Set<AreaSimultaneity.Layer>
        var kind: Kind
        var units: Int
        var unitsOfOthers: Int
    }

    /// The days, with those suppressed that could tell somebody of an office, or of none, about fewer than five people of
    /// others: as ``SmallCells`` does for a row of all offices together, and where a layer differs from another in too few
    /// cases, because one could be computed from the other.
    func days(in layer: AreaSimultaneity.Layer, for own: Office?) -> AreaSimultaneity.Days {
        AreaSimultaneity.Days(shared: cell(.shared, in: layer, own), active: cell(.active, in: layer, own))
    }

    private func cell(_ kind: Kind, in layer: AreaSimultaneity.Layer, _ own: Office?) -> SummaryCell {
        let counts = counts[layer] ?? [:]
        let all = counts[.none]?[kind] ?? Counts()
        let known = own.flatMap { counts[$0]?[kind]?.units } ?? 0
        let others = Office.allCases.filter { $0 != own }.compactMap { counts[$0]?[kind]?.units }
        // Of two layers that differ in few cases the later one is not told.
        let tells = differences.filter { difference in
            difference.kind == kind && difference.layers.contains(layer)
                && difference.layers.allSatisfy { $0.order <= layer.order }
        }
        let units = { (office: Office?, kind: Kind) in counts[office]?[kind]?.units ?? 0 }
        // Where few are together with another office, or few are not, a summary tells of neither, and neither does this.
        let isMutual = (Office.allCases.map(Optional.some) + [nil]).contains { office in
            SmallCells.isSmall(units(office, .shared))
                || SmallCells.isSmall(units(office, .active) - units(office, .shared))
        }
        let overlaps =
            Office.allCases.map { all.units - units($0, kind) }
            + [Office.allCases.reduce(-all.units) { $0 + units($1, kind) }]
        let isSmall =
            isMutual || ([all.units, all.units - known] + others + overlaps).contains(where: SmallCells.isSmall)
            || tells.contains { SmallCells.isSmall($0.units) || SmallCells.isSmall($0.unitsOfOthers) }
        return isSmall ? .suppressed : .count(all.days)
    }
}

extension AreaSimultaneity.Layer {
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
