import CaseFile
import CaseTiming
import CaseViews
import Foundation
import Hummingbird
import Ledger
import Logging

/// Who may be there already: asked for a case, and answered with a registration.
struct CandidateRoute: Sendable {
    let queries: any CaseQueries
    let history: CaseHistory
    let reader: ViewReader
    let reads: any AuditReads
    let clock: LedgerClock
    let logger: Logger

    var operation: Operation {
        Operation(
            method: .get, path: "/v1/{office}/cases/{caseId}/candidates", id: "candidates", tag: "views",
            summary: "The office's other cases that may be about the same person.",
            notes:
                "By name, birth date and area, whatever the spelling, the likeliest first; at most "
                + "\(ViewQueries.greatestCandidateCount). Only cases that the office sees are looked at: of others there is no "
                + "trace. Those that were decided to be about different persons (decide-identity) are left out. What "
                + "registers somebody answers the same; with `atLeast` this one knows of all that was registered until then.",
            access: .officeAction(.candidates),
            parameters: [
                .path("office", .office, "The office whose cases they are.", example: "job-centre"),
                .path(
                    "caseId", .identifier, "The case that they are compared with.",
                    example: "0198c0de-0000-7000-8000-000000000001"),
            ] + ViewReader.parameters,
            answers: [ViewReader.answer("The candidates.", ["$ref": "#/components/schemas/Candidates"])],
            problems: [.malformed, .notFound]
        ) { request in
            let (office, actor, id) = (try request.office, try request.actor, try request.identifier("caseId"))
            let state = try await reader.within(reader.timeLimit) {
                try await history.state(of: id, at: CaseHistory.Moment())?.state
            }
            guard let state, state.isSeen(by: actor), let participant = state.participant else {
                throw Problem.notFound
            }
            var found = Viewed([Candidate](), position: 0)
            if let personal = participant.personal, state.merging == nil {
                let query = CandidateQuery(
                    office: office, actor: actor, day: clock.today, caseId: id, givenName: personal.givenName,
                    familyName: personal.familyName, bornOn: personal.bornOn, areaId: participant.areaId,
                    decisions: state.identityDecisions.mapValues(\.verdict))
                found = try await reader.read(request.query) { try await queries.candidates(query) }
            } else {
                let position = try await reader.read(request.query) {
                    Viewed((), position: try await queries.position())
                }.position
                found = Viewed([], position: position)
            }
            try await record(id, actor, at: found.position, request.context.requestID, found.value)
            return try ViewReader.response(Candidates(items: found.value), at: found.position)
        }
    }

    private struct Candidates: Encodable {
        var items: [Candidate]
    }

    /// The candidates for somebody who was just registered, as the views have it so far.
    ///
    /// - Returns: none when there are none, or when it cannot be told now: the registration stands all the same.
    func candidates(
        registeredIn id: UUID, by body: JSONValue, actor: CaseFile.Actor, requestID: String
    ) async -> [Candidate] {
        guard let office = actor.office, let givenName = body["givenName"]?.text,
            let familyName = body["familyName"]?.text, let bornOn = body["bornOn"]?.text.flatMap({ CalendarDate($0) }),
            let areaId = body["areaId"]?.text
        else { return [] }
        do {
            let query = CandidateQuery(
                office: office, actor: actor, day: clock.today, caseId: id, givenName: givenName,
                familyName: familyName, bornOn: bornOn, areaId: areaId)
            let found = try await reader.within(reader.timeLimit) { try await queries.candidates(query) }
            guard !found.value.isEmpty else { return [] }
            try await record(id, actor, at: found.position, requestID, found.value)
            return found.value
        } catch {
            logger.warning("candidates cannot be looked for", metadata: ["error": "\(type(of: error))"])
            return []
        }
    }

    private func record(
        _ id: UUID, _ actor: CaseFile.Actor, at position: Position, _ requestID: String, _ candidates: [Candidate]
    ) async throws {
        try await reader.within(reader.timeLimit) {
            try await reads.record(
                CaseRead(
                    caseID: id, view: "candidates", actor: actor, at: clock.now, position: position, reason: nil,
                    requestID: requestID, cases: candidates.map(\.caseId)))
        }
    }
}
