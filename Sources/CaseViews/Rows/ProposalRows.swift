import CaseFile
import CaseTiming
import Foundation
import Ledger

/// The rows of `office_proposals` for the proposals that were made in one case.
struct ProposalRows: Hashable, Sendable {
    /// A proposal as one office may see it. Offices' words are left out: they stand in the case's file.
    struct Row: Hashable, Sendable {
        var id: UUID
        var office: Office
        var visible: VisibleDays
        var areaId: String
        var kinds: [FindingKind]
        var state: AlignmentProposal.Status
        var proposedOn: CalendarDate
        var answerDue: CalendarDate?
        var document: [UInt8]
    }

    var owner: UUID
    var rows: [Row] = []

    /// The rows of a case's proposals.
    ///
    /// - Parameter cases: the cases of the household, or the one case, by id.
    init(owner: UUID, state: CaseState, cases: [UUID: CaseState]) {
        self.owner = owner
        let proposals = state.alignments.filter { $0.caseId == owner }
        guard !proposals.isEmpty, let own = state.participant?.areaId.storable else { return }
        for office in Office.allCases {
            let sight = MeasureSight(of: office, on: cases)
            for proposal in proposals {
                guard var stored = sight.stored(proposal) else { continue }
                for index in stored.proposal.answers.indices { stored.proposal.answers[index].reason = nil }
                var writer = JSONWriter()
                writer.value(stored)
                let engaged = proposal.cases.lazy.filter { cases[$0]?.isEngaged(office) ?? false }
                rows.append(
                    Row(
                        id: proposal.proposalId, office: office,
                        visible: stored.shifts.reduce(stored.whole) { $0.union($1.visible) },
                        areaId: engaged.compactMap { cases[$0]?.participant?.areaId.storable }.first ?? own,
                        kinds: stored.proposal.kinds, state: stored.proposal.state,
                        proposedOn: stored.proposal.proposedOn, answerDue: stored.proposal.answerDue,
                        document: writer.bytes))
            }
        }
    }
}
