import CaseFile
import CaseTiming
import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// What auditors ask: the raw history of a case, and its state at any moment on either timeline.
struct AuditRoutes: Sendable {
    let history: CaseHistory
    let log: any TransparencyLog
    let reader: ViewReader
    let reads: any AuditReads
    let clock: LedgerClock

    var operations: [Operation] { [events, state] }

    static let parameters: [Operation.Parameter] = [
        .path("caseId", .identifier, "The case.", example: "0198c0de-0000-7000-8000-000000000001"),
        .header(
            "Audit-Reason", .text(length: 3...500), "Why the case is looked at; it is put on record.", required: true,
            example: "Standing question 4/2026: measures without a result"),
    ]

    private var events: Operation {
        Operation(
            method: .get, path: "/v1/audit/cases/{caseId}/events", id: "auditEvents", tag: "audit",
            summary: "The recorded history of a case.",
            notes: "Events as they are recorded, oldest first. Personal parts stay sealed here; `isSealed` tells where "
                + "there is one. With `leaves=true`, `leaf` is the event as the bytes that it is sealed as, in base64: what is "
                + "hashed for its proof. Every read is put on record with its reason.",
            access: .action(.auditEvents),
            parameters: Self.parameters + [
                .query("leaves", .boolean, "Whether to answer each event's leaf too."),
                .query("from", .integer(0...Int.max), "Only from this position on."),
                .query("to", .integer(0...Int.max), "Only up to this position."),
                .query("recordedBefore", .instant, "Only what was recorded before this moment."),
                .query(
                    "category", .choice(of: ConsentCategory.self),
                    "Only what lets data of this category pass between offices, or passes it: consents and their withdrawal, "
                        + "referrals, conferences."),
            ],
            answers: [
                Operation.Answer(
                    status: 200, description: "The events.",
                    content: [("application/json", ["$ref": "#/components/schemas/AuditEvents"])])
            ], problems: [.malformed, .notFound]
        ) { request in
            let (id, reason) = (try request.identifier("caseId"), try Self.reason(request))
            let (from, to) = (request.query.position("from"), request.query.position("to"))
            let before = request.query.instant("recordedBefore")
            let category = request.query.text("category")
            if let from, let to, from > to {
                throw Problem.malformed(
                    "The positions are the wrong way round.",
                    [.init(place: .parameter("to"), detail: "is \(to), which lies before from=\(from)")])
            }
            let all = try await reader.within(reader.timeLimit) {
                // That nothing was recorded up to a position is an answer, and not an unknown case.
                let all = try await history.events(of: id, at: .init(position: to))
                guard all.isEmpty, try await history.events(of: id).isEmpty else { return all }
                throw Problem.notFound
            }
            let events = all.filter { event in
                event.position >= from ?? 0 && before.map { event.recordedAt < $0 } ?? true
                    && category.map { event.names($0) } ?? true
            }
            var leaves: [Position: [UInt8]] = [:]
            if request.query.text("leaves") == "true" {
                leaves = try await reader.within(reader.timeLimit) { try await log.leaves(at: events.map(\.position)) }
            }
            try await record(id, "audit-events", request, reason, at: events.last?.position ?? 0)
            return Self.response(CaseHistory.document(of: events, leaves: leaves), at: nil)
        }
    }

    private var state: Operation {
        Operation(
            method: .get, path: "/v1/audit/cases/{caseId}", id: "auditState", tag: "audit",
            summary: "The state of a case at a moment, on either timeline.",
            notes:
                "`asOf` cuts by what was known at a position or moment, `effectiveOn` by what counted on a day. With "
                + "`office`: what that office could see then. Every read is put on record with its reason.",
            access: .action(.auditState),
            parameters: Self.parameters + [
                .query("asOf", .positionOrInstant, "A position, or a moment; the present unless stated."),
                .query("effectiveOn", .date, "Only what counts on this day or before."),
                .query("office", .office, "What this office could see."),
            ],
            answers: [
                Operation.Answer(
                    status: 200, description: "The state; with `office`, the case as that office could see it.",
                    content: [
                        (
                            "application/json",
                            [
                                "anyOf": [
                                    ["$ref": "#/components/schemas/CaseState"],
                                    ["$ref": "#/components/schemas/OfficeCaseFile"],
                                ]
                            ]
                        )
                    ],
                    headers: [("Ledger-Position", "The position of the last event that the state contains.")])
            ], problems: [.malformed, .notFound]
        ) { request in
            let (id, reason) = (try request.identifier("caseId"), try Self.reason(request))
            let moment = CaseHistory.Moment(
                position: request.query.position("asOf"), instant: request.query.instant("asOf"),
                effectiveOn: request.query.date("effectiveOn"))
            let office = request.query.office("office")
            let found = try await reader.within(reader.timeLimit) {
                try await history.document(of: id, at: moment, office: office, today: clock.today)
            }
            guard let (document, position) = found else { throw Problem.notFound }
            try await record(id, office == nil ? "audit-state" : "audit-office", request, reason, at: position)
            return Self.response(document, at: position)
        }
    }

    private static func response(_ document: [UInt8], at position: Position?) -> Response {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let position { headers[.ledgerPosition] = String(position) }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: document)))
    }

    static func reason(_ request: ServiceRequest) throws -> String {
        let reason = request.request.headers[.auditReason]?.trimmingCharacters(in: .whitespaces) ?? ""
        if let complaint = BodyValidator.complaint(about: reason, for: .text(length: 3...500)) {
            throw Problem.malformed(
                "The header Audit-Reason has to say why the case is looked at.",
                [.init(place: .header("Audit-Reason"), detail: complaint)])
        }
        return reason
    }

    private func record(
        _ id: UUID, _ view: String, _ request: ServiceRequest, _ reason: String, at position: Position
    ) async throws {
        try await reader.within(reader.timeLimit) {
            try await reads.record(
                CaseRead(
                    caseID: id, view: view, actor: try request.actor, at: clock.now, position: position,
                    reason: reason, requestID: request.context.requestID))
        }
    }
}

extension RecordedEvent {
    /// Whether its readable part says that it is about a category of data.
    fileprivate func names(_ category: String) -> Bool {
        guard let data = try? JSONParser.parse(payload), case .array(let named) = data["categories"] else {
            return false
        }
        return named.contains(.string(category))
    }
}
