public import CaseTiming
public import Foundation
public import Ledger

/// A set of shifts that would bring measures into step, and what the offices say to it. It is kept, the same, in each of
/// the cases whose measures it would move.
public struct AlignmentProposal: Hashable, Sendable {
    /// The proposal.
    public var proposalId: UUID
    /// The case in which it was made.
    public var caseId: UUID
    /// The measures it would move, by case and measure; none where there is a contradiction instead.
    public var shifts: [AlignmentShift]
    /// The findings it is to close.
    public var findings: [UUID]
    /// Their kinds.
    public var kinds: [FindingKind]
    /// What it rests on.
    public var basis: AlignmentBasis
    /// The last day on which it can be answered, Europe/Berlin; `nil` where there is a contradiction instead.
    public var answerDue: CalendarDate?
    /// The proposal in whose place it stands.
    public var counterOf: UUID?
    /// Why the measures cannot be brought into step, where they cannot.
    public var contradiction: [AlignmentConflict]
    /// Which office made it, and as of when; of no office if the worker did.
    public var proposed: Provenance
    /// What offices said to it, in the order of saying.
    public var answers: [Answer]
    /// What became of it; `nil` while it can be answered.
    public var outcome: Outcome?

    /// What an office says to a proposal.
    public struct Answer: Hashable, Sendable {
        /// What it says.
        public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
            /// It moves its measures if the others do.
            case accepted
            /// It does not.
            case declined
            /// It proposes something else.
            case countered
        }

        /// The office.
        public var office: Office
        /// What it says.
        public var kind: Kind
        /// As of when.
        public var on: CalendarDate
        /// Why it declines.
        public var ground: DeclineGround?
        /// Why, in words; `nil` when none are given or the person is erased.
        public var reason: String?
    }

    /// What becomes of a proposal.
    public enum Outcome: Hashable, Sendable {
        /// All accepted, and the measures were moved.
        case agreed(on: CalendarDate)
        /// An office declined.
        case declined(on: CalendarDate)
        /// Another proposal took its place.
        case countered(on: CalendarDate, by: UUID)
        /// It was not answered in time by these offices.
        case lapsed(on: CalendarDate, unanswered: [Office])
        /// What it rested on changed; in a sentence.
        case outdated(on: CalendarDate, reason: String)

        /// The day as of which it came to that.
        public var on: CalendarDate {
            switch self {
            case .agreed(let on), .declined(let on), .countered(let on, _), .lapsed(let on, _), .outdated(let on, _): on
            }
        }
    }

    /// Where a proposal stands.
    public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
        /// It waits for answers.
        case open
        /// All accepted, and the measures were moved.
        case accepted
        /// An office declined.
        case declined
        /// Another proposal took its place.
        case countered
        /// It was not answered in time.
        case lapsed
        /// What it rested on changed before it was answered.
        case stale
        /// There is none to make: what is asked of the measures contradicts itself.
        case contradiction
    }

    /// Where it stands.
    public var status: Status {
        switch outcome {
        case .agreed: .accepted
        case .declined: .declined
        case .countered: .countered
        case .lapsed: .lapsed
        case .outdated: .stale
        case nil: contradiction.isEmpty ? .open : .contradiction
        }
    }

    /// Whether it waits for answers.
    public var isOpen: Bool { status == .open }
    /// Whether it can become stale: it waits for answers, or says why there is nothing to propose.
    public var isCurrent: Bool { outcome == nil }
    /// The offices whose measures it would move: all of them have to accept.
    public var parties: [Office] { Set(shifts.map(\.office)).sorted() }
    /// The parties that have not answered.
    public var waitingFor: [Office] {
        isOpen ? parties.filter { party in !answers.contains { $0.office == party } } : []
    }
    /// The cases that keep it.
    public var cases: [UUID] {
        contradiction.isEmpty ? shifts.map(\.caseId).uniqued : Set(basis.measures.map(\.caseId)).sorted()
    }

    /// What it rested on that has changed, in a sentence; `nil` while nothing has.
    public func staleness(in household: HouseholdMeasures, on today: CalendarDate) -> String? {
        if let change = basis.change(to: household.basis(around: basis.measures.map(\.measureId))) { return change }
        if !findings.isEmpty, findings.allSatisfy({ household.openFindings[$0] == nil }) {
            return "What it was made for is in step by now."
        }
        let isPast = shifts.contains { $0.days < 0 && $0.to.first <= today }
        return isPast ? "A day to which a measure would be moved has come." : nil
    }
}

extension CaseState {
    /// The proposal of that id.
    public func alignment(_ id: UUID) -> AlignmentProposal? { alignments.first { $0.proposalId == id } }

    /// The proposal of that id, which the acting office may answer today.
    func openAlignment(_ id: UUID, in context: DecisionContext) throws(Rejection) -> (AlignmentProposal, Office) {
        guard let proposal = alignment(id) else { throw .unknownAlignment }
        guard let office = context.actor.office, proposal.parties.contains(office) else { throw .notPartyToAlignment }
        _ = try context.dayOfFact()
        switch proposal.status {
        case .open: break
        case .lapsed: throw .alignmentLapsed
        case .stale: throw .alignmentStale(nil)
        case .accepted, .declined, .countered, .contradiction: throw .alignmentSettled
        }
        if let due = proposal.answerDue, due < context.today { throw .alignmentLapsed }
        return (proposal, office)
    }

    mutating func update(alignment id: UUID, _ change: (inout AlignmentProposal) -> Void) {
        guard let index = alignments.firstIndex(where: { $0.proposalId == id }) else { return }
        change(&alignments[index])
    }
}

extension Rejection {
    /// There is no such proposal.
    public static let unknownAlignment = Rejection(
        rule: "unknown-alignment",
        detail: "There is no such proposal in this case; look up its id among the proposals of your cases.")
    /// None of the office's measures would move.
    public static let notPartyToAlignment = Rejection(
        rule: "not-party-to-alignment",
        detail:
            "None of your office's measures would be moved by this proposal; only offices that move something answer.")
    /// It was not answered in time.
    public static let alignmentLapsed = Rejection(
        rule: "alignment-lapsed",
        detail: "The last day to answer this proposal is over; propose the shifts anew (propose-alignment).")
    /// It was accepted by all, declined, countered, or is none.
    public static let alignmentSettled = Rejection(
        rule: "alignment-settled",
        detail: "This proposal does not wait for an answer any more; propose anew what is still to be aligned.")

    /// What the proposal rested on has changed.
    static func alignmentStale(_ reason: String?) -> Rejection {
        Rejection(
            rule: "alignment-stale",
            detail: (reason.map { $0 + " " } ?? "")
                + "The proposal does not fit any more; look at the measures and propose anew (propose-alignment).")
    }
}
