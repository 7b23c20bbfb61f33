public import Foundation
public import Ledger

/// Records that the day of a commitment is over and nothing is said of what became of it. Only the worker does.
public struct PassCommitment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "pass-commitment"

    /// The commitment.
    public var commitmentId: UUID

    /// A notice.
    public init(commitmentId: UUID) { self.commitmentId = commitmentId }
}

/// The day of a commitment is over, and nothing was said of what became of it. The office can still keep it, late.
public struct CommitmentPassed: EventBody {
    /// The commitment.
    public var commitmentId: UUID
    /// The day by which it was to be kept, Europe/Berlin.
    public var by: CalendarDate

    /// A notice.
    public init(commitmentId: UUID, by: CalendarDate) {
        self.commitmentId = commitmentId
        self.by = by
    }
}

extension CommitmentPassed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["commitmentId"], .exchange: ["by"]]
}

extension CaseState {
    /// Nothing, unless its day is over and it is open: a second worker changes nothing.
    func decide(_ command: PassCommitment, in context: DecisionContext) -> [CaseEvent] {
        guard let commitment = commitment(command.commitmentId), commitment.status == .open,
            commitment.overdueSince == nil, commitment.by < context.today
        else { return [] }
        return [.commitmentPassed(CommitmentPassed(commitmentId: command.commitmentId, by: commitment.by))]
    }

    mutating func apply(_ event: CommitmentPassed, from provenance: Provenance) {
        guard let index = commitments.firstIndex(where: { $0.commitmentId == event.commitmentId }) else { return }
        commitments[index].overdueSince = event.by + 1
    }
}
