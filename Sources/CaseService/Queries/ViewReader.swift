import CaseViews
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import ServiceLifecycle

/// What all queries of views have in common: reading one's own writes, limits of time, and the form of answers.
struct ViewReader: Sendable {
    /// The longest time a query may be asked to wait for its position.
    static let greatestWait = 30

    /// The parameters of every query of a view.
    static let parameters: [Operation.Parameter] = [
        .query(
            "atLeast", .integer(0...Int.max),
            "Only answer when the view has reached this position; a command answers it as `Ledger-Position`."),
        .query("wait", .integer(0...greatestWait), "Seconds to wait for `atLeast`, 0 unless stated."),
    ]

    let queries: any CaseQueries
    let timeLimit: Duration
    let logger: Logger

    /// Answers a query once the view is as far as the caller asks for.
    ///
    /// - Throws: ``Problem``.
    func read<Value: Sendable>(
        _ parameters: QueryParameters, _ query: @escaping @Sendable () async throws -> Viewed<Value>
    ) async throws -> Viewed<Value> {
        let wait = parameters.integer("wait") ?? 0
        guard let position = parameters.position("atLeast") else {
            guard parameters.text("wait") == nil else {
                throw Problem.malformed(
                    "The parameter wait needs atLeast.",
                    [.init(place: .parameter("wait"), detail: "says how long to wait for atLeast, which is missing")])
            }
            return try await within(timeLimit, query)
        }
        return try await within(timeLimit + .seconds(wait)) {
            // Whoever waits when the service ends is sent away at once, or ending would take as long as they wait.
            let isReached = try await cancelWhenGracefulShutdown {
                try await queries.wait(for: position, timeout: .seconds(wait))
            }
            guard isReached else {
                throw Problem.unavailable("The view has not reached position \(position) yet; ask again.")
            }
            return try await query()
        }
    }

    /// Runs a query, but not for ever, and says in the API's terms what went wrong.
    func within<Value: Sendable>(
        _ limit: Duration, _ query: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await withThrowingTaskGroup(of: Value.self) { group in
                group.addTask { try await query() }
                group.addTask {
                    try await Task.sleep(for: limit)
                    throw Problem.unavailable("The query took longer than \(limit); ask for less or ask again.")
                }
                defer { group.cancelAll() }
                guard let value = try await group.next() else { throw CancellationError() }
                return value
            }
        } catch let problem as Problem {
            throw problem
        } catch ViewQueryError.invalidCursor {
            throw Problem.malformed(
                "The parameter cursor cannot be read.",
                [.init(place: .parameter("cursor"), detail: "has to be the next of a page of the same query")])
        } catch ViewQueryError.foreignOffice {
            throw Problem(kind: .forbidden, detail: "This view belongs to another office.")
        } catch ViewQueryError.otherVersion {
            throw Problem.unavailable(
                "The views are of another version than this service; they are being built anew.", retryAfter: 5)
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("query failed", metadata: ["error": "\(type(of: error))", "reason": "\(error)"])
            throw Problem.unavailable("The view cannot be read at the moment; ask again.", retryAfter: 2)
        }
    }

    /// An answer in JSON, with the position it stands for.
    static func response(_ value: some Encodable, at position: Position) throws -> Response {
        response(ByteBuffer(bytes: try encoded(value)), "application/json", at: position)
    }

    /// A value in JSON, members in alphabetical order.
    static func encoded(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    static func response(_ body: ByteBuffer, _ mediaType: String, at position: Position) -> Response {
        Response(
            status: .ok, headers: [.contentType: mediaType, .viewPosition: String(position)],
            body: ResponseBody(byteBuffer: body))
    }

    /// The description of a good answer of a view.
    static func answer(_ description: String, _ schema: JSONValue) -> Operation.Answer {
        Operation.Answer(
            status: 200, description: description, content: [("application/json", schema)],
            headers: [("View-Position", "The position of the last event that the answer contains.")])
    }
}
