public import CaseTiming
public import Foundation
public import Ledger

/// Records that a proposal was not answered in time. Only the worker does.
public struct LapseAlignment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "lapse-alignment"

    /// The proposal.
    public var proposalId: UUID

    /// A lapse.
    public init(proposalId: UUID) { self.proposalId = proposalId }
}

/// A proposal was not answered in time. The same is recorded in each of its cases.
public struct AlignmentLapsed: EventBody {
    /// The proposal.
    public var proposalId: UUID
    /// The offices that did not answer.
    public var unanswered: [Office]
    /// The cases that keep the proposal.
    public var cases: [UUID]

    /// A lapse.
    public init(proposalId: UUID, unanswered: [Office], cases: [UUID]) {
        self.proposalId = proposalId
        self.unanswered = unanswered
        self.cases = cases
    }
}

extension AlignmentLapsed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["cases", "proposalId"], .exchange: ["unanswered"],
    ]
}

extension CaseState {
    /// Nothing, unless it waits for an answer and its last day is over: a second worker changes nothing.
    func decide(_ command: LapseAlignment, in context: DecisionContext) -> [CaseEvent] {
        guard let proposal = alignment(command.proposalId), proposal.isOpen,
            let answerDue = proposal.answerDue, answerDue < context.today
        else { return [] }
        return [
            .alignmentLapsed(
                AlignmentLapsed(
                    proposalId: command.proposalId, unanswered: proposal.waitingFor, cases: proposal.cases))
        ]
    }

    mutating func apply(_ event: AlignmentLapsed, from provenance: Provenance) {
        update(alignment: event.proposalId) {
            $0.outcome = .lapsed(on: provenance.on, unanswered: event.unanswered)
        }
    }
}
