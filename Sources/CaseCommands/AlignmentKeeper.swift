import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Keeps the alignment proposals of a case or household: proposes the least shifts that close its findings, and says of what
/// does not fit any more that it is stale. What is not answered in time is ``TimerKeeper``'s.
///
/// There is one open proposal at a time, and none that an office has declined comes again while nothing has changed. Each
/// step is a command with a derived identifier, as those of ``FindingKeeper``; the proposals' ids follow from what they
/// rest on, so that a restart or a second worker proposes nothing twice.
struct AlignmentKeeper: Sendable {
    let handler: CommandHandler
    let clock: LedgerClock
    let terms: AlignmentTerms

    private static let worker = Actor(subject: "timing", role: .worker)

    /// Looks at a scope, whose findings have just been kept, and records what is to be proposed or does not fit any more.
    ///
    /// - Parameters:
    ///   - isStale: whether the scope has changed since it was read. It is read anew, if that is of interest at all.
    ///   - findings: what is out of step in it.
    /// - Returns: the next day, Europe/Berlin, on which something stops to fit without any event; `nil` for never.
    /// - Throws: what the handler and the ledger throw.
    func keep(_ sight: TimingSight, isStale: Bool, findings: [Finding]) async throws -> CalendarDate? {
        let isKept = sight.cases.values.contains { $0.state.alignments.contains(where: \.isCurrent) }
        guard isKept || findings.contains(where: { AlignmentSearch.canMeet($0.kind) }) else { return nil }
        if isStale {
            guard let now = try await TimingSights(of: [sight.scope], through: handler).distinct.first else {
                return nil
            }
            return try await keep(now)
        }
        return try await keep(sight)
    }

    private func keep(_ sight: TimingSight) async throws -> CalendarDate? {
        let today = clock.today
        let household = sight.measures
        let stale = household.alignments.filter {
            $0.isCurrent && $0.staleness(in: household, on: today) != nil
        }
        for proposal in stale {
            let command = CaseCommand.outdateAlignment(OutdateAlignment(proposalId: proposal.proposalId))
            try await send(command, named: "outdate \(proposal.proposalId)", to: proposal.caseId, nil)
        }
        // They are others now, and looked at again because of that.
        guard stale.isEmpty else { return today }
        guard !household.alignments.contains(where: \.isOpen) else { return nextPast(of: household, after: today) }
        let answerDue = today + terms.answerDays
        let search = AlignmentSearch(
            in: household, answerDue: answerDue, overlap: terms.overlapDays, offices: terms.offices)
        if let impasse = search.impasses.first {
            let id = household.newProposal(about: impasse.measures, for: impasse.findings)
            // One at a time: the cases are others afterwards, and the scope is looked at again.
            try await send(
                .reportContradiction(
                    ReportContradiction(
                        proposalId: id, measures: impasse.measures, findings: impasse.findings,
                        conflicts: impasse.conflicts)), named: "contradiction \(id)", to: impasse.caseId,
                sight.cases[impasse.caseId]?.version)
            return today
        }
        guard let solution = search.solution else { return nil }
        let id = household.newProposal(about: solution.shifts.map(\.measureId), for: solution.findings)
        try await send(
            .proposeAlignment(
                ProposeAlignment(
                    proposalId: id, shifts: solution.shifts, findingIds: solution.findings, answerDue: answerDue)),
            named: "propose \(id)", to: solution.caseId, sight.cases[solution.caseId]?.version)
        return answerDue + 1
    }

    /// The first day to which a measure would be moved back, from which on it cannot be any more.
    private func nextPast(of household: HouseholdMeasures, after today: CalendarDate) -> CalendarDate? {
        household.alignments.filter(\.isOpen).flatMap(\.shifts).filter { $0.days < 0 && $0.to.first > today }
            .map(\.to.first).min()
    }

    private func send(_ command: CaseCommand, named name: String, to id: UUID, _ version: Int?) async throws {
        _ = try await handler.handle(
            CommandRequest(
                target: .caseFile(id, command), id: UUID(derivedFrom: id, name), expectedVersion: version,
                actor: Self.worker, cause: command.name))
    }
}
