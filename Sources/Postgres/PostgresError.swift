/// Everything that can go wrong between a caller and its answer.
public enum PostgresError: Error, Sendable, Equatable {
    /// The server refused a statement. The session lives on; an open transaction is to be rolled back.
    case server(ServerError)
    /// The session ended while it was in use. Whether the last statement took effect is unknown.
    case connectionLost(String)
    /// No session could be opened; nothing was sent.
    case connectFailed(String)
    /// Nothing came of it in time; nothing was sent.
    case timedOut(Waiting)
    /// The task was cancelled, and the statement with it.
    case cancelled
    /// A value is not what the caller takes it for.
    case decoding(DecodingFailure)
    /// A parameter or text cannot be sent.
    case encoding(String)
    /// A pipeline's statement that was not executed, because an earlier one failed.
    case skipped
    /// The transaction was rolled back at its end, because a statement in it had failed and the body took no notice.
    case transactionAborted
    /// The pool's `run()` has ended.
    case poolClosed
    /// The API was used in a way that it forbids.
    case invalidUse(String)

    /// What was waited for.
    public enum Waiting: Sendable, Equatable {
        /// A free connection of the pool.
        case acquire
        /// The opening of a connection.
        case connect
    }

    /// Which value could not be decoded, and why.
    public struct DecodingFailure: Sendable, Equatable {
        /// The column's index, from 0.
        public var column: Int?
        /// The column's name.
        public var columnName: String?
        /// What was expected and what was found; never the value itself.
        public var reason: String

        /// A failure from its parts.
        public init(column: Int? = nil, columnName: String? = nil, reason: String) {
            self.column = column
            self.columnName = columnName
            self.reason = reason
        }
    }

    /// The server's code, where the server spoke.
    public var sqlState: SQLState? {
        if case .server(let error) = self { error.sqlState } else { nil }
    }

    /// Whether the same work, done again from its start on another session, may well succeed.
    ///
    /// After `connectionLost` the work may have taken effect: repeat only what is idempotent.
    public var isTransient: Bool {
        switch self {
        case .connectionLost, .connectFailed, .timedOut: true
        case .server(let error):
            switch error.sqlState {
            case .adminShutdown, .crashShutdown, .cannotConnectNow, .tooManyConnections, .serializationFailure,
                .deadlockDetected:
                true
            default: error.isStalePlan
            }
        case .cancelled, .decoding, .encoding, .skipped, .transactionAborted, .poolClosed, .invalidUse: false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    /// One line for a log. Leaves out the server's detail, which may quote rows, and of errors about data the message too,
    /// which may quote the value.
    public var description: String {
        switch self {
        case .server(let error) where error.sqlState.errorClass == "22":
            "\(error.severity) \(error.sqlState): a value is not what the statement takes it for"
        case .server(let error): "\(error.severity) \(error.sqlState): \(error.message)"
        case .connectionLost(let message): "connection lost: \(message)"
        case .connectFailed(let message): "connect failed: \(message)"
        case .timedOut(.acquire): "timed out waiting for a free connection"
        case .timedOut(.connect): "timed out connecting"
        case .cancelled: "cancelled"
        case .decoding(let failure):
            "cannot decode \(failure.columnName ?? failure.column.map { "column \($0)" } ?? "value"): \(failure.reason)"
        case .encoding(let reason): "cannot encode: \(reason)"
        case .skipped: "not executed, because an earlier statement of the pipeline failed"
        case .transactionAborted: "the transaction was rolled back, because a statement in it failed"
        case .poolClosed: "the pool is closed"
        case .invalidUse(let reason): "invalid use: \(reason)"
        }
    }
}
