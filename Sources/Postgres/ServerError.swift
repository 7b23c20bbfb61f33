/// An error as the server reported it (PostgreSQL documentation, "Error and Notice Message Fields").
public struct ServerError: Sendable, Equatable {
    /// What went wrong, as a code.
    public var sqlState: SQLState
    /// `ERROR`, `FATAL` or `PANIC`, never localised.
    public var severity: String
    /// What went wrong, in a sentence.
    public var message: String
    /// More about it. May contain values of the row concerned, hence personal data: not for logs.
    public var detail: String?
    /// What could be done about it.
    public var hint: String?
    /// Where it happened: the call stack of functions, and so on.
    public var context: String?
    /// The schema concerned.
    public var schema: String?
    /// The table concerned.
    public var table: String?
    /// The column concerned.
    public var column: String?
    /// The constraint concerned.
    public var constraint: String?
    /// The data type concerned.
    public var dataType: String?
    /// Where in the statement's text, counted in characters from 1.
    public var position: Int?
    /// The server's source function that reported it.
    public var routine: String?

    /// An error from its fields.
    public init(
        sqlState: SQLState, severity: String = "ERROR", message: String, detail: String? = nil, hint: String? = nil,
        context: String? = nil, schema: String? = nil, table: String? = nil, column: String? = nil,
        constraint: String? = nil, dataType: String? = nil, position: Int? = nil, routine: String? = nil
    ) {
        self.sqlState = sqlState
        self.severity = severity
        self.message = message
        self.detail = detail
        self.hint = hint
        self.context = context
        self.schema = schema
        self.table = table
        self.column = column
        self.constraint = constraint
        self.dataType = dataType
        self.position = position
        self.routine = routine
    }

    /// The server ends the session after this one.
    var endsSession: Bool { severity == "FATAL" || severity == "PANIC" }

    /// A prepared statement no longer fits: its result's columns changed, or somebody deallocated it. Another session
    /// prepares it anew.
    var isStalePlan: Bool {
        sqlState == .invalidStatementName || (sqlState == "0A000" && routine == "RevalidateCachedQuery")
    }
}
