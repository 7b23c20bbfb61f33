import Foundation
import Ledger
import LedgerSuite
import Postgres
import PostgresLedger
import Testing

@Suite("Roles")
struct RoleTests {
    private static let forbiddenToAll = [
        "UPDATE ledger.events SET payload = ''", "UPDATE ledger.events SET payload = '' WHERE false",
        "DELETE FROM ledger.events", "TRUNCATE ledger.events", "TRUNCATE ledger.events CASCADE",
        "INSERT INTO ledger.events SELECT * FROM ledger.events ON CONFLICT (position) DO UPDATE SET payload = ''",
        "MERGE INTO ledger.events e USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE",
    ]

    private func refusal(_ sql: String, as role: String?, in database: LedgerDatabase) async throws -> SQLState? {
        do {
            try await database.pool(as: role, size: 1).withConnection { try await $0.script(sql) }
            return nil
        } catch let error as PostgresError {
            return error.sqlState
        }
    }

    @Test(
        "cannot rewrite history, not even the owner",
        arguments: [
            "gleichtakt_service", "gleichtakt_worker", "gleichtakt_appender", "gleichtakt_eraser", "gleichtakt_auditor",
            nil,
        ] as [String?])
    func appendOnly(_ role: String?) async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresEventStore(pool: database.pool())
        _ = try await store.append(.sample(to: .sample("a"), at: 0, count: 3))
        let before = try await store.everything()
        for sql in Self.forbiddenToAll {
            #expect(try await refusal(sql, as: role, in: database) == .insufficientPrivilege, "\(sql)")
        }
        #expect(
            try await refusal(
                "SET session_replication_role = replica; DELETE FROM ledger.events", as: role, in: database)
                == .insufficientPrivilege)
        #expect(try await store.everything() == before)
    }

    @Test(
        "may do what they are for, and nothing else",
        arguments: [
            // Appending, and beside it.
            (
                "gleichtakt_auditor",
                "SELECT * FROM ledger.append('{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}')", false
            ),
            // Appending is one role's business, projecting another's.
            (
                "gleichtakt_worker",
                "SELECT * FROM ledger.append('{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}')", false
            ),
            (
                "gleichtakt_appender",
                "SELECT * FROM ledger.append('{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}')", true
            ),
            ("gleichtakt_worker", "INSERT INTO ledger.events SELECT * FROM ledger.events", false),
            ("gleichtakt_worker", "INSERT INTO vault.person_keys SELECT * FROM vault.person_keys", false),
            ("gleichtakt_worker", "INSERT INTO audit.reads (actor, role, view) VALUES ('a', 'b', 'c')", false),
            ("gleichtakt_appender", "INSERT INTO vault.person_keys SELECT * FROM vault.person_keys", true),
            ("gleichtakt_appender", "DELETE FROM vault.person_keys", false),
            ("gleichtakt_appender", "UPDATE vault.person_keys SET wrapped = ''", false),
            ("gleichtakt_appender", "SELECT vault.destroy('{}')", false),
            ("gleichtakt_appender", "SELECT * FROM ledger.projections", false),
            ("gleichtakt_appender", "INSERT INTO ledger.projections (name) VALUES ('x')", false),
            ("gleichtakt_appender", "SELECT * FROM timing.agenda", false),
            ("gleichtakt_appender", "SELECT * FROM audit.reads", false),
            ("gleichtakt_appender", "SELECT audit.expire_reads(365)", false),
            ("gleichtakt_appender", "SELECT * FROM access.feeds", false),
            ("gleichtakt_appender", "INSERT INTO ledger.checkpoints SELECT * FROM ledger.checkpoints", false),
            ("gleichtakt_appender", "CREATE SCHEMA of_the_appender", false),
            ("gleichtakt_service", "ALTER TABLE ledger.events DISABLE TRIGGER ALL", false),
            ("gleichtakt_worker", "ALTER TABLE ledger.events DISABLE TRIGGER ALL", false),
            ("gleichtakt_service", "DROP TABLE ledger.events", false),
            ("gleichtakt_auditor", "SELECT * FROM ledger.events", true),
            // Keys.
            ("gleichtakt_service", "SELECT * FROM vault.person_keys", true),
            ("gleichtakt_service", "DELETE FROM vault.person_keys", false),
            ("gleichtakt_service", "UPDATE vault.person_keys SET wrapped = ''", false),
            ("gleichtakt_worker", "DELETE FROM vault.person_keys", false),
            ("gleichtakt_auditor", "SELECT * FROM vault.person_keys", false),
            ("gleichtakt_service", "SELECT vault.destroy('{}')", false),
            ("gleichtakt_worker", "SELECT vault.destroy('{}')", false),
            ("gleichtakt_auditor", "SELECT vault.destroy('{}')", false),
            ("gleichtakt_eraser", "SELECT vault.destroy('{}')", true),
            ("gleichtakt_service", "SELECT * FROM vault.erasures", true),
            ("gleichtakt_service", "INSERT INTO vault.erasures VALUES (1, gen_random_uuid())", false),
            ("gleichtakt_service", "INSERT INTO vault.retired_master_keys VALUES ('k')", false),
            ("gleichtakt_eraser", "DELETE FROM vault.person_keys", false),
            ("gleichtakt_eraser", "DELETE FROM vault.erasures", false),
            ("gleichtakt_eraser", "SELECT * FROM audit.reads", false),
            // The record of reads.
            ("gleichtakt_service", "INSERT INTO audit.reads (actor, role, view) VALUES ('a', 'b', 'c')", true),
            ("gleichtakt_service", "SELECT * FROM audit.reads", false),
            ("gleichtakt_service", "DELETE FROM audit.reads", false),
            ("gleichtakt_worker", "SELECT * FROM audit.reads", false),
            ("gleichtakt_worker", "DELETE FROM audit.reads", false),
            ("gleichtakt_worker", "SELECT audit.expire_reads(365)", true),
            ("gleichtakt_service", "SELECT audit.expire_reads(365)", false),
            ("gleichtakt_auditor", "SELECT audit.expire_reads(365)", false),
            ("gleichtakt_auditor", "SELECT * FROM audit.reads", true),
            ("gleichtakt_auditor", "INSERT INTO audit.reads (actor, role, view) VALUES ('a', 'b', 'c')", false),
            // Secret addresses.
            ("gleichtakt_service", "SELECT * FROM access.feeds", true),
            ("gleichtakt_service", "UPDATE access.feeds SET revoked_at = now()", true),
            ("gleichtakt_service", "UPDATE access.feeds SET subject = 'b'", false),
            ("gleichtakt_service", "DELETE FROM access.feeds", false),
            ("gleichtakt_worker", "SELECT * FROM access.feeds", false),
            ("gleichtakt_worker", "DELETE FROM access.feeds", false),
            ("gleichtakt_worker", "SELECT access.expire_feeds(30)", true),
            ("gleichtakt_service", "SELECT access.expire_feeds(30)", false),
            ("gleichtakt_auditor", "SELECT * FROM access.feeds", false),
            // Checkpoints and views.
            ("gleichtakt_service", "SELECT * FROM ledger.projections", true),
            ("gleichtakt_service", "INSERT INTO ledger.projections (name) VALUES ('x')", false),
            ("gleichtakt_worker", "INSERT INTO ledger.projections (name) VALUES ('x')", true),
            ("gleichtakt_worker", "DELETE FROM ledger.projections", false),
            ("gleichtakt_service", "CREATE SCHEMA of_the_service", false),
            ("gleichtakt_auditor", "CREATE SCHEMA of_the_auditor", false),
            ("gleichtakt_service", "CREATE TABLE public.beside (a int)", false),
            ("gleichtakt_worker", "CREATE TABLE ledger.beside (a int)", false),
            ("gleichtakt_service", "UPDATE ledger.schema_migrations SET checksum = ''", false),
        ])
    func privileges(_ role: String, _ sql: String, _ isAllowed: Bool) async throws {
        let database = try await LedgerDatabase.fresh()
        #expect(try await refusal(sql, as: role, in: database) == (isAllowed ? nil : .insufficientPrivilege))
    }

    @Test("let the worker build views that nobody else can read, unless the view says so")
    func views() async throws {
        let database = try await LedgerDatabase.fresh()
        let build = """
            CREATE SCHEMA views_2; CREATE TABLE views_2.cases (id int); INSERT INTO views_2.cases VALUES (1);
            ALTER SCHEMA views_2 RENAME TO views_live
            """
        #expect(try await refusal(build, as: "gleichtakt_worker", in: database) == nil)
        let told =
            "GRANT USAGE ON SCHEMA views_live TO gleichtakt_summary; GRANT SELECT ON views_live.cases TO gleichtakt_summary"
        for role in [
            "gleichtakt_service", "gleichtakt_auditor", "gleichtakt_appender", "gleichtakt_job_centre",
            "gleichtakt_summary",
        ] {
            #expect(
                try await refusal("SELECT * FROM views_live.cases", as: role, in: database) == .insufficientPrivilege)
            #expect(
                try await refusal("DELETE FROM views_live.cases", as: role, in: database) == .insufficientPrivilege)
            #expect(
                try await refusal("CREATE TABLE views_live.x (a int)", as: role, in: database) == .insufficientPrivilege
            )
        }
        #expect(try await refusal(told, as: "gleichtakt_worker", in: database) == nil)
        #expect(try await refusal("SELECT * FROM views_live.cases", as: "gleichtakt_summary", in: database) == nil)
    }

    @Test("own nothing of the ledger, and strangers may not even look")
    func owners() async throws {
        let database = try await LedgerDatabase.fresh()
        let owned = Statement(
            "test owned",
            """
            SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
            WHERE r.rolname LIKE 'gleichtakt_%' AND c.relnamespace IN ('ledger'::regnamespace, 'vault'::regnamespace,
                'audit'::regnamespace, 'access'::regnamespace)
            """)
        #expect(try await database.pool(as: nil).query(owned).first?.decode(0, as: Int64.self) == 0)
        let stranger = "stranger_\(UUID().uuidString.prefix(8).lowercased())"
        #expect(try await refusal("CREATE ROLE \(stranger)", as: nil, in: database) == nil)
        for sql in [
            "SELECT * FROM ledger.events", "SELECT * FROM vault.person_keys", "SELECT * FROM audit.reads",
            "SELECT * FROM access.feeds",
            "SELECT * FROM ledger.append('{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}')",
            "CREATE TABLE public.x (a int)",
        ] {
            #expect(try await refusal(sql, as: stranger, in: database) == .insufficientPrivilege, "\(sql)")
        }
        #expect(try await refusal("DROP ROLE \(stranger)", as: nil, in: database) == nil)
    }

    @Test("can be told to by a superuser who takes the fence down on purpose")
    func deliberate() async throws {
        let database = try await LedgerDatabase.fresh()
        _ = try await PostgresEventStore(pool: database.pool()).append(.sample(to: .sample("a"), at: 0))
        let sql = "ALTER TABLE ledger.events DISABLE TRIGGER events_refuse_change; DELETE FROM ledger.events"
        #expect(try await refusal(sql, as: nil, in: database) == nil)
    }
}
