import Testing

@testable import CaseService

@Suite struct BodyValidatorTests {
    private let schema = BodySchema(
        title: "Thing", description: "A thing.",
        fields: [
            .required("id", .identifier, "", example: "x"),
            .required("window", .object(window), "", example: .null),
            .optional("kind", .choice(["a", "b"]), "", example: "a"),
            .optional("count", .integer(1...8), "", example: 1),
            .optional("hours", .number(0...168), "", example: 1),
            .optional("flag", .boolean, "", example: true),
            .optional("words", .list(of: .text(length: 1...5), count: 1...2), "", example: []),
            .optional("wage", .money, "", example: .null),
        ])
    private static let window = BodySchema(
        title: "Window", description: "",
        fields: [
            .required("from", .date, "", example: "2026-01-01"), .required("to", .date, "", example: "2026-01-02"),
        ])

    private func pointers(_ text: String) throws -> [String] {
        BodyValidator.issues(in: try JSONParser.parse(Array(text.utf8)), for: schema).map { issue in
            guard case .pointer(let pointer) = issue.place else { return "?" }
            return pointer
        }
    }

    @Test func everyProblemIsNamedAtItsPlace() throws {
        let found = try pointers(
            """
            {"id":"1","window":{"from":"2026-02-30","until":"x"},"kind":"c","count":9,"hours":"8","flag":1,\
            "words":["","toolong",3],"wage":{"amount":1,"currency":"eur"},"extra/~":null}
            """)
        #expect(
            found == [
                "/id", "/window/from", "/window/until", "/window/to", "/kind", "/count", "/hours", "/flag", "/words",
                "/words/0", "/words/1", "/words/2", "/wage/amount", "/wage/currency", "/extra~1~0",
            ])
    }

    @Test func aFittingBodyHasNoProblem() throws {
        let body = """
            {"id":"0198C0DE-0000-7000-8000-000000000001","window":{"from":"2026-01-01","to":"2026-01-02"},"kind":"a",\
            "count":8,"hours":38.5,"flag":false,"words":["a"],"wage":{"amount":"-1234.5","currency":"EUR"}}
            """
        #expect(try pointers(body).isEmpty)
    }

    @Test(arguments: ["2", "2.0", "2e0", "20e-1", "0.2e1"])
    func wholeNumbersMayBeWrittenInAnyWay(_ digits: String) throws {
        let body =
            #"{"id":"0198C0DE-0000-7000-8000-000000000001","window":{"from":"2026-01-01","to":"2026-01-02"},"count":"#
        #expect(try pointers(body + digits + "}").isEmpty)
        #expect(try JSONParser.parse(Array(digits.utf8)).wholeNumber == 2)
        for other in ["2.5", "9.0", "0.0", "1e300", "1e-3"] { #expect(try pointers(body + other + "}") == ["/count"]) }
    }

    @Test(arguments: [
        (#"[]"#, [""]), ("null", [""]), ("3", [""]), ("{}", ["/id", "/window"]),
        (#"{"id":null,"window":null}"#, ["/id", "/window"]),
    ])
    func whatIsNoObjectOrMissesFieldsIsNamed(_ text: String, _ expected: [String]) throws {
        #expect(try pointers(text) == expected)
    }

    @Test func repeatedFieldsAreNamed() throws {
        let id = "0198c0de-0000-7000-8000-000000000001"
        let window = #"{"from":"2026-01-01","to":"2026-01-02"}"#
        #expect(try pointers(#"{"id":"\#(id)","id":"\#(id)","window":\#(window)}"#) == ["/id"])
    }

    @Test func unknownFieldsNameTheKnownOnes() throws {
        let issues = BodyValidator.issues(in: ["form": "2026-01-01", "to": "2026-01-02"], for: Self.window)
        #expect(issues.first?.detail == "is not a field here; known are from, to")
        #expect(issues.count == 2)
    }

    @Test func nonsenseIsNotAnsweredAtItsOwnLength() throws {
        let members = (0..<10_000).map { #""x\#($0)":1"# }.joined(separator: ",")
        #expect(try pointers("{\(members)}").count == BodyValidator.maximumIssues)
    }

    @Test func longNamesAreCut() throws {
        let name = String(repeating: "n", count: 100_000)
        #expect(try pointers("{\"\(name)\":1}").first?.count == 65)
    }

    @Test(arguments: [
        (
            ValueShape.slug, ["frankfurt-gallus", "a", "a1-2b"],
            ["", "A", "-a", "a-", "a--b", "ä", "a_b", String(repeating: "a", count: 65)]
        ),
        (
            .identifier, ["0198c0de-0000-7000-8000-00000000000F"],
            ["", "0198c0de00007000800000000000000f", "g198c0de-0000-7000-8000-000000000001"]
        ),
        (.date, ["2024-02-29"], ["2023-02-29", "2026-1-1", "2026-01-01T00:00:00Z", ""]),
        (.month, ["2026-12"], ["2026-13", "2026", "2026-1"]),
        (.instant, ["2026-01-01T00:00:00+01:00"], ["2026-01-01T00:00:00", "2026-01-01"]),
        (.timeOfDay, ["00:00", "24:00"], ["24:01", "8:00", "08:60", "aa:bb"]),
        (
            .wallTime, ["2026-03-09T00:00", "2026-03-09T23:59", "2026-03-09T10:00:00+01:00", "2026-03-09T09:00:00Z"],
            [
                "2026-03-09T24:00", "2026-02-30T10:00", "2026-03-09 10:00", "2026-03-09T10:00Z", "2026-03-09", "T10:00",
                "2026-03-09T10:00:30Z", "2026-03-09T10:00:00", "2026-02-30T10:00:00Z",
            ]
        ),
        (.languageTag, ["de", "ar-SY", "zh-Hant-TW"], ["d", "deutsch1", "de_DE", "de-", ""]),
        (.occupation, ["2", "24422"], ["", "244221", "2a"]),
        (.decimal, ["0", "-1.5", "123456789012.1234"], ["", "1.", ".5", "1,5", "1e5", "1234567890123", "+1"]),
        (.currency, ["EUR"], ["eur", "EU", "EURO"]),
        (.positionOrInstant, ["0", "12", "2026-01-01T00:00:00Z"], ["-1", "x", "2026-01-01"]),
    ])
    func textsFitTheirForm(_ shape: ValueShape, _ good: [String], _ bad: [String]) {
        for text in good { #expect(BodyValidator.complaint(about: text, for: shape) == nil, "\(text)") }
        for text in bad { #expect(BodyValidator.complaint(about: text, for: shape) != nil, "\(text)") }
    }

    @Test func controlCharactersAreRefused() {
        #expect(BodyValidator.complaint(about: "a\u{0}b", for: .text()) != nil)
        #expect(BodyValidator.complaint(about: "a\u{7F}", for: .text()) != nil)
        #expect(BodyValidator.complaint(about: "two\nlines\tand more", for: .text()) == nil)
    }
}
