/// Cuts a stream of bytes into lines without keeping more than one unfinished line.
struct LineSplitter {
    /// One line of the stream, or that it was longer than allowed.
    enum Line: Hashable, Sendable {
        case bytes([UInt8])
        case tooLong
    }

    private let limit: Int
    private var unfinished: [UInt8] = []
    private var isSkipping = false
    private var isAtStart = true

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes bytes and answers the lines that they complete. Empty lines are left out.
    mutating func take(_ bytes: some Collection<UInt8>) -> [Line] {
        var lines: [Line] = []
        var rest = bytes[...]
        while let newline = rest.firstIndex(of: 0x0A) {
            append(rest[..<newline])
            if let line = finish() { lines.append(line) }
            rest = rest[rest.index(after: newline)...]
        }
        append(rest)
        return lines
    }

    /// The last line, which may lack its line feed.
    mutating func finish() -> Line? {
        defer {
            unfinished.removeAll(keepingCapacity: true)
            isSkipping = false
        }
        // Spreadsheets and editors on Windows begin a file of UTF-8 with a byte order mark.
        if isAtStart, unfinished.starts(with: [0xEF, 0xBB, 0xBF]) { unfinished.removeFirst(3) }
        isAtStart = false
        if isSkipping { return .tooLong }
        if unfinished.last == 0x0D { unfinished.removeLast() }
        return unfinished.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? nil : .bytes(unfinished)
    }

    private mutating func append(_ bytes: some Collection<UInt8>) {
        guard !isSkipping else { return }
        guard unfinished.count + bytes.count <= limit else {
            unfinished.removeAll()
            isSkipping = true
            return
        }
        unfinished.append(contentsOf: bytes)
    }
}
