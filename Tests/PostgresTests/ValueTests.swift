import Foundation
import Postgres
import Testing

/// Every type there and back through a real server, with random values and the extremes.
@Suite struct ValueTests {
    /// Sends values as single parameters and as one array, with and without NULLs, and expects them back.
    func roundTrip<Value: PostgresArrayScalar & Equatable>(_ type: String, _ values: [Value]) async throws {
        let pool = try await makePool()
        let single = Statement("single \(type)", "SELECT $1::\(type)")
        let whole = Statement("array \(type)", "SELECT $1::\(type)[], $2::\(type)[], $3::\(type)[], $4::\(type)")
        try await pool.withConnection { connection async throws in
            for outcome in try await connection.pipeline(values.map { (single, [$0]) }).enumerated() {
                let row = try outcome.element.get()[0]
                #expect(try row.decode(0) == values[outcome.offset])
                #expect(try row.decode(0, as: Value?.self) == values[outcome.offset])
            }
            let optionals: [Value?] = values.flatMap { [$0, nil] } + [nil]
            let row = try await connection.query(whole, values, optionals, [Value](), Value?.none)[0]
            #expect(try row.decode(0) == values)
            #expect(try row.decode(1) == optionals)
            #expect(try row.decode(2) == [Value]())
            #expect(try row.decode(3, as: Value?.self) == nil)
            #expect(row.isNull(3))
            #expect(throws: PostgresError.self) { try row.decode(3, as: Value.self) }
            #expect(throws: PostgresError.self) { try row.decode(1, as: [Value].self) }
        }
    }

    func random<Integer: FixedWidthInteger>(_: Integer.Type) -> [Integer] {
        var random = SeededRandom(42)
        let extremes: [Integer] = [.min, .max, 0, 1, .max - 1, .min + 1]
        return extremes + (0..<200).map { _ in Integer.random(in: .min ... .max, using: &random) }
    }

    @Test func bool() async throws { try await roundTrip("bool", [true, false]) }
    @Test func int16() async throws { try await roundTrip("int2", random(Int16.self)) }
    @Test func int32() async throws { try await roundTrip("int4", random(Int32.self)) }
    @Test func int64() async throws { try await roundTrip("int8", random(Int64.self)) }
    @Test func int() async throws { try await roundTrip("int8", random(Int.self)) }

    @Test func double() async throws {
        var random = SeededRandom(1)
        let extremes: [Double] = [
            0, 1, -1, .pi, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, -0.0, 1e-300,
        ]
        let values = (0..<200).map { _ in Double(bitPattern: random.next()) }.filter { !$0.isNaN }
        try await roundTrip("float8", extremes + values)
        let nan = try await makePool().query(Statement("nan", "SELECT $1::float8, 1.5::float4"), Double.nan)[0]
        #expect(try nan.decode(0, as: Double.self).isNaN)
        #expect(try nan.decode(1, as: Double.self) == 1.5)
    }

    @Test func text() async throws {
        var random = SeededRandom(2)
        let scalars = (0..<100).map { _ in
            String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...40, using: &random)).map { _ in
                        Unicode.Scalar(UInt32.random(in: 1...0xd7ff, using: &random)) ?? "?"
                    }))
        }
        try await roundTrip(
            "text",
            ["", " ", "NULL", "null", "{}", "\"", "\\", "'; DROP TABLE x; --", "Straße", "👩‍👩‍👧", "e\u{301}", "\u{1}"]
                + scalars + [String(repeating: "ü", count: 200_000)])
    }

    @Test func bytes() async throws {
        var random = SeededRandom(3)
        let strings: [[UInt8]] = (0..<100).map { _ in
            (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        try await roundTrip("bytea", [[], [0], Array(0...255)] + strings + [[UInt8](repeating: 7, count: 3_000_000)])
    }

    @Test func uuid() async throws {
        try await roundTrip(
            "uuid",
            [UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))] + (0..<100).map { _ in UUID() })
    }

    @Test func timestamp() async throws {
        var random = SeededRandom(4)
        // The first day of 4713 BC, and the last instant that we can tell.
        let range: ClosedRange<Int64> = -210_863_520_000_000_000...(.max - 1)
        let values =
            (0..<200).map { _ in Int64.random(in: range, using: &random) } + [
                range.lowerBound, range.upperBound, 0, -1, 1,
            ]
        try await roundTrip(
            "timestamptz",
            [.infinity, .negativeInfinity] + values.map { PostgresTimestamp(microsecondsSince1970: $0) })
        let row = try await makePool().query(
            Statement(
                "moment",
                "SELECT '2026-03-02 08:00+01'::timestamptz, '2026-03-02 07:00'::timestamp, extract(epoch from $1)::int8"
            ),
            PostgresTimestamp(microsecondsSince1970: 1_000_000))[0]
        #expect(try row.decode(0) == PostgresTimestamp(microsecondsSince1970: 1_772_434_800_000_000))
        #expect(try row.decode(1) == PostgresTimestamp(microsecondsSince1970: 1_772_434_800_000_000))
        #expect(try row.decode(2) == 1)
    }

    @Test func timestampOutOfRangeIsRefused() async throws {
        let pool = try await makePool()
        let error = await failure {
            try await pool.query(
                Statement("moment out of range", "SELECT $1"), PostgresTimestamp(microsecondsSince1970: .min + 1))
        }
        #expect(error?.sqlState == "22008")
        let last = try await pool.query(Statement("last moment", "SELECT '294276-12-31'::timestamptz"))
        #expect(throws: PostgresError.self) { try last[0].decode(0, as: PostgresTimestamp.self) }
    }

    @Test func date() async throws {
        var random = SeededRandom(5)
        // 4713-01-01 BC and the last day of 5874897.
        let range: ClosedRange<Int32> = -2_440_550...2_145_042_540
        let values =
            (0..<200).map { _ in Int32.random(in: range, using: &random) } + [range.lowerBound, range.upperBound, 0]
        try await roundTrip("date", [.infinity, .negativeInfinity] + values.map { PostgresDate(daysSince1970: $0) })
        let row = try await makePool().query(Statement("day", "SELECT '2026-03-02'::date"))[0]
        #expect(try row.decode(0) == PostgresDate(daysSince1970: 20_514))
    }

    @Test func json() async throws {
        try await roundTrip(
            "jsonb",
            [#"{"a": 1, "b": [true, null]}"#, "null", "[]", #""\n""#, "1.50"].map { PostgresJSON($0) })
        let row = try await makePool().query(Statement("json", #"SELECT '{"b":1}'::json, '{"b":1}'::jsonb"#))[0]
        #expect(try row.decode(0) == PostgresJSON(#"{"b":1}"#))
        #expect(try row.decode(0) == #"{"b":1}"#)
        #expect(try row.decode(1) == #"{"b": 1}"#)
        let error = await failure {
            try await makePool().query(Statement("no json", "SELECT $1"), PostgresJSON("{"))
        }
        #expect(error?.sqlState == "22P02")
    }

    enum Colour: String, PostgresEncodable, PostgresDecodable { case red, blue }

    @Test func rawValuesAndEnums() async throws {
        let pool = try await makePool()
        let row = try await pool.query(Statement("colours", "SELECT $1, $2, 'green'"), Colour.red, Colour?.none)[0]
        #expect(try row.decode(0) == Colour.red)
        #expect(try row.decode(1) == Colour?.none)
        let error = await failure { _ = try row.decode(2, as: Colour.self) }
        guard case .decoding(let reason) = error else { return }
        #expect(reason.column == 2)
        #expect(reason.columnName == "?column?")
    }

    @Test func integersWidenAndNarrowOnlyWhereTheyFit() async throws {
        let row = try await makePool().query(
            Statement(
                "integers", "SELECT 1::int2 AS two, 2::int4 AS four, 3000000000::int8 AS eight, 'x'::text AS text"))[0]
        #expect(try row.decode("two", as: Int.self) == 1)
        #expect(try row.decode("four", as: Int16.self) == 2)
        #expect(try row.decode("eight", as: Int64.self) == 3_000_000_000)
        #expect(throws: PostgresError.self) { try row.decode("eight", as: Int32.self) }
        #expect(throws: PostgresError.self) { try row.decode("text", as: Int.self) }
        #expect(throws: PostgresError.self) { try row.decode("two", as: String.self) }
        #expect(throws: PostgresError.self) { try row.decode("none", as: Int.self) }
        #expect(throws: PostgresError.self) { try row.decode(4, as: Int.self) }
        #expect(throws: PostgresError.self) { try row.decode(-1, as: Int.self) }
        #expect(row.withBytes(3) { Array($0) } == Array("x".utf8))
    }

    @Test func nulInATextIsRefusedByTheServer() async throws {
        let error = await failure { try await makePool().query(Statement("nul", "SELECT $1"), "a\u{0}b") }
        #expect(error?.sqlState == .characterNotInRepertoire)
    }

    @Test func whatIsNotUTF8IsRefused() async throws {
        let server = try await makePool()
        try await server.withConnection {
            try await $0.script(
                "CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
        }
        let name = try await sharedDatabase.value
        let uri = name.replacing(/gleichtakt_test_\d+_\d+/, with: "ascii")
        let pool = try await makePool(uri)
        let error = await failure {
            let row = try await pool.query(Statement("latin", #"SELECT E'\xfc'::text"#))[0]
            _ = try row.decode(0, as: String.self)
        }
        guard case .decoding = error else {
            // With a client encoding of UTF8 the server may refuse to hand it over in the first place.
            #expect(error?.sqlState == .characterNotInRepertoire)
            return
        }
    }

    @Test func multidimensionalArraysAreRefused() async throws {
        let row = try await makePool().query(Statement("matrix", "SELECT '{{1,2},{3,4}}'::int4[]"))[0]
        #expect(throws: PostgresError.self) { try row.decode(0, as: [Int32].self) }
    }

    @Test func tooManyParametersAreRefusedBeforeAnythingIsSent() async throws {
        let pool = try await makePool()
        let error = await failure {
            try await pool.query(Statement("many", "SELECT 1"), parameters: Array(repeating: 1, count: 65_536))
        }
        guard case .encoding = error else {
            Issue.record("expected an encoding error")
            return
        }
        #expect(pool.statistics.opening + pool.statistics.idle == 0)
    }

    struct Gigabyte: PostgresEncodable {
        static var postgresType: PostgresType { .bytea }
        func encode(into writer: inout PostgresWriter) {
            writer.bytes = [UInt8](repeating: 0, count: 0x4000_0000)
        }
    }

    @Test(.enabled(if: ProcessInfo.processInfo.physicalMemory > 8 << 30))
    func moreThanAGigabyteIsRefused() async throws {
        let error = await failure { try await makePool().query(Statement("big", "SELECT length($1)"), Gigabyte()) }
        guard case .encoding = error else {
            Issue.record("expected an encoding error")
            return
        }
    }
}
