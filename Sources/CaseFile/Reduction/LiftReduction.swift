import CaseTiming
public import Foundation
public import Ledger

/// Ends a reduction before its last day, or takes the decision back.
public struct LiftReduction: CommandBody {
    /// The name by which it is asked for.
    public static let name = "lift-reduction"

    /// The reduction.
    public var reductionId: UUID
    /// The first day on which nothing is reduced any more; absent means the effective day. Without meaning where the
    /// decision is taken back.
    public var on: CalendarDate?
    /// Why. Personal.
    public var reason: String?
    /// Whether the decision itself is taken back, for example after an objection; absent means no.
    public var revoked: Bool?

    /// A lifting.
    public init(reductionId: UUID, on: CalendarDate? = nil, reason: String? = nil, revoked: Bool? = nil) {
        self.reductionId = reductionId
        self.on = on
        self.reason = reason
        self.revoked = revoked
    }
}

/// A reduction ended before its last day, or its decision was taken back.
public struct ReductionLifted: EventBody {
    /// What is known of the participant's reasons.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The reduction.
    public var reductionId: UUID
    /// The first day on which nothing is reduced any more, Europe/Berlin.
    public var on: CalendarDate
    /// Whether the decision itself was taken back, so that it never counted.
    public var revoked: Bool
    /// What is known of the participant's reasons.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case reductionId, on, revoked
    }

    /// A lifting.
    public init(reductionId: UUID, on: CalendarDate, revoked: Bool = false, personal: Personal? = nil) {
        self.reductionId = reductionId
        self.on = on
        self.revoked = revoked
        self.personal = personal
    }
}

extension ReductionLifted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["reductionId"],
        .benefits: ["on", "revoked", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: LiftReduction, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let reduction = reduction(command.reductionId) else { throw .unknownReduction }
        let isRevoked = command.revoked ?? false
        if let lift = reduction.lift {
            // A decision can still be taken back after the reduction ended early.
            guard isRevoked, !lift.isRevoked else { throw .alreadyLifted }
        }
        let on = isRevoked ? reduction.days.first : command.on ?? context.effectiveOn
        try on.plausible()
        if !isRevoked {
            guard on <= reduction.days.last else { throw .reductionOver }
            let earliest = earliestLift(of: reduction, in: context.rules)
            guard earliest <= on else { throw .liftedTooEarly(earliest) }
        }
        return [
            .reductionLifted(
                ReductionLifted(
                    reductionId: command.reductionId, on: on, revoked: isRevoked,
                    personal: command.reason.map { ReductionLifted.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: ReductionLifted, from provenance: Provenance) {
        guard let index = reductions.firstIndex(where: { $0.reductionId == event.reductionId }) else { return }
        reductions[index].lift = Reduction.Lift(
            on: event.on, reason: event.personal?.reason, isRevoked: event.revoked)
    }

    /// The first day on which nothing may be reduced any more because the participant complies, by the version of the rule
    /// that was applied.
    private func earliestLift(of reduction: Reduction, in rules: RuleBook) -> CalendarDate {
        guard case .reduction(let terms) = rules.version(of: reduction.rule.id, on: reduction.rule.version)?.terms,
            let leastLength = terms.leastLength
        else { return reduction.days.first }
        return leastLength.after(reduction.days.first)
    }
}

extension Rejection {
    /// There is no such reduction.
    public static let unknownReduction = Rejection(
        rule: "unknown-reduction", detail: "There is no such reduction in this case; look up its id.")
    /// It is lifted.
    public static let alreadyLifted = Rejection(
        rule: "already-lifted", detail: "This reduction is lifted already; nothing needs to be done.")
    /// It ended by itself.
    public static let reductionOver = Rejection(
        rule: "reduction-over",
        detail: "The reduction is over by that day; to take the decision back, say so (revoked).")
    /// It has to last longer.
    public static func liftedTooEarly(_ earliest: CalendarDate) -> Rejection {
        Rejection(
            rule: "lifted-too-early",
            detail: "The reduction can end on \(earliest) at the earliest; choose that day, or take the decision back "
                + "(revoked).")
    }
}
