import CaseFile
import CaseService
import CaseTiming
import Foundation
import PostgresLedger

/// Puts reads of cases on record in the database.
struct RecordedReads: AuditReads {
    let log: ReadLog

    func record(_ read: CaseRead) async throws {
        try await log.record(
            ReadLog.Entry(
                actor: read.actor.subject, role: read.actor.role.rawValue, office: read.actor.office?.rawValue,
                caseID: read.caseID, view: read.view, reason: read.reason))
    }
}
