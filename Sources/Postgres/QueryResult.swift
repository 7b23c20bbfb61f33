internal import CLibPQ

/// Owns a `PGresult`.
///
/// Unchecked, because the pointer is never written through: libpq documents a `PGresult` as read-only after its
/// creation and free to be used from several threads at once.
final class QueryResult: @unchecked Sendable {
    let pointer: OpaquePointer
    let rowCount: Int
    let columnCount: Int

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        self.rowCount = Int(PQntuples(pointer))
        self.columnCount = Int(PQnfields(pointer))
    }

    deinit {
        PQclear(pointer)
    }

    func type(of column: Int) -> PostgresType {
        PostgresType(PQftype(pointer, Int32(truncatingIfNeeded: column)))
    }

    /// A value's bytes, `nil` for NULL. Row and column are in range.
    func content(row: Int, column: Int) -> UnsafeRawBufferPointer? {
        let row = Int32(truncatingIfNeeded: row)
        let column = Int32(truncatingIfNeeded: column)
        let length = Int(PQgetlength(pointer, row, column))
        // Only a value of length 0 can be NULL.
        if length == 0 && PQgetisnull(pointer, row, column) == 1 { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(pointer, row, column), count: length)
    }

    func columnName(_ column: Int) -> String {
        PQfname(pointer, Int32(truncatingIfNeeded: column)).map { String(cString: $0) } ?? ""
    }

    /// Compares names as they are: `PQfnumber` would fold case and allocate.
    func column(named name: String) -> Int? {
        (0..<columnCount).first { columnName($0) == name }
    }

    /// The error that the result stands for.
    func serverError() -> ServerError {
        ServerError(pointer)
    }
}

extension ServerError {
    /// The error that a `PGresult` of status `PGRES_FATAL_ERROR` stands for.
    init(_ result: OpaquePointer) {
        func field(_ code: UnicodeScalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
        }
        let whole = PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
        // The letters are the protocol's field codes; libpq-fe.h names them PG_DIAG_….
        self.init(
            sqlState: SQLState(rawValue: field("C") ?? ""),
            severity: field("V") ?? field("S") ?? "ERROR",
            message: field("M") ?? whole.trimmedMessage,
            detail: field("D"), hint: field("H"), context: field("W"), schema: field("s"), table: field("t"),
            column: field("c"), constraint: field("n"), dataType: field("d"),
            position: field("P").flatMap { Int($0) }, routine: field("R"))
    }
}

extension String {
    /// libpq's messages end in a line break.
    var trimmedMessage: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
