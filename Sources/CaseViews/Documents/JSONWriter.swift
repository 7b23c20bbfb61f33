import Foundation
import Ledger

/// Writes JSON into bytes, several times as fast as `JSONEncoder`: a rebuild writes hundreds of thousands of documents.
///
/// Keys come in the order in which they are written; what is absent is left out.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(2048)
    }

    /// Writes an object whose fields `body` writes.
    mutating func object(_ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes an array of what `body` writes for each element.
    mutating func array<Element>(_ elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        for element in elements { body(&self, element) }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Writes a field's name; its value has to follow.
    mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func value(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            if utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
                bytes.append(contentsOf: utf8)
            } else {
                for byte in utf8 { appendEscaped(byte) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func value(_ number: Int) {
        separate()
        bytes.append(contentsOf: String(number).utf8)
    }

    mutating func value(_ flag: Bool) {
        separate()
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    /// A finite number; JSON has no other.
    mutating func value(_ number: Double) {
        separate()
        let isWhole = number.rounded() == number && abs(number) < 1e15
        bytes.append(contentsOf: (isWhole ? String(Int(number)) : String(number)).utf8)
    }

    /// A date as `YYYY-MM-DD`.
    mutating func value(_ date: CalendarDate) {
        separate()
        let (year, month, day) = date.components
        bytes.append(UInt8(ascii: "\""))
        for digit in [year / 1000, year / 100 % 10, year / 10 % 10, year % 10] { appendDigit(digit) }
        bytes.append(UInt8(ascii: "-"))
        appendDigit(month / 10)
        appendDigit(month % 10)
        bytes.append(UInt8(ascii: "-"))
        appendDigit(day / 10)
        appendDigit(day % 10)
        bytes.append(UInt8(ascii: "\""))
    }

    /// An identifier in small letters (RFC 9562).
    mutating func value(_ id: UUID) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        withUnsafeBytes(of: id.uuid) { raw in
            for index in 0..<16 {
                if index == 4 || index == 6 || index == 8 || index == 10 { bytes.append(UInt8(ascii: "-")) }
                appendHexadecimal(raw[index] >> 4)
                appendHexadecimal(raw[index] & 15)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A separator before every value and key but the first of an object or array and the value after a key. Outside of
    /// texts, which end in a quotation mark, only structure ends in these bytes.
    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
        default: bytes.append(UInt8(ascii: ","))
        }
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0..<0x20:
            bytes.append(contentsOf: "\\u00".utf8)
            appendHexadecimal(byte >> 4)
            appendHexadecimal(byte & 15)
        default:
            bytes.append(byte)
        }
    }

    private mutating func appendDigit(_ digit: Int) {
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
    }

    private mutating func appendHexadecimal(_ digit: UInt8) {
        bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
}

/// What can be written by a ``JSONWriter``, in the same form in which `Codable` reads it.
protocol JSONWritable {
    func write(to writer: inout JSONWriter)
}

extension JSONWriter {
    mutating func value(_ value: some JSONWritable) { value.write(to: &self) }

    mutating func value(_ value: some RawRepresentable<String>) { self.value(value.rawValue) }

    mutating func field(_ name: StaticString, _ value: (some JSONWritable)?) { put(name, value) { $0.value($1) } }
    mutating func field(_ name: StaticString, _ value: String?) { put(name, value) { $0.value($1) } }
    mutating func field(_ name: StaticString, _ value: Int?) { put(name, value) { $0.value($1) } }
    mutating func field(_ name: StaticString, _ value: Bool?) { put(name, value) { $0.value($1) } }
    mutating func field(_ name: StaticString, _ value: Double?) { put(name, value) { $0.value($1) } }
    mutating func field(_ name: StaticString, _ value: CalendarDate?) { put(name, value) { $0.value($1) } }
    mutating func field(_ name: StaticString, _ value: UUID?) { put(name, value) { $0.value($1) } }
    mutating func field(_ name: StaticString, _ value: (some RawRepresentable<String>)?) {
        put(name, value) { $0.value($1.rawValue) }
    }

    mutating func field(_ name: StaticString, _ values: [some JSONWritable]?) {
        put(name, values) { $0.array($1) { $0.value($1) } }
    }
    mutating func field(_ name: StaticString, _ values: [String]?) {
        put(name, values) { $0.array($1) { $0.value($1) } }
    }
    mutating func field(_ name: StaticString, _ values: [UUID]?) { put(name, values) { $0.array($1) { $0.value($1) } } }
    mutating func field(_ name: StaticString, _ values: [some RawRepresentable<String>]?) {
        put(name, values) { $0.array($1) { $0.value($1.rawValue) } }
    }

    private mutating func put<Value>(
        _ name: StaticString, _ value: Value?, _ write: (inout JSONWriter, Value) -> Void
    ) {
        guard let value else { return }
        key(name)
        write(&self, value)
    }
}

extension VisibleDays: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.array(spans) { writer, span in
            writer.object {
                $0.field("from", span.from)
                $0.field("until", span.until)
            }
        }
    }
}
