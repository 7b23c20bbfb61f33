import Foundation
import Testing

@testable import ImportFiles

@Suite struct ImportFileTests {
    private func items(_ bytes: Data, mapping: ImportMapping? = nil) throws -> [ImportItem] {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("import-\(UUID().uuidString)")
        try bytes.write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        var file = ImportFile(handle, mapping: mapping)
        var items: [ImportItem] = []
        while let item = try file.next() { items.append(item) }
        #expect(file.bytesRead == Int64(bytes.count))
        return items
    }

    @Test func linesKeepTheirNumbersInTheFile() throws {
        let items = try items(Data("\u{FEFF}{\"a\":1}\r\n\n  \n{\"b\":2}\nthree".utf8))
        #expect(items.map(\.line) == [1, 4, 5])
        #expect(
            items.map(\.content) == [#"{"a":1}"#, #"{"b":2}"#, "three"].map { .command(Array($0.utf8)) })
    }

    @Test func largeFilesAreReadPieceByPiece() throws {
        let text = (0..<20_000).map { #"{"number":\#($0)}"# }.joined(separator: "\n")
        let items = try items(Data(text.utf8))
        #expect(items.count == 20_000)
        #expect(items.last == ImportItem(line: 20_000, content: .command(Array(#"{"number":19999}"#.utf8))))
    }

    @Test func aLineWithoutAnEndIsAFlawAndItsNeighboursAreNot() throws {
        let long = Data(repeating: 0x78, count: (16 << 20) + 1)
        let items = try items(Data("{}\n".utf8) + long + Data("\n[]\n".utf8))
        #expect(items.map(\.line) == [1, 2, 3])
        guard case .flaw = items[1].content else { return #expect(Bool(false), "no flaw") }
        #expect(items[2].content == .command(Array("[]".utf8)))
    }

    @Test func aTableMayBeginWithAByteOrderMark() throws {
        let mapping = try ImportMapping(
            yaml: """
                separator: ","
                namespace: 6f1c9f3e-7d51-4f0a-9a64-2f7f5f0f9b11
                key: Nr
                commands: [{command: close-case, fields: {reason: Grund}}]
                """, name: "m.yaml")
        let items = try items(Data("\u{FEFF}Nr,Grund\n1,umgezogen\n".utf8), mapping: mapping)
        #expect(items.map(\.command) == ["close-case"])
        #expect(throws: ImportFileError.self) {
            try self.items(Data([0xFF, 0xFE, 0x4E, 0x00]), mapping: mapping)
        }
    }

    @Test func anEmptyFileHoldsNothing() throws {
        #expect(try items(Data()).isEmpty)
    }
}
