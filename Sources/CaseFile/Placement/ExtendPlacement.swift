public import Foundation
public import Ledger

/// Lets a limited placement last longer.
public struct ExtendPlacement: CommandBody {
    /// The name by which it is asked for.
    public static let name = "extend-placement"

    /// The placement.
    public var placementId: UUID
    /// Its new last day.
    public var endsOn: CalendarDate
    /// Why. To be given where a work opportunity lasts longer than usual (§ 16d Abs. 6 SGB II).
    public var reason: String?

    /// An extension.
    public init(placementId: UUID, endsOn: CalendarDate, reason: String? = nil) {
        self.placementId = placementId
        self.endsOn = endsOn
        self.reason = reason
    }
}

/// A limited placement lasts longer.
public struct PlacementExtended: EventBody {
    /// The rule is recorded since version 2.
    public static let schemaVersion = 2

    /// The placement.
    public var placementId: UUID
    /// Its new last day, Europe/Berlin.
    public var endsOn: CalendarDate
    /// Why.
    public var reason: String?
    /// The rule that limits how long it lasts, where there is one.
    public var rule: RuleReference?

    /// An extension.
    public init(placementId: UUID, endsOn: CalendarDate, reason: String? = nil, rule: RuleReference? = nil) {
        self.placementId = placementId
        self.endsOn = endsOn
        self.reason = reason
        self.rule = rule
    }
}

extension PlacementExtended: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["placementId"],
        .placement: ["endsOn", "rule"],
        .own: ["reason"],
    ]
}

extension CaseState {
    func decide(_ command: ExtendPlacement, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let placement = try knownPlacement(command.placementId)
        switch placement.status {
        case .accepted, .started: break
        case .offered, .refused: throw .notAccepted
        case .ended: throw .alreadyEnded
        }
        try command.endsOn.plausible()
        guard let endsOn = placement.endsOn else { throw .placementUnlimited }
        guard endsOn != command.endsOn else { return [] }
        guard endsOn < command.endsOn else { throw .noExtension(endsOn) }
        if let startedOn = placement.startedOn {
            try checkOverlap(of: placement, from: startedOn, through: command.endsOn)
        }
        let rule = try checkWorkOpportunity(
            placement, from: placement.startedOn ?? placement.startsOn ?? context.effectiveOn, through: command.endsOn,
            reason: command.reason, in: context)
        return [
            .placementExtended(
                PlacementExtended(
                    placementId: command.placementId, endsOn: command.endsOn, reason: command.reason, rule: rule))
        ]
    }

    mutating func apply(_ event: PlacementExtended, from provenance: Provenance) {
        update(placement: event.placementId) { $0.endsOn = event.endsOn }
    }
}

extension Rejection {
    /// It has no last day.
    public static let placementUnlimited = Rejection(
        rule: "placement-unlimited", detail: "The placement has no last day; nothing needs to be done.")
    /// The day is no later.
    public static func noExtension(_ endsOn: CalendarDate) -> Rejection {
        Rejection(
            rule: "no-extension",
            detail: "The placement lasts until \(endsOn) already; choose a later day, or end it (end-placement).")
    }
}
