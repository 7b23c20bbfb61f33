import CaseCommands
import CaseFile
import CaseViews
import Foundation
import HTTPTypes
import Hummingbird

/// `POST /v1/cases/{caseId}/{command}` and its siblings: one operation per command.
struct CommandRoutes: Sendable {
    let catalogue: CommandCatalogue
    let runner: CommandRunner
    let candidates: CandidateRoute
    let reader: RequestBodyReader

    var operations: [Operation] { catalogue.definitions.map(operation) }

    private func operation(_ definition: CommandDefinition) -> Operation {
        let subject = definition.subject
        return Operation(
            method: .post, path: definition.path, id: definition.name, tag: subject.collection,
            summary: definition.text.summary, notes: definition.text.notes,
            access: .action(subject.action),
            parameters: [
                .path(subject.idName, subject.idShape, "The \(subject.rawValue).", example: subject.exampleID),
                .header(
                    "Idempotency-Key", .identifier,
                    "The command's id: the same id again answers the first result and does nothing.",
                    example: "0198c0de-0000-7000-8000-0000000000f1",
                    // Not the format `uuid`: generated clients make an object of that, and cannot send it in a header.
                    pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"),
                .header(
                    "If-Match", .text(length: 3...20), "The version that was decided on, in quotes.", example: "\"7\"",
                    pattern: "^\"[0-9]{1,18}\"$"),
            ],
            body: Operation.Body(mediaType: "application/json", schema: definition.text.body),
            answers: [
                Self.answer(201, "Done; these are the first events of the \(subject.rawValue)."),
                Self.answer(200, "Done, or done before."),
            ],
            problems: [
                .malformed, .notFound, .requestTimeout, .rejected, .versionConflict, .tooLarge, .unsupportedMediaType,
                .idempotencyKeyReused,
            ]
        ) { request in
            try await run(definition, request)
        }
    }

    private func run(_ definition: CommandDefinition, _ request: ServiceRequest) async throws -> Response {
        let subject = definition.subject
        let actor = try request.actor
        try request.request.requireContentType("application/json")
        let id = request.context.parameters.get(subject.idName) ?? ""
        guard subject.isValid(id) else {
            // A case id that is none and one that is unknown are answered alike.
            if subject == .caseFile { throw Problem.notFound }
            let expectation = BodyValidator.expectation(of: subject.idShape)
            throw Problem.malformed(
                "The address is not one of \(subject.rawValue): \(expectation).",
                [Problem.Issue(place: .parameter(subject.idName), detail: expectation)])
        }
        let commandID = try request.request.idempotencyKey()
        let expectedVersion = try request.request.expectedVersion()
        let body = try await reader.read(request.request)
        let value = try Self.parse(body)
        let outcome = try await runner.run(
            definition, id: id, value: value, bytes: Array(body.readableBytesView),
            commandID: commandID, expectedVersion: expectedVersion, actor: actor)
        guard definition.name == RegisterParticipant.name, let caseID = UUID(uuidString: id) else {
            return try Self.response(outcome)
        }
        let alike = await candidates.candidates(
            registeredIn: caseID, by: value, actor: actor, requestID: request.context.requestID)
        return try Self.response(outcome, candidates: alike)
    }

    /// The body as a value.
    ///
    /// - Throws: ``Problem`` that says where the text stops being JSON.
    static func parse(_ body: ByteBuffer) throws -> JSONValue {
        guard body.readableBytes > 0 else {
            throw Problem.malformed("The body is empty; send a JSON object, {} where no field is needed.")
        }
        let result: Result<JSONValue, JSONSyntaxError> = body.withUnsafeReadableBytes { bytes in
            do throws(JSONSyntaxError) {
                return .success(try JSONParser.parse(bytes.bindMemory(to: UInt8.self)))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let value): return value
        case .failure(let error):
            throw Problem.malformed(
                "The body is not JSON: \(error.reason), line \(error.line), column \(error.column).",
                [Problem.Issue(place: .pointer(""), detail: error.reason)])
        }
    }

    /// - Parameter candidates: who may be there already; not mentioned when there are none.
    private static func response(_ outcome: CommandRunner.Outcome, candidates: [Candidate] = []) throws -> Response {
        var writer = JSONWriter()
        writer.beginObject()
        outcome.write(to: &writer)
        if !candidates.isEmpty {
            writer.name("candidates")
            writer.raw(Array(try ViewReader.encoded(candidates)))
        }
        writer.endObject()
        var headers: HTTPFields = [
            .contentType: "application/json", .eTag: "\"\(outcome.receipt.version)\"",
            .ledgerPosition: String(outcome.receipt.position),
        ]
        if outcome.receipt.isReplay { headers[.idempotentReplayed] = "true" }
        return Response(
            status: .init(code: outcome.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    }

    private static func answer(_ status: Int, _ description: String) -> Operation.Answer {
        Operation.Answer(
            status: status, description: description,
            content: [("application/json", ["$ref": "#/components/schemas/CommandReceipt"])],
            headers: [
                ("ETag", "The version after the command, in quotes."),
                ("Ledger-Position", "The position that a query has to have reached to show all of it."),
                ("Idempotent-Replayed", "`true` where the command was recorded before."),
            ])
    }
}
