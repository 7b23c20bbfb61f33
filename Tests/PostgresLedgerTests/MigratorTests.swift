import Foundation
import Logging
import Postgres
import Schema
import Testbed
import Testing

@testable import PostgresLedger

@Suite("Migrating")
struct MigratorTests {
    private static let first = SQLFile(name: "0001-first", text: "CREATE TABLE first (a int);")
    private static let second = SQLFile(
        name: "0002-second", text: "CREATE TABLE second (a int); INSERT INTO first VALUES (1);")
    private static let function = SQLFile(
        name: "one",
        text: "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT count(*)::int FROM first';")

    private func migrator(
        _ uri: String, _ migrations: [SQLFile], functions: [SQLFile] = [], roles: [SQLFile] = []
    ) -> Migrator {
        Migrator(
            uri: uri, logger: LedgerDatabase.logger, migrations: migrations, functions: functions, roles: roles)
    }

    private func count(_ table: String, in uri: String) async throws -> Int64? {
        let pool = PostgresPool(PostgresConfiguration(uri: uri), size: 1, logger: LedgerDatabase.logger)
        return try? await pool.query(Statement("count \(table)", "SELECT count(*) FROM \(table)")).first?.decode(0)
    }

    @Test("makes an empty database ready, and finds nothing to do the second time")
    func idempotent() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        let migrator = try Migrator(uri: uri, logger: LedgerDatabase.logger)
        let report = try await migrator.migrate()
        #expect(report.migrations == (try Schema.migrations().map(\.name)))
        #expect(report.functions == (try Schema.functions().map(\.name)))
        #expect(report.roles.contains("gleichtakt_service"))
        #expect(report.lines.count == report.migrations.count + report.functions.count)
        let again = try await migrator.migrate()
        #expect(again.isUpToDate)
        #expect(again.lines == ["The database is up to date."])
    }

    @Test("is done once when several do it at the same time, to one database and to several")
    func concurrent() async throws {
        let uris = [
            try await TemporaryServer.shared.freshDatabase(), try await TemporaryServer.shared.freshDatabase(),
        ]
        let reports = try await withThrowingTaskGroup(of: MigrationReport.self) { group in
            for index in 0..<8 {
                group.addTask { try await Migrator(uri: uris[index % 2], logger: LedgerDatabase.logger).migrate() }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(reports.count { !$0.isUpToDate } == 2)
        #expect(reports.count { $0.isUpToDate } == 6)
    }

    @Test("goes on where it stopped")
    func continued() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        #expect(try await migrator(uri, [Self.first]).migrate().migrations == ["0001-first"])
        #expect(
            try await migrator(uri, [Self.first, Self.second], functions: [Self.function]).migrate().lines
                == ["Applied migration 0002-second", "Replaced function one"])
        #expect(try await count("first", in: uri) == 1)
    }

    @Test("leaves the database as it was when a step fails")
    func failed() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        let broken = SQLFile(name: "0002-broken", text: "CREATE TABLE second (a int); SELECT 1 / 0;")
        await #expect(throws: PostgresError.self) { try await migrator(uri, [Self.first, broken]).migrate() }
        #expect(try await count("first", in: uri) == nil)
        #expect(try await count("ledger.schema_migrations", in: uri) == nil)
        #expect(try await migrator(uri, [Self.first, Self.second]).migrate().migrations.count == 2)
    }

    @Test("refuses a migration that was changed after it had been applied")
    func changed() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        _ = try await migrator(uri, [Self.first]).migrate()
        let changed = SQLFile(name: Self.first.name, text: Self.first.text + " -- changed")
        await #expect(throws: MigrationError.changed("0001-first")) {
            try await migrator(uri, [changed, Self.second]).migrate()
        }
        #expect(try await count("second", in: uri) == nil)
    }

    @Test("refuses a database of a newer version")
    func newer() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        _ = try await migrator(uri, [Self.first, Self.second]).migrate()
        await #expect(throws: MigrationError.newerDatabase(["0002-second"])) {
            try await migrator(uri, [Self.first]).migrate()
        }
    }

    @Test("refuses a migration that is numbered before one already applied")
    func outOfOrder() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        _ = try await migrator(uri, [Self.first, Self.second]).migrate()
        let between = SQLFile(name: "0001-second", text: "SELECT 1;")
        await #expect(throws: MigrationError.outOfOrder("0001-second", after: "0002-second")) {
            try await migrator(uri, [Self.first, between, Self.second]).migrate()
        }
    }

    @Test("replaces a function when its file has changed, and only then")
    func functions() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        _ = try await migrator(uri, [Self.first], functions: [Self.function]).migrate()
        #expect(try await migrator(uri, [Self.first], functions: [Self.function]).migrate().isUpToDate)
        let changed = SQLFile(
            name: "one", text: Self.function.text.replacingOccurrences(of: "count(*)::int", with: "7 + count(*)::int"))
        #expect(try await migrator(uri, [Self.first], functions: [changed]).migrate().functions == ["one"])
        let pool = PostgresPool(PostgresConfiguration(uri: uri), size: 1, logger: LedgerDatabase.logger)
        #expect(try await pool.query(Statement("one", "SELECT one()")).first?.decode(0, as: Int32.self) == 7)
    }

    @Test("can be done by an owner who is no superuser but may create roles")
    func ordinaryOwner() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        let owner = "owner_\(UUID().uuidString.prefix(8).lowercased())"
        let pool = PostgresPool(PostgresConfiguration(uri: uri), size: 1, logger: LedgerDatabase.logger)
        let name = try #require(URLComponents(string: uri)?.path.dropFirst())
        try await pool.withConnection { connection in
            try await connection.script(
                "CREATE ROLE \(owner) LOGIN CREATEROLE; ALTER DATABASE \(name) OWNER TO \(owner)")
        }
        let ownersURI = uri.replacingOccurrences(of: "user=postgres", with: "user=\(owner)")
        _ = try await Migrator(uri: ownersURI, logger: LedgerDatabase.logger).migrate()
        #expect(try await Migrator(uri: ownersURI, logger: LedgerDatabase.logger).migrate().isUpToDate)
        // The owner may act as the service, and still not rewrite history.
        let service = LedgerDatabase(uri: ownersURI).pool()
        #expect(try await PostgresEventStore(pool: service).head() == 0)
        await #expect(throws: PostgresError.self) {
            try await LedgerDatabase(uri: ownersURI).pool(as: nil).withConnection {
                try await $0.script("DELETE FROM ledger.events")
            }
        }
    }
}

@Suite("The schema's files")
struct SchemaTests {
    @Test("are shipped, numbered and named after what they hold")
    func files() throws {
        let migrations = try Schema.migrations()
        #expect(migrations.first?.name == "0001-ledger")
        #expect(Set(migrations.map { $0.name.prefix(4) }).count == migrations.count)
        for file in migrations { #expect(file.name.prefixMatch(of: /\d{4}-[a-z]/) != nil) }
        for file in try Schema.functions() {
            #expect(file.text.contains("CREATE OR REPLACE FUNCTION \(file.name)("), "\(file.name)")
        }
        for file in try Schema.roles() where !["public", "memberships"].contains(file.name) {
            #expect(file.text.contains("CREATE ROLE \(file.name) NOLOGIN"), "\(file.name)")
        }
        #expect(try !Schema.views().isEmpty)
    }
}
