import Foundation

// What the entries of a tape say as Swift values, and the errors for what they do not say. The debug descriptions name
// kinds and places only: what is recorded may be personal.

extension JSONTape {
    func isNull(_ index: Int) -> Bool { entries[index].kind == .null }

    func boolean(_ index: Int) throws -> Bool {
        switch entries[index].kind {
        case .yes: true
        case .no: false
        default: throw mismatch(Bool.self, index)
        }
    }

    func string(_ index: Int) throws -> String {
        let entry = entries[index]
        guard entry.kind == .text || entry.kind == .escapedText else { throw mismatch(String.self, index) }
        return text(entry)
    }

    func integer<Number: FixedWidthInteger>(_ type: Number.Type, _ index: Int) throws -> Number {
        let entry = entries[index]
        switch entry.kind {
        case .integer:
            guard let number = withBytes(of: entry, { Self.integer($0, type) }) else {
                throw corrupted("the number does not fit into \(type)", index)
            }
            return number
        case .number:
            // Through its decimal digits: a Double would round what is longer than its 53 bits.
            guard let decimal = Decimal(string: text(entry)), let number = Number(decimal.description) else {
                throw corrupted("the number is no \(type)", index)
            }
            return number
        default: throw mismatch(type, index)
        }
    }

    func floatingPoint<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ type: Number.Type, _ index: Int
    ) throws -> Number {
        let entry = entries[index]
        guard entry.kind == .integer || entry.kind == .number else { throw mismatch(type, index) }
        guard let number = Number(text(entry)), number.isFinite else {
            throw corrupted("the number does not fit into \(type)", index)
        }
        return number
    }

    func identifier(_ index: Int) throws -> UUID {
        let entry = entries[index]
        guard entry.kind == .text || entry.kind == .escapedText else { throw mismatch(UUID.self, index) }
        guard let id = withBytes(of: entry, UUID.init(text:)) else { throw corrupted("the text is no UUID", index) }
        return id
    }

    func date(_ index: Int) throws -> CalendarDate {
        let entry = entries[index]
        guard entry.kind == .text || entry.kind == .escapedText else { throw mismatch(CalendarDate.self, index) }
        guard let date = withBytes(of: entry, CalendarDate.init(text:)) else {
            throw corrupted("the text is not a date of the form YYYY-MM-DD", index)
        }
        return date
    }

    private static func integer<Number: FixedWidthInteger>(
        _ text: UnsafeBufferPointer<UInt8>, _ type: Number.Type
    ) -> Number? {
        let isNegative = text.first == UInt8(ascii: "-")
        var number: Number = 0
        for byte in isNegative ? text.dropFirst() : text[...] {
            let (scaled, overflows) = number.multipliedReportingOverflow(by: 10)
            let digit = Number(truncatingIfNeeded: byte &- UInt8(ascii: "0"))
            let (sum, exceeds) =
                isNegative ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
            if overflows || exceeds { return nil }
            number = sum
        }
        return number
    }

    // MARK: Errors

    /// The value at `index` has another kind than is asked for.
    func mismatch(_ type: Any.Type, _ index: Int) -> DecodingError {
        let found = entries[index].kind
        let context = DecodingError.Context(
            codingPath: path(to: index), debugDescription: "\(type) is expected, \(found.article) stands here")
        return found == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    func corrupted(_ reason: String, _ index: Int) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: path(to: index), debugDescription: reason))
    }
}

extension JSONTape.Kind {
    fileprivate var article: String {
        switch self {
        case .object: "an object"
        case .array: "an array"
        case .text, .escapedText: "a text"
        case .integer, .number: "a number"
        case .yes, .no: "a truth value"
        case .null: "null"
        }
    }
}
