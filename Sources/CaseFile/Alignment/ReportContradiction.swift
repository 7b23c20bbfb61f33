public import CaseTiming
public import Foundation
public import Ledger

/// Records that findings cannot be met by any shifts, and why. Only the worker does.
public struct ReportContradiction: CommandBody {
    /// The name by which it is asked for.
    public static let name = "report-contradiction"

    /// The id under which it stands among the proposals.
    public var proposalId: UUID
    /// The measures that hang together.
    public var measures: [UUID]
    /// The findings that stay open.
    public var findings: [UUID]
    /// A smallest set of what contradicts itself.
    public var conflicts: [AlignmentConflict]

    /// A contradiction.
    public init(proposalId: UUID, measures: [UUID], findings: [UUID], conflicts: [AlignmentConflict]) {
        self.proposalId = proposalId
        self.measures = measures
        self.findings = findings
        self.conflicts = conflicts
    }
}

/// One part of a smallest contradictory set: what is asked of two measures, and the limits that stand against it.
public struct AlignmentConflict: Codable, Hashable, Sendable {
    /// The first measure.
    public var first: UUID
    /// The second measure; the first one where its limits contradict each other.
    public var second: UUID
    /// What is asked of them; absent where the limits of a measure contradict each other.
    public var relation: RelationKind?
    /// All of it in words: offices and days, nothing about a person.
    public var sentence: String

    /// A part.
    public init(first: UUID, second: UUID, relation: RelationKind?, sentence: String) {
        self.first = first
        self.second = second
        self.relation = relation
        self.sentence = sentence
    }
}

/// No shifts bring measures into step, because what is asked of them contradicts itself. The same is recorded in each of
/// their cases.
public struct AlignmentContradicted: EventBody {
    /// The id under which it stands among the proposals.
    public var proposalId: UUID
    /// The case in which it is told.
    public var caseId: UUID
    /// The findings that stay open.
    public var findings: [UUID]
    /// Their kinds.
    public var kinds: [FindingKind]
    /// What it rests on.
    public var basis: AlignmentBasis
    /// A smallest set of what contradicts itself: without any one part the others can hold.
    public var conflicts: [AlignmentConflict]

    /// A contradiction.
    public init(
        proposalId: UUID, caseId: UUID, findings: [UUID], kinds: [FindingKind], basis: AlignmentBasis,
        conflicts: [AlignmentConflict]
    ) {
        self.proposalId = proposalId
        self.caseId = caseId
        self.findings = findings
        self.kinds = kinds
        self.basis = basis
        self.conflicts = conflicts
    }
}

extension AlignmentContradicted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["caseId", "proposalId", "findings", "kinds"],
        .timing: ["basis", "conflicts"],
    ]
}

extension CaseState {
    /// Nothing, if it stands there already: a second worker changes nothing.
    func decide(_ command: ReportContradiction, in context: DecisionContext) -> [CaseEvent] {
        let household = HouseholdMeasures(around: self, in: context)
        guard !household.alignments.contains(where: { $0.proposalId == command.proposalId }) else { return [] }
        let found = command.findings.uniqued.compactMap { household.openFindings[$0] }
        let event = AlignmentContradicted(
            proposalId: command.proposalId, caseId: context.surroundings.caseId, findings: found.map(\.id),
            kinds: FindingKind.allCases.filter { kind in found.contains { $0.kind == kind } },
            basis: household.basis(around: command.measures), conflicts: command.conflicts)
        return [.alignmentContradicted(event)]
    }

    mutating func apply(_ event: AlignmentContradicted, from provenance: Provenance) {
        guard alignment(event.proposalId) == nil else { return }
        alignments.append(
            AlignmentProposal(
                proposalId: event.proposalId, caseId: event.caseId, shifts: [], findings: event.findings,
                kinds: event.kinds, basis: event.basis, contradiction: event.conflicts, proposed: provenance,
                answers: []))
    }
}
