/// Writes drafts as JSON, the members of objects in the order of their names.
struct JSONOutput {
    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(256)
    }

    mutating func write(_ draft: JSONDraft) {
        switch draft.shape {
        case .scalar: write(draft.scalar)
        case .array: write(draft.elements)
        case .object, .nothing: write(draft.members)
        }
    }

    private mutating func write(_ elements: [JSONDraft.Value]) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ members: [JSONDraft.Member]) {
        bytes.append(UInt8(ascii: "{"))
        // The sort keeps equal names in the order of encoding; of these the last one counts.
        let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var isFirst = true
        for (index, member) in sorted.enumerated() {
            if index + 1 < sorted.count, sorted[index + 1].name == member.name { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(member.name)
            bytes.append(UInt8(ascii: ":"))
            write(member.value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func write(_ value: JSONDraft.Value) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .text(let text): write(text)
        case .integer(let number): bytes.append(contentsOf: number.description.utf8)
        case .unsigned(let number): bytes.append(contentsOf: number.description.utf8)
        case .double(let number): writeNumber(number.description)
        case .float(let number): writeNumber(number.description)
        case .identifier(let id): writePlain { id.appendText(to: &$0) }
        case .date(let date): writePlain { date.appendText(to: &$0) }
        case .draft(let draft): write(draft)
        }
    }

    /// A number that is whole is written without a fraction.
    private mutating func writeNumber(_ text: String) {
        bytes.append(contentsOf: text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...])
    }

    private mutating func writePlain(_ append: (inout [UInt8]) -> Void) {
        bytes.append(UInt8(ascii: "\""))
        append(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { text in
            var run = 0
            for (index, byte) in text.enumerated()
            where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[run..<index]))
                writeEscape(byte)
                run = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[run...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(UInt8(ascii: "0") + byte >> 4)
            bytes.append(HexDigits.small[Int(byte & 0xF)])
        }
    }
}
