public import Foundation

/// What an event of a case demands of another stream, in the same atomic append.
public enum Consequence: Hashable, Sendable {
    /// A command to a household.
    case household(UUID, HouseholdCommand)
    /// A command to an offer.
    case offer(UUID, OfferCommand)
}

extension CaseDecider {
    /// What an event of case `caseID` demands of other streams. Their rejection rejects the case's command.
    ///
    /// A place of an offer is taken by accepting, and given back when the placement ends, whether it began or not:
    /// capacity says how many at a time. Whether somebody else can still come is for the offer's own dates to say.
    public static func consequences(of event: CaseEvent, in caseID: UUID) -> [Consequence] {
        switch event {
        case .householdJoined(let event):
            [.household(event.householdId, .admitMember(AdmitMember(caseId: caseID, role: event.role)))]
        case .placementAccepted(let event):
            event.offerId.map {
                [.offer($0, .takePlace(TakePlace(caseId: caseID, placementId: event.placementId)))]
            } ?? []
        case .placementEnded(let event):
            event.offerId.map {
                [.offer($0, .releasePlace(ReleasePlace(caseId: caseID, placementId: event.placementId)))]
            } ?? []
        default: []
        }
    }
}
