public import CaseTiming
public import Foundation
public import Ledger

/// Says that the acting office moves its measures as proposed, if all others whose measures would move do too.
public struct AcceptAlignment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "accept-alignment"

    /// The proposal.
    public var proposalId: UUID
    /// What there is to say to it. Personal.
    public var reason: String?

    /// An acceptance.
    public init(proposalId: UUID, reason: String? = nil) {
        self.proposalId = proposalId
        self.reason = reason
    }
}

/// An office would move its measures as proposed. The same is recorded in each of the proposal's cases.
public struct AlignmentAccepted: EventBody {
    /// What was said to it.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The proposal.
    public var proposalId: UUID
    /// The office.
    public var office: Office
    /// The cases that keep the proposal.
    public var cases: [UUID]
    /// What was said to it.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case proposalId, office, cases
    }

    /// An acceptance.
    public init(proposalId: UUID, office: Office, cases: [UUID], personal: Personal? = nil) {
        self.proposalId = proposalId
        self.office = office
        self.cases = cases
        self.personal = personal
    }
}

extension AlignmentAccepted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["cases", "office", "proposalId"],
        .exchange: ["reason"],
    ]
}

/// What an office commits itself to by accepting a proposal, once all have.
public struct AlignmentCommitment: Codable, Hashable, Sendable {
    /// The commitment.
    public var commitmentId: UUID
    /// The case that keeps it: that of the first measure that the office moves.
    public var caseId: UUID
    /// The office.
    public var office: Office
    /// The offices that it commits itself to.
    public var to: [Office]
    /// The day on which the last of its measures that were moved is to have begun.
    public var by: CalendarDate

    /// A commitment.
    public init(commitmentId: UUID, caseId: UUID, office: Office, to: [Office], by: CalendarDate) {
        self.commitmentId = commitmentId
        self.caseId = caseId
        self.office = office
        self.to = to
        self.by = by
    }
}

/// All offices accepted a proposal. Measures are revised and commitments made in the same step, in each of its cases.
public struct AlignmentAgreed: EventBody {
    /// The proposal.
    public var proposalId: UUID
    /// The measures that are moved.
    public var shifts: [AlignmentShift]
    /// What the offices commit themselves to.
    public var commitments: [AlignmentCommitment]

    /// An agreement.
    public init(proposalId: UUID, shifts: [AlignmentShift], commitments: [AlignmentCommitment]) {
        self.proposalId = proposalId
        self.shifts = shifts
        self.commitments = commitments
    }
}

extension AlignmentAgreed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["proposalId"],
        .exchange: ["commitments"],
        .timing: ["shifts"],
    ]
}

extension CaseState {
    func decide(_ command: AcceptAlignment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        if let known = alignment(command.proposalId), let office = context.actor.office, known.hasAccepted(office),
            known.isOpen || known.status == .accepted
        {
            return []
        }
        let (proposal, office) = try openAlignment(command.proposalId, in: context)
        let household = HouseholdMeasures(around: self, in: context)
        try household.checkFresh(proposal, on: context.today)
        return accept(proposal, by: office, reason: command.reason, among: household, in: context)
    }

    /// What an acceptance comes to: the measures move when nobody else has to accept.
    func accept(
        _ proposal: AlignmentProposal, by office: Office, reason: String?, among household: HouseholdMeasures,
        in context: DecisionContext
    ) -> [CaseEvent] {
        let accepted = AlignmentAccepted(
            proposalId: proposal.proposalId, office: office, cases: proposal.cases,
            personal: reason.map { AlignmentAccepted.Personal(reason: $0) })
        guard proposal.parties.allSatisfy({ $0 == office || proposal.hasAccepted($0) }) else {
            return [.alignmentAccepted(accepted)]
        }
        let agreed = AlignmentAgreed(
            proposalId: proposal.proposalId, shifts: proposal.shifts,
            commitments: household.commitments(to: proposal, on: context.effectiveOn))
        return [.alignmentAccepted(accepted)] + agreed.events(in: context.surroundings.caseId)
    }

    mutating func apply(_ event: AlignmentAccepted, from provenance: Provenance) {
        update(alignment: event.proposalId) {
            $0.answers.append(
                AlignmentProposal.Answer(
                    office: event.office, kind: .accepted, on: provenance.on, reason: event.personal?.reason))
        }
    }

    mutating func apply(_ event: AlignmentAgreed, from provenance: Provenance) {
        update(alignment: event.proposalId) { $0.outcome = .agreed(on: provenance.on) }
    }
}

extension AlignmentProposal {
    /// Whether an office has accepted it.
    func hasAccepted(_ office: Office) -> Bool { answers.contains { $0.office == office && $0.kind == .accepted } }
}

extension HouseholdMeasures {
    /// Refuses to go on with a proposal that does not fit any more.
    func checkFresh(_ proposal: AlignmentProposal, on today: CalendarDate) throws(Rejection) {
        if let reason = proposal.staleness(in: self, on: today) { throw .alignmentStale(reason) }
        do throws(Rejection) {
            try check(proposal.shifts, on: today)
        } catch {
            throw .alignmentStale(error.detail)
        }
    }

    /// What the parties commit themselves to: each to the others that may know when its measures are.
    fileprivate func commitments(to proposal: AlignmentProposal, on day: CalendarDate) -> [AlignmentCommitment] {
        let concerned = Set(proposal.basis.measures.map(\.office))
        return proposal.parties.compactMap { office in
            let own = proposal.shifts.filter { $0.office == office }
            guard let first = own.first, let by = own.map(\.to.first).max() else { return nil }
            let others = concerned.subtracting([office]).filter { other in
                own.allSatisfy { shift in measures[shift.measureId].map { knows(other, when: $0, on: day) } ?? false }
            }
            return AlignmentCommitment(
                commitmentId: UUID(derivedFrom: proposal.proposalId, "commitment \(office.rawValue)"),
                caseId: first.caseId, office: office, to: others.sorted(), by: by)
        }
    }
}

extension AlignmentAgreed {
    /// What happens in one of the proposal's cases.
    func events(in caseId: UUID) -> [CaseEvent] {
        let revisions = shifts.filter { $0.caseId == caseId }.map {
            MeasureRevised(measureId: $0.measureId, window: $0.to, reason: "alignment \(proposalId.lowercaseString)")
        }
        let made = commitments.filter { $0.caseId == caseId }.map { commitment in
            let own = shifts.filter { $0.office == commitment.office }
            return CommitmentMade(
                commitmentId: commitment.commitmentId, office: commitment.office, to: commitment.to, by: commitment.by,
                proposalId: proposalId, personal: CommitmentMade.Personal(what: Self.promise(of: own)))
        }
        return [.alignmentAgreed(self)] + revisions.map { .measureRevised($0) } + made.map { .commitmentMade($0) }
    }

    private static func promise(of shifts: [AlignmentShift]) -> String {
        let moves = shifts.map { "that of \($0.from) on \($0.to.first)" }
        return "Begins its measures as they were aligned: " + moves.joined(separator: ", ") + "."
    }
}
