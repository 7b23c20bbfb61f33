import CaseFile
import CaseTiming
import Foundation
import Ledger

// Proposals to bring measures into step, as auditors read them: all of each.

extension CaseStateDocument {
    func alignment(_ proposal: AlignmentProposal) -> JSONValue {
        var outcome: [(String, JSONValue?)] = [("settledOn", .text(proposal.outcome?.on))]
        switch proposal.outcome {
        case .countered(_, let counter): outcome.append(("counteredBy", .id(counter)))
        case .lapsed(_, let unanswered): outcome.append(("unanswered", .words(unanswered.map(\.rawValue))))
        case .outdated(_, let reason): outcome.append(("staleBecause", .string(reason)))
        case .agreed, .declined, nil: break
        }
        return .fields(
            [
                ("proposalId", .id(proposal.proposalId)), ("caseId", .id(proposal.caseId)),
                ("status", .string(proposal.status.rawValue)), ("shifts", .list(proposal.shifts, shift)),
                ("findings", .list(proposal.findings, JSONValue.id)),
                ("kinds", .words(proposal.kinds.map(\.rawValue))), ("answerDue", .text(proposal.answerDue)),
                ("counterOf", proposal.counterOf.map(JSONValue.id)),
                (
                    "contradiction",
                    .list(proposal.contradiction) { conflict in
                        .fields([
                            ("first", .id(conflict.first)), ("second", .id(conflict.second)),
                            ("relation", .text(conflict.relation?.rawValue)), ("sentence", .string(conflict.sentence)),
                        ])
                    }
                ),
                (
                    "answers",
                    .list(proposal.answers) { answer in
                        .fields([
                            ("office", .string(answer.office.rawValue)), ("answer", .string(answer.kind.rawValue)),
                            ("on", .text(answer.on)), ("ground", .text(answer.ground?.rawValue)),
                            ("reason", .text(answer.reason)),
                        ])
                    }
                ),
                ("waitingFor", .words(proposal.waitingFor.map(\.rawValue))),
            ] + outcome + provenance(proposal.proposed))
    }

    private func shift(_ shift: AlignmentShift) -> JSONValue {
        .fields([
            ("caseId", .id(shift.caseId)), ("measureId", .id(shift.measureId)),
            ("office", .string(shift.office.rawValue)), ("days", .whole(shift.days)),
            ("from", .text(shift.from.first)), ("to", .text(shift.to.first)),
        ])
    }
}
