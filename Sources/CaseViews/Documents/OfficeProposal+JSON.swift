import CaseFile
import CaseTiming
import Foundation
import Ledger

// The stored form of proposals, field by field as `Codable` reads it.

extension StoredProposal: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("whole", whole)
            $0.field("shifts", shifts)
            $0.field("proposal", proposal)
        }
    }
}

extension OfficeCaseFile.Proposal: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("proposalId", proposalId)
            $0.field("caseId", caseId)
            $0.field("state", state)
            $0.field("proposedBy", proposedBy)
            $0.field("proposedOn", proposedOn)
            $0.field("answerDue", answerDue)
            $0.field("waitsForUs", waitsForUs)
            $0.field("waitingFor", waitingFor)
            $0.field("shifts", shifts)
            $0.field("answers", answers)
            $0.field("findings", findings)
            $0.field("kinds", kinds)
            $0.field("contradiction", contradiction)
            $0.field("settledOn", settledOn)
            $0.field("staleBecause", staleBecause)
            $0.field("counterOf", counterOf)
            $0.field("counteredBy", counteredBy)
            $0.field("isPartial", isPartial)
        }
    }
}

extension OfficeCaseFile.ProposedShift: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("caseId", caseId)
            $0.field("measureId", measureId)
            $0.field("office", office)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("days", days)
        }
    }
}

extension OfficeCaseFile.ProposalAnswer: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("office", office)
            $0.field("answer", answer)
            $0.field("on", on)
            $0.field("ground", ground)
            $0.field("reason", reason)
        }
    }
}

extension AlignmentConflict: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("first", first)
            $0.field("second", second)
            $0.field("relation", relation)
            $0.field("sentence", sentence)
        }
    }
}
