import Postgres
import Testing

@Suite struct CopyTests {
    struct Whim: Error {}
    let count = Statement("copy count", "SELECT count(*), coalesce(sum(id), 0)::int8 FROM copied")

    func withTable(_ body: nonisolated(nonsending) (PostgresConnection) async throws -> Void) async throws {
        try await makePool(size: 1).withConnection { connection async throws in
            try await connection.script("CREATE TEMPORARY TABLE copied (id int8 NOT NULL, text text)")
            try await body(connection)
            // Whatever happened, the session is in order.
            #expect(try await connection.query(count).count == 1)
        }
    }

    func lines(_ range: Range<Int>) -> [UInt8] {
        range.reduce(into: []) { $0.append(contentsOf: "\($1)\tline of \($1)\n".utf8) }
    }

    @Test func hundredThousandRowsInAndOut() async throws {
        try await withTable { connection async throws in
            let copied = try await connection.copyIn("COPY copied FROM STDIN") { writer in
                for start in stride(from: 0, to: 100_000, by: 1000) {
                    try await writer.write(lines(start..<start + 1000))
                }
            }
            #expect(copied == 100_000)
            let row = try await connection.query(count)[0]
            #expect(try row.decode(0) == 100_000)
            #expect(try row.decode(1) == 4_999_950_000)
            var received: [UInt8] = []
            var pieces = 0
            let sent = try await connection.copyOut("COPY (SELECT * FROM copied ORDER BY id) TO STDOUT") { chunk in
                #expect(chunk.last == UInt8(ascii: "\n"))
                received += chunk
                pieces += 1
            }
            #expect(sent == 100_000)
            #expect(received == lines(0..<100_000))
            // How many depends on how they arrive, but rows travel together.
            #expect(pieces < 10_000)
        }
    }

    @Test func sequenceOfChunksCutAnywhere() async throws {
        try await withTable { connection async throws in
            let bytes = lines(0..<100)
            let chunks = AsyncStream { continuation in
                for start in stride(from: 0, to: bytes.count, by: 7) {
                    continuation.yield(Array(bytes[start..<min(start + 7, bytes.count)]))
                }
                continuation.finish()
            }
            #expect(try await connection.copyIn("COPY copied FROM STDIN", chunks) == 100)
        }
    }

    @Test func largeChunkGoesInPieces() async throws {
        try await withTable { connection async throws in
            let text = String(repeating: "x", count: 20_000_000)
            #expect(
                try await connection.copyIn("COPY copied FROM STDIN") { try await $0.write(Array("1\t\(text)\n".utf8)) }
                    == 1)
            var size = 0
            try await connection.copyOut("COPY copied TO STDOUT") { size += $0.count }
            #expect(size == 20_000_003)
        }
    }

    @Test func nothingIsCopied() async throws {
        try await withTable { connection async throws in
            let copiedIn = try await connection.copyIn("COPY copied FROM STDIN") { _ in }
            let copiedOut = try await connection.copyOut("COPY copied TO STDOUT") { _ in Issue.record("no data") }
            #expect(copiedIn == 0)
            #expect(copiedOut == 0)
        }
    }

    @Test func refusedRowFailsTheWhole() async throws {
        try await withTable { connection async throws in
            let error = await failure {
                try await connection.copyIn("COPY copied FROM STDIN") { writer in
                    try await writer.write(lines(0..<10))
                    try await writer.write(Array("no number\tx\n".utf8))
                    for start in 0..<200 { try await writer.write(lines(start * 1000..<(start + 1) * 1000)) }
                }
            }
            #expect(error?.sqlState == "22P02")
            #expect(try await connection.value(count) == 0)
        }
    }

    @Test func failureOfTheWriterCopiesNothing() async throws {
        try await withTable { connection async throws in
            await #expect(throws: Whim.self) {
                try await connection.copyIn("COPY copied FROM STDIN") { writer in
                    try await writer.write(lines(0..<5000))
                    throw Whim()
                }
            }
            #expect(try await connection.value(count) == 0)
        }
    }

    @Test func failureOfTheReceiverEndsTheCopy() async throws {
        try await withTable { connection async throws in
            await #expect(throws: Whim.self) {
                try await connection.copyOut("COPY (SELECT generate_series(1, 100000000)) TO STDOUT") { _ in
                    throw Whim()
                }
            }
        }
    }

    @Test func serverErrorInTheMiddleOfACopyOut() async throws {
        try await withTable { connection async throws in
            var bytes = 0
            let error = await failure {
                try await connection.copyOut("COPY (SELECT 1/(50000 - g) FROM generate_series(1, 60000) g) TO STDOUT") {
                    bytes += $0.count
                }
            }
            #expect(error?.sqlState == "22012")
            #expect(bytes > 0)
        }
    }

    @Test func slowReceiverSlowsTheServerDown() async throws {
        try await withTable { connection async throws in
            var pieces = 0
            let rows = try await connection.copyOut(
                "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 5000)) TO STDOUT"
            ) { _ in
                pieces += 1
                if pieces % 10 == 0 { try await Task.sleep(for: .milliseconds(20)) }
            }
            #expect(rows == 5000)
        }
    }

    @Test func statementThatIsNoCopyOrDoesNotExist() async throws {
        try await withTable { connection async throws in
            let noCopy = await failure { try await connection.copyOut("SELECT 1") { _ in } }
            #expect(noCopy == .invalidUse("not a COPY statement"))
            let missing = await failure { try await connection.copyOut("COPY nowhere TO STDOUT") { _ in } }
            #expect(missing?.sqlState == .undefinedTable)
            let refused = await failure { try await connection.copyIn("COPY nowhere FROM STDIN") { _ in } }
            #expect(refused?.sqlState == .undefinedTable)
        }
    }

    @Test func writerThatOutlivesItsCopyIsRefused() async throws {
        try await withTable { connection async throws in
            var kept: PostgresConnection.CopyWriter?
            try await connection.copyIn("COPY copied FROM STDIN") { kept = $0 }
            let error = await failure { try await kept?.write([1]) }
            #expect(error == .invalidUse("this COPY is over"))
        }
    }

    @Test func cancelledCopyLeavesTheSessionUsable() async throws {
        try await withTable { connection async throws in
            let out = Task {
                try await connection.copyOut("COPY (SELECT generate_series(1, 1000000000)) TO STDOUT") { _ in }
            }
            try await Task.sleep(for: .milliseconds(50))
            out.cancel()
            let outcome1 = await failure { _ = try await out.value }
            #expect(outcome1 == .cancelled)
            let silent = Task { try await connection.copyOut("COPY (SELECT pg_sleep(60)) TO STDOUT") { _ in } }
            try await Task.sleep(for: .milliseconds(50))
            silent.cancel()
            let outcome2 = await failure { _ = try await silent.value }
            #expect(outcome2 == .cancelled)
            let into = Task {
                try await connection.copyIn("COPY copied FROM STDIN") { writer in
                    while true { try await writer.write(lines(0..<1000)) }
                }
            }
            try await Task.sleep(for: .milliseconds(50))
            into.cancel()
            let outcome3 = await failure { _ = try await into.value }
            #expect(outcome3 == .cancelled)
            #expect(try await connection.value(count) == 0)
        }
    }
}
