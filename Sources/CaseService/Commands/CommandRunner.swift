import CaseCommands
import CaseFile
import Foundation
import Hummingbird
import Ledger
import Logging

/// Turns bodies into commands and what becomes of them into answers; routes and import share it.
struct CommandRunner: Sendable {
    let handler: any CommandHandling
    let metrics: ServiceMetrics
    let logger: Logger

    /// What came of a command.
    struct Outcome: Sendable {
        var receipt: CommandReceipt
        var definition: CommandDefinition
        var id: String

        /// 201 for the first events of a stream, 200 otherwise; a repeated command answers as it did the first time.
        var status: Int { receipt.events.first?.version == 1 ? 201 : 200 }

        /// The members of the answer.
        func write(to writer: inout JSONWriter) {
            writer.member(definition.subject.idName, id)
            writer.member("version", receipt.version)
            writer.member("position", receipt.position)
            writer.name("events")
            writer.beginArray()
            for event in receipt.events {
                writer.beginObject()
                writer.member("type", event.type)
                writer.member("version", event.version)
                writer.member("position", event.position)
                writer.endObject()
            }
            writer.endArray()
            // On record as events, so that a repeated command answers the same.
            let warnings = receipt.events.filter { $0.type == EmploymentFieldWarned.type }
            guard !warnings.isEmpty else { return }
            writer.name("warnings")
            writer.beginArray()
            for warning in FieldWarning.allCases {
                writer.beginObject()
                writer.member("code", warning.rawValue)
                writer.member("detail", warning.sentence)
                writer.endObject()
            }
            writer.endArray()
        }
    }

    /// Checks a body and carries its command out.
    ///
    /// - Parameters:
    ///   - value: the body as parsed.
    ///   - bytes: the same body as it was sent.
    ///   - patience: how often to try again while the queue is full or the ledger does not answer; for that the command
    ///     needs an id.
    ///   - isLikelyRepeated: whether to find out first if it was recorded before.
    /// - Throws: ``Problem``.
    func run(
        _ definition: CommandDefinition, id: String, value: JSONValue, bytes: [UInt8], commandID: UUID?,
        expectedVersion: Int?, actor: CaseFile.Actor, patience: Int = 0, isLikelyRepeated: Bool = false
    ) async throws -> Outcome {
        let issues = BodyValidator.issues(in: value, for: definition.text.body)
        guard issues.isEmpty else {
            throw Problem.malformed("The body does not fit \(definition.name); see errors.", issues)
        }
        let id = id.lowercased()
        var request = CommandRequest(
            target: try Self.target(definition, id, bytes), id: commandID, expectedVersion: expectedVersion,
            effectiveOn: value["effectiveOn"]?.text.flatMap { CalendarDate($0) }, actor: actor)
        request.isLikelyRepeated = isLikelyRepeated
        do throws(CommandFailure) {
            let receipt = try await handle(request, patience: patience)
            metrics.commandEnded(events: receipt.events.count, isReplay: receipt.isReplay)
            return Outcome(receipt: receipt, definition: definition, id: id)
        } catch {
            throw problem(of: error)
        }
    }

    /// Hands a request over, again while the queue is full or the ledger does not answer: nothing was recorded then, or
    /// the request's id finds out what was.
    private func handle(_ request: CommandRequest, patience: Int) async throws(CommandFailure) -> CommandReceipt {
        var attempt = 0
        while true {
            do throws(CommandFailure) {
                return try await handler.handle(request)
            } catch {
                switch error {
                case .overloaded, .unavailable: break
                default: throw error
                }
                guard attempt < patience else { throw error }
                attempt += 1
                guard (try? await Task.sleep(for: .milliseconds(50 * attempt))) != nil else { throw error }
            }
        }
    }

    private static func target(
        _ definition: CommandDefinition, _ id: String, _ bytes: [UInt8]
    ) throws -> TargetedCommand {
        do {
            return try definition.decode(id, bytes)
        } catch let error as DecodingError {
            // What fits the schema and still makes no command: values that contradict each other, such as a range whose
            // end lies before its beginning.
            let context = error.context
            let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
            throw Problem.malformed(
                "The body does not fit \(definition.name); see errors.",
                [Problem.Issue(place: .pointer(BodyValidator.pointer(path)), detail: context.debugDescription)])
        }
    }

    private func problem(of failure: CommandFailure) -> Problem {
        switch failure {
        case .rejected(let rejection):
            return Problem(kind: .rejected, detail: rejection.detail, rule: rejection.rule)
        case .forbidden(let sentence):
            return Problem(kind: .forbidden, detail: sentence)
        case .notFound:
            return .notFound
        case .versionConflict(let current):
            return Problem(
                kind: .versionConflict,
                detail: "The version is \(current) by now; look at what happened and decide again.",
                currentVersion: current)
        case .keyReused:
            return Problem(
                kind: .idempotencyKeyReused,
                detail: "This Idempotency-Key was used for another command; every command needs a new one.")
        case .overloaded:
            return .unavailable("Too many commands wait already; send it again with the same Idempotency-Key.")
        case .unreadable:
            return .internalError
        case .unavailable(let reason):
            logger.warning("ledger unavailable", metadata: ["reason": "\(reason)"])
            return .unavailable(
                "The ledger cannot be reached at the moment; send it again with the same Idempotency-Key.",
                retryAfter: 2)
        }
    }
}

extension DecodingError {
    /// Where and why decoding ended.
    var context: Context {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context
        @unknown default: Context(codingPath: [], debugDescription: "cannot be read")
        }
    }
}
