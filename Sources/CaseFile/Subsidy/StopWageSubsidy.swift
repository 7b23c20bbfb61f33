import CaseTiming
public import Foundation
public import Ledger

/// Ends a subsidy before its last day.
public struct StopWageSubsidy: CommandBody {
    /// The name by which it is asked for.
    public static let name = "stop-wage-subsidy"

    /// The subsidy.
    public var subsidyId: UUID
    /// The last day for which it is paid; absent means the effective day.
    public var on: CalendarDate?
    /// Why.
    public var reason: String?

    /// A stop.
    public init(subsidyId: UUID, on: CalendarDate? = nil, reason: String? = nil) {
        self.subsidyId = subsidyId
        self.on = on
        self.reason = reason
    }
}

/// A subsidy ended before its last day.
public struct WageSubsidyStopped: EventBody {
    /// The subsidy.
    public var subsidyId: UUID
    /// The last day for which it is paid, Europe/Berlin; when it lies before the first one, it never was.
    public var on: CalendarDate
    /// Why.
    public var reason: String?

    /// A stop.
    public init(subsidyId: UUID, on: CalendarDate, reason: String? = nil) {
        self.subsidyId = subsidyId
        self.on = on
        self.reason = reason
    }
}

extension WageSubsidyStopped: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["subsidyId"], .benefits: ["on", "reason"]]
}

extension CaseState {
    func decide(_ command: StopWageSubsidy, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let subsidy = subsidy(command.subsidyId) else { throw .unknownSubsidy }
        guard subsidy.stop == nil else { throw .alreadyStopped }
        let on = command.on ?? context.effectiveOn
        try on.plausible()
        guard on < subsidy.days.last else { throw .subsidyOver }
        return [
            .wageSubsidyStopped(
                WageSubsidyStopped(subsidyId: command.subsidyId, on: on, reason: command.reason))
        ]
    }

    mutating func apply(_ event: WageSubsidyStopped, from provenance: Provenance) {
        guard let index = subsidies.firstIndex(where: { $0.subsidyId == event.subsidyId }) else { return }
        subsidies[index].stop = WageSubsidy.Stop(on: event.on, reason: event.reason)
    }

    /// The stops of all subsidies of a placement that goes no further than `last`: nobody is paid for work that is not
    /// done.
    func stopsOfSubsidies(of placement: UUID, after last: CalendarDate) -> [CaseEvent] {
        subsidies.filter { $0.placementId == placement && last < ($0.effectiveDays?.last ?? last) }
            .map { .wageSubsidyStopped(WageSubsidyStopped(subsidyId: $0.subsidyId, on: last)) }
    }
}

extension Rejection {
    /// There is no such subsidy.
    public static let unknownSubsidy = Rejection(
        rule: "unknown-subsidy", detail: "There is no such subsidy in this case; look up its id.")
    /// It is stopped.
    public static let alreadyStopped = Rejection(
        rule: "already-stopped", detail: "This subsidy is stopped already; nothing needs to be done.")
    /// It ended by itself.
    public static let subsidyOver = Rejection(
        rule: "subsidy-over", detail: "The subsidy ends by that day anyway; choose an earlier day.")
}
