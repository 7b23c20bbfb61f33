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
