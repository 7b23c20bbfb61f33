/// The escapes of JSON texts (RFC 8259, section 7).
enum JSONEscapes {
    /// The text whose escaped form is `bytes`, which were checked when they were scanned.
    static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard bytes[index] == UInt8(ascii: "\\") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let escape = bytes[index + 1]
            index += 2
            guard escape == UInt8(ascii: "u") else {
                result.append(character(escape) ?? escape)
                continue
            }
            var value = unit(bytes[index..<index + 4])
            index += 4
            if value & 0xFC00 == 0xD800 {
                value = 0x10000 + (value & 0x3FF) << 10 + (unit(bytes[index + 2..<index + 6]) & 0x3FF)
                index += 6
            }
            result.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// What the byte after a backslash stands for, or `nil` when there is no such escape. `u` is not among them.
    static func character(_ escape: UInt8) -> UInt8? {
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): escape
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// The number behind a hexadecimal digit.
    @inline(__always) static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func unit(_ digits: ArraySlice<UInt8>) -> UInt32 {
        digits.reduce(0) { $0 << 4 | UInt32(digit($1) ?? 0) }
    }
}
