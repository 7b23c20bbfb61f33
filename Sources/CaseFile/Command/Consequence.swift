import CaseTiming
public import Foundation

/// What an event of a case demands of another stream, in the same atomic append.
public enum Consequence: Hashable, Sendable {
    /// A command to a household.
    case household(UUID, HouseholdCommand)
    /// A command to an offer.
    case offer(UUID, OfferCommand)
    /// A command to the case of another member of the participant's household.
    case housemate(UUID, CaseCommand)
    /// A command to the other case that the command names, or that this one was merged into.
    case otherCase(UUID, CaseCommand)
}

extension CaseDecider {
    /// What an event of case `caseID` demands of other streams. Their rejection rejects the case's command.
    ///
    /// A place of an offer is taken by accepting, and given back when the placement ends, whether it began or not:
    /// capacity says how many at a time. Whether somebody else can still come is for the offer's own dates to say. Who
    /// leaves a household takes the relations between their measures and the others' along. What happens to a proposal in
    /// one of its cases happens in all of them.
    ///
    /// - Parameters:
    ///   - state: the case as it was when the event was decided.
    ///   - surroundings: what the decision looked at.
    public static func consequences(
        of event: CaseEvent, in caseID: UUID, given state: CaseState, around surroundings: Surroundings
    ) -> [Consequence] {
        switch event {
        case .householdJoined(let event):
            [.household(event.householdId, .admitMember(AdmitMember(caseId: caseID, role: event.role)))]
        case .householdLeft(let event):
            [.household(event.householdId, .dismissMember(DismissMember(caseId: caseID)))]
                + surroundings.housemates.compactMap { id, housemate in
                    let measures = state.measures.map(\.measureId)
                        .filter { measure in housemate.relations.contains { $0.relation.second == measure } }
                    return measures.isEmpty
                        ? nil : .housemate(id, .endRelations(EndRelations(measures: measures)))
                }
        case .placementAccepted(let event):
            event.offerId.map {
                [.offer($0, .takePlace(TakePlace(caseId: caseID, placementId: event.placementId)))]
            } ?? []
        case .placementEnded(let event):
            event.offerId.map {
                [.offer($0, .releasePlace(ReleasePlace(caseId: caseID, placementId: event.placementId)))]
            } ?? []
        case .identityDecided(let event):
            [
                .otherCase(
                    event.otherCaseId,
                    .recordIdentity(
                        RecordIdentity(
                            otherCaseId: caseID, verdict: event.verdict, reason: event.personal?.reason)))
            ]
        case .caseMerged(let event):
            [.otherCase(event.into, .absorbCase(AbsorbCase(caseId: caseID, reason: event.personal?.reason)))]
        case .caseUnmerged(let event):
            [.otherCase(event.from, .releaseCase(ReleaseCase(caseId: caseID, reason: event.personal?.reason)))]
        case .participantErased(let event):
            state.absorbed.keys.sorted().map { .otherCase($0, .recordErasure(RecordErasure(ground: event.ground))) }
        default: event.followers(of: caseID)
        }
    }
}
