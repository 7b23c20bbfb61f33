import Testing

@testable import ImportFiles

@Suite struct DelimitedTextTests {
    /// What a text holds: records as their fields' texts, flaws as their places.
    private func elements(
        _ text: String, separator: DelimitedText.Separator = .semicolon, piece: Int = .max
    ) -> [[String]] {
        let bytes = Array(text.utf8)
        var reader = DelimitedText(separator: separator)
        var elements: [DelimitedText.Element] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + min(piece, bytes.count))
            elements += reader.take(bytes[start..<end])
            start = end
        }
        if let last = reader.finish() { elements.append(last) }
        return elements.map { element in
            switch element {
            case .record(let fields): fields.map { String(decoding: $0.bytes, as: UTF8.self) }
            case .flawed(let line, let column, _): ["flawed \(line):\(column)"]
            }
        }
    }

    @Test(arguments: [
        ("a;b\r\n1;2\r\n", [["a", "b"], ["1", "2"]]),
        ("a;b\n1;2", [["a", "b"], ["1", "2"]]),
        ("a;b\r1;2\r", [["a", "b"], ["1", "2"]]),
        ("\n\r\n\ra;b\n\n", [["a", "b"]]),
        (";\n", [["", ""]]),
        ("a;;\n;;c", [["a", "", ""], ["", "", "c"]]),
        ("\"\"\n", [[""]]),
        ("\"a;b\";\"c\"\"d\"\n", [["a;b", "c\"d"]]),
        ("\"two\r\nlines\";x\ny;z", [["two\r\nlines", "x"], ["y", "z"]]),
        ("\"\"\"\";\"\"\"a\"\"\"", [["\"", "\"a\""]]),
        ("Straße;Ä,Ö\tÜ\n", [["Straße", "Ä,Ö\tÜ"]]),
        ("", []),
    ])
    func recordsAreCutWhereverThePiecesEnd(_ text: String, _ expected: [[String]]) {
        for piece in [1, 2, 3, Int.max] { #expect(elements(text, piece: piece) == expected, "\(piece)") }
    }

    @Test func theOtherSeparatorsAreText() {
        #expect(elements("a,b;c\td", separator: .comma) == [["a", "b;c\td"]])
        #expect(elements("a,b;c\td", separator: .tab) == [["a,b;c", "d"]])
    }

    @Test(arguments: [
        ("a;b\nx\"y;2\n3;4\n", [["a", "b"], ["flawed 2:2"], ["3", "4"]]),
        ("\"a\"x;b\r\n3;4", [["flawed 1:4"], ["3", "4"]]),
        ("1;2\n3;\"open\n5;6\n", [["1", "2"], ["flawed 2:3"]]),
        ("\"a\nb\"c;d\nnext;row", [["flawed 2:3"], ["next", "row"]]),
        ("ok;ok\nbad\"", [["ok", "ok"], ["flawed 2:4"]]),
    ])
    func aFlawNamesItsPlaceAndSparesTheNextLine(_ text: String, _ expected: [[String]]) {
        for piece in [1, 2, Int.max] { #expect(elements(text, piece: piece) == expected, "\(piece)") }
    }

    @Test func fieldsKnowWhereTheyBegin() {
        var reader = DelimitedText(separator: .semicolon)
        let elements = reader.take(Array("a;bc;\"d\ne\";f\ng;;h\n".utf8))
        let places = elements.flatMap { element -> [String] in
            guard case .record(let fields) = element else { return [] }
            return fields.map { "\($0.line):\($0.column)" }
        }
        #expect(places == ["1:1", "1:3", "1:6", "2:4", "3:1", "3:3", "3:4"])
    }

    @Test func aQuoteThatNobodyClosesDoesNotFillTheMemory() {
        var reader = DelimitedText(separator: .semicolon)
        let line = Array((String(repeating: "x", count: 999) + "\n").utf8)
        var elements = reader.take(Array("\"".utf8))
        for _ in 0..<2000 { elements += reader.take(line) }
        guard case .flawed(_, _, let detail)? = elements.first else { return #expect(Bool(false), "no flaw") }
        #expect(detail.contains("a quote may be open since line 1"))
        #expect(elements.dropFirst().allSatisfy { if case .record = $0 { true } else { false } })
    }

    @Test(arguments: 1...30)
    func whatIsWrittenIsReadAgain(_ seed: UInt64) {
        var state = seed
        func next(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % bound)
        }
        let alphabet = ["a", "ß", "\"", ";", "\n", "\r\n", " ", "\t", ",", "\r", "😀", "'"]
        let rows = (0..<20).map { _ in
            (0..<(1 + next(4))).map { _ in (0..<next(6)).map { _ in alphabet[next(12)] }.joined() }
        }
        let text = rows.map { row in
            row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ";")
        }.joined(separator: "\r\n")
        #expect(elements(text, piece: 1 + next(7)) == rows)
    }
}
