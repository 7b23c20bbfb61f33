/// Cuts delimited text (CSV, RFC 4180) into records, as its bytes come.
///
/// Works on bytes: separators, quotes and line ends are ASCII in every encoding that is read here, so a field is decoded
/// when it is whole. Line ends may be CR LF, LF or CR. A quote opens a field only at its very beginning.
public struct DelimitedText: Sendable {
    /// What may stand between fields.
    public enum Separator: String, CaseIterable, Sendable {
        case semicolon = ";"
        case comma = ","
        case tab = "\t"

        var byte: UInt8 { rawValue.utf8.first ?? 0 }
    }

    /// One field with its place in the text.
    public struct Field: Hashable, Sendable {
        /// The bytes without quotes around them.
        public var bytes: [UInt8]
        /// The line of the text in which it begins, from 1.
        public var line: Int
        /// The column in that line, from 1: the bytes before it, plus one.
        public var column: Int
    }

    /// What the text holds.
    public enum Element: Hashable, Sendable {
        /// One record; lines without anything in them are none.
        case record([Field])
        /// A record that cannot be read, and where the trouble is. The next one begins at the next line.
        case flawed(line: Int, column: Int, String)
    }

    /// More bytes than this are no record of a spreadsheet, but a quote that nobody closed.
    private static let greatestRecord = 1 << 20

    private enum State {
        case beginning, plain, quoted, afterQuote, skipping
    }

    private let separator: UInt8
    private var state = State.beginning
    private var bytes: [UInt8] = []
    private var fields: [Field] = []
    private var size = 0
    private var (line, column) = (1, 1)
    private var begin = (line: 1, column: 1)
    private var flaw: Element?
    private var isAfterCarriageReturn = false

    /// A reader of text with that separator.
    public init(separator: Separator) {
        self.separator = separator.byte
    }

    /// Takes bytes and answers what they complete.
    public mutating func take(_ bytes: some Sequence<UInt8>) -> [Element] {
        var elements: [Element] = []
        for byte in bytes { take(byte, &elements) }
        return elements
    }

    /// The last record, whose line may lack its end.
    public mutating func finish() -> Element? {
        switch state {
        case .quoted:
            return .flawed(line: begin.line, column: begin.column, "a quote is opened here and never closed")
        case .skipping: return flaw
        case .beginning, .plain, .afterQuote: return endRecord()
        }
    }

    private mutating func take(_ byte: UInt8, _ elements: inout [Element]) {
        let isLineFeed = byte == 0x0A
        if isLineFeed, isAfterCarriageReturn {
            // The line was ended by the carriage return before; inside quotes both belong to the field.
            isAfterCarriageReturn = false
            if state == .quoted { bytes.append(byte) }
            return
        }
        isAfterCarriageReturn = byte == 0x0D
        let isLineEnd = isLineFeed || isAfterCarriageReturn
        size += 1
        if size > Self.greatestRecord, state != .skipping {
            complain(
                "the record is longer than \(Self.greatestRecord) bytes; a quote may be open since line \(begin.line)",
                at: (line, column))
        }
        switch state {
        case .skipping where isLineEnd:
            if let flaw { elements.append(flaw) }
            startRecord()
        case .skipping: break
        case .quoted:
            if byte == UInt8(ascii: "\"") { state = .afterQuote } else { bytes.append(byte) }
        case _ where isLineEnd:
            if let record = endRecord() { elements.append(record) }
            startRecord()
        case _ where byte == separator:
            endField()
        case .beginning:
            begin = (line, column)
            if byte == UInt8(ascii: "\"") {
                state = .quoted
            } else {
                state = .plain
                bytes.append(byte)
            }
        case .plain:
            if byte == UInt8(ascii: "\"") {
                complain("a quote stands inside a field that has none at its beginning", at: (line, column))
            } else {
                bytes.append(byte)
            }
        case .afterQuote:
            if byte == UInt8(ascii: "\"") {
                bytes.append(byte)
                state = .quoted
            } else {
                complain("after a closing quote only the separator or the line's end may follow", at: (line, column))
            }
        }
        if isLineEnd {
            (line, column) = (line + 1, 1)
            if state == .beginning, fields.isEmpty { begin = (line, column) }
        } else {
            column += 1
            if state == .beginning { begin = (line, column) }
        }
    }

    private mutating func endField() {
        fields.append(Field(bytes: bytes, line: begin.line, column: begin.column))
        bytes.removeAll(keepingCapacity: true)
        state = .beginning
    }

    private mutating func endRecord() -> Element? {
        // A line without anything in it says nothing; one field in quotes, even an empty one, does.
        guard !(fields.isEmpty && state == .beginning) else { return nil }
        endField()
        defer { fields = [] }
        return .record(fields)
    }

    private mutating func startRecord() {
        fields = []
        bytes.removeAll(keepingCapacity: true)
        (size, flaw, state) = (0, nil, .beginning)
    }

    private mutating func complain(_ detail: String, at place: (line: Int, column: Int)) {
        flaw = .flawed(line: place.line, column: place.column, detail)
        state = .skipping
    }
}
