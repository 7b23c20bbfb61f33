import Foundation
import Ledger
import Testing

@testable import ImportFiles

@Suite struct MappedTableTests {
    private static let yaml = """
        separator: ";"
        encoding: ENCODING
        namespace: 6f1c9f3e-7d51-4f0a-9a64-2f7f5f0f9b11
        key: Nr
        commands:
          - command: register-participant
            fields:
              givenName: {column: Vorname, required: true}
              bornOn: {column: Geboren, kind: german-date}
              areaId: {column: Stadtteil, values: {Gallus: frankfurt-gallus, "Höchst": frankfurt-hoechst}}
              languages: {column: Sprachen, list: ",", values: {deutsch: de, "türkisch": tr}}
              address.street: Straße
              address.city: {constant: Frankfurt am Main}
              level: {column: Niveau, kind: integer}
          - command: join-household
            onlyWith: BG
            fields:
              householdId: {derived: household, from: BG}
        """

    private static let heading = "Nr;Vorname;Geboren;Stadtteil;Sprachen;Straße;Niveau;BG\n"

    private func items(_ text: String, encoding: TextEncoding = .utf8) throws -> [ImportItem] {
        let mapping = try ImportMapping(
            yaml: Self.yaml.replacing("ENCODING", with: encoding.rawValue), name: "m.yaml")
        let bytes = encoding == .utf8 ? Data(text.utf8) : try #require(text.data(using: .windowsCP1252))
        var table = MappedTable(mapping: mapping)
        return try table.take(bytes) + table.finish()
    }

    private func lines(_ items: [ImportItem]) -> [String] {
        items.map { item in
            switch item.content {
            case .command(let bytes): String(decoding: bytes, as: UTF8.self)
            case .flaw(let sentences): sentences.joined(separator: " | ")
            }
        }
    }

    @Test(arguments: TextEncoding.allCases)
    func aRowBecomesItsCommands(_ encoding: TextEncoding) throws {
        let items = try items(
            Self.heading + "17;Zoë;1.2.1999;Höchst;\"deutsch, türkisch\";Große Gasse;2;BG 9\r\n", encoding: encoding)
        #expect(items.map(\.command) == ["register-participant", "join-household"])
        #expect(items.map(\.line) == [2, 2])
        let namespace = try #require(UUID(uuidString: "6f1c9f3e-7d51-4f0a-9a64-2f7f5f0f9b11"))
        let id = UUID(derivedFrom: namespace, "caseId\n17").uuidString.lowercased()
        let household = UUID(derivedFrom: namespace, "household\nBG 9").uuidString.lowercased()
        #expect(
            lines(items) == [
                """
                {"caseId":"\(id)","command":"register-participant","data":{"address":{"city":"Frankfurt am Main",\
                "street":"Große Gasse"},"areaId":"frankfurt-hoechst","bornOn":"1999-02-01","givenName":"Zoë",\
                "languages":["de","tr"],"level":2}}
                """,
                """
                {"caseId":"\(id)","command":"join-household","data":{"householdId":"\(household)"}}
                """,
            ])
    }

    @Test func whatIsEmptyIsLeftOut() throws {
        let items = try items(Self.heading + "18;Ada;;;;;;\n;;;;;;;\n")
        #expect(items.count == 1)
        #expect(lines(items)[0].hasSuffix(#""data":{"address":{"city":"Frankfurt am Main"},"givenName":"Ada"}}"#))
    }

    @Test func everyFlawOfARowNamesLineColumnAndHeading() throws {
        let items = try items(
            Self.heading + "19;;31.02.1999;Mars;deutsch,klingonisch;;zwei;\n;Ada;;;;;;\n20;Eve;;;;;\n21;Ida;;;;;;\n")
        #expect(items.count == 4)
        #expect(
            lines(items)[0]
                == [
                    "line 2, column 4 (Vorname) is empty.",
                    "line 2, column 5 (Geboren) is no day of the form TT.MM.JJJJ, such as 31.12.1999.",
                    "line 2, column 16 (Stadtteil) is 'Mars', which is not among the values of the mapping.",
                    "line 2, column 21 (Sprachen) is 'klingonisch', which is not among the values of the mapping.",
                    "line 2, column 42 (Niveau) is no whole number.",
                ].joined(separator: " | "))
        #expect(lines(items)[1] == "line 3, column 1 (Nr) is empty, and it is what the row is known by.")
        #expect(lines(items)[2] == "line 4: the row has 7 fields, and there are 8 headings.")
        #expect(lines(items)[3].contains("Ida"))
    }

    @Test func bytesOfAnotherEncodingAreAFlawOfTheirCell() throws {
        let mapping = try ImportMapping(yaml: Self.yaml.replacing("ENCODING", with: "utf-8"), name: "m.yaml")
        var table = MappedTable(mapping: mapping)
        var bytes = Data((Self.heading + "22;").utf8)
        bytes += [0x5A, 0x6F, 0xEB] + Data(";;;;;;\n23;Ada;;;;;;\n".utf8)
        let items = try table.take(bytes)
        #expect(
            lines(items)[0].hasPrefix("line 2, column 4 (Vorname) is not UTF-8; if the file is from an older Windows"))
        #expect(lines(items)[1].contains("Ada"))
    }

    @Test func theSameKeyIsTheSameCaseHoweverItIsWritten() throws {
        let composed = try items(Self.heading + "Mü-1;Ada;;;;;;\n")
        let decomposed = try items(Self.heading + "Mu\u{308}-1;Ada;;;;;;\n")
        #expect(lines(composed) == lines(decomposed))
        #expect(try lines(composed) != lines(items(Self.heading + "Mü-2;Ada;;;;;;\n")))
    }

    @Test(arguments: [
        ("", "The file is empty"), ("\n\n", "The file is empty"),
        ("Nr;Vorname\n", "does not have: Geboren, Stadtteil, Sprachen, Straße, Niveau, BG"),
        ("Nr,Vorname,Geboren,Stadtteil,Sprachen,Straße,Niveau,BG\n", "the mapping's separator is another one"),
        (
            "Nr;Vorname;Vorname;Geboren;Stadtteil;Sprachen;Straße;Niveau;BG\n",
            "more than one column of the name Vorname"
        ),
        ("\"Nr;Vorname\n", "a quote is opened here and never closed"),
    ])
    func headingsThatDoNotFitEndTheImport(_ text: String, _ sentence: String) {
        do {
            _ = try items(text)
            #expect(Bool(false), "it was taken")
        } catch {
            #expect("\(error)".contains(sentence), "\(error)")
        }
    }

    @Test func whatSpreadsheetsPutBeforeTheHeadingsIsPassedOver() throws {
        #expect(try items("sep=;\r\n" + Self.heading + "24;Ada;;;;;;\n").count == 1)
    }

    @Test(arguments: [
        ("31.12.1999", "1999-12-31"), ("1.2.2024", "2024-02-01"), ("29.02.2024", "2024-02-29"),
        ("29.02.2023", nil), ("31.12.99", nil), ("1999-12-31", nil), ("31.12.1999 00:00", nil), ("١.٢.٢٠٢٤", nil),
        ("31..1999", nil), ("0.1.2000", nil), ("31/12/1999", nil), ("+1.1.2000", nil),
    ])
    func germanDates(_ text: String, _ expected: String?) {
        #expect(MappedRow.germanDate(text)?.description == expected)
    }

    @Test(arguments: [
        ("0", "0"), ("1.234,5", "1234.5"), ("1234,50", "1234.50"), ("-7", "-7"), ("007", "7"), ("0,5", "0.5"),
        ("1.234.567", "1234567"), ("1.23", nil), ("1,2,3", nil), ("", nil), ("1.234.5", nil), ("12.3456", nil),
        ("1,", nil), (",5", nil), ("1e3", nil), ("١", nil),
    ])
    func germanNumbers(_ text: String, _ expected: String?) {
        #expect(MappedRow.germanNumber(text) == expected)
    }
}
