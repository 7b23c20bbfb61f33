import CaseCommands
import CaseFile
import Foundation
import HTTPTypes
import Hummingbird

/// `POST /v1/import`: one command a line in, one verdict a line out, in order and while the lines still come.
///
/// Lines are carried out side by side, so that they share commits, as far as they are about different things: see
/// ``ImportSchedule``. What an import holds in memory is bounded: see ``ImportDesk``.
struct ImportRoute: Sendable {
    /// How many commands are under way at once.
    private static let width = 128
    /// How many bytes of lines may be under way at once.
    private static let room = 4 << 20
    /// How often a line is tried again before a full queue or a ledger that does not answer becomes its verdict, about ten
    /// seconds in all: only a bulk import knows that nobody is in a hurry.
    private static let patience = 20

    let catalogue: CommandCatalogue
    let runner: CommandRunner
    let lineLimit: Int

    var operation: Operation {
        Operation(
            method: .post, path: "/v1/import", id: "import", tag: "import",
            summary: "Carries out many commands, one a line.",
            notes: "Answers one verdict a line, in order: what the command's own route would answer, with `line` and "
                + "`status`; lines without anything in them are left out and not counted. A line that fails does not stop "
                + "the others. Lines of one stream, and lines that name the same area, household or measure, are carried "
                + "out in their order, all others side by side. Lines can be sent again: each is one command, by its `id` "
                + "or else by what it says. Where the ledger cannot be reached any more, the verdict 503 is the last one: "
                + "send the lines from that one on again.",
            access: .action(.importCommands),
            body: Operation.Body(
                mediaType: "application/x-ndjson", schema: ImportLine.schema(CommandSubject.allCases),
                alternatives: CommandSubject.allCases.map { ImportLine.schema([$0]) }),
            answers: [
                Operation.Answer(
                    status: 200, description: "The verdicts.",
                    content: [("application/x-ndjson", ["$ref": "#/components/schemas/ImportVerdict"])])
            ],
            problems: [.unsupportedMediaType]
        ) { request in
            try request.request.requireContentType("application/x-ndjson")
            let actor = try request.actor
            let body = request.request.body
            return Response(
                status: .ok, headers: [.contentType: "application/x-ndjson"],
                body: ResponseBody { writer in
                    try await carryOut(body, by: actor, writing: &writer)
                    try await writer.finish(nil)
                })
        }
    }

    private func carryOut(
        _ body: RequestBody, by actor: CaseFile.Actor, writing writer: inout any ResponseBodyWriter
    ) async throws {
        let desk = ImportDesk(capacity: Self.room)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await read(body, onto: desk) }
            do {
                var run = ImportRun(width: Self.width) { read($0) }
                var isOver = false
                while !isOver {
                    let actions = try run.take(await desk.take())
                    for (number, line) in actions.begin {
                        group.addTask { [isLikelyRepeated = actions.areLikelyRepeated] in
                            let verdict = await verdict(on: line, by: actor, isLikelyRepeated: isLikelyRepeated)
                            await desk.put(.verdict(number, verdict))
                        }
                    }
                    if !actions.verdicts.isEmpty {
                        try await writer.write(ByteBuffer(bytes: actions.verdicts))
                        await desk.makeRoom(actions.room)
                    }
                    isOver = actions.isOver
                }
            } catch {
                group.cancelAll()
                await desk.close()
                throw error
            }
            group.cancelAll()
            await desk.close()
        }
    }

    /// Reads lines to their end, or to where the connection fails.
    private func read(_ body: RequestBody, onto desk: ImportDesk) async {
        var splitter = LineSplitter(limit: lineLimit)
        do {
            for try await chunk in body {
                let lines = splitter.take(chunk.readableBytesView)
                if !lines.isEmpty { await desk.put(lines) }
                try Task.checkCancellation()
            }
            if let last = splitter.finish() { await desk.put([last]) }
            await desk.put(.end)
        } catch {
            await desk.put(.failure(error))
        }
    }

    private func read(_ line: LineSplitter.Line) -> Result<ImportLine, Problem> {
        switch line {
        case .tooLong:
            .failure(Problem(kind: .tooLarge, detail: "A line may have at most \(lineLimit) bytes."))
        case .bytes(let bytes):
            Result { try ImportLine(bytes, in: catalogue) }.mapError { $0 as? Problem ?? .internalError }
        }
    }

    private func verdict(
        on line: ImportLine, by actor: CaseFile.Actor, isLikelyRepeated: Bool
    ) async -> ImportVerdict {
        do {
            return .done(
                try await runner.run(
                    line.definition, id: line.subject, value: line.data, bytes: JSONWriter.bytes(of: line.data),
                    commandID: line.commandID(for: actor), expectedVersion: nil, actor: actor, patience: Self.patience,
                    isLikelyRepeated: isLikelyRepeated))
        } catch {
            return .refused(error as? Problem ?? .internalError)
        }
    }
}
