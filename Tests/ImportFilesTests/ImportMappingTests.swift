import Foundation
import Testing

@testable import ImportFiles

@Suite struct ImportMappingTests {
    private func flaws(_ yaml: String) -> [String] {
        do {
            _ = try ImportMapping(yaml: yaml, name: "m.yaml")
            return []
        } catch {
            return error.flaws
        }
    }

    private let head = """
        separator: ";"
        namespace: 6f1c9f3e-7d51-4f0a-9a64-2f7f5f0f9b11
        key: Nr

        """

    @Test func theShippedExampleIsAMapping() throws {
        let mapping = try ImportMapping(yaml: Documentation.block("yaml", of: "Importing"), name: "example.yaml")
        #expect(mapping.commands.map(\.name) == ["register-participant", "engage-office", "join-household"])
        #expect(mapping.encoding == .windows1252)
    }

    @Test func everyFlawIsNamedWithItsLine() {
        let flaws = flaws(
            """
            separator: "|"
            encoding: latin-9
            namespace: here
            kee: Nr
            commands:
              - command: register-participant
                fields:
                  givenName: {column: Vorname, kind: german}
                  bornOn: {column: Geb, constant: x}
                  address: Adresse
                  address.street: Straße
                  languages: {column: Sprachen, list: ";;"}
                  schooling: {constant: }
                  areaId: {constant: a, kind: text}
              - fields: {}
            """)
        for (line, part) in [
            (1, "separator has to be one of"), (2, "encoding has to be one of utf-8, windows-1252"),
            (3, "namespace has to be a UUID"), (4, "'kee' is not a key of a mapping"), (1, "key is missing"),
            (8, "kind has to be one of"), (9, "exactly one of column, constant and derived"),
            (11, "'address.street' is there twice, or within another field"), (12, "list has to be one character"),
            (13, "a value is expected"), (14, "'kind' has no meaning beside constant"), (15, "command is missing"),
        ] {
            #expect(
                flaws.contains { $0.hasPrefix("m.yaml:\(line):") && $0.contains(part) }, "\(line) \(part): \(flaws)")
        }
    }

    @Test(arguments: ["", "[]", "just text", "a: [", "commands: []"])
    func whatIsNoMappingIsRefused(_ yaml: String) {
        #expect(!flaws(yaml).isEmpty)
    }

    @Test func theSmallestMappingIsEnough() throws {
        let mapping = try ImportMapping(yaml: head + "commands: [{command: close-case}]", name: "m.yaml")
        #expect(mapping.encoding == .utf8)
        #expect(mapping.key == ["Nr"])
        var table = MappedTable(mapping: mapping)
        var items = try table.take(Array("Nr\n7\n".utf8))
        items += try table.finish()
        #expect(items.count == 1)
    }
}

/// The documentation's blocks, so that what it shows is what is tested.
enum Documentation {
    /// The first fenced block of a language in an article.
    static func block(_ language: String, of article: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("Sources/gleichtakt/Documentation.docc/\(article).md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let parts = text.components(separatedBy: "```\(language)\n")
        let block = try #require(parts.dropFirst().first?.components(separatedBy: "\n```").first)
        return block + "\n"
    }
}
