public import Foundation
public import Ledger

/// A placement began, as it was recorded before the time for work opportunities was limited.
public struct PlacementStartedV1: EarlierEventBody {
    /// The name it has in the ledger.
    public static let type = PlacementStarted.type

    /// The placement.
    public var placementId: UUID
    /// Its first day, Europe/Berlin.
    public var on: CalendarDate

    /// The same event in the shape that followed.
    public func lifted() -> PlacementStarted { PlacementStarted(placementId: placementId, on: on) }
}

extension PlacementStartedV1: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["placementId"], .placement: ["on"]]
}

/// A limited placement lasts longer, as it was recorded before the time for work opportunities was limited.
public struct PlacementExtendedV1: EarlierEventBody {
    /// The name it has in the ledger.
    public static let type = PlacementExtended.type

    /// The placement.
    public var placementId: UUID
    /// Its new last day, Europe/Berlin.
    public var endsOn: CalendarDate
    /// Why.
    public var reason: String?

    /// The same event in the shape that followed.
    public func lifted() -> PlacementExtended {
        PlacementExtended(placementId: placementId, endsOn: endsOn, reason: reason)
    }
}

extension PlacementExtendedV1: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["placementId"], .placement: ["endsOn"], .own: ["reason"],
    ]
}
