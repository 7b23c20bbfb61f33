import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import Ledger

/// What was told in confidence, for whom it was told to and for a named successor.
///
/// It is read from the ledger and opened for this one answer: no view holds it, so that no other query can find it.
struct EntrustedNotesRoute: Sendable {
    let history: CaseHistory
    let reader: ViewReader
    let reads: any AuditReads
    let clock: LedgerClock

    var operation: Operation {
        Operation(
            method: .get, path: "/v1/{office}/cases/{caseId}/entrusted-notes", id: "entrustedNotes", tag: "cases",
            summary: "What was told to the asking employee of the youth office in confidence.",
            notes:
                "And what was handed over to them (§ 65 SGB VIII). To everybody else in the office the list is empty, whether "
                + "there is anything or not. Every read is put on record.",
            access: .officeAction(.entrustedNotes),
            parameters: [
                .path("office", .office, "The youth office.", example: "youth-office"),
                .path("caseId", .identifier, "The case.", example: "0198c0de-0000-7000-8000-000000000001"),
            ],
            answers: [ViewReader.answer("The notes.", ["$ref": "#/components/schemas/EntrustedNotes"])],
            problems: [.malformed, .notFound]
        ) { request in
            let (office, actor, id) = (try request.office, try request.actor, try request.identifier("caseId"))
            let found = try await reader.within(reader.timeLimit) {
                try await history.state(of: id, at: CaseHistory.Moment())
            }
            guard let (state, position) = found,
                AccessPolicy.judge(
                    .entrustedNotes, by: actor, relation: state.relation(to: office), area: state.participant?.areaId
                ).isAllowed
            else { throw Problem.notFound }
            let read = CaseRead(
                caseID: id, view: "entrusted-notes", actor: actor, at: clock.now, position: position, reason: nil,
                requestID: request.context.requestID, legalBasis: AccessGround.confidence.provision)
            try await reader.within(reader.timeLimit) { try await reads.record(read) }
            let document: JSONValue = .fields([
                ("items", .list(state.entrustedNotes(for: actor)) { Self.document(of: $0, for: actor) })
            ])
            return ViewReader.response(
                ByteBuffer(bytes: JSONWriter.bytes(of: document)), "application/json", at: position)
        }
    }

    private static func document(of note: EntrustedNote, for actor: CaseFile.Actor) -> JSONValue {
        let content = note.content(for: actor)
        return .fields([
            ("noteId", .id(note.noteId)), ("entrustedOn", .text(note.entrusted.on)), ("text", .text(content?.text)),
            ("toldBy", .text(content?.toldBy.rawValue)),
            (
                "handovers",
                .list(note.handovers) { handover in
                    .fields([
                        ("successor", .string(handover.successor)), ("ground", .string(handover.ground.rawValue)),
                        ("on", .text(handover.handedOver.on)),
                    ])
                }
            ),
        ])
    }
}
