public import Ledger

/// A measure that an alignment may shift.
public struct AlignmentMeasure: Hashable, Sendable {
    /// What the measure goes by.
    public let id: String
    /// Its days; a shift keeps their number.
    public let days: DayRange
    /// The day before which it cannot start.
    public let earliestStart: CalendarDate?
    /// The day after which it cannot end.
    public let latestEnd: CalendarDate?
    /// Whether it can move at all; one that has started cannot. It stays where it is, whatever its limits are.
    public let isMovable: Bool
    /// What a day of shift costs, from 0 to ``AlignmentProblem/maximumWeight``.
    public let weight: Int
    /// When there is room for it, whatever its office says.
    public let windows: CapacityWindows
    /// When its office has room for it; its weight is that of the measure, and not this one's.
    public let capacity: OfficeCapacity?
    /// The days by which it may be shifted, in order, with a gap between two of them; empty when it fits nowhere.
    let rooms: [ShiftRange]

    /// A measure; without more it may move anywhere at 1 a day, or at what its office's capacity says.
    public init(
        id: String, days: DayRange, earliestStart: CalendarDate? = nil, latestEnd: CalendarDate? = nil,
        isMovable: Bool = true, weight: Int? = nil, windows: CapacityWindows = .always, capacity: OfficeCapacity? = nil
    ) {
        self.id = id
        self.days = days
        self.earliestStart = earliestStart
        self.latestEnd = latestEnd
        self.isMovable = isMovable
        self.weight = weight ?? capacity?.weight ?? 1
        self.windows = windows
        self.capacity = capacity
        guard isMovable else {
            rooms = [ShiftRange(least: 0, greatest: 0)]
            return
        }
        let own = CapacityWindows([CapacityWindow(from: earliestStart, to: latestEnd)]).intersection(windows)
        rooms = (capacity.map { own.intersection($0.windows) } ?? own).windows
            .map { ShiftRange(least: $0.from.map { $0 - days.first }, greatest: $0.to.map { $0 - days.last }) }
            .filter { !$0.isEmpty }
    }

    /// The day before which it cannot start, by its own limits and wherever there is room for it.
    var firstDay: CalendarDate? { rooms.first?.least.map { days.first + $0 } }

    /// The day after which it cannot end, by its own limits and wherever there is room for it.
    var lastDay: CalendarDate? { rooms.last?.greatest.map { days.last + $0 } }

    /// The least and the greatest number of days by which it may be shifted.
    var limits: ShiftRange { rooms.hull }
}

/// How two measures of an alignment should lie in time; see ``TemporalRelation`` for what each kind bounds.
public struct AlignmentRelation: Hashable, Sendable {
    /// The id of the measure *a*.
    public let first: String
    /// The id of the measure *b*.
    public let second: String
    /// Which distance is bounded.
    public let kind: RelationKind
    /// The least distance in days.
    public let minDays: Int
    /// The greatest distance in days, or `nil` when there is none.
    public let maxDays: Int?
    /// How many days the distance may miss its bounds by, not negative.
    public let tolerance: Int

    /// A relation between two measures.
    public init(
        first: String, second: String, kind: RelationKind, minDays: Int = 1, maxDays: Int? = nil, tolerance: Int = 0
    ) {
        self.first = first
        self.second = second
        self.kind = kind
        self.minDays = minDays
        self.maxDays = maxDays
        self.tolerance = tolerance
    }

    var terms: RelationTerms {
        RelationTerms(kind: kind, minDays: minDays, maxDays: maxDays, tolerance: tolerance)
    }
}

extension AlignmentRelation: Comparable {
    /// An order for the sake of reproducible results only: by measures, kind, days and tolerance.
    public static func < (left: AlignmentRelation, right: AlignmentRelation) -> Bool {
        guard left.first == right.first, left.second == right.second, left.kind == right.kind else {
            return (left.first, left.second, left.kind.rawValue) < (right.first, right.second, right.kind.rawValue)
        }
        return (left.minDays, left.maxDays ?? .max, left.tolerance)
            < (right.minDays, right.maxDays ?? .max, right.tolerance)
    }
}

/// Measures that should be brought into step, and the relations that say what in step means.
///
/// The order in which they are given does not matter.
public struct AlignmentProblem: Hashable, Sendable {
    /// Why something is no problem that could be solved.
    public enum Flaw: Error, Hashable, Sendable {
        /// Two measures have that id; the number is the second one's.
        case repeatedMeasure(Int)
        /// The measure of that number weighs less than 0 or more than ``maximumWeight``.
        case weightOutOfRange(Int)
        /// The relation of that number names a measure that is not there, as its first or its second.
        case unknownMeasure(relation: Int, isFirst: Bool)
        /// The relation of that number is between a measure and itself.
        case relationToItself(Int)
        /// The relation of that number has a tolerance below 0.
        case negativeTolerance(Int)
    }

    /// The greatest weight; with it, sums over as many measures as memory can hold still are exact.
    public static let maximumWeight = 1_000_000_000

    /// The measures, by id.
    public let measures: [AlignmentMeasure]
    /// The relations, in a fixed order.
    public let relations: [AlignmentRelation]
    let index: [String: Int]

    /// A problem, if ids are unique, weights and tolerances in range, and relations between two different measures of it.
    ///
    /// - Throws: the first ``Flaw``.
    public init(measures: [AlignmentMeasure], relations: [AlignmentRelation]) throws(Flaw) {
        var ids: Set<String> = []
        for (number, measure) in measures.enumerated() {
            guard ids.insert(measure.id).inserted else { throw .repeatedMeasure(number) }
            guard (0...Self.maximumWeight).contains(measure.weight) else { throw .weightOutOfRange(number) }
        }
        for (number, relation) in relations.enumerated() {
            guard ids.contains(relation.first) else { throw .unknownMeasure(relation: number, isFirst: true) }
            guard ids.contains(relation.second) else { throw .unknownMeasure(relation: number, isFirst: false) }
            guard relation.first != relation.second else { throw .relationToItself(number) }
            guard relation.tolerance >= 0 else { throw .negativeTolerance(number) }
        }
        self.measures = measures.sorted { $0.id < $1.id }
        self.relations = relations.sorted()
        self.index = Dictionary(uniqueKeysWithValues: self.measures.enumerated().map { ($1.id, $0) })
    }
}
