/// A JSON value as it was written: members in their order, numbers in their digits.
///
/// Bodies are checked on this value before anything typed is made of them, because a `Decoder` stops at the first
/// problem, passes over unknown and repeated members, and does not know where in the text it is. The API document is
/// written from it, because its order is part of its readability.
indirect enum JSONValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// The digits as they were written (RFC 8259 section 6).
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// A name and its value.
    struct Member: Hashable, Sendable {
        var name: String
        var value: JSONValue
    }

    /// The value of the first member of that name, `nil` where there is none or this is no object.
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text, where this is one.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number, where this is a whole one: to JSON Schema, `2.0` and `2e0` are the same as `2`.
    var wholeNumber: Int? {
        guard case .number(let digits) = self else { return nil }
        return Int(digits) ?? Double(digits).flatMap { abs($0) < 0x1p53 ? Int(exactly: $0) : nil }
    }

    /// What kind of value this is, in the words of a message.
    var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .number: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(String(value)) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(name: $0, value: $1) })
    }
}
