import Postgres
import Testing

@Suite struct PipelineTests {
    let insert = Statement("pipeline insert", "INSERT INTO piped VALUES ($1) RETURNING id")
    let count = Statement("pipeline count", "SELECT count(*) FROM piped")

    func withTable(_ body: nonisolated(nonsending) (PostgresConnection) async throws -> Void) async throws {
        try await makePool(size: 1).withConnection { connection async throws in
            try await connection.script("CREATE TEMPORARY TABLE piped (id int8 PRIMARY KEY)")
            try await body(connection)
        }
    }

    @Test func outcomesComeInOrder() async throws {
        try await withTable { connection async throws in
            let outcomes = try await connection.pipeline((0..<5000).map { (insert, [$0]) })
            #expect(try outcomes.map { try $0.get()[0].decode(0, as: Int.self) } == Array(0..<5000))
            #expect(try await connection.pipeline([]).isEmpty)
        }
    }

    @Test func errorInTheMiddleUndoesTheWhole() async throws {
        try await withTable { connection async throws in
            let outcomes = try await connection.pipeline([(insert, [1]), (insert, [1]), (insert, [2]), (count, [])])
            #expect(throws: Never.self) { try outcomes[0].get() }
            #expect(outcomes[1].error?.sqlState == .uniqueViolation)
            #expect(outcomes[2].error == .skipped)
            #expect(outcomes[3].error == .skipped)
            #expect(try await connection.value(count) == 0)
        }
    }

    @Test func isolatedStatementsDoNotFailTheirNeighbours() async throws {
        try await withTable { connection async throws in
            let bad = Statement("pipeline bad", "SELECT nothing FROM nowhere")
            let outcomes = try await connection.pipeline(
                [(insert, [1]), (insert, [1]), (bad, []), (bad, []), (insert, [2]), (count, [])], isolated: true)
            #expect(
                outcomes.map { $0.error?.sqlState } == [
                    nil, .uniqueViolation, .undefinedTable, .undefinedTable, nil, nil,
                ])
            #expect(try outcomes[5].get()[0].decode(0) == 2)
        }
    }

    @Test func skippedPreparationIsMadeUpForLater() async throws {
        try await withTable { connection async throws in
            let later = Statement("pipeline later", "SELECT 5::int8")
            let bad = Statement("pipeline division", "SELECT 1/$1")
            let outcomes = try await connection.pipeline([(bad, [0]), (later, [])])
            #expect(outcomes[0].error?.sqlState == "22012")
            #expect(outcomes[1].error == .skipped)
            #expect(try await connection.value(later) == 5)
        }
    }

    @Test func largeParametersAndLargeResultsAtTheSameTime() async throws {
        // Both sides have more to say than fits into the sockets: whoever only writes would wait for ever.
        try await withTable { connection async throws in
            let echo = Statement("pipeline echo", "SELECT $1::bytea")
            let megabyte = [UInt8](repeating: 65, count: 1 << 20)
            let outcomes = try await connection.pipeline((0..<32).map { _ in (echo, [megabyte]) })
            for outcome in outcomes { #expect(try outcome.get()[0].withBytes(0) { $0.count } == 1 << 20) }
        }
    }

    @Test func copyInAPipelineIsRefused() async throws {
        let pool = try await makePool(size: 1)
        let error = await failure { try await pool.query(Statement("pipeline copy", "COPY (SELECT 1) TO STDOUT")) }
        #expect(error == .invalidUse("COPY in a pipeline"))
        #expect(try await pool.query(Statement("one", "SELECT 1")).count == 1)
    }
}

extension Result {
    var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}

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
