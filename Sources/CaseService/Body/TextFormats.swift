import CaseFile
import Foundation
import Ledger

/// The forms of text that appear in bodies, paths, headers and queries. Scans bytes: these run for every request.
enum TextFormats {
    /// Whether the text is a UUID in its usual form.
    static func isIdentifier(_ text: some StringProtocol) -> Bool {
        guard text.utf8.count == 36 else { return false }
        for (index, byte) in text.utf8.enumerated() {
            switch index {
            case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return false }
            default: if !isHexDigit(byte) { return false }
            }
        }
        return true
    }

    /// Whether the text is `[a-z0-9]+(-[a-z0-9]+)*` of at most 64 characters.
    static func isSlug(_ text: some StringProtocol) -> Bool {
        guard (1...64).contains(text.utf8.count) else { return false }
        var isAfterHyphen = true
        for byte in text.utf8 {
            if byte == UInt8(ascii: "-") {
                if isAfterHyphen { return false }
                isAfterHyphen = true
            } else if isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) {
                isAfterHyphen = false
            } else {
                return false
            }
        }
        return !isAfterHyphen
    }

    /// Whether the text is one to five digits.
    static func isOccupation(_ text: String) -> Bool {
        (1...5).contains(text.utf8.count) && text.utf8.allSatisfy(isDigit)
    }

    /// Whether the text looks like a BCP 47 tag: subtags of one to eight letters or digits, the first two or three letters.
    static func isLanguageTag(_ text: String) -> Bool {
        let subtags = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 35, let language = subtags.first, (2...3).contains(language.count),
            language.allSatisfy(isLetter)
        else { return false }
        return subtags.dropFirst().allSatisfy { subtag in
            (1...8).contains(subtag.count) && subtag.allSatisfy { isLetter($0) || isDigit($0) }
        }
    }

    /// Whether the text is a decimal number of at most 12 digits before the point and 4 after it.
    static func isDecimal(_ text: String) -> Bool {
        let unsigned = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = unsigned.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...12).contains(parts[0].count), parts[0].allSatisfy(isDigit) else {
            return false
        }
        return parts.count == 1 || (1...4).contains(parts[1].count) && parts[1].allSatisfy(isDigit)
    }

    /// Whether the text is three capital letters.
    static func isCurrency(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    /// Whether the text is `HH:MM` from `00:00` to `24:00`.
    static func isTimeOfDay(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), [0, 1, 3, 4].allSatisfy({ isDigit(bytes[$0]) }),
            let hours = Int(text.prefix(2)), let minutes = Int(text.suffix(2))
        else { return false }
        return minutes < 60 && hours * 60 + minutes <= 1440
    }

    /// Whether the text is a moment with an offset and full minutes, or an existing day, `T`, and a time of that day from
    /// `00:00` to `23:59`.
    static func isWallTime(_ text: String) -> Bool { WallTime(text) != nil }

    /// Whether the text holds a control character that neither people nor PostgreSQL's text can do anything with.
    static func hasControlCharacters(_ text: String) -> Bool {
        text.utf8.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 || $0 == 0x7F }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
