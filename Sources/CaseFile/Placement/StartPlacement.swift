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
    /// Why a work opportunity may last longer than usual (§ 16d Abs. 6 SGB II). Personal.
    public var reason: String?

    /// A beginning.
    public init(placementId: UUID, on: CalendarDate? = nil, reason: String? = nil) {
        self.placementId = placementId
        self.on = on
        self.reason = reason
    }
}

/// A placement began.
public struct PlacementStarted: EventBody {
    /// The rule, and why it may last longer, are recorded since version 2.
    public static let schemaVersion = 2

    /// What was said about the participant.
    public struct Personal: Codable, Hashable, Sendable {
        /// Why a work opportunity may last longer than usual.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The placement.
    public var placementId: UUID
    /// Its first day, Europe/Berlin.
    public var on: CalendarDate
    /// The rule that limits how long it lasts, where there is one.
    public var rule: RuleReference?
    /// What was said about the participant.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case placementId, on, rule
    }

    /// A beginning.
    public init(placementId: UUID, on: CalendarDate, rule: RuleReference? = nil, personal: Personal? = nil) {
        self.placementId = placementId
        self.on = on
        self.rule = rule
        self.personal = personal
    }
}

extension PlacementStarted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["placementId"], .placement: ["on", "reason", "rule"],
    ]
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
        let rule = try checkWorkOpportunity(
            placement, from: on, through: placement.endsOn, reason: command.reason, in: context)
        return [
            .placementStarted(
                PlacementStarted(
                    placementId: command.placementId, on: on, rule: rule,
                    personal: command.reason.map { PlacementStarted.Personal(reason: $0) }))
        ]
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
