import CaseTiming
import Foundation
public import Ledger

/// Erases the person the case is about: whoever records it destroys the person's key in the same transaction.
public struct EraseParticipant: CommandBody {
    /// The name by which it is asked for.
    public static let name = "erase-participant"

    /// Why.
    public var ground: ErasureGround

    /// An erasure.
    public init(ground: ErasureGround) { self.ground = ground }
}

/// Erases the person of a case that was merged into another one; the consequence of `erase-participant` there.
public struct RecordErasure: CommandBody {
    /// The name by which it is asked for.
    public static let name = "record-erasure"

    /// Why.
    public var ground: ErasureGround

    /// An erasure.
    public init(ground: ErasureGround) { self.ground = ground }
}

/// The person's key is destroyed: nothing personal of this case opens any more.
public struct ParticipantErased: EventBody {
    /// Why.
    public var ground: ErasureGround

    /// An erasure.
    public init(ground: ErasureGround) { self.ground = ground }
}

extension ParticipantErased: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.identity: ["ground"]]
}

extension CaseState {
    func decide(_ command: EraseParticipant, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        if isErased { return [] }
        if let merging { throw .caseMerged(into: merging.into) }
        guard isClosed else { throw .caseNotAtRest }
        _ = try context.dayOfFact()
        let merged = absorbed.keys.sorted().compactMap { context.surroundings.others[$0] }
        for state in [self] + merged { try state.checkNothingKeepsIt(in: context) }
        return [.participantErased(ParticipantErased(ground: command.ground))]
    }

    func decide(_ command: RecordErasure, in context: DecisionContext) -> [CaseEvent] {
        isErased ? [] : [.participantErased(ParticipantErased(ground: command.ground))]
    }

    /// Refuses while anybody has a reason to keep the data, the offices, the law or the participant.
    private func checkNothingKeepsIt(in context: DecisionContext) throws(Rejection) {
        if let hold = dataProtection.holds.first(where: { $0.lifted == nil }) {
            throw .legalHold(since: hold.imposed.on)
        }
        if let wish = dataProtection.restrictions.first(where: { $0.isInForce && $0.ground.isWishOfParticipant }) {
            throw .erasureUnwanted(wish.ground, since: wish.restricted.on)
        }
        let running = retentions(under: context.rules, on: context.today).filter { context.today <= $0.through }
        // The longest time tells when to ask again.
        if let last = running.max(by: { $0.through < $1.through }) { throw .retentionRunning(last) }
    }

    mutating func apply(_ event: ParticipantErased, from provenance: Provenance) {
        dataProtection.erasure = Erasure(ground: event.ground, erased: provenance)
        participant?.personal = nil
    }
}

extension Rejection {
    /// Work is still going on.
    public static let caseNotAtRest = Rejection(
        rule: "case-not-at-rest",
        detail:
            "The case is open; bring the work in it to an end and close it (close-case) before the person is erased.")

    /// Somebody needs the data as it is.
    static func legalHold(since day: CalendarDate) -> Rejection {
        Rejection(
            rule: "legal-hold",
            detail: "A legal hold has been set as of \(day); lift it (lift-legal-hold) when it is not needed any more. "
                + "Until then processing is to be restricted (restrict-processing).")
    }

    /// The participant wants the data to be kept.
    static func erasureUnwanted(_ ground: RestrictionGround, since day: CalendarDate) -> Rejection {
        Rejection(
            rule: "erasure-unwanted",
            detail:
                "The participant asked on \(day) for restriction instead of erasure (\(ground.rawValue), Art. 18 (1) "
                + "GDPR); lift that restriction (lift-restriction) when they want it no longer.")
    }

    /// Records have to be kept for some more time.
    static func retentionRunning(_ retention: Retention) -> Rejection {
        Rejection(
            rule: "retention-running",
            detail: "Records of the class \(retention.records.rawValue) have to be kept through \(retention.through) "
                + "(\(retention.rule.source), rule \(retention.rule.id) of \(retention.rule.version)); ask again after "
                + "that. Until then processing is to be restricted (§ 84 Abs. 4 SGB X, restrict-processing).")
    }
}
