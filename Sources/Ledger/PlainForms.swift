package import Foundation

// Identifiers and days as they stand in the ledger's bytes, without a `String` in between: they are most of what is read
// and written.

enum HexDigits {
    static let small = Array("0123456789abcdef".utf8)
    static let capital = Array("0123456789ABCDEF".utf8)
}

extension UUID {
    /// Reads the form of RFC 9562 with digits in small or capital letters; `nil` for any other text.
    package init?(text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 36 else { return nil }
        var uuid: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        let isRead = withUnsafeMutableBytes(of: &uuid) { bytes in
            var index = 0
            for place in 0..<16 {
                if place == 4 || place == 6 || place == 8 || place == 10 {
                    guard text[index] == UInt8(ascii: "-") else { return false }
                    index += 1
                }
                guard let high = JSONEscapes.digit(text[index]), let low = JSONEscapes.digit(text[index + 1]) else {
                    return false
                }
                bytes[place] = high << 4 | low
                index += 2
            }
            return true
        }
        guard isRead else { return nil }
        self.init(uuid: uuid)
    }

    /// Reads the form of RFC 9562; `nil` for any other text.
    package init?(text: String) {
        var text = text
        guard let id = text.withUTF8(UUID.init(text:)) else { return nil }
        self = id
    }

    /// The form of RFC 9562 in small letters.
    package var lowercaseString: String {
        String(unsafeUninitializedCapacity: 36) { text in
            withUnsafeBytes(of: uuid) { Self.write($0, HexDigits.small, to: text) }
            return 36
        }
    }

    /// Appends the form of RFC 9562 in small letters.
    package func appendText(to bytes: inout [UInt8]) { append(HexDigits.small, to: &bytes) }

    /// Appends the form of RFC 9562 in capital letters.
    func appendCapitalText(to bytes: inout [UInt8]) { append(HexDigits.capital, to: &bytes) }

    private func append(_ digits: [UInt8], to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { text in
            withUnsafeBytes(of: uuid) { Self.write($0, digits, to: text) }
            bytes.append(contentsOf: text)
        }
    }

    private static func write(
        _ bytes: UnsafeRawBufferPointer, _ digits: [UInt8], to text: UnsafeMutableBufferPointer<UInt8>
    ) {
        digits.withUnsafeBufferPointer { digits in
            var index = 0
            for place in 0..<16 {
                if place == 4 || place == 6 || place == 8 || place == 10 {
                    text[index] = UInt8(ascii: "-")
                    index += 1
                }
                text[index] = digits[Int(bytes[place] >> 4)]
                text[index + 1] = digits[Int(bytes[place] & 0xF)]
                index += 2
            }
        }
    }
}

extension CalendarDate {
    /// Reads exactly `YYYY-MM-DD`; `nil` for any other form and for days that do not exist.
    package init?(text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = CalendarMonth.number(text[0..<4]), let month = CalendarMonth.number(text[5..<7]),
            let day = CalendarMonth.number(text[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Appends `YYYY-MM-DD`.
    package func appendText(to bytes: inout [UInt8]) {
        let (year, month, day) = components
        guard (0...9999).contains(year) else { return bytes.append(contentsOf: description.utf8) }
        for (number, scale) in [(year, 1000), (month, 10), (day, 10)] {
            if scale == 10 { bytes.append(UInt8(ascii: "-")) }
            var scale = scale
            while scale > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / scale % 10))
                scale /= 10
            }
        }
    }
}
