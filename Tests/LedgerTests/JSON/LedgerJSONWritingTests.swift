import Foundation
import Ledger
import LedgerSuite
import Testing

@Suite("The ledger's JSON, written")
struct LedgerJSONWritingTests {
    /// Checks that a value is written as Foundation writes it, byte for byte.
    private func expectSame(_ value: some Encodable, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let theirs = String(decoding: try encoder.encode(value), as: UTF8.self)
        let mine = String(decoding: try LedgerJSON.encode(value), as: UTF8.self)
        #expect(mine == theirs, sourceLocation: sourceLocation)
    }

    @Test("is what Foundation writes, and reads back as it was", arguments: 1...40)
    func generated(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<60 {
            let value = AnyJSON.sample(depth: 4, using: &random)
            try expectSame(value)
            let bytes = try LedgerJSON.encode(value)
            #expect(
                try LedgerJSON.decode(AnyJSON.self, from: bytes)
                    == JSONDecoder().decode(AnyJSON.self, from: Data(bytes)))
        }
    }

    @Test("escapes every character as Foundation does")
    func escapes() throws {
        for value in UInt32(0)...0x2FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            try expectSame(["x" + String(scalar) + "y"])
        }
    }

    @Test("has names in the order of their bytes")
    func order() throws {
        let names = [
            "a", "A", "aa", "ab", "aB", "b", "B", "a1", "a10", "a2", "ä", "z", "employer", "employmentField", "from",
            "fromDay", "", "_", "-", "é", "e\u{301}", "😀", "語",
        ]
        try expectSame(Dictionary(uniqueKeysWithValues: Set(names).map { ($0, 1) }))
    }

    @Test("has numbers in Foundation's form")
    func numbers() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2000 { try expectSame([AnyJSON.double(using: &random)]) }
        for number in [Float(0.1), 1, 1.5, 16_777_216, .greatestFiniteMagnitude, .leastNonzeroMagnitude, -0.0, 1e10] {
            try expectSame([number])
        }
        try expectSame([Int.min, .max, 0])
        try expectSame([UInt64.max, 0])
        try expectSame([Int8.min, .max])
        try expectSame([UInt8.max])
        try expectSame([Int16.min])
        try expectSame([UInt16.max])
        try expectSame([Int32.min])
        try expectSame([UInt32.max])
        try expectSame([UInt.max])
        try expectSame([Int64.min])
    }

    private enum Choice: Codable {
        case none
        case one(Int)
        case named(first: String, second: Bool?)
    }

    private enum Colour: String, Codable, CodingKeyRepresentable {
        case red, green
    }

    private class Base: Encodable {
        var base = 1
    }

    private final class Derived: Base {
        var derived = [Double]()

        private enum CodingKeys: String, CodingKey { case derived }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(derived, forKey: .derived)
            try super.encode(to: container.superEncoder())
        }
    }

    private struct Nothing: Encodable {
        func encode(to encoder: any Encoder) throws {}
    }

    private struct Shapes: Encodable {
        enum Outer: String, CodingKey { case z, a, m, twice, named, other }
        enum Inner: String, CodingKey { case y, x }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Outer.self)
            var nested = container.nestedContainer(keyedBy: Inner.self, forKey: .z)
            try nested.encode(1, forKey: .y)
            var array = container.nestedUnkeyedContainer(forKey: .a)
            try array.encode("first")
            try array.encodeNil()
            var inArray = array.nestedContainer(keyedBy: Inner.self)
            try inArray.encode(Float(2.5), forKey: .x)
            var deeper = array.nestedUnkeyedContainer()
            try deeper.encode(contentsOf: [1, 2, 3])
            var last = array.superEncoder().singleValueContainer()
            try last.encode(true)
            try container.encodeNil(forKey: .m)
            try container.encode(1, forKey: .twice)
            try container.encode(2, forKey: .twice)
            try nested.encode(0.5, forKey: .x)
            var single = container.superEncoder(forKey: .named).singleValueContainer()
            try single.encode(Choice.one(1))
            var again = encoder.container(keyedBy: Outer.self)
            try again.encodeIfPresent(Int?.some(3), forKey: .other)
        }
    }

    @Test("is written container by container as with Foundation")
    func containers() throws {
        try expectSame(Shapes())
        try expectSame(Derived())
        try expectSame([Choice.none, .one(1), .named(first: "x", second: nil), .named(first: "", second: true)])
        try expectSame([Colour.red: 1, .green: 2])
        try expectSame([1: "x", 10: "y", 2: "z"])
        try expectSame([Date(timeIntervalSinceReferenceDate: 1.5)])
        try expectSame(["x": Nothing()])
        try expectSame([Nothing()])
        try expectSame([[String: Int]]())
        try expectSame(["x": [String?]([nil, "y"])])
        try expectSame([Int?.none])
        for value in ["", "x", "/"] { try expectSame(value) }
        try expectSame(true)
        try expectSame(1.5)
    }

    @Test("has identifiers in small letters, and days")
    func identifiers() throws {
        let id = UUID()
        let text = #"{"days":["0001-01-01","2026-03-02","9999-12-31"],"ids":["\#(id.uuidString.lowercased())"]}"#
        struct Value: Encodable {
            var days: [CalendarDate] = ["0001-01-01", "2026-03-02", "9999-12-31"]
            var ids: Set<UUID>
        }
        #expect(String(decoding: try LedgerJSON.encode(Value(ids: [id])), as: UTF8.self) == text)
        #expect(try LedgerJSON.encode(id) == Array("\"\(id.uuidString.lowercased())\"".utf8))
    }

    @Test("refuses what is no number, and values that say nothing")
    func refused() {
        for number in [Double.nan, .infinity, -.infinity] {
            #expect(throws: EncodingError.self) { try LedgerJSON.encode(number) }
            #expect(throws: EncodingError.self) { try LedgerJSON.encode([number]) }
            do {
                _ = try LedgerJSON.encode(["x": ["y": number]])
                Issue.record("\(number) was written")
            } catch EncodingError.invalidValue(_, let context) {
                #expect(context.codingPath.map(\.stringValue) == ["x", "y"])
            } catch {
                Issue.record(error)
            }
        }
        #expect(throws: EncodingError.self) { try LedgerJSON.encode(["x": Float.nan]) }
        #expect(throws: EncodingError.self) { try LedgerJSON.encode(Nothing()) }
    }

    @Test("leaves nothing behind in memory")
    func freed() throws {
        /// Notes what it is encoded into, from inside another value.
        final class Witness: Encodable {
            weak var encoder: AnyObject?
            func encode(to encoder: any Encoder) throws {
                self.encoder = encoder as AnyObject
                try [["a": 1]].encode(to: encoder)
            }
        }
        let witness = Witness()
        _ = try LedgerJSON.encode(["x": ["y": witness]])
        #expect(witness.encoder == nil)
    }
}
