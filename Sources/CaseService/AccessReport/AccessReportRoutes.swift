import CaseFile
import CaseTiming
import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// What is told to the person a case is about, and to auditors of who looked at it.
struct AccessReportRoutes: Sendable {
    let report: AccessReport
    let history: CaseHistory
    let reader: ViewReader
    let reads: any AuditReads
    let clock: LedgerClock

    var operations: [Operation] { [accessReport, looks] }

    /// How many looks a page has at most.
    private static let greatestLimit = 1000

    private enum Format: String, CaseIterable {
        case json, html
    }

    private var accessReport: Operation {
        Operation(
            method: .get, path: "/v1/audit/cases/{caseId}/access-report", id: "accessReport", tag: "audit",
            summary: "Everything that is held on the person of a case, with sources, recipients and legal bases.",
            notes:
                "For the participant (Art. 15 GDPR, § 83 SGB X), on whose request an administrator hands it out; with "
                + "`format=html` as a page to be printed. Employees are told by office and role. Put on record with its reason.",
            access: .action(.accessReport),
            parameters: AuditRoutes.parameters + [
                .query("format", .choice(of: Format.self), "How it is written, `json` unless stated.")
            ],
            answers: [
                Operation.Answer(
                    status: 200, description: "The report.",
                    content: [
                        ("application/json", ["$ref": "#/components/schemas/AccessReport"]),
                        ("text/html", ["type": "string"]),
                    ],
                    headers: [("Ledger-Position", "The position of the last event that the report contains.")])
            ], problems: [.malformed, .notFound]
        ) { request in
            let (id, reason, actor) = (
                try request.identifier("caseId"), try AuditRoutes.reason(request), try request.actor
            )
            let format = request.query.text("format").flatMap(Format.init(rawValue:)) ?? .json
            let made = try await reader.within(reader.timeLimit) { try await report.make(of: id, for: actor) }
            guard let made else { throw Problem.notFound }
            try await record(id, "access-report", request, reason, at: made.position)
            var headers: HTTPFields = [.ledgerPosition: String(made.position)]
            switch format {
            case .json:
                headers[.contentType] = "application/json"
                return Response(
                    status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: made.json)))
            case .html:
                headers[.contentType] = "text/html; charset=utf-8"
                headers[.contentSecurityPolicy] = AccessReportPage.contentSecurityPolicy
                return Response(
                    status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: made.page)))
            }
        }
    }

    private var looks: Operation {
        Operation(
            method: .get, path: "/v1/audit/cases/{caseId}/reads", id: "auditReads", tag: "audit",
            summary: "Who looked at a case, and what of other offices' data they saw on what basis.",
            notes:
                "The latest first, also where the case was one on a list (`isOnList`). Looks are kept for the period that the "
                + "installation is set to. This read is put on record with its reason like any other.",
            access: .action(.auditReads),
            parameters: AuditRoutes.parameters + [
                .query("before", .integer(1...Int.max), "Only looks before the one of this number."),
                .query("limit", .integer(1...Self.greatestLimit), "Looks on a page, 100 unless stated."),
            ],
            answers: [
                Operation.Answer(
                    status: 200, description: "The looks.",
                    content: [("application/json", ["$ref": "#/components/schemas/AuditReads"])])
            ], problems: [.malformed, .notFound]
        ) { request in
            let (id, reason) = (try request.identifier("caseId"), try AuditRoutes.reason(request))
            let before = request.query.integer("before").map(Int64.init) ?? .max
            let limit = request.query.integer("limit") ?? 100
            let (position, found) = try await reader.within(reader.timeLimit) {
                guard let state = try await history.state(of: id, at: CaseHistory.Moment()) else {
                    throw Problem.notFound
                }
                return (state.position, try await reads.reads(of: id, before: before, limit: limit))
            }
            try await record(id, "audit-reads", request, reason, at: position)
            let next: JSONValue? = found.count == limit ? found.last.map { .whole(Int($0.number)) } : nil
            let document = JSONValue.fields([("items", .list(found, Self.look)), ("next", next)])
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONWriter.bytes(of: document))))
        }
    }

    private static func look(_ look: RecordedRead) -> JSONValue {
        .fields([
            ("number", .whole(Int(look.number))), ("at", .text(look.at)), ("actor", .string(look.subject)),
            ("role", .string(look.role)), ("office", .text(look.office)), ("view", .string(look.view)),
            ("isOnList", .boolean(look.isOnList)), ("reason", .text(look.reason)),
            ("legalBasis", .text(look.legalBasis)),
            (
                "disclosed",
                .list(look.disclosed) { seen in
                    .fields([
                        ("from", .text(seen.from?.rawValue)), ("category", .string(seen.category.rawValue)),
                        ("basis", .text(seen.basis)),
                    ])
                }
            ),
        ])
    }

    private func record(
        _ id: UUID, _ view: String, _ request: ServiceRequest, _ reason: String, at position: Position
    ) async throws {
        let read = CaseRead(
            caseID: id, view: view, actor: try request.actor, at: clock.now, position: position, reason: reason,
            requestID: request.context.requestID)
        try await reader.within(reader.timeLimit) { try await reads.record(read) }
    }
}
