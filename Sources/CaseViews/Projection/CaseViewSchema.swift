public import Postgres
import Schema

/// The tables of the views, in the schema where they live or in any other.
public enum CaseViewSchema {
    private static let searchPath = Statement("view search path", "SELECT set_config('search_path', $1, true)")
    private static let exists = Statement(
        "view table exists",
        """
        SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = $1 AND CASE current_setting('search_path')
                WHEN '"pg_temp"' THEN n.oid = pg_my_temp_schema() ELSE n.nspname = current_schema() END)
        """)

    /// Unqualified names lead to `schema` until the transaction ends.
    ///
    /// - Throws: `PostgresError`.
    static func use(_ schema: String, on connection: PostgresConnection) async throws {
        try await connection.query(searchPath, quoted(schema))
    }

    /// Creates the schema and the tables if they are missing; what exists is left alone.
    ///
    /// To be called within a transaction. The tables belong to the role that the connection acts as.
    /// - Parameters:
    ///   - schema: any schema; `pg_temp` for tables that only this session has.
    ///   - views: the views whose tables are created.
    /// - Throws: `PostgresError`, or `CocoaError` when the files are not where the build put them.
    public static func create(
        _ schema: String = "views", views: Set<ViewName> = .all, on connection: PostgresConnection
    ) async throws {
        if schema != "pg_temp" {
            // Who may read which table of it is said beside each table.
            let readers = ViewRole.allCases.map(\.rawValue).joined(separator: ", ")
            try await connection.script(
                "CREATE SCHEMA IF NOT EXISTS \(quoted(schema)); GRANT USAGE ON SCHEMA \(quoted(schema)) TO \(readers)")
        }
        try await use(schema, on: connection)
        for file in try Schema.views() {
            let table = table(of: file)
            guard views.contains(where: { $0.tables.contains(table) }) || table == editionTable else { continue }
            guard try await connection.query(exists, table).first?.decode(0, as: Bool.self) != true else { continue }
            try await connection.script(file.text)
        }
    }

    /// Samples the live views anew for the planner and frees what their rows held before: what the views do not say any
    /// more, the planner's statistics do not say either.
    ///
    /// - Throws: `PostgresError`, also when the pool's role does not own the tables or its statements are limited in time.
    public static func renewStatistics(on pool: PostgresPool) async throws {
        for table in ViewName.allCases.flatMap(\.tables) {
            try await pool.withConnection { try await $0.script("VACUUM (ANALYZE) views.\(table)") }
        }
    }

    /// The table that says which edition of the views these are; every schema of views has it.
    static let editionTable = "edition"

    /// The table that a file creates: its name without the number in front.
    private static func table(of file: SQLFile) -> String {
        String(file.name.drop { $0.isNumber || $0 == "-" })
    }

    /// An identifier in quotation marks; schemas are named by operators, not by clients.
    static func quoted(_ schema: String) -> String {
        "\"" + schema.replacing("\"", with: "\"\"") + "\""
    }
}
