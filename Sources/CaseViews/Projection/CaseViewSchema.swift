public import Postgres
import Schema

/// The tables of the views, in the schema where they live or in any other.
public enum CaseViewSchema {
    private static let searchPath = Statement("view search path", "SELECT set_config('search_path', $1, true)")
    private static let exists = Statement(
        "view tables exist", "SELECT to_regclass('office_case_files') IS NOT NULL")

    /// Unqualified names lead to `schema` until the transaction ends.
    ///
    /// - Throws: `PostgresError`.
    static func use(_ schema: String, on connection: PostgresConnection) async throws {
        try await connection.query(searchPath, quoted(schema))
    }

    /// Creates the schema and the tables if they are missing; what exists is left alone.
    ///
    /// To be called within a transaction. The tables belong to the role that the connection acts as.
    /// - Parameter schema: any schema; `pg_temp` for tables that only this session has.
    /// - Throws: `PostgresError`, or `CocoaError` when the files are not where the build put them.
    public static func create(_ schema: String = "views", on connection: PostgresConnection) async throws {
        if schema != "pg_temp" { try await connection.script("CREATE SCHEMA IF NOT EXISTS \(quoted(schema))") }
        try await use(schema, on: connection)
        guard try await connection.query(exists).first?.decode(0, as: Bool.self) != true else { return }
        for file in try Schema.views() { try await connection.script(file.text) }
    }

    /// An identifier in quotation marks; schemas are named by operators, not by clients.
    private static func quoted(_ schema: String) -> String {
        "\"" + schema.replacing("\"", with: "\"\"") + "\""
    }
}
