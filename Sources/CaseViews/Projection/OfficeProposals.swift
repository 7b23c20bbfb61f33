import CaseFile
import CaseTiming
import Foundation
import Ledger

/// A proposal before it is cut by the day: what a view keeps of it for an office.
struct StoredProposal: Codable, Hashable, Sendable {
    /// The days on which the office may know when all of the measures are that it is about.
    var whole: VisibleDays
    var shifts: [Dated<OfficeCaseFile.ProposedShift>]
    var proposal: OfficeCaseFile.Proposal

    /// What the office may see of it on a day; `nil` when that is nothing.
    func cut(on day: CalendarDate) -> OfficeCaseFile.Proposal? {
        var cut = proposal
        cut.shifts = shifts.filter { $0.visible.contains(day) }.map(\.value)
        if whole.contains(day) { return cut }
        return cut.shifts.isEmpty ? nil : cut.partial
    }
}

extension OfficeCaseFile.Proposal {
    /// What may be told of it to an office that does not know all of it: of whom it knows, and itself.
    fileprivate var partial: Self {
        let known = Set(shifts.map(\.office))
        var partial = self
        partial.isPartial = true
        partial.proposedBy = proposedBy.flatMap { known.contains($0) ? $0 : nil }
        partial.waitingFor = waitingFor.filter(known.contains)
        partial.answers = answers.filter { known.contains($0.office) }
        partial.findings = []
        partial.kinds = []
        partial.contradiction = []
        partial.staleBecause = nil
        return partial
    }
}

extension MeasureSight {
    /// A proposal as the office may see it; `nil` when it never may.
    func stored(_ proposal: AlignmentProposal) -> StoredProposal? {
        // That something could not be brought into step says nothing once it is different.
        guard proposal.isCurrent || proposal.contradiction.isEmpty else { return nil }
        let engaged = engagedDays(in: proposal.cases)
        let shifts = proposal.shifts.compactMap { shift -> Dated<OfficeCaseFile.ProposedShift>? in
            let visible = days(of: [shift.measureId], within: engaged)
            return visible.isEmpty
                ? nil : Dated(visible: visible, value: OfficeCaseFile.ProposedShift(shift))
        }
        let whole = days(of: proposal.basis.measures.map(\.measureId), within: engaged)
        guard !shifts.isEmpty || !whole.isEmpty else { return nil }
        var document = OfficeCaseFile.Proposal(proposal, for: office)
        if whole.isEmpty {
            // What may never be seen is not kept.
            document.shifts = shifts.map(\.value)
            document = document.partial
        }
        document.shifts = []
        return StoredProposal(whole: whole, shifts: shifts, proposal: document)
    }
}

extension CaseState {
    /// The answers that an office owes in this case.
    func alignmentDues(of office: Office) -> [Due] {
        alignments.compactMap { proposal in
            guard let answerDue = proposal.answerDue, proposal.waitingFor.contains(office),
                proposal.shifts.contains(where: { $0.office == office && measure($0.measureId) != nil })
            else { return nil }
            return Due(
                on: answerDue, reason: .alignmentAnswer, subject: proposal.proposalId,
                why: "A proposal to move measures of this office lapses after this day; there is no answer yet.")
        }
    }
}

extension OfficeCaseFile.ProposedShift {
    fileprivate init(_ shift: AlignmentShift) {
        self.init(
            caseId: shift.caseId, measureId: shift.measureId, office: shift.office, from: shift.from, to: shift.to,
            days: shift.days)
    }
}

extension OfficeCaseFile.Proposal {
    fileprivate init(_ proposal: AlignmentProposal, for office: Office) {
        self.init(
            proposalId: proposal.proposalId, caseId: proposal.caseId, state: proposal.status,
            proposedBy: proposal.proposed.office, proposedOn: proposal.proposed.on, answerDue: proposal.answerDue,
            waitsForUs: proposal.waitingFor.contains(office), waitingFor: proposal.waitingFor, shifts: [],
            answers: proposal.answers.map {
                OfficeCaseFile.ProposalAnswer(
                    office: $0.office, answer: $0.kind, on: $0.on, ground: $0.ground, reason: $0.reason)
            }, findings: proposal.findings, kinds: proposal.kinds, contradiction: proposal.contradiction,
            settledOn: proposal.outcome?.on, counterOf: proposal.counterOf, isPartial: false)
        switch proposal.outcome {
        case .countered(_, let counter): counteredBy = counter
        case .outdated(_, let reason): staleBecause = reason
        case .agreed, .declined, .lapsed, nil: break
        }
    }
}
