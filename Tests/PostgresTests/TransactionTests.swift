import Postgres
import Testing

@Suite struct TransactionTests {
    let insert = Statement("transaction insert", "INSERT INTO kept VALUES ($1)")
    let count = Statement("transaction count", "SELECT count(*) FROM kept")
    struct Whim: Error {}

    func withTable(_ body: nonisolated(nonsending) (PostgresConnection) async throws -> Void) async throws {
        try await makePool(size: 1).withConnection { connection async throws in
            try await connection.script("CREATE TEMPORARY TABLE kept (id int8 PRIMARY KEY)")
            try await body(connection)
        }
    }

    @Test func commits() async throws {
        try await withTable { connection async throws in
            let answer = try await connection.transaction {
                try await $0.execute(insert, 1)
                try await $0.execute(insert, 2)
                return 42
            }
            #expect(answer == 42)
            #expect(try await connection.value(count) == 2)
        }
    }

    @Test func rollsBackWhenTheBodyThrows() async throws {
        try await withTable { connection async throws in
            await #expect(throws: Whim.self) {
                try await connection.transaction {
                    try await $0.execute(insert, 1)
                    throw Whim()
                }
            }
            #expect(try await connection.value(count) == 0)
        }
    }

    @Test func failureThatTheBodyIgnoredIsNotTakenForSuccess() async throws {
        try await withTable { connection async throws in
            let error = await failure {
                try await connection.transaction { transaction in
                    try await transaction.execute(insert, 1)
                    _ = try? await transaction.execute(insert, 1)
                }
            }
            #expect(error == .transactionAborted)
            #expect(try await connection.value(count) == 0)
        }
    }

    @Test func firstStatementMayFail() async throws {
        try await withTable { connection async throws in
            let error = await failure {
                try await connection.transaction { try await $0.query(Statement("t bad", "SELECT 1/0")) }
            }
            #expect(error?.sqlState == "22012")
            #expect(try await connection.value(count) == 0)
        }
    }

    @Test func everyKindOfExchangeMayComeFirst() async throws {
        try await withTable { connection async throws in
            for (index, first) in [
                { try await $0.script("INSERT INTO kept VALUES (1)") },
                { _ = try await $0.copyIn("COPY kept FROM STDIN") { try await $0.write(Array("2\n".utf8)) } },
                { _ = try await $0.copyOut("COPY (SELECT 1) TO STDOUT") { _ in } },
                { _ = try await $0.pipeline([(insert, [4])], isolated: true) },
            ].enumerated() as EnumeratedSequence<[(PostgresConnection) async throws -> Void]> {
                await #expect(throws: Whim.self, "\(index)") {
                    try await connection.transaction {
                        try await first($0)
                        throw Whim()
                    }
                }
                #expect(try await connection.value(count) == 0)
            }
        }
    }

    @Test func emptyTransactionIsNothing() async throws {
        try await withTable { connection async throws in
            let value = try await connection.transaction { _ in 1 }
            #expect(value == 1)
            await #expect(throws: Whim.self) { try await connection.transaction { _ in throw Whim() } }
            #expect(try await connection.query(count).count == 1)
        }
    }

    @Test func nestingIsRefused() async throws {
        try await withTable { connection async throws in
            let error = await failure { try await connection.transaction { try await $0.transaction { _ in } } }
            #expect(error == .invalidUse("a transaction within a transaction"))
        }
    }

    @Test(arguments: PostgresConnection.IsolationLevel.allCases)
    func isolationLevels(_ level: PostgresConnection.IsolationLevel) async throws {
        let pool = try await makePool(size: 1)
        let show = Statement(
            "isolation", "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")
        for readOnly in [true, false] {
            let row = try await pool.withTransaction(isolation: level, readOnly: readOnly) {
                try await $0.query(show)[0]
            }
            #expect(try row.decode(0, as: String.self).uppercased() == level.rawValue)
            #expect(try row.decode(1) == (readOnly ? "on" : "off"))
        }
    }

    @Test func readOnlyRefusesToWrite() async throws {
        try await makePool().withConnection { connection async throws in
            try await connection.script("CREATE TABLE IF NOT EXISTS not_written (id int8)")
            let error = await failure {
                try await connection.transaction(readOnly: true) {
                    try await $0.execute(Statement("ro", "INSERT INTO not_written VALUES (1)"))
                }
            }
            #expect(error?.sqlState == .readOnlyTransaction)
        }
    }

    @Test func serializationFailureIsTransient() async throws {
        let pool = try await makePool(size: 2)
        try await pool.withConnection {
            try await $0.script("CREATE TABLE contended (id int8); INSERT INTO contended VALUES (0)")
        }
        let update = Statement("contended update", "UPDATE contended SET id = id + 1")
        let error = await failure {
            try await pool.withTransaction(isolation: .repeatableRead) { transaction in
                try await transaction.query(Statement("contended read", "SELECT * FROM contended"))
                try await pool.execute(update)
                try await transaction.execute(update)
            }
        }
        #expect(error?.sqlState == .serializationFailure)
        #expect(error?.isTransient == true)
    }

    @Test func openTransactionDoesNotReachTheNextCaller() async throws {
        let pool = try await makePool(size: 1)
        try await pool.withConnection { try await $0.script("BEGIN") }
        let error = await failure {
            try await pool.query(Statement("in transaction", "SAVEPOINT only_in_a_transaction"))
        }
        #expect(error?.sqlState == "25P01")
    }
}
