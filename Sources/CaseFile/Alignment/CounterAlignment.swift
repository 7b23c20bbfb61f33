public import CaseTiming
public import Foundation
public import Ledger

/// Proposes something else in a proposal's place: other days for measures of the acting office, and for those of the others
/// what was proposed. The others answer anew.
public struct CounterAlignment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "counter-alignment"

    /// By how much a measure of the acting office would move; 0 if it is to stay.
    public typealias Shift = ProposeAlignment.Shift

    /// The proposal that is not accepted.
    public var proposalId: UUID
    /// The new proposal; absent means an id that follows from the other's and the office.
    public var counterId: UUID?
    /// Measures of the acting office. Those of it that are not named stay where they are.
    public var shifts: [Shift]
    /// Why. Personal.
    public var reason: String
    /// The last day to answer the new one; absent means two weeks from the effective day.
    public var answerDue: CalendarDate?

    /// Something else.
    public init(
        proposalId: UUID, counterId: UUID? = nil, shifts: [Shift], reason: String, answerDue: CalendarDate? = nil
    ) {
        self.proposalId = proposalId
        self.counterId = counterId
        self.shifts = shifts
        self.reason = reason
        self.answerDue = answerDue
    }
}

/// An office proposes something else in a proposal's place. The same is recorded in each of the proposal's cases.
public struct AlignmentCountered: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The proposal that is not accepted.
    public var proposalId: UUID
    /// The office.
    public var office: Office
    /// The new proposal.
    public var counterId: UUID
    /// The cases that keep the proposal that is not accepted.
    public var cases: [UUID]
    /// Why.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case proposalId, office, counterId, cases
    }

    /// Something else.
    public init(proposalId: UUID, office: Office, counterId: UUID, cases: [UUID], personal: Personal? = nil) {
        self.proposalId = proposalId
        self.office = office
        self.counterId = counterId
        self.cases = cases
        self.personal = personal
    }
}

extension AlignmentCountered: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["cases", "counterId", "office", "proposalId"],
        .exchange: ["reason"],
    ]
}

extension CaseState {
    func decide(_ command: CounterAlignment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let (proposal, office) = try openAlignment(command.proposalId, in: context)
        guard proposal.waitingFor.contains(office) else { throw .alreadyAnsweredAlignment }
        try command.reason.filled("reason")
        let household = HouseholdMeasures(around: self, in: context)
        try household.checkFresh(proposal, on: context.today)
        let counterId =
            command.counterId ?? UUID(derivedFrom: proposal.proposalId, "counter \(office.rawValue)")
        guard !household.alignments.contains(where: { $0.proposalId == counterId }) else { throw .alignmentExists }
        let moved = command.shifts.filter { $0.days != 0 }
        let own = moved.isEmpty ? [] : try household.shifts(moved, asKnownTo: office, on: context.effectiveOn)
        guard own.allSatisfy({ $0.office == office }), command.shifts.allSatisfy({ household.isOf(office, $0) }) else {
            throw .notYourMeasures
        }
        let shifts = (proposal.shifts.filter { $0.office != office } + own)
            .sorted { ($0.caseId, $0.measureId) < ($1.caseId, $1.measureId) }
        guard !shifts.isEmpty, shifts != proposal.shifts else { throw .nothingCountered }
        try household.check(shifts, on: context.today)
        // Some of the findings may be closed by now; those that are left are what it is for.
        let findings = proposal.findings.filter { household.openFindings[$0] != nil }
        let event = try propose(
            shifts, as: counterId, for: findings, answerDue: command.answerDue, counterOf: proposal.proposalId,
            among: household, in: context)
        let countered = AlignmentCountered(
            proposalId: proposal.proposalId, office: office, counterId: counterId, cases: proposal.cases,
            personal: AlignmentCountered.Personal(reason: command.reason))
        let counter = AlignmentProposal(event, from: Provenance(office: office, on: context.effectiveOn))
        let events: [CaseEvent] = [.alignmentCountered(countered), .alignmentProposed(event)]
        // Where none of its own measures would move any more, it has nothing to accept.
        guard counter.parties.contains(office) else { return events }
        return events + accept(counter, by: office, reason: nil, among: household, in: context)
    }

    mutating func apply(_ event: AlignmentCountered, from provenance: Provenance) {
        update(alignment: event.proposalId) {
            $0.answers.append(
                AlignmentProposal.Answer(
                    office: event.office, kind: .countered, on: provenance.on, reason: event.personal?.reason))
            $0.outcome = .countered(on: provenance.on, by: event.counterId)
        }
    }
}

extension HouseholdMeasures {
    fileprivate func isOf(_ office: Office, _ shift: ProposeAlignment.Shift) -> Bool {
        measures[shift.measureId].map { $0.office == office } ?? false
    }
}

extension Rejection {
    /// Another office's measure.
    public static let notYourMeasures = Rejection(
        rule: "not-your-measures",
        detail: "Counter with measures of your own office only; what others would move stays as it was proposed.")
    /// The counter is what was proposed, or leaves nothing to move.
    public static let nothingCountered = Rejection(
        rule: "nothing-countered",
        detail: "That is what was proposed, or nothing would move any more; accept it (accept-alignment) or decline it "
            + "(decline-alignment).")
}
