import CaseTiming
import Foundation
public import Ledger

/// What is said of a measure when it is added or revised, before it is checked.
struct MeasureDetails: Hashable {
    var title: String?
    var strand: Strand
    var orientation: Orientation?
    var solidarity: Solidarity?
    var provider: String?
    var window: Window
    var hoursPerWeek: Double?
    var weeklySlots: [WeeklySlot]
    var earliestStart: CalendarDate?
    var latestEnd: CalendarDate?

    init(_ command: AddMeasure) {
        title = command.title
        strand = command.strand
        orientation = command.orientation
        solidarity = command.solidarity
        provider = command.provider?.writtenAsProvider
        window = command.window
        hoursPerWeek = command.hoursPerWeek
        weeklySlots = command.weeklySlots ?? []
        earliestStart = command.earliestStart
        latestEnd = command.latestEnd
    }

    init(_ measure: Measure) {
        title = measure.title
        strand = measure.strand
        orientation = measure.orientation
        solidarity = measure.solidarity
        provider = measure.provider
        window = Window(from: measure.window.first, to: measure.window.last)
        hoursPerWeek = measure.hoursPerWeek
        weeklySlots = measure.weeklySlots
        earliestStart = measure.earliestStart
        latestEnd = measure.latestEnd
    }

    /// The days of the window, within the plan's.
    func days(in plan: Plan) throws(Rejection) -> DayRange {
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

    /// Refuses hours, slots, texts and providers that cannot be.
    func check(in context: DecisionContext) throws(Rejection) {
        if let hoursPerWeek {
            guard (0...168).contains(hoursPerWeek) else { throw .invalidHoursPerWeek }
        }
        let isSound = weeklySlots.allSatisfy { (1...7).contains($0.weekday) && $0.from < $0.to }
        guard isSound else { throw .invalidWeeklySlots }
        if let title { try title.filled("title") }
        if let provider {
            try provider.filled("provider")
            if provider.providerId != nil, context.surroundings.provider?.isOpen(on: context.effectiveOn) != true {
                throw .unknownProvider
            }
        }
    }
}

extension String {
    /// The provider's id where the provider is named by one.
    var providerId: UUID? { UUID(uuidString: self) }
    /// The provider as it is recorded: an id in small letters, a name as it is.
    var writtenAsProvider: String { providerId?.uuidString.lowercased() ?? self }
}

extension Rejection {
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
