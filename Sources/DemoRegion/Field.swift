import Foundation
import Ledger

/// A value in the body of a command, so that bodies can be written down as the API documents them.
///
/// The demo is a client like any other and knows the API, not the types behind it; that the service would understand
/// each body is checked by a test that decodes and decides every one of them.
enum Field: Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([Field])
    case object(Fields)
    /// Left out of the body.
    case absent

    static func day(_ day: CalendarDate) -> Field { .text(day.description) }
    static func day(_ day: CalendarDate?) -> Field { day.map { .day($0) } ?? .absent }
    static func text(_ text: String?) -> Field { text.map { .text($0) } ?? .absent }
    static func number(_ number: Int?) -> Field { number.map { .number($0) } ?? .absent }
    static func id(_ id: UUID) -> Field { .text(id.uuidString.lowercased()) }
    static func texts(_ texts: [String]) -> Field { .list(texts.map { .text($0) }) }
}

/// The named values of a body.
typealias Fields = [String: Field]

extension Field: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral text: String) { self = .text(text) }
    init(integerLiteral number: Int) { self = .number(number) }
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
}

extension Field: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(dictionaryLiteral fields: (String, Field)...) {
        self = .object(Fields(fields) { _, last in last })
    }
    init(arrayLiteral fields: Field...) { self = .list(fields) }
}

extension Field {
    /// The JSON text of an object, its names sorted, so that equal bodies are equal bytes.
    static func json(_ fields: Fields) -> Data {
        var text = ""
        write(fields, to: &text)
        return Data(text.utf8)
    }

    private static func write(_ fields: Fields, to text: inout String) {
        text.append("{")
        var isFirst = true
        for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
            if case .absent = field { continue }
            if !isFirst { text.append(",") }
            isFirst = false
            write(name, to: &text)
            text.append(":")
            field.write(to: &text)
        }
        text.append("}")
    }

    private func write(to text: inout String) {
        switch self {
        case .text(let value): Self.write(value, to: &text)
        case .number(let value): text.append(String(value))
        case .flag(let value): text.append(value ? "true" : "false")
        case .object(let fields): Self.write(fields, to: &text)
        case .absent: text.append("null")
        case .list(let fields):
            text.append("[")
            for (index, field) in fields.enumerated() {
                if index > 0 { text.append(",") }
                field.write(to: &text)
            }
            text.append("]")
        }
    }

    /// The demo's texts contain no control characters, so only the two characters that JSON reserves are escaped.
    private static func write(_ value: String, to text: inout String) {
        text.append("\"")
        for scalar in value.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { text.append("\\") }
            text.unicodeScalars.append(scalar)
        }
        text.append("\"")
    }
}
