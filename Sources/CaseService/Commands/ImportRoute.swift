import CaseCommands
import CaseFile
import Foundation
import HTTPTypes
import Hummingbird

/// `POST /v1/import`: one command a line in, one verdict a line out, in order and while the lines still come.
///
/// Lines of different cases that arrive together are carried out side by side, so that they share commits; lines of one
/// case keep their order, and a command that looks beyond its own stream waits for all before it.
struct ImportRoute: Sendable {
    /// How many commands are under way at once.
    private static let width = 64
    /// How often a line is tried again before a full queue becomes its verdict: only a bulk import knows that nobody is
    /// in a hurry.
    private static let patience = 20

    let catalogue: CommandCatalogue
    let runner: CommandRunner
    let lineLimit: Int

    var operation: Operation {
        Operation(
            method: .post, path: "/v1/import", id: "import", tag: "import",
            summary: "Carries out many commands, one a line.",
            notes: "Answers one verdict a line, in order: what the command's own route would answer, with `line` and "
                + "`status`. A line that fails does not stop the others. Lines with ids can be sent again.",
            access: .roles([.caseworker, .supervisor, .administrator]),
            body: Operation.Body(mediaType: "application/x-ndjson", schema: ImportLine.schema(CommandSubject.allCases)),
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
                    var run = Run(route: self, actor: actor)
                    for try await chunk in body {
                        try await run.take(chunk.readableBytesView, to: &writer)
                    }
                    try await run.finish(to: &writer)
                    try await writer.finish(nil)
                })
        }
    }

    /// One import on its way.
    private struct Run {
        let route: ImportRoute
        let actor: CaseFile.Actor
        var splitter: LineSplitter
        var number = 0

        init(route: ImportRoute, actor: CaseFile.Actor) {
            self.route = route
            self.actor = actor
            splitter = LineSplitter(limit: route.lineLimit)
        }

        mutating func take(_ bytes: some Collection<UInt8>, to writer: inout any ResponseBodyWriter) async throws {
            try await carryOut(splitter.take(bytes), to: &writer)
        }

        mutating func finish(to writer: inout any ResponseBodyWriter) async throws {
            if let last = splitter.finish() { try await carryOut([last], to: &writer) }
        }

        private mutating func carryOut(
            _ lines: [LineSplitter.Line], to writer: inout any ResponseBodyWriter
        ) async throws {
            var group: [(number: Int, line: Result<ImportLine, Problem>)] = []
            for line in lines {
                number += 1
                let read = route.read(line)
                let isBarrier = (try? read.get())?.reachesBeyondItsStream ?? false
                if isBarrier || group.count == ImportRoute.width {
                    try await flush(&group, to: &writer)
                }
                group.append((number, read))
                if isBarrier { try await flush(&group, to: &writer) }
            }
            try await flush(&group, to: &writer)
        }

        private func flush(
            _ group: inout [(number: Int, line: Result<ImportLine, Problem>)], to writer: inout any ResponseBodyWriter
        ) async throws {
            guard !group.isEmpty else { return }
            let verdicts = await route.verdicts(on: group, by: actor)
            group.removeAll(keepingCapacity: true)
            try await writer.write(ByteBuffer(bytes: verdicts))
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

    /// The verdicts on lines that may be carried out side by side, in their order.
    private func verdicts(
        on lines: [(number: Int, line: Result<ImportLine, Problem>)], by actor: CaseFile.Actor
    ) async -> [UInt8] {
        var bytes: [Int: [UInt8]] = [:]
        var bySubject: [String: [(number: Int, line: ImportLine)]] = [:]
        for (number, line) in lines {
            switch line {
            case .failure(let problem): bytes[number] = Self.verdict(number, problem)
            case .success(let line): bySubject[line.subject, default: []].append((number, line))
            }
        }
        await withTaskGroup(of: [(Int, [UInt8])].self) { group in
            for queue in bySubject.values {
                group.addTask {
                    var answers: [(Int, [UInt8])] = []
                    for (number, line) in queue {
                        answers.append((number, await verdict(number, line, by: actor)))
                    }
                    return answers
                }
            }
            for await answers in group { for (number, verdict) in answers { bytes[number] = verdict } }
        }
        return lines.flatMap { bytes[$0.number] ?? [] }
    }

    private func verdict(_ number: Int, _ line: ImportLine, by actor: CaseFile.Actor) async -> [UInt8] {
        do {
            let outcome = try await runner.run(
                line.definition, id: line.subject, value: line.data, bytes: JSONWriter.bytes(of: line.data),
                commandID: line.commandID, expectedVersion: nil, actor: actor, patience: Self.patience)
            return Self.verdict(number, outcome)
        } catch {
            return Self.verdict(number, error as? Problem ?? .internalError)
        }
    }

    private static func verdict(_ number: Int, _ outcome: CommandRunner.Outcome) -> [UInt8] {
        line(number) { writer in
            writer.member("status", outcome.status)
            outcome.write(to: &writer)
            if outcome.receipt.isReplay {
                writer.name("replayed")
                writer.boolean(true)
            }
        }
    }

    private static func verdict(_ number: Int, _ problem: Problem) -> [UInt8] {
        line(number) { problem.write(to: &$0) }
    }

    private static func line(_ number: Int, _ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("line", number)
        write(&writer)
        writer.endObject()
        return writer.bytes + [0x0A]
    }
}
