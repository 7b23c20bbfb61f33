public import CaseTiming

/// How an office stands to a case.
public enum CaseRelation: String, CaseIterable, Hashable, Sendable {
    /// Responsible for it.
    case engaged
    /// Not responsible and never was, but it registered the participant.
    case registered
    /// Not responsible, but asked to act by an open referral: it answers that, or engages itself.
    case addressed
    /// Neither; the case is not visible to it.
    case none
}

extension CaseState {
    /// How an office stands to the case.
    public func relation(to office: Office) -> CaseRelation {
        if isEngaged(office) { return .engaged }
        if participant?.registered.office == office, !hasLeft(office) { return .registered }
        return isAddressed(office) ? .addressed : .none
    }

    /// Whether the actor works in the case: is of an office that is responsible for it or registered the participant.
    func isWorked(by actor: Actor) -> Bool {
        guard let office = actor.office, let participant, actor.covers(area: participant.areaId) else { return false }
        return switch relation(to: office) {
        case .engaged, .registered: true
        case .addressed, .none: false
        }
    }

    /// Whether the actor may know of the case.
    public func isSeen(by actor: Actor) -> Bool {
        guard let office = actor.office else { return false }
        return AccessPolicy.judge(
            .candidates, by: actor, relation: relation(to: office), area: participant?.areaId
        ).isAllowed
    }
}
