public import Foundation
public import Ledger

/// Records what came of a dispute. What was wrong is corrected by the command for it, such as `correct-participant`.
public struct SettleDispute: CommandBody {
    /// The name by which it is asked for.
    public static let name = "settle-dispute"

    /// The dispute.
    public var disputeId: UUID
    /// What was found.
    public var outcome: DisputeOutcome
    /// Why. Personal.
    public var reason: String?

    /// The end of a dispute.
    public init(disputeId: UUID, outcome: DisputeOutcome, reason: String? = nil) {
        self.disputeId = disputeId
        self.outcome = outcome
        self.reason = reason
    }
}

/// It was found what is right, or that it cannot be found.
public struct DisputeSettled: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// Why.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The dispute.
    public var disputeId: UUID
    /// What was found.
    public var outcome: DisputeOutcome
    /// Why; `nil` when nothing is noted or the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case disputeId, outcome
    }

    /// The end of a dispute.
    public init(disputeId: UUID, outcome: DisputeOutcome, personal: Personal? = nil) {
        self.disputeId = disputeId
        self.outcome = outcome
        self.personal = personal
    }
}

extension DisputeSettled: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["disputeId"], .exchange: ["outcome", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: SettleDispute, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let dispute = dataProtection.dispute(command.disputeId) else { throw .noSuchDispute }
        // What could not be found once may be found later; everything else is final.
        guard dispute.isMarked, dispute.settlement?.outcome != command.outcome else { throw .disputeSettled }
        guard context.mayUndo(dispute.disputed) else { throw .notYourDispute }
        let day = try context.dayOfFact()
        guard dispute.disputed.on <= day else { throw .settledBeforeDisputed }
        return [
            .disputeSettled(
                DisputeSettled(
                    disputeId: command.disputeId, outcome: command.outcome,
                    personal: command.reason.map { DisputeSettled.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: DisputeSettled, from provenance: Provenance) {
        guard let index = dataProtection.disputes.firstIndex(where: { $0.disputeId == event.disputeId }) else {
            return
        }
        dataProtection.disputes[index].settlement = Dispute.Settlement(
            outcome: event.outcome, reason: event.personal?.reason, settled: provenance)
    }
}

extension Rejection {
    /// No dispute of that id is on record.
    public static let noSuchDispute = Rejection(
        rule: "no-such-dispute", detail: "No dispute of this id is on record; look up which one is meant.")
    /// It has that outcome, or a final one.
    public static let disputeSettled = Rejection(
        rule: "dispute-settled",
        detail: "This dispute is settled; record a new one (dispute-data) if the participant disputes it again.")
    /// Another office examines it.
    public static let notYourDispute = Rejection(
        rule: "not-your-dispute", detail: "Another office examines this dispute; ask it to record what came of it.")
    /// It would end before it began.
    public static let settledBeforeDisputed = Rejection(
        rule: "settled-before-disputed",
        detail: "It was disputed after that day; settle it as of the day it was disputed or a later one.")
}
