public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// A proposal to bring measures into step, as far as the office may know when they are. Dates are days in Europe/Berlin.
    public struct Proposal: Codable, Hashable, Sendable {
        /// The proposal.
        public var proposalId: UUID
        /// The case in which it was made.
        public var caseId: UUID
        /// Where it stands.
        public var state: AlignmentProposal.Status
        /// The office that made it; `nil` if the worker did, or the office may not know.
        public var proposedBy: Office?
        /// The day as of which it was made.
        public var proposedOn: CalendarDate
        /// The last day to answer.
        public var answerDue: CalendarDate?
        /// Whether it waits for this office's answer.
        public var waitsForUs: Bool
        /// The offices whose answers it waits for.
        public var waitingFor: [Office]
        /// The measures that would move.
        public var shifts: [ProposedShift]
        /// What offices said to it.
        public var answers: [ProposalAnswer]
        /// The findings that it is to close.
        public var findings: [UUID]
        /// Their kinds.
        public var kinds: [FindingKind]
        /// Why there is nothing to propose: a smallest set of what contradicts itself.
        public var contradiction: [AlignmentConflict]
        /// The day as of which it was settled.
        public var settledOn: CalendarDate?
        /// What it rested on that has changed.
        public var staleBecause: String?
        /// The proposal in whose place it stands.
        public var counterOf: UUID?
        /// The proposal that took its place.
        public var counteredBy: UUID?
        /// Whether something of it is not shown, because the office may not know when all of the measures are.
        public var isPartial: Bool
    }

    /// A measure that would move.
    public struct ProposedShift: Codable, Hashable, Sendable {
        /// The case whose plan it belongs to.
        public var caseId: UUID
        /// The measure.
        public var measureId: UUID
        /// The office whose plan that is.
        public var office: Office
        /// Its days when it was proposed.
        public var from: DayRange
        /// The days that it would have.
        public var to: DayRange
        /// By how many days it would move, negative for earlier.
        public var days: Int
    }

    /// What an office said to a proposal.
    public struct ProposalAnswer: Codable, Hashable, Sendable {
        /// The office.
        public var office: Office
        /// What it said.
        public var answer: AlignmentProposal.Answer.Kind
        /// As of when.
        public var on: CalendarDate
        /// Why it declined.
        public var ground: DeclineGround?
        /// Why, in words; `nil` when none are given or the person is erased.
        public var reason: String?
    }
}
