public import CaseTiming
public import Foundation
public import Ledger

/// Proposes to the offices of a household to move measures, so that they come into step.
public struct ProposeAlignment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "propose-alignment"

    /// By how much a measure would move.
    public struct Shift: Codable, Hashable, Sendable {
        /// A measure of this case or of another member of the same household.
        public var measureId: UUID
        /// Days, negative for earlier.
        public var days: Int
        /// The measure's first day as the proposer knows it; absent means whichever it is.
        public var from: CalendarDate?

        /// A shift.
        public init(measureId: UUID, days: Int, from: CalendarDate? = nil) {
            self.measureId = measureId
            self.days = days
            self.from = from
        }
    }

    /// The new proposal.
    public var proposalId: UUID
    /// The measures that would move, at least one of them of this case.
    public var shifts: [Shift]
    /// The findings that it is to close.
    public var findingIds: [UUID]?
    /// The last day to answer; absent means two weeks from the effective day.
    public var answerDue: CalendarDate?

    /// A proposal.
    public init(proposalId: UUID, shifts: [Shift], findingIds: [UUID]? = nil, answerDue: CalendarDate? = nil) {
        self.proposalId = proposalId
        self.shifts = shifts
        self.findingIds = findingIds
        self.answerDue = answerDue
    }
}

/// A measure that would be moved, and by how much.
public struct AlignmentShift: Codable, Hashable, Sendable {
    /// The case whose plan it belongs to.
    public var caseId: UUID
    /// The measure.
    public var measureId: UUID
    /// The office whose plan it belongs to.
    public var office: Office
    /// The days for which it was planned when it was proposed.
    public var from: DayRange
    /// By how many days it would move, negative for earlier.
    public var days: Int

    /// A shift.
    public init(caseId: UUID, measureId: UUID, office: Office, from: DayRange, days: Int) {
        self.caseId = caseId
        self.measureId = measureId
        self.office = office
        self.from = from
        self.days = days
    }

    /// The days to which it would move.
    public var to: DayRange { from.shifted(by: days) }
}

/// It was proposed to move measures. The same is recorded in each of the cases whose measures would move.
public struct AlignmentProposed: EventBody {
    /// The proposal.
    public var proposalId: UUID
    /// The case in which it was made.
    public var caseId: UUID
    /// The measures that would move, by case and measure.
    public var shifts: [AlignmentShift]
    /// The findings that it is to close.
    public var findings: [UUID]
    /// Their kinds.
    public var kinds: [FindingKind]
    /// What it rests on.
    public var basis: AlignmentBasis
    /// The last day to answer, Europe/Berlin.
    public var answerDue: CalendarDate
    /// The proposal in whose place it stands.
    public var counterOf: UUID?

    /// A proposal.
    public init(
        proposalId: UUID, caseId: UUID, shifts: [AlignmentShift], findings: [UUID], kinds: [FindingKind],
        basis: AlignmentBasis, answerDue: CalendarDate, counterOf: UUID? = nil
    ) {
        self.proposalId = proposalId
        self.caseId = caseId
        self.shifts = shifts
        self.findings = findings
        self.kinds = kinds
        self.basis = basis
        self.answerDue = answerDue
        self.counterOf = counterOf
    }
}

extension AlignmentProposed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["caseId", "counterOf", "findings", "kinds", "proposalId"],
        .timing: ["basis", "shifts"],
        .exchange: ["answerDue"],
    ]
}

extension CaseState {
    /// Days to answer a proposal unless another day is named.
    public static let alignmentAnswerDays = 14

    func decide(_ command: ProposeAlignment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let household = HouseholdMeasures(around: self, in: context)
        let known = household.alignments
        guard !known.contains(where: { $0.proposalId == command.proposalId }) else { throw .alignmentExists }
        guard !known.contains(where: \.isOpen) else { throw .alignmentUnderWay }
        _ = try context.dayOfFact()
        let shifts = try household.shifts(command.shifts, asKnownTo: context.actor.office, on: context.effectiveOn)
        try household.check(shifts, on: context.today)
        let event = try propose(
            shifts, as: command.proposalId, for: command.findingIds ?? [], answerDue: command.answerDue,
            among: household,
            in: context)
        // Whoever proposes to move measures of its own would accept that.
        guard let office = context.actor.office, shifts.contains(where: { $0.office == office }) else {
            return [.alignmentProposed(event)]
        }
        let proposal = AlignmentProposal(event, from: Provenance(office: office, on: context.effectiveOn))
        return [.alignmentProposed(event)] + accept(proposal, by: office, reason: nil, among: household, in: context)
    }

    /// What is recorded of a proposal whose shifts have been checked.
    func propose(
        _ shifts: [AlignmentShift], as id: UUID, for findings: [UUID], answerDue: CalendarDate?,
        counterOf: UUID? = nil, among household: HouseholdMeasures, in context: DecisionContext
    ) throws(Rejection) -> AlignmentProposed {
        let caseId = context.surroundings.caseId
        guard shifts.contains(where: { $0.caseId == caseId }) else { throw .shiftElsewhere }
        try answerDue.plausible()
        let answerDue = answerDue ?? context.effectiveOn + Self.alignmentAnswerDays
        guard context.today <= answerDue else { throw .answerDueInThePast }
        var found: [Finding] = []
        for id in findings.uniqued {
            guard let finding = household.openFindings[id] else { throw .unknownFinding }
            found.append(finding)
        }
        return AlignmentProposed(
            proposalId: id, caseId: caseId, shifts: shifts, findings: found.map(\.id),
            kinds: FindingKind.allCases.filter { kind in found.contains { $0.kind == kind } },
            basis: household.basis(around: shifts.map(\.measureId) + found.flatMap(\.measures)), answerDue: answerDue,
            counterOf: counterOf)
    }

    mutating func apply(_ event: AlignmentProposed, from provenance: Provenance) {
        guard alignment(event.proposalId) == nil else { return }
        alignments.append(AlignmentProposal(event, from: provenance))
    }
}

extension AlignmentProposal {
    init(_ event: AlignmentProposed, from provenance: Provenance) {
        self.init(
            proposalId: event.proposalId, caseId: event.caseId, shifts: event.shifts, findings: event.findings,
            kinds: event.kinds, basis: event.basis, answerDue: event.answerDue, counterOf: event.counterOf,
            contradiction: [], proposed: provenance, answers: [])
    }
}

extension HouseholdMeasures {
    /// The shifts that somebody asks for, by case and measure.
    ///
    /// - Parameter office: whose caseworker asks; measures of which it may not know when they are do not exist for it.
    func shifts(
        _ wished: [ProposeAlignment.Shift], asKnownTo office: Office?, on day: CalendarDate
    ) throws(Rejection) -> [AlignmentShift] {
        guard !wished.isEmpty, wished.allSatisfy({ $0.days != 0 }) else { throw .nothingShifted }
        var shifts: [AlignmentShift] = []
        for shift in wished {
            guard let measure = measures[shift.measureId], office.map({ knows($0, when: measure, on: day) }) ?? true
            else { throw .unknownMeasure }
            guard (-Self.farthest...Self.farthest).contains(shift.days) else { throw .invalidDays }
            if let from = shift.from, from != measure.days.first { throw .measureMovedMeanwhile }
            shifts.append(
                AlignmentShift(
                    caseId: measure.caseId, measureId: measure.measureId, office: measure.office, from: measure.days,
                    days: shift.days))
        }
        return shifts.sorted { ($0.caseId, $0.measureId) < ($1.caseId, $1.measureId) }
    }

    /// A hundred years.
    private static let farthest = 36_525
}

extension Rejection {
    /// The id names a proposal already.
    public static let alignmentExists = Rejection(
        rule: "alignment-exists", detail: "There already is a proposal under that id; propose under a new proposalId.")
    /// Another proposal waits for answers.
    public static let alignmentUnderWay = Rejection(
        rule: "alignment-under-way",
        detail: "Another proposal in this household waits for answers; answer or counter that one first.")
    /// No measure would move.
    public static let nothingShifted = Rejection(
        rule: "nothing-shifted", detail: "Name each measure that is to move, and by how many days, not 0.")
    /// No measure of the case in which it is proposed would move.
    public static let shiftElsewhere = Rejection(
        rule: "shift-elsewhere",
        detail: "None of the measures that would move is in this case; do this in the case of one of them.")
    /// The measure begins on another day than the proposer knows.
    public static let measureMovedMeanwhile = Rejection(
        rule: "measure-moved-meanwhile",
        detail: "A measure begins on another day by now; look it up and propose what fits.")
    /// The last day to answer is over.
    public static let answerDueInThePast = Rejection(
        rule: "answer-due-in-the-past",
        detail: "The last day to answer lies in the past; choose today or a later day.")
    /// There is no such open finding.
    public static let unknownFinding = Rejection(
        rule: "unknown-finding",
        detail: "There is no such open finding in this case or its household; look up its id, or leave it out.")
}
