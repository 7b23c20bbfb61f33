import Testing

@testable import CaseService

@Suite struct JSONParserTests {
    @Test(arguments: [
        "null", " true ", "[]", "{}", "-0.5e+10", #""""#, #"{"a":[1,{"b":"ü\n\u00e9😀"}]}"#, "\t[1 , 2]\r\n", "0",
        #"{"a":1,"a":2}"#,
    ])
    func wholeTextsAreRead(_ text: String) throws {
        _ = try JSONParser.parse(Array(text.utf8))
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "{", "}", "[", "]", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "'a'",
        "01", "1.", ".5", "-", "1e", "+1", "NaN", "Infinity", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"",
        "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\u{1}b\"", "[1] 2", "{} {}", "[1 2]", "// x\n1", "\u{FEFF}{}",
    ])
    func everythingElseIsRefused(_ text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test func bytesThatAreNoUTF8AreRefused() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF]] {
            #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes) }
        }
    }

    @Test func depthIsBounded() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(deep.utf8)) }
        let object = String(repeating: #"{"a":"#, count: 1000) + "1" + String(repeating: "}", count: 1000)
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(object.utf8)) }
    }

    @Test func aFailureNamesLineAndColumn() {
        let failure = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array("{\n  \"a\": 1,\n  b}".utf8)) }
        #expect(failure?.line == 3)
        #expect(failure?.column == 3)
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let value: JSONValue = [
            "text": "a\"\\\n\u{1}ü😀", "list": [1, true, "x"], "empty": [:], "nothing": .null,
            "number": .number("-1.50"),
        ]
        #expect(try JSONParser.parse(JSONWriter.bytes(of: value)) == value)
    }

    @Test func escapesMeanTheirCharacters() throws {
        let value = try JSONParser.parse(Array(#""\"\\\/\b\f\n\r\t\u0041\ud83d\ude00""#.utf8))
        #expect(value == "\"\\/\u{8}\u{c}\n\r\tA😀")
    }
}
