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

extension MeasureAdded: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["measureId", "planId"],
        .timing: ["earliestStart", "latestEnd", "hoursPerWeek", "strand", "weeklySlots", "window"],
        .byPlan: ["orientation", "provider", "solidarity", "title"],
    ]
}

extension CaseState {
    func decide(_ command: AddMeasure, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let plan = try ownPlan(command.planId, in: context)
        guard measure(command.measureId) == nil else { throw .measureExists }
        let details = MeasureDetails(command)
        let window = try details.days(in: plan)
        try details.check(in: context)
        return [
            .measureAdded(
                MeasureAdded(
                    measureId: command.measureId, planId: plan.planId, title: command.title, strand: command.strand,
                    orientation: command.orientation, solidarity: command.solidarity,
                    provider: details.provider, window: window, hoursPerWeek: command.hoursPerWeek,
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

extension Rejection {
    /// The id names a measure already.
    public static let measureExists = Rejection(
        rule: "measure-exists", detail: "This case already has a measure under that id; add it under a new measureId.")
}
