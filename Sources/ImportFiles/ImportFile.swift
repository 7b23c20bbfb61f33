public import Foundation

/// Reads a file of imports piece by piece, however large it is: NDJSON, or a table with a mapping.
public struct ImportFile {
    private static let pieceSize = 1 << 16
    /// Longer lines are not sent: no service takes them.
    private static let greatestLine = 16 << 20

    private let handle: FileHandle
    private var table: MappedTable?
    private var items: [ImportItem] = []
    private var nextItem = 0
    private var line = 0
    private var unfinished: [UInt8] = []
    private var isTooLong = false
    private var isFirst = true
    private var isAtEnd = false
    /// How many bytes of the file were read.
    public private(set) var bytesRead: Int64 = 0

    /// A file that is open for reading.
    ///
    /// - Parameter mapping: how its rows become commands; `nil` for NDJSON.
    public init(_ handle: FileHandle, mapping: ImportMapping?) {
        self.handle = handle
        table = mapping.map { MappedTable(mapping: $0) }
    }

    /// The next item; `nil` after the last one.
    ///
    /// - Throws: ``ImportFileError`` when the file cannot be imported at all; what reading it throws.
    public mutating func next() throws -> ImportItem? {
        while nextItem == items.count {
            guard !isAtEnd else { return nil }
            (items, nextItem) = ([], 0)
            try read()
        }
        defer { nextItem += 1 }
        return items[nextItem]
    }

    private mutating func read() throws {
        var piece = [UInt8](try handle.read(upToCount: Self.pieceSize) ?? Data())
        bytesRead += Int64(piece.count)
        guard !piece.isEmpty else {
            isAtEnd = true
            if table != nil { items = try table?.finish() ?? [] } else { endLine() }
            return
        }
        if isFirst {
            isFirst = false
            if piece.starts(with: [0xFF, 0xFE]) || piece.starts(with: [0xFE, 0xFF]) {
                throw ImportFileError("The file is UTF-16; save it as UTF-8 (in a spreadsheet: CSV UTF-8).")
            }
            if piece.starts(with: TextEncoding.byteOrderMark) {
                piece.removeFirst(TextEncoding.byteOrderMark.count)
            }
        }
        if table != nil { items = try table?.take(piece) ?? [] } else { takeLines(piece) }
    }

    private mutating func takeLines(_ piece: [UInt8]) {
        var rest = piece[...]
        while let end = rest.firstIndex(of: 0x0A) {
            append(rest[..<end])
            endLine()
            rest = rest[(end + 1)...]
        }
        append(rest)
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        isTooLong = isTooLong || unfinished.count + bytes.count > Self.greatestLine
        if isTooLong { unfinished = [] } else { unfinished += bytes }
    }

    private mutating func endLine() {
        line += 1
        defer { (unfinished, isTooLong) = ([], false) }
        if isTooLong {
            let detail = "line \(line) is longer than \(Self.greatestLine) bytes."
            items.append(ImportItem(line: line, content: .flaw([detail])))
            return
        }
        if unfinished.last == 0x0D { unfinished.removeLast() }
        // What has only blanks in it is left out, as the service does.
        guard !unfinished.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return }
        items.append(ImportItem(line: line, content: .command(unfinished)))
    }
}
