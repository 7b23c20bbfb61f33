public import Foundation
public import Ledger

/// Records that what a proposal rested on has changed. Only the worker does.
public struct OutdateAlignment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "outdate-alignment"

    /// The proposal.
    public var proposalId: UUID

    /// A notice.
    public init(proposalId: UUID) { self.proposalId = proposalId }
}

/// What a proposal rested on has changed: it cannot be accepted any more. The same is recorded in each of its cases.
public struct AlignmentOutdated: EventBody {
    /// The proposal.
    public var proposalId: UUID
    /// What has changed, in a sentence: offices and days, nothing about a person.
    public var reason: String
    /// The cases that keep the proposal.
    public var cases: [UUID]

    /// A notice.
    public init(proposalId: UUID, reason: String, cases: [UUID]) {
        self.proposalId = proposalId
        self.reason = reason
        self.cases = cases
    }
}

extension AlignmentOutdated: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["cases", "proposalId"], .exchange: ["reason"]]
}

extension CaseState {
    /// Nothing, unless it waits for an answer and does not fit any more: a second worker changes nothing.
    func decide(_ command: OutdateAlignment, in context: DecisionContext) -> [CaseEvent] {
        guard let proposal = alignment(command.proposalId), proposal.isCurrent,
            let reason = proposal.staleness(in: HouseholdMeasures(around: self, in: context), on: context.today)
        else { return [] }
        return [
            .alignmentOutdated(
                AlignmentOutdated(proposalId: command.proposalId, reason: reason, cases: proposal.cases))
        ]
    }

    /// What becomes of the proposals that this case is part of when the participant leaves the household.
    func outdatedByLeaving() -> [CaseEvent] {
        guard household != nil else { return [] }
        return alignments.filter(\.isCurrent).map {
            .alignmentOutdated(
                AlignmentOutdated(
                    proposalId: $0.proposalId, reason: "Who lives in the household has changed.", cases: $0.cases))
        }
    }

    mutating func apply(_ event: AlignmentOutdated, from provenance: Provenance) {
        update(alignment: event.proposalId) { $0.outcome = .outdated(on: provenance.on, reason: event.reason) }
    }
}
