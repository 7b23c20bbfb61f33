public import CaseTiming
public import Foundation
public import Ledger

/// From one day on, one rate of a subsidy.
public struct SubsidyRate: Codable, Hashable, Sendable {
    /// The first day of the rate, Europe/Berlin.
    public var from: CalendarDate
    /// Per cent of the wage, 0 to 100.
    public var rate: Double

    /// A rate from a day on.
    public init(from: CalendarDate, rate: Double) {
        self.from = from
        self.rate = rate
    }
}

/// Part of the wage of a placement, paid to the employer for some time (§§ 16e, 16i SGB II, §§ 88 to 92 SGB III).
public struct WageSubsidy: Hashable, Sendable {
    /// The subsidy.
    public var subsidyId: UUID
    /// The placement whose wage is subsidised.
    public var placementId: UUID
    /// The rates, each until the next one begins.
    public var schedule: [SubsidyRate]
    /// The first and the last day, as granted.
    public var days: DayRange
    /// The rule that was applied; its id is the scheme.
    public var rule: RuleReference
    /// Which office granted it, and as of when.
    public var granted: Provenance
    /// How it ended before its last day.
    public var stop: Stop?

    /// That a subsidy ended before its last day.
    public struct Stop: Hashable, Sendable {
        /// The last day for which it is paid. When that lies before the first day, it never was.
        public var on: CalendarDate
        /// Why.
        public var reason: String?
    }

    /// The days for which it is paid; `nil` when there are none.
    public var effectiveDays: DayRange? {
        DayRange(first: days.first, last: stop.map { min($0.on, days.last) } ?? days.last)
    }
}

extension WageSubsidy {
    /// What opens it to other offices.
    public static let category = ConsentCategory.benefits
}

extension CaseState {
    /// The subsidy of that id.
    public func subsidy(_ id: UUID) -> WageSubsidy? { subsidies.first { $0.subsidyId == id } }
}
