internal import CLibPQ

/// The rows that a statement returned. They stay where libpq received them and are released with the last reference.
public struct Rows: Sendable, RandomAccessCollection {
    let result: QueryResult

    /// The first row's index.
    public var startIndex: Int { 0 }
    /// One past the last row's index.
    public var endIndex: Int { result.rowCount }

    /// A row by its place in the result.
    public subscript(position: Int) -> Row {
        precondition(position >= 0 && position < result.rowCount, "row \(position) of \(result.rowCount)")
        return Row(result: result, index: position)
    }

    /// How many rows the statement inserted, updated, deleted, or returned.
    public var affectedRows: Int {
        PQcmdTuples(result.pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// How many columns a row has.
    public var columnCount: Int { result.columnCount }

    /// The columns' names, in order.
    public var columnNames: [String] { (0..<result.columnCount).map(result.columnName) }

    /// The index of the first column of this name; `nil` where there is none.
    public func column(named name: String) -> Int? { result.column(named: name) }
}

/// One row of a result.
public struct Row: Sendable {
    let result: QueryResult
    let index: Int

    /// How many columns the row has.
    public var columnCount: Int { result.columnCount }

    /// Reads a column by its index, from 0. An optional type reads NULL as `nil`.
    ///
    /// - Throws: `PostgresError.decoding`, when there is no such column or the value is none of type `Value`.
    @inlinable
    public func decode<Value: PostgresDecodable>(
        _ column: Int, as: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        defer { withExtendedLifetime(self) {} }
        let cell = try cell(column)
        do {
            return try Value.decode(cell)
        } catch {
            throw located(error, column: column)
        }
    }

    /// Reads a column by its name. In a loop over many rows, look the index up once (`Rows.column(named:)`).
    ///
    /// - Throws: `PostgresError.decoding`, when there is no such column or the value is none of type `Value`.
    public func decode<Value: PostgresDecodable>(
        _ column: String, as: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let index = result.column(named: column) else {
            throw .decoding(PostgresError.DecodingFailure(columnName: column, reason: "no such column"))
        }
        return try decode(index)
    }

    /// Whether a column is NULL.
    public func isNull(_ column: Int) -> Bool {
        column < 0 || column >= result.columnCount || result.content(row: index, column: column) == nil
    }

    /// Gives a column's bytes in PostgreSQL's binary format to `body`, without copying them. They are valid only there.
    ///
    /// - Returns: what `body` returns; `nil` where the column is NULL or does not exist.
    public func withBytes<Value, Failure: Error>(
        _ column: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        guard column >= 0, column < result.columnCount, let content = result.content(row: index, column: column) else {
            return nil
        }
        defer { withExtendedLifetime(result) {} }
        return try body(content)
    }

    @usableFromInline
    func cell(_ column: Int) throws(PostgresError) -> PostgresCell {
        guard column >= 0, column < result.columnCount else {
            throw .decoding(PostgresError.DecodingFailure(column: column, reason: "no such column"))
        }
        return PostgresCell(type: result.type(of: column), content: result.content(row: index, column: column))
    }

    @usableFromInline
    func located(_ error: PostgresError, column: Int) -> PostgresError {
        guard case .decoding(var failure) = error else { return error }
        failure.column = column
        failure.columnName = result.columnName(column)
        return .decoding(failure)
    }
}
