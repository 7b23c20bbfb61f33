public import CaseTiming
public import Foundation
public import Ledger

/// What of a measure can be taken back without putting something else in its place.
public enum RemovableMeasureDetail: String, Codable, CaseIterable, Hashable, Sendable {
    case title, orientation, solidarity, provider, hoursPerWeek, earliestStart, latestEnd
}

/// Changes a measure that has not ended. What is absent stays as it is.
public struct ReviseMeasure: CommandBody {
    /// The name by which it is asked for.
    public static let name = "revise-measure"

    /// The measure.
    public var measureId: UUID
    /// What it is called.
    public var title: String?
    /// The field of action.
    public var strand: Strand?
    /// Whether it prevents or repairs.
    public var orientation: Orientation?
    /// What it strengthens.
    public var solidarity: Solidarity?
    /// The id of a published partner, or the provider's name in plain words.
    public var provider: String?
    /// The days it is planned for. The first day of a measure that has started stays.
    public var window: Window?
    /// Weekly load in hours, 0 to 168.
    public var hoursPerWeek: Double?
    /// When in the week it takes place; an empty list takes back all times.
    public var weeklySlots: [WeeklySlot]?
    /// The first day on which it can begin.
    public var earliestStart: CalendarDate?
    /// The last day on which it can end.
    public var latestEnd: CalendarDate?
    /// What no longer applies.
    public var remove: [RemovableMeasureDetail]?
    /// Why.
    public var reason: String?

    /// A change.
    public init(
        measureId: UUID, title: String? = nil, strand: Strand? = nil, orientation: Orientation? = nil,
        solidarity: Solidarity? = nil, provider: String? = nil, window: Window? = nil, hoursPerWeek: Double? = nil,
        weeklySlots: [WeeklySlot]? = nil, earliestStart: CalendarDate? = nil, latestEnd: CalendarDate? = nil,
        remove: [RemovableMeasureDetail]? = nil, reason: String? = nil
    ) {
        self.measureId = measureId
        self.title = title
        self.strand = strand
        self.orientation = orientation
        self.solidarity = solidarity
        self.provider = provider
        self.window = window
        self.hoursPerWeek = hoursPerWeek
        self.weeklySlots = weeklySlots
        self.earliestStart = earliestStart
        self.latestEnd = latestEnd
        self.remove = remove
        self.reason = reason
    }
}

/// A measure was changed. What is absent stayed as it was.
public struct MeasureRevised: EventBody {
    /// The measure.
    public var measureId: UUID
    /// What it is called now.
    public var title: String?
    /// The field of action now.
    public var strand: Strand?
    /// Whether it prevents or repairs now.
    public var orientation: Orientation?
    /// What it strengthens now.
    public var solidarity: Solidarity?
    /// The id of a published partner, or the provider's name in plain words.
    public var provider: String?
    /// The days it is planned for now.
    public var window: DayRange?
    /// Weekly load in hours now.
    public var hoursPerWeek: Double?
    /// When in the week it takes place now.
    public var weeklySlots: [WeeklySlot]?
    /// The first day on which it can begin now.
    public var earliestStart: CalendarDate?
    /// The last day on which it can end now.
    public var latestEnd: CalendarDate?
    /// What no longer applies, each once.
    public var removed: [RemovableMeasureDetail]
    /// Why.
    public var reason: String?

    /// A change.
    public init(
        measureId: UUID, title: String? = nil, strand: Strand? = nil, orientation: Orientation? = nil,
        solidarity: Solidarity? = nil, provider: String? = nil, window: DayRange? = nil, hoursPerWeek: Double? = nil,
        weeklySlots: [WeeklySlot]? = nil, earliestStart: CalendarDate? = nil, latestEnd: CalendarDate? = nil,
        removed: [RemovableMeasureDetail] = [], reason: String? = nil
    ) {
        self.measureId = measureId
        self.title = title
        self.strand = strand
        self.orientation = orientation
        self.solidarity = solidarity
        self.provider = provider
        self.window = window
        self.hoursPerWeek = hoursPerWeek
        self.weeklySlots = weeklySlots
        self.earliestStart = earliestStart
        self.latestEnd = latestEnd
        self.removed = removed
        self.reason = reason
    }
}

extension MeasureRevised: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["measureId"],
        .timing: ["earliestStart", "latestEnd", "hoursPerWeek", "strand", "weeklySlots", "window", "removed"],
        .byPlan: ["orientation", "provider", "solidarity", "title"],
        .own: ["reason"],
    ]
}

extension CaseState {
    func decide(_ command: ReviseMeasure, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let measure = try ownMeasure(command.measureId, in: context)
        guard measure.isOpen else { throw .alreadyEnded }
        guard let plan = plan(measure.planId) else { throw .unknownPlan }
        var revised = measure
        revised.revise(by: try MeasureRevised(command))
        guard revised != measure else { return [] }
        var details = MeasureDetails(revised)
        let window = try details.days(in: plan)
        // A provider that stays was checked when it was named.
        if revised.provider == measure.provider { details.provider = nil }
        try details.check(in: context)
        if let startedOn = measure.startedOn {
            guard window.first == measure.window.first else { throw .startedMeasureMoved }
            guard startedOn <= window.last else { throw .endsBeforeStart }
        }
        return [.measureRevised(MeasureRevised(from: measure, to: revised, reason: command.reason))]
    }

    mutating func apply(_ event: MeasureRevised, from provenance: Provenance) {
        update(event.measureId) { $0.revise(by: event) }
    }
}

extension Measure {
    fileprivate mutating func revise(by event: MeasureRevised) {
        for detail in event.removed { remove(detail) }
        title = event.title ?? title
        strand = event.strand ?? strand
        orientation = event.orientation ?? orientation
        solidarity = event.solidarity ?? solidarity
        provider = event.provider ?? provider
        window = event.window ?? window
        hoursPerWeek = event.hoursPerWeek ?? hoursPerWeek
        weeklySlots = event.weeklySlots ?? weeklySlots
        earliestStart = event.earliestStart ?? earliestStart
        latestEnd = event.latestEnd ?? latestEnd
    }

    private mutating func remove(_ detail: RemovableMeasureDetail) {
        switch detail {
        case .title: title = nil
        case .orientation: orientation = nil
        case .solidarity: solidarity = nil
        case .provider: provider = nil
        case .hoursPerWeek: hoursPerWeek = nil
        case .earliestStart: earliestStart = nil
        case .latestEnd: latestEnd = nil
        }
    }

    fileprivate func has(_ detail: RemovableMeasureDetail) -> Bool {
        switch detail {
        case .title: title != nil
        case .orientation: orientation != nil
        case .solidarity: solidarity != nil
        case .provider: provider != nil
        case .hoursPerWeek: hoursPerWeek != nil
        case .earliestStart: earliestStart != nil
        case .latestEnd: latestEnd != nil
        }
    }
}

extension MeasureRevised {
    /// All that a command says, changed or not. What is removed and given at once is given.
    fileprivate init(_ command: ReviseMeasure) throws(Rejection) {
        self.init(
            measureId: command.measureId, title: command.title, strand: command.strand,
            orientation: command.orientation, solidarity: command.solidarity,
            provider: command.provider?.writtenAsProvider, hoursPerWeek: command.hoursPerWeek,
            weeklySlots: command.weeklySlots, earliestStart: command.earliestStart, latestEnd: command.latestEnd,
            removed: command.remove ?? [])
        if let wished = command.window {
            guard let days = DayRange(first: wished.from, last: wished.to) else { throw .windowReversed }
            window = days
        }
    }

    /// What is different in a measure, and nothing else.
    fileprivate init(from before: Measure, to after: Measure, reason: String?) {
        func changed<Value: Equatable>(_ detail: KeyPath<Measure, Value>) -> Value? {
            before[keyPath: detail] == after[keyPath: detail] ? nil : after[keyPath: detail]
        }
        func changed<Value: Equatable>(_ detail: KeyPath<Measure, Value?>) -> Value? {
            before[keyPath: detail] == after[keyPath: detail] ? nil : after[keyPath: detail]
        }
        self.init(
            measureId: after.measureId, title: changed(\.title), strand: changed(\.strand),
            orientation: changed(\.orientation), solidarity: changed(\.solidarity), provider: changed(\.provider),
            window: changed(\.window), hoursPerWeek: changed(\.hoursPerWeek), weeklySlots: changed(\.weeklySlots),
            earliestStart: changed(\.earliestStart), latestEnd: changed(\.latestEnd),
            removed: RemovableMeasureDetail.allCases.filter { before.has($0) && !after.has($0) }, reason: reason)
    }
}

extension Rejection {
    /// The first day of the window of a measure that has started.
    public static let startedMeasureMoved = Rejection(
        rule: "started-measure-moved",
        detail: "The measure has started and does not move any more; change only the last day of its window.")
}
