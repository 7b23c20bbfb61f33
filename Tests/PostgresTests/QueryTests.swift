import Postgres
import Testing

@Suite struct QueryTests {
    let one = Statement("one", "SELECT 1::int8")

    @Test func rowsAreACollection() async throws {
        let rows = try await makePool().query(Statement("series", "SELECT g FROM generate_series(1, $1) g"), Int32(10))
        #expect(rows.count == 10)
        #expect(try rows.map { try $0.decode(0, as: Int.self) } == Array(1...10))
        #expect(rows.columnNames == ["g"])
        #expect(rows.column(named: "g") == 0)
        #expect(rows.column(named: "G") == nil)
        #expect(rows.affectedRows == 10)
        #expect(try rows.last?.decode("g") == 10)
    }

    @Test func affectedRowsAreCounted() async throws {
        try await makePool().withConnection { connection async throws in
            try await connection.script("CREATE TEMPORARY TABLE counted (id int8)")
            let insert = Statement("count insert", "INSERT INTO counted SELECT generate_series(1, $1)")
            #expect(try await connection.execute(insert, 7) == 7)
            #expect(
                try await connection.execute(Statement("count delete", "DELETE FROM counted WHERE id > $1"), 5) == 2)
            #expect(try await connection.execute(Statement("count none", "SET work_mem = '4MB'")) == 0)
        }
    }

    @Test func serverErrorsAreTyped() async throws {
        try await makePool().withConnection { connection async throws in
            try await connection.script("CREATE TEMPORARY TABLE typed (id int8 CONSTRAINT typed_key PRIMARY KEY)")
            let insert = Statement("typed insert", "INSERT INTO typed VALUES ($1)")
            try await connection.execute(insert, 1)
            let error = await failure { try await connection.execute(insert, 1) }
            guard case .server(let details) = error else {
                Issue.record("expected a server error")
                return
            }
            #expect(details.sqlState == .uniqueViolation)
            #expect(details.sqlState.errorClass == "23")
            #expect(details.severity == "ERROR")
            #expect(details.constraint == "typed_key")
            #expect(details.table == "typed")
            #expect(details.detail == "Key (id)=(1) already exists.")
            #expect(error?.isTransient == false)
            #expect(!"\(details.message)".isEmpty)
            // The session goes on.
            #expect(try await connection.execute(insert, 2) == 1)
        }
    }

    @Test func syntaxErrorsHaveAPosition() async throws {
        let pool = try await makePool(size: 1)
        for _ in 0..<2 {
            let error = await failure { try await pool.query(Statement("nonsense", "SELEC 1")) }
            guard case .server(let details) = error else { return }
            #expect(details.sqlState == .syntaxError)
            #expect(details.position == 1)
        }
        #expect(try await pool.query(one).count == 1)
        #expect(pool.statistics.idle == 1)
    }

    @Test func statementIsPreparedOncePerConnection() async throws {
        try await makePool(size: 1).withConnection { connection async throws in
            let statement = Statement("prepared once", "SELECT $1::int8")
            for number in 0..<5 { try await connection.query(statement, number) }
            let count = try await connection.query(
                Statement(
                    "prepared count", "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'prepared once%'"))
            #expect(try count[0].decode(0) == 1)
        }
    }

    @Test func otherParameterTypesAreNotMisread() async throws {
        try await makePool(size: 1).withConnection { connection async throws in
            let statement = Statement("any type", "SELECT $1::text")
            #expect(try await connection.value(statement, 1) == "1")
            #expect(try await connection.value(statement, "x") == "x")
            #expect(try await connection.value(statement, 1.5) == "1.5")
            #expect(try await connection.value(statement, true) == "true")
            #expect(try await connection.value(statement, 2) == "2")
        }
    }

    @Test func withoutPreparedStatements() async throws {
        try await makePool(size: 1) { $0.preparedStatements = false }.withConnection { connection async throws in
            let statement = Statement("unprepared", "SELECT $1::int8, $2::text, $3")
            for number in 0..<3 {
                let row = try await connection.query(statement, number, "", String?.none)[0]
                #expect(try row.decode(0) == number)
                #expect(try row.decode(1) == "")
                #expect(try row.decode(2, as: String?.self) == nil)
            }
            let prepared = try await connection.query(Statement("count", "SELECT count(*) FROM pg_prepared_statements"))
            #expect(try prepared[0].decode(0) == 0)
            let error = await failure { try await connection.query(Statement("fails", "SELECT 1/$1"), 0) }
            #expect(error?.sqlState == "22012")
            #expect(try await connection.transaction { try await $0.query(one).count } == 1)
        }
    }

    @Test func changedTableIsSeenByTheNextConnection() async throws {
        let pool = try await makePool(size: 1)
        let all = Statement("all of changing", "SELECT * FROM changing")
        try await pool.withConnection { try await $0.script("CREATE TABLE changing (a int8)") }
        #expect(try await pool.query(all).columnCount == 1)
        try await pool.withConnection { try await $0.script("ALTER TABLE changing ADD b int8") }
        let error = await failure { try await pool.query(all) }
        #expect(error?.isTransient == true)
        #expect(try await pool.query(all).columnCount == 2)
    }

    @Test func deallocatedStatementIsPreparedByTheNextConnection() async throws {
        let pool = try await makePool(size: 1)
        try await pool.query(one)
        try await pool.withConnection { try await $0.script("DISCARD ALL") }
        let error = await failure { try await pool.query(one) }
        #expect(error?.sqlState == .invalidStatementName)
        #expect(error?.isTransient == true)
        #expect(try await pool.query(one).count == 1)
    }

    @Test func sessionSettingsHoldFromTheStart() async throws {
        let pool = try await makePool()
        try await pool.withConnection { connection async throws in
            try await connection.script(
                "CREATE ROLE acting NOLOGIN; CREATE SCHEMA \"odd name\"; GRANT USAGE ON SCHEMA \"odd name\" TO acting")
        }
        let uri = try await sharedDatabase.value + "&options=-c%20work_mem%3D5MB&application_name=other"
        let acting = try await makePool(uri) {
            $0.role = "acting"
            $0.searchPath = "\"odd name\", public"
            $0.statementTimeout = .milliseconds(1500)
        }
        let row = try await acting.query(
            Statement(
                "settings",
                """
                SELECT current_user::text, current_setting('search_path'), current_setting('statement_timeout'),
                    current_setting('work_mem'), current_setting('application_name'), current_setting('client_encoding')
                """))[0]
        let settings = try (0..<6).map { try row.decode($0, as: String.self) }
        #expect(settings == ["acting", "\"odd name\", public", "1500ms", "5MB", "other", "UTF8"])
        let name = try await pool.query(Statement("name", "SELECT current_setting('application_name')"))
        #expect(try name[0].decode(0) == "gleichtakt")
    }

    @Test func statementTimeoutIsAServerError() async throws {
        let pool = try await makePool { $0.statementTimeout = .milliseconds(50) }
        let error = await failure { try await pool.query(Statement("slow", "SELECT pg_sleep(10)")) }
        #expect(error?.sqlState == .queryCanceled)
        #expect(try await pool.query(one).count == 1)
    }

    @Test func scriptsRunInOneTransaction() async throws {
        try await makePool(size: 1).withConnection { connection async throws in
            let error = await failure {
                try await connection.script("CREATE TABLE half (id int8); INSERT INTO half VALUES (1); SELECT 1/0")
            }
            #expect(error?.sqlState == "22012")
            let missing = await failure { try await connection.query(Statement("half", "SELECT * FROM half")) }
            #expect(missing?.sqlState == .undefinedTable)
            try await connection.script("")
            try await connection.script(
                "DO $$ BEGIN RAISE NOTICE 'to the log, not to standard error'; END $$; SELECT 1")
            let nul = await failure { try await connection.script("SELECT 1; \u{0} DROP TABLE x") }
            #expect(nul == .encoding("a NUL in a statement"))
        }
    }

    @Test func copyInAScriptIsRefused() async throws {
        let pool = try await makePool(size: 1)
        for script in ["COPY (SELECT 1) TO STDOUT", "CREATE TEMPORARY TABLE c (i int); COPY c FROM STDIN"] {
            let error = await failure { try await pool.withConnection { try await $0.script(script) } }
            #expect(error == .invalidUse("COPY in a script"))
        }
        #expect(try await pool.query(one).count == 1)
    }

    @Test func childTasksMayShareAConnection() async throws {
        try await makePool(size: 1).withConnection { connection async throws in
            let echo = Statement("echo", "SELECT $1::int8")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask { () async throws in #expect(try await connection.value(echo, number) == number) }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func returnedConnectionIsUseless() async throws {
        let pool = try await makePool(size: 1)
        let escaped = try await pool.withConnection { $0 }
        let error = await failure { try await escaped.query(one) }
        guard case .invalidUse = error else {
            Issue.record("expected invalidUse")
            return
        }
    }
}
