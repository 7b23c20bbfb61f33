/// A five-character SQLSTATE (ISO/IEC 9075-2, clause 24; PostgreSQL documentation, appendix A).
public struct SQLState: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The code, such as `23505`.
    public let rawValue: String

    /// A state from its five-character code.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A state from its five-character code.
    public init(stringLiteral value: String) {
        self.rawValue = value
    }

    /// The code itself.
    public var description: String { rawValue }

    /// The first two characters: the class of error that this one belongs to.
    public var errorClass: Substring { rawValue.prefix(2) }

    /// 22003: a number does not fit its type.
    public static let numericValueOutOfRange: SQLState = "22003"
    /// 22021: a text is not valid in the database's encoding; for instance it holds a NUL.
    public static let characterNotInRepertoire: SQLState = "22021"
    /// 23502: a column that must have a value was given NULL.
    public static let notNullViolation: SQLState = "23502"
    /// 23503: a row refers to one that does not exist.
    public static let foreignKeyViolation: SQLState = "23503"
    /// 23505: a row with this key is already there.
    public static let uniqueViolation: SQLState = "23505"
    /// 23514: a CHECK constraint does not hold.
    public static let checkViolation: SQLState = "23514"
    /// 25006: a statement of a read-only transaction, or on a standby, wanted to write.
    public static let readOnlyTransaction: SQLState = "25006"
    /// 25P02: an earlier statement of the transaction failed; everything up to the rollback is refused.
    public static let inFailedTransaction: SQLState = "25P02"
    /// 26000: no prepared statement of this name.
    public static let invalidStatementName: SQLState = "26000"
    /// 40001: a concurrent transaction got in the way; the transaction may be repeated.
    public static let serializationFailure: SQLState = "40001"
    /// 40P01: two transactions waited for each other; this one was chosen to give way and may be repeated.
    public static let deadlockDetected: SQLState = "40P01"
    /// 42501: the role may not do this.
    public static let insufficientPrivilege: SQLState = "42501"
    /// 42601: not SQL.
    public static let syntaxError: SQLState = "42601"
    /// 42P01: no such table.
    public static let undefinedTable: SQLState = "42P01"
    /// 42P04: a database of this name is already there.
    public static let duplicateDatabase: SQLState = "42P04"
    /// 42P07: a table of this name is already there.
    public static let duplicateTable: SQLState = "42P07"
    /// 53300: the server has no connection left to give.
    public static let tooManyConnections: SQLState = "53300"
    /// 55P03: a lock was not free and the statement would not wait for it.
    public static let lockNotAvailable: SQLState = "55P03"
    /// 57014: a statement was cancelled, on request or by `statement_timeout`.
    public static let queryCanceled: SQLState = "57014"
    /// 57P01: an administrator ended the session, or the server is shutting down.
    public static let adminShutdown: SQLState = "57P01"
    /// 57P02: a crash of another server process ended the session.
    public static let crashShutdown: SQLState = "57P02"
    /// 57P03: the server is starting up, recovering or shutting down.
    public static let cannotConnectNow: SQLState = "57P03"
    /// XX000: something that the server has no code for.
    public static let internalError: SQLState = "XX000"
    /// P0001: `RAISE EXCEPTION` without a code of its own.
    public static let raiseException: SQLState = "P0001"
}
