public import Foundation
public import Ledger

/// Records that an accepted placement began.
public struct StartPlacement: CommandBody {
    /// The name by which it is asked for.
    public static let name = "start-placement"

    /// The placement.
    public var placementId: UUID
    /// Its first day; absent means the effective day.
    public var on: CalendarDate?

    /// A beginning.
    public init(placementId: UUID, on: CalendarDate? = nil) {
        self.placementId = placementId
        self.on = on
    }
}

/// A placement began.
public struct PlacementStarted: EventBody {
    /// The placement.
    public var placementId: UUID
    /// Its first day, Europe/Berlin.
    public var on: CalendarDate

    /// A beginning.
    public init(placementId: UUID, on: CalendarDate) {
        self.placementId = placementId
        self.on = on
    }
}

extension CaseState {
    func decide(_ command: StartPlacement, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let placement = try knownPlacement(command.placementId)
        switch placement.status {
        case .accepted: break
        case .offered, .refused: throw .notAccepted
        case .started: throw .alreadyStarted
        case .ended: throw .alreadyEnded
        }
        let on = try context.dayOfFact(command.on)
        if let endsOn = placement.endsOn, endsOn < on { throw .endsBeforeStart }
        try checkOverlap(of: placement, from: on, through: placement.endsOn)
        return [.placementStarted(PlacementStarted(placementId: command.placementId, on: on))]
    }

    mutating func apply(_ event: PlacementStarted, from provenance: Provenance) {
        update(placement: event.placementId) { $0.startedOn = event.on }
    }

    /// Refuses when the placement fills a working week and so does another on some of the days from `first` through
    /// `last` (`nil` without an end).
    func checkOverlap(
        of placement: Placement, from first: CalendarDate, through last: CalendarDate?
    ) throws(Rejection) {
        guard placement.isFullTime else { return }
        let overlaps = placements.contains { other in
            other.placementId != placement.placementId && other.isFullTime
                && other.overlaps(from: first, through: last)
        }
        guard !overlaps else { throw .overlappingPlacement }
    }
}

extension Placement {
    /// Whether it began and lies on one of the days from `first` through `last` (`nil` without an end).
    fileprivate func overlaps(from first: CalendarDate, through last: CalendarDate?) -> Bool {
        guard let startedOn else { return false }
        if let last, last < startedOn { return false }
        if let ownLast = end?.on ?? endsOn, ownLast < first { return false }
        return true
    }
}

extension Rejection {
    /// The participant works full time elsewhere on some of the days.
    public static let overlappingPlacement = Rejection(
        rule: "overlapping-placement",
        detail: "Another full-time placement lies on the same days; end that one first (end-placement).")
}
