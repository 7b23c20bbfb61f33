public import Foundation
public import Ledger

/// A day in a case on which something happens by itself, unless somebody acts before.
///
/// Timers are not stored: they follow from the case, so that none is ever forgotten, and one whose cause is gone, or whose case
/// is closed, is gone with it. What fires is recorded, so that it fires once.
public struct CaseTimer: Hashable, Sendable {
    /// What happens.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A proposal is not answered any more.
        case alignmentLapse = "alignment-lapse"
        /// The day of a commitment is over, and nothing is said of what became of it.
        case commitmentOverdue = "commitment-overdue"
    }

    /// What happens.
    public var kind: Kind
    /// To what: the proposal, the commitment.
    public var subject: UUID
    /// The first day on which it does, Europe/Berlin. Whenever it is recorded, it counts from that day.
    public var firesOn: CalendarDate

    /// A timer.
    public init(kind: Kind, subject: UUID, firesOn: CalendarDate) {
        self.kind = kind
        self.subject = subject
        self.firesOn = firesOn
    }

    /// What is asked of the case when it fires.
    public var command: CaseCommand {
        switch kind {
        case .alignmentLapse: .lapseAlignment(LapseAlignment(proposalId: subject))
        case .commitmentOverdue: .passCommitment(PassCommitment(commitmentId: subject))
        }
    }
}

extension CaseTimer: Comparable {
    /// The order in which timers of one case fire.
    public static func < (left: CaseTimer, right: CaseTimer) -> Bool {
        (left.firesOn, left.kind.rawValue, left.subject) < (right.firesOn, right.kind.rawValue, right.subject)
    }
}

extension CaseState {
    /// The timers of the case, those that fire first before the others; none once it is closed.
    ///
    /// What is kept in several cases has its timer in one of them.
    public func timers(of caseID: UUID) -> [CaseTimer] {
        guard !isClosed else { return [] }
        let lapses = alignments.compactMap { proposal -> CaseTimer? in
            guard proposal.isOpen, proposal.caseId == caseID, let answerDue = proposal.answerDue else { return nil }
            return CaseTimer(kind: .alignmentLapse, subject: proposal.proposalId, firesOn: answerDue + 1)
        }
        let overdue = commitments.compactMap { commitment -> CaseTimer? in
            guard commitment.status == .open, commitment.overdueSince == nil else { return nil }
            return CaseTimer(kind: .commitmentOverdue, subject: commitment.commitmentId, firesOn: commitment.by + 1)
        }
        return (lapses + overdue).sorted()
    }
}
