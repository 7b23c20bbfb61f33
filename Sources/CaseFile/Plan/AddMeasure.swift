public import CaseTiming
public import Foundation
public import Ledger

/// Adds a step to a plan of the acting office.
public struct AddMeasure: CommandBody {
    /// The name by which it is asked for.
    public static let name = "add-measure"

    /// The new measure.
    public var measureId: UUID
    /// The plan; absent means the acting office's only open plan.
    public var planId: UUID?
    /// What it is called.
    public var title: String?
    /// The field of action.
    public var strand: Strand
    /// Whether it prevents or repairs.
    public var orientation: Orientation?
    /// What it strengthens.
    public var solidarity: Solidarity?
    /// The id of a published partner, or the provider's name in plain words.
    public var provider: String?
    /// The days it is planned for.
    public var window: Window
    /// Weekly load in hours, 0 to 168.
    public var hoursPerWeek: Double?
    /// When in the week it takes place.
    public var weeklySlots: [WeeklySlot]?
    /// The first day on which it can begin.
    public var earliestStart: CalendarDate?
    /// The last day on which it can end.
    public var latestEnd: CalendarDate?

    /// A step.
    public init(
        measureId: UUID, planId: UUID? = nil, title: String? = nil, strand: Strand, orientation: Orientation? = nil,
        solidarity: Solidarity? = nil, provider: String? = nil, window: Window, hoursPerWeek: Double? = nil,
        weeklySlots: [WeeklySlot]? = nil, earliestStart: CalendarDate? = nil, latestEnd: CalendarDate? = nil
    ) {
        self.measureId = measureId
        self.planId = planId
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
    }
}

/// A step was added to a plan.
public struct MeasureAdded: EventBody {
    /// The new measure.
    public var measureId: UUID
    /// The plan.
    public var planId: UUID
    /// What it is called.
    public var title: String?
    /// The field of action.
    public var strand: Strand
    /// Whether it prevents or repairs.
    public var orientation: Orientation?
    /// What it strengthens.
    public var solidarity: Solidarity?
    /// The id of a published partner, or the provider's name in plain words.
    public var provider: String?
    /// The days it is planned for.
    public var window: DayRange
    /// Weekly load in hours.
    public var hoursPerWeek: Double?
    /// When in the week it takes place.
    public var weeklySlots: [WeeklySlot]
    /// The first day on which it can begin.
    public var earliestStart: CalendarDate?
    /// The last day on which it can end.
    public var latestEnd: CalendarDate?

    /// A step.
    public init(
        measureId: UUID, planId: UUID, title: String? = nil, strand: Strand, orientation: Orientation? = nil,
        solidarity: Solidarity? = nil, provider: String? = nil, window: DayRange, hoursPerWeek: Double? = nil,
        weeklySlots: [WeeklySlot] = [], earliestStart: CalendarDate? = nil, latestEnd: CalendarDate? = nil
    ) {
        self.measureId = measureId
        self.planId = planId
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
    }
}

extension AddMeasure {
    /// The provider's id where the provider is named by one.
    var providerId: UUID? { provider.flatMap(UUID.init(uuidString:)) }
}

extension CaseState {
    func decide(_ command: AddMeasure, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let plan = try ownPlan(command.planId, in: context)
        guard measure(command.measureId) == nil else { throw .measureExists }
        let window = try command.window(in: plan)
        try command.checkLoad()
        if command.providerId != nil, context.surroundings.provider?.isPublished != true { throw .unknownProvider }
        return [
            .measureAdded(
                MeasureAdded(
                    measureId: command.measureId, planId: plan.planId, title: command.title, strand: command.strand,
                    orientation: command.orientation, solidarity: command.solidarity,
                    provider: command.providerId?.uuidString.lowercased() ?? command.provider,
                    window: window, hoursPerWeek: command.hoursPerWeek,
                    weeklySlots: command.weeklySlots ?? [], earliestStart: command.earliestStart,
                    latestEnd: command.latestEnd))
        ]
    }

    mutating func apply(_ event: MeasureAdded, from provenance: Provenance) {
        guard let plan = plan(event.planId) else { return }
        measures.append(
            Measure(
                measureId: event.measureId, planId: event.planId, office: plan.office, planKind: plan.kind,
                title: event.title, strand: event.strand, orientation: event.orientation,
                solidarity: event.solidarity, provider: event.provider, window: event.window,
                hoursPerWeek: event.hoursPerWeek, weeklySlots: event.weeklySlots,
                earliestStart: event.earliestStart, latestEnd: event.latestEnd, addedOn: provenance.on))
    }
}

extension AddMeasure {
    /// The days of the window, within the plan's.
    fileprivate func window(in plan: Plan) throws(Rejection) -> DayRange {
        try window.from.plausible()
        try window.to.plausible()
        try earliestStart.plausible()
        try latestEnd.plausible()
        guard let days = DayRange(first: window.from, last: window.to) else { throw .windowReversed }
        if let from = plan.from, days.first < from { throw .windowOutsidePlan }
        if let to = plan.to, to < days.last { throw .windowOutsidePlan }
        // The window may lie outside the limits (then the measure has to move), but it has to fit between them.
        if let earliestStart, let latestEnd, latestEnd - earliestStart + 1 < days.length {
            throw .invalidLimits
        }
        return days
    }

    fileprivate func checkLoad() throws(Rejection) {
        if let hoursPerWeek {
            guard (0...168).contains(hoursPerWeek) else { throw .invalidHoursPerWeek }
        }
        let isSound = (weeklySlots ?? []).allSatisfy { (1...7).contains($0.weekday) && $0.from < $0.to }
        guard isSound else { throw .invalidWeeklySlots }
        if let title { try title.filled("title") }
        if let provider { try provider.filled("provider") }
    }
}

extension Rejection {
    /// The id names a measure already.
    public static let measureExists = Rejection(
        rule: "measure-exists", detail: "This case already has a measure under that id; add it under a new measureId.")
    /// The window leaves the plan's.
    public static let windowOutsidePlan = Rejection(
        rule: "window-outside-plan", detail: "The window lies outside the plan's; choose days within the plan.")
    /// The limits leave no room for the measure.
    public static let invalidLimits = Rejection(
        rule: "invalid-limits",
        detail: "Between the earliest start and the latest end there are fewer days than the measure takes; widen them."
    )
    /// The provider is an id that names no published partner.
    public static let unknownProvider = Rejection(
        rule: "unknown-provider",
        detail: "There is no such partner; publish it first (publish-partner) or give the provider's name in words.")
    /// More hours than a week has, or fewer than none.
    public static let invalidHoursPerWeek = Rejection(
        rule: "invalid-hours-per-week", detail: "The weekly load is a number of hours from 0 to 168.")
    /// A weekly slot on no day of the week, or one that ends before it begins.
    public static let invalidWeeklySlots = Rejection(
        rule: "invalid-weekly-slots",
        detail: "A weekly slot lies on a weekday from 1 (Monday) to 7 (Sunday) and ends after it begins.")
}
