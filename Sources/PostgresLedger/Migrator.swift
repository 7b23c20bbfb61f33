public import Logging
import Postgres
import Schema

/// Brings a database to the version of this executable: migrations, then functions, then roles.
///
/// All in one transaction under a lock: a step that fails leaves the database as it was, and of several that migrate at
/// the same time one does the work and the others find it done. The user must own the database; to create the roles it
/// must be a superuser or have `CREATEROLE`, unless they exist.
public struct Migrator: Sendable {
    private let uri: String
    private let logger: Logger
    private let migrations: [SQLFile]
    private let functions: [SQLFile]
    private let roles: [SQLFile]

    /// A migrator for the database at `uri`, with the files shipped with this executable.
    ///
    /// - Throws: `CocoaError`, when the files are not where the build put them.
    public init(uri: String, logger: Logger) throws {
        self.init(
            uri: uri, logger: logger, migrations: try Schema.migrations(), functions: try Schema.functions(),
            roles: try Schema.roles())
    }

    init(uri: String, logger: Logger, migrations: [SQLFile], functions: [SQLFile], roles: [SQLFile]) {
        self.uri = uri
        self.logger = logger
        self.migrations = migrations
        self.functions = functions
        self.roles = roles
    }

    /// Migrates, and tells what there was to do.
    ///
    /// - Throws: ``MigrationError``, when the database does not fit; `PostgresError`.
    public func migrate() async throws -> MigrationReport {
        let configuration = PostgresConfiguration(
            uri: uri, applicationName: "gleichtakt migrate", statementTimeout: nil)
        let pool = PostgresPool(configuration, size: 1, acquireTimeout: .seconds(30), logger: logger)
        return try await pool.withTransaction { connection in
            try await connection.query(Self.lock)
            try await connection.script(Self.bootstrap)
            let report = MigrationReport(
                migrations: try await applyMigrations(on: connection),
                functions: try await applyFunctions(on: connection), roles: roles.map(\.name))
            for role in roles { try await connection.script(role.text) }
            return report
        }
    }

    private func applyMigrations(on connection: PostgresConnection) async throws -> [String] {
        let applied = try await applied("migration", on: connection)
        let unknown = Set(applied.keys).subtracting(migrations.map(\.name)).sorted()
        guard unknown.isEmpty else { throw MigrationError.newerDatabase(unknown) }
        let last = applied.keys.max() ?? ""
        var done: [String] = []
        for file in migrations {
            let checksum = try await checksum(of: file, on: connection)
            if let before = applied[file.name] {
                guard before == checksum else { throw MigrationError.changed(file.name) }
            } else {
                guard file.name > last else { throw MigrationError.outOfOrder(file.name, after: last) }
                try await apply(file, kind: "migration", checksum, on: connection)
                done.append(file.name)
            }
        }
        return done
    }

    private func applyFunctions(on connection: PostgresConnection) async throws -> [String] {
        let applied = try await applied("function", on: connection)
        var done: [String] = []
        for file in functions {
            let checksum = try await checksum(of: file, on: connection)
            guard applied[file.name] != checksum else { continue }
            try await apply(file, kind: "function", checksum, on: connection)
            done.append(file.name)
        }
        return done
    }

    private func apply(
        _ file: SQLFile, kind: String, _ checksum: [UInt8], on connection: PostgresConnection
    ) async throws {
        logger.info("applying \(kind) \(file.name)")
        try await connection.script(file.text)
        try await connection.execute(Self.record, kind, file.name, checksum)
    }

    private func applied(_ kind: String, on connection: PostgresConnection) async throws -> [String: [UInt8]] {
        var checksums: [String: [UInt8]] = [:]
        for row in try await connection.query(Self.applied, kind) {
            checksums[try row.decode(0)] = try row.decode(1, as: [UInt8].self)
        }
        return checksums
    }

    private func checksum(of file: SQLFile, on connection: PostgresConnection) async throws -> [UInt8] {
        guard let row = try await connection.query(Self.checksum, file.text).first else { return [] }
        return try row.decode(0)
    }

    private static let lock = Statement(
        "migrate.lock", "SELECT pg_advisory_xact_lock(hashtextextended('gleichtakt.migrate', 0))")

    /// What must be there before the first migration can be recorded.
    private static let bootstrap = """
        SET LOCAL client_min_messages = warning;
        CREATE SCHEMA IF NOT EXISTS ledger;
        CREATE TABLE IF NOT EXISTS ledger.schema_migrations (
            kind text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL,
            checksum bytea NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            applied_by text NOT NULL DEFAULT current_user,
            PRIMARY KEY (kind, name)
        );
        """

    private static let applied = Statement(
        "migrate.applied", "SELECT name, checksum FROM ledger.schema_migrations WHERE kind = $1")

    private static let checksum = Statement("migrate.checksum", "SELECT sha256(convert_to($1, 'UTF8'))")

    private static let record = Statement(
        "migrate.record",
        """
        INSERT INTO ledger.schema_migrations (kind, name, checksum) VALUES ($1, $2, $3)
        ON CONFLICT (kind, name) DO UPDATE
        SET checksum = excluded.checksum, applied_at = excluded.applied_at, applied_by = excluded.applied_by
        """)
}
