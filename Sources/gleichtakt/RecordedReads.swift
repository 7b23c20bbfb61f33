import CaseFile
import CaseService
import CaseTiming
import Foundation
import PostgresLedger

/// Puts reads of cases on record in the database.
struct RecordedReads: AuditReads {
    /// Where reads are put: by whoever serves.
    let log: ReadLog
    /// Where they are read: as an auditor, which whoever serves may not but as one.
    let history: ReadLog

    func record(_ read: CaseRead) async throws {
        try await log.record(
            ReadLog.Entry(
                actor: read.actor.subject, role: read.actor.role.rawValue, office: read.actor.office?.rawValue,
                caseID: read.caseID, view: read.view, reason: read.reason, legalBasis: read.legalBasis,
                disclosed: read.disclosed.map {
                    ReadLog.Disclosure(from: $0.from?.rawValue, category: $0.category.rawValue, basis: $0.basis)
                }, cases: read.cases))
    }

    func reads(of id: UUID, before number: Int64, limit: Int) async throws -> [RecordedRead] {
        try await history.reads(of: id, before: number, limit: limit).map { record in
            let entry = record.entry
            return RecordedRead(
                number: record.number, at: record.at, subject: entry.actor, role: entry.role, office: entry.office,
                view: entry.view, isOnList: entry.caseID == nil, reason: entry.reason, legalBasis: entry.legalBasis,
                disclosed: entry.disclosed.compactMap { disclosed in
                    ConsentCategory(rawValue: disclosed.category).map {
                        CaseRead.Disclosure(
                            from: disclosed.from.flatMap(Office.init(rawValue:)), category: $0, basis: disclosed.basis)
                    }
                })
        }
    }
}
