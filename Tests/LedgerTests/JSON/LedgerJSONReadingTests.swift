import Foundation
import Ledger
import LedgerSuite
import Testing

@Suite("The ledger's JSON, read")
struct LedgerJSONReadingTests {
    private func read(_ text: String) throws -> AnyJSON { try LedgerJSON.decode(from: Array(text.utf8)) }

    private func foundation(_ bytes: [UInt8]) throws -> AnyJSON {
        try JSONDecoder().decode(AnyJSON.self, from: Data(bytes))
    }

    @Test(
        "is what Foundation reads",
        arguments: [
            "null", "true", "false", "0", "-0", "7", "-7", "9223372036854775807", "-9223372036854775808",
            "9223372036854775808", "1.0", "1.5", "-1.5e3", "1E+2", "1e-2", "0.1e1", "123456789012345678901234567890",
            "1e400", "-1e400", "\"\"", "\"a\"", #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e4\u00E4\u8a9e""#,
            #""\ud83d\ude00""#, #""\uD83D\uDE00 x""#, "\"ä語😀\"", "[]", "[ ]", "[1]", "[1,2 , 3]", "{}", "{ }",
            #"{"a":1}"#, #"{ "a" : 1 , "b" : [ { } ] }"#, "\t\r\n 1 \t\r\n", #"{"ä":1,"\u0061":2}"#, #"{"":1}"#,
            "[[[[[]]]]]", #"{"a":{"b":{"c":null}}}"#, "0.1", "1e22", "1e23",
        ])
    func same(_ text: String) throws {
        let mine = try? read(text)
        let theirs = try? foundation(Array(text.utf8))
        #expect(mine == theirs)
    }

    /// Foundation rounds these to whole numbers that they are not.
    @Test(
        "takes no fraction for a whole number",
        arguments: [
            "1e-400", "1e-324", "4503599627370497.5", "9223372036854775.07", "-92233720368547758.8", "0.5", "-7.25",
        ])
    func fractions(_ text: String) throws {
        #expect(throws: DecodingError.self) { try LedgerJSON.decode(Int.self, from: Array(text.utf8)) }
        #expect(try LedgerJSON.decode(Double.self, from: Array(text.utf8)) == Double(text))
    }

    @Test(
        "is refused where Foundation refuses it",
        arguments: [
            "", " ", "nul", "nulll", "True", "tru", "+1", "01", "-", "-01", "1.", ".5", "1e", "1e+", "0x10", "NaN",
            "Infinity", "'a'", "\"", "\"a", "\"\\\"", #""\x""#, #""\u12""#, #""\u12g4""#, #""\ud800""#, #""\ud800x""#,
            #""\ud800\u0041""#, #""\udc00""#, "\"\n\"", "\"\u{0}\"", "[", "]", "[1", "[1,", "[,1]", "[1 2]", "{",
            "}", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, #"{a:1}"#, #"{"a":1 "b":2}"#, #"{1:2}"#, "1 2", "[] []", "nan",
            #"{"a":1}}"#, "\u{B}1", "\u{A0}1", "/*x*/1",
        ])
    func refused(_ text: String) {
        #expect(throws: DecodingError.self) { try read(text) }
        #expect(throws: (any Error).self) { try foundation(Array(text.utf8)) }
    }

    @Test(
        "is UTF-8",
        arguments: [
            [0xFF], [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x82],
            [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x28, 0x80],
        ] as [[UInt8]])
    func encoding(_ bytes: [UInt8]) {
        for ending in [[UInt8(ascii: "\"")], []] {
            #expect(throws: DecodingError.self) {
                try LedgerJSON.decode(String.self, from: [UInt8(ascii: "\"")] + bytes + ending)
            }
        }
    }

    @Test("reads every character that there is")
    func everyCharacter() throws {
        let scalars = (UInt32(0x20)...0x10FFFF).lazy.compactMap(Unicode.Scalar.init).filter { $0 != "\"" && $0 != "\\" }
        var text = "\""
        for (index, scalar) in scalars.enumerated() where scalar.value < 0x3000 || index.isMultiple(of: 7) {
            text.unicodeScalars.append(scalar)
        }
        text += "\""
        let read = try LedgerJSON.decode(String.self, from: Array(text.utf8))
        #expect(read.unicodeScalars.elementsEqual(text.unicodeScalars.dropFirst().dropLast()))
    }

    @Test("refuses two members of one name, which other programs would read differently")
    func duplicates() throws {
        for text in [#"{"a":1,"a":2}"#, #"{"b":1,"a":2,"b":3}"#, #"{"a":1,"\u0061":2}"#, #"[{"x":{"a":1,"a":1}}]"#] {
            #expect(throws: DecodingError.self) { try read(text) }
        }
    }

    @Test("is nested no deeper than Foundation allows")
    func depth() throws {
        for depth in [1, 100, 511, 512] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            #expect(try read(text) == foundation(Array(text.utf8)))
        }
        for depth in [513, 514, 100_000] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            #expect(throws: DecodingError.self) { try read(text) }
            #expect(throws: (any Error).self) { try foundation(Array(text.utf8)) }
            #expect(throws: DecodingError.self) { try read(String(repeating: "{\"a\":", count: depth)) }
        }
    }

    @Test("is what Foundation reads, for values and damages of all kinds", arguments: 1...200)
    func generated(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let encoder = JSONEncoder()
        for _ in 0..<60 {
            let value = AnyJSON.sample(depth: 4, using: &random)
            encoder.outputFormatting =
                [
                    [], [.prettyPrinted], [.withoutEscapingSlashes], [.sortedKeys, .prettyPrinted],
                ].randomElement(using: &random) ?? []
            var bytes = Array(try encoder.encode(value))
            #expect(try LedgerJSON.decode(AnyJSON.self, from: bytes) == foundation(bytes))
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
            case 1:
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = Array("{}[]\",:\\u0 1-.eEtfn".utf8).randomElement(using: &random) ?? 0
            default: bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let mine = try? LedgerJSON.decode(AnyJSON.self, from: bytes)
            if let mine {
                let theirs = try foundation(bytes)
                #expect(isSame(mine, theirs), "\(String(decoding: bytes, as: UTF8.self)): \(mine), \(theirs)")
            }
        }
    }

    /// Whether both are the same, but that Foundation may have rounded a fraction to a whole number; see ``fractions(_:)``.
    private func isSame(_ mine: AnyJSON, _ theirs: AnyJSON) -> Bool {
        switch (mine, theirs) {
        case (.double(let fraction), .integer(let rounded)): fraction == Double(rounded)
        case (.array(let mine), .array(let theirs)):
            mine.count == theirs.count && zip(mine, theirs).allSatisfy { isSame($0, $1) }
        case (.object(let mine), .object(let theirs)):
            mine.keys == theirs.keys
                && mine.allSatisfy { name, value in theirs[name].map { isSame(value, $0) } ?? false }
        default: mine == theirs
        }
    }

    // MARK: Types

    private struct Numbers: Codable, Equatable {
        var int: Int?
        var int8: Int8?
        var int16: Int16?
        var int32: Int32?
        var int64: Int64?
        var uint: UInt?
        var uint8: UInt8?
        var uint16: UInt16?
        var uint32: UInt32?
        var uint64: UInt64?
        var float: Float?
        var double: Double?
        var bool: Bool?
        var text: String?
    }

    @Test(
        "fits into the types of numbers as with Foundation",
        arguments: [
            "0", "1", "-1", "127", "128", "-128", "-129", "255", "256", "32767", "32768", "65535", "65536",
            "2147483647",
            "2147483648", "1.2345678901234567e+17", "12345678901234567.0", "-2147483648",
            "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "1.0", "-0",
            "1.5", "1e3", "2e-1", "1e39", "1e308", "16777217", "0.1", "true", "false", "null", "\"1\"", "[]", "{}",
        ])
    func numbers(_ number: String) {
        for name in [
            "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "float", "double",
            "bool", "text",
        ] {
            let bytes = Array("{\"\(name)\":\(number)}".utf8)
            let mine = try? LedgerJSON.decode(Numbers.self, from: bytes)
            let theirs = try? JSONDecoder().decode(Numbers.self, from: Data(bytes))
            #expect(mine == theirs, "\(name) \(number)")
        }
    }

    private struct Shapes: Decodable, Equatable {
        var inner: [String]
        var pair: [Int]
        var base: String

        enum Outer: String, CodingKey { case inner, pair, `super` }
        enum Inner: String, CodingKey { case names, nothing }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Outer.self)
            let nested = try container.nestedContainer(keyedBy: Inner.self, forKey: .inner)
            guard try nested.decodeNil(forKey: .nothing), nested.allKeys.count == 2, nested.contains(.names) else {
                throw CancellationError()
            }
            inner = try nested.decode([String].self, forKey: .names)
            var elements = try container.nestedUnkeyedContainer(forKey: .pair)
            pair = [elements.count ?? -1, elements.currentIndex]
            pair.append(try elements.decode(Int.self))
            if try elements.decodeNil() { pair.append(elements.currentIndex) }
            var deeper = try elements.nestedUnkeyedContainer()
            pair.append(try deeper.decode(Int.self))
            pair.append(try elements.superDecoder().singleValueContainer().decode(Int.self))
            pair.append(try elements.nestedContainer(keyedBy: Inner.self).allKeys.count)
            pair.append(elements.isAtEnd ? 1 : 0)
            base = try container.superDecoder().singleValueContainer().decode(String.self)
        }
    }

    @Test("can be read container by container")
    func containers() throws {
        let bytes = Array(
            #"{"pair":[1,null,[2],3,{"names":1,"other":2}],"super":"s","inner":{"nothing":null,"names":["x"]}}"#.utf8)
        let mine = try LedgerJSON.decode(Shapes.self, from: bytes)
        #expect(mine == (try JSONDecoder().decode(Shapes.self, from: Data(bytes))))
        #expect(mine.pair == [5, 0, 1, 2, 2, 3, 1, 1])
    }

    private struct Identified: Codable, Equatable {
        var id: UUID
        var on: CalendarDate?
        var more: [UUID]
        var byName: [String: CalendarDate]
    }

    @Test("knows identifiers and days, and refuses what only looks like them")
    func identifiers() throws {
        let text =
            #"{"byName":{"x":"2024-02-29"},"id":"0198A000-0000-7000-8000-00000000000f","more":["#
            + #""0198a000-0000-7000-8000-000000000001"],"on":"2026-03-02"}"#
        let value = try LedgerJSON.decode(Identified.self, from: Array(text.utf8))
        #expect(value == (try JSONDecoder().decode(Identified.self, from: Data(text.utf8))))
        for (good, bad) in [
            ("2026-03-02", "2026-02-30"), ("2026-03-02", "2026-3-2"), ("2024-02-29", "2023-02-29"),
            ("0198A000", "0198G000"), ("0198A000-0000", "0198A0000-000"), ("00000000000f", "00000000000f0"),
            ("2026-03-02", ""), ("2026-03-02", "2026-03-02 "),
        ] {
            let damaged = text.replacingOccurrences(of: good, with: bad)
            #expect(throws: DecodingError.self) {
                try LedgerJSON.decode(Identified.self, from: Array(damaged.utf8))
            }
        }
    }

    @Test("says where something is wrong, and not what stands there")
    func errors() throws {
        func failure(_ text: String) -> DecodingError.Context? {
            do {
                _ = try LedgerJSON.decode([[String: Identified]].self, from: Array(text.utf8))
                return nil
            } catch DecodingError.typeMismatch(_, let context) {
                return context
            } catch DecodingError.valueNotFound(_, let context) {
                return context
            } catch DecodingError.keyNotFound(_, let context) {
                return context
            } catch DecodingError.dataCorrupted(let context) {
                return context
            } catch {
                return nil
            }
        }
        let good = #"{"byName":{},"id":"0198a000-0000-7000-8000-000000000001","more":[]}"#
        #expect(failure("[]") == nil)
        for (text, path) in [
            (
                #"[{"a":\#(good),"geheim":{"byName":{"k":"geheim"},"id":"0198a000-0000-7000-8000-000000000001","more":[]}}]"#,
                ["0", "geheim", "byName", "k"]
            ),
            (#"[{},{"b":{"id":"geheim"}}]"#, ["1", "b", "id"]),
            (#"[{"b":{"id":null}}]"#, ["0", "b", "id"]), (#"[{"b":{}}]"#, ["0", "b"]), (#"[{"b":7}]"#, ["0", "b"]),
            (#"[{"b":{"id":"0198a000-0000-7000-8000-000000000001","more":["x"]}}]"#, ["0", "b", "more", "0"]),
            (#"[{"geheim"}]"#, []),
        ] {
            let context = try #require(failure(text), "\(text)")
            #expect(context.codingPath.map(\.stringValue) == path)
            #expect(!context.debugDescription.contains("geheim"))
        }
    }

    private struct Foreign: Codable {
        var data: Data?
        var url: URL?
        var decimal: Decimal?
    }

    @Test("has no form for types that Foundation's coders treat in ways of their own")
    func foreign() {
        for text in [#"{"data":""}"#, #"{"url":"x:y"}"#, #"{"decimal":1}"#] {
            #expect(throws: DecodingError.self) { try LedgerJSON.decode(Foreign.self, from: Array(text.utf8)) }
        }
        for value in [Foreign(data: Data()), Foreign(url: URL(filePath: "/")), Foreign(decimal: 1)] {
            #expect(throws: EncodingError.self) { try LedgerJSON.encode(value) }
        }
    }
}
