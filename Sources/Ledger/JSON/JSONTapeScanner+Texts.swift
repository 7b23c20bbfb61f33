// Texts are most of what is recorded, so they are stepped over many bytes at a time.

extension JSONTapeScanner {
    /// Reads a text, its opening quotation mark included.
    mutating func text() throws(Fault) {
        index += 1
        let start = index
        var kind = JSONTape.Kind.text
        while true {
            skipPlainText()
            guard index < bytes.count else { throw fault("the text has no end") }
            switch bytes[index] {
            case UInt8(ascii: "\""):
                append(kind, from: start)
                index += 1
                return
            case UInt8(ascii: "\\"):
                kind = .escapedText
                try escape()
            case 0..<0x20: throw fault("a control character inside a text has to be escaped")
            case 0x80...: try multibyteCharacter()
            default: index += 1
            }
        }
    }

    /// Steps over printable ASCII without quotation marks and backslashes, eight bytes at a time.
    private mutating func skipPlainText() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while index + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            // Each term has a byte's highest bit set where that byte, or for a carry one after it, ends the run.
            let ends =
                word | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
                | ((word &- ones &* 0x20) & ~word)
            let found = (ends & highs).trailingZeroBitCount
            index += found >> 3
            if found < 64 { return }
        }
        while index < bytes.count, bytes[index] >= 0x20, bytes[index] < 0x80, bytes[index] != UInt8(ascii: "\""),
            bytes[index] != UInt8(ascii: "\\")
        {
            index += 1
        }
    }

    /// Steps over one character of two to four bytes (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
    private mutating func multibyteCharacter() throws(Fault) {
        let first = bytes[index]
        let second: ClosedRange<UInt8> =
            switch first {
            case 0xE0: 0xA0...0xBF
            case 0xED: 0x80...0x9F
            case 0xF0: 0x90...0xBF
            case 0xF4: 0x80...0x8F
            default: 0x80...0xBF
            }
        let count =
            switch first {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard count > 0, index + count <= bytes.count, second.contains(bytes[index + 1]) else {
            throw fault("the text is not UTF-8")
        }
        for offset in 2..<max(2, count) where bytes[index + offset] & 0xC0 != 0x80 {
            throw fault("the text is not UTF-8")
        }
        index += count
    }

    private mutating func escape() throws(Fault) {
        guard index + 1 < bytes.count else { throw fault("the text has no end") }
        guard bytes[index + 1] == UInt8(ascii: "u") else {
            guard JSONEscapes.character(bytes[index + 1]) != nil else { throw fault("unknown escape in a text") }
            index += 2
            return
        }
        let first = try unicodeEscape()
        switch first & 0xFC00 {
        case 0xD800:
            guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u"),
                try unicodeEscape() & 0xFC00 == 0xDC00
            else { throw fault("half of a surrogate pair in a text") }
        case 0xDC00: throw fault("half of a surrogate pair in a text")
        default: return
        }
    }

    private mutating func unicodeEscape() throws(Fault) -> UInt16 {
        guard index + 6 <= bytes.count else { throw fault("four hexadecimal digits are expected here") }
        var unit: UInt16 = 0
        for offset in 2..<6 {
            guard let digit = JSONEscapes.digit(bytes[index + offset]) else {
                throw fault("four hexadecimal digits are expected here")
            }
            unit = unit << 4 | UInt16(digit)
        }
        index += 6
        return unit
    }
}
