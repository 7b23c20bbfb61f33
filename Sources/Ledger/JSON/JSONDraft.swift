import Foundation

/// A JSON value that is being put together. An object's members are written in the order of their names, so nothing can
/// be written before all of them are known.
final class JSONDraft: Encoder, SingleValueEncodingContainer {
    enum Value {
        case null
        case boolean(Bool)
        case text(String)
        case integer(Int64)
        case unsigned(UInt64)
        case double(Double)
        case float(Float)
        case identifier(UUID)
        case date(CalendarDate)
        case draft(JSONDraft)
    }

    struct Member {
        var name: String
        var value: Value
    }

    enum Shape {
        case nothing, scalar, object, array
    }

    /// The value that this one is in. It holds this one, and would never be freed were it held in turn.
    private unowned let parent: JSONDraft?
    private let key: (any CodingKey)?
    private(set) var shape = Shape.nothing
    private(set) var scalar = Value.null
    private(set) var members: [Member] = []
    private(set) var elements: [Value] = []

    init(parent: JSONDraft? = nil, key: (any CodingKey)? = nil) {
        self.parent = parent
        self.key = key
    }

    var isEmpty: Bool { shape == .nothing }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var codingPath: [any CodingKey] {
        guard let parent else { return [] }
        return parent.codingPath + (key.map { [$0] } ?? [])
    }

    // MARK: Containers

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        become(.object)
        return KeyedEncodingContainer(JSONObjectEncoding(draft: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        become(.array)
        return JSONArrayEncoding(draft: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    private func become(_ shape: Shape) {
        precondition(self.shape == .nothing || self.shape == shape, "a value is encoded in two shapes")
        self.shape = shape
    }

    /// Adds a member.
    func set(_ value: Value, named name: String) { members.append(Member(name: name, value: value)) }

    /// Adds an element.
    func append(_ value: Value) { elements.append(value) }

    /// A value inside this one, that is still to be put together.
    func child(_ key: any CodingKey) -> JSONDraft { JSONDraft(parent: self, key: key) }

    // MARK: Values

    /// Makes `value` what this draft stands for.
    func take<Encoded: Encodable>(_ value: Encoded) throws {
        if let simple = try simple(value, key: nil) {
            encode(simple)
        } else {
            try value.encode(to: self)
        }
    }

    /// What stands for `value` inside this value.
    func value<Encoded: Encodable>(_ value: Encoded, key: any CodingKey) throws -> Value {
        if let simple = try simple(value, key: key) { return simple }
        let child = child(key)
        try value.encode(to: child)
        if child.shape == .scalar { return child.scalar }
        // Foundation writes an empty object for a value inside another one that encodes nothing.
        if child.isEmpty { child.become(.object) }
        return .draft(child)
    }

    /// What stands for a value that need not be asked how it is encoded.
    private func simple<Encoded: Encodable>(_ value: Encoded, key: (any CodingKey)?) throws -> Value? {
        if Encoded.self == UUID.self, let id = value as? UUID { return .identifier(id) }
        if Encoded.self == CalendarDate.self, let date = value as? CalendarDate { return .date(date) }
        if LedgerJSON.isForeign(Encoded.self) {
            throw invalid(value, key: key, "the ledger's JSON has no form for \(Encoded.self)")
        }
        return nil
    }

    func finite<Number: BinaryFloatingPoint>(_ number: Number, key: (any CodingKey)? = nil) throws -> Number {
        guard number.isFinite else { throw invalid(number, key: key, "\(number) is no number of JSON") }
        return number
    }

    private func invalid(_ value: Any, key: (any CodingKey)?, _ reason: String) -> EncodingError {
        .invalidValue(
            value,
            EncodingError.Context(codingPath: codingPath + (key.map { [$0] } ?? []), debugDescription: reason))
    }

    private func encode(_ value: Value) {
        become(.scalar)
        scalar = value
    }

    func encodeNil() { encode(.null) }
    func encode(_ value: Bool) { encode(.boolean(value)) }
    func encode(_ value: String) { encode(.text(value)) }
    func encode(_ value: Double) throws { encode(.double(try finite(value))) }
    func encode(_ value: Float) throws { encode(.float(try finite(value))) }
    func encode(_ value: Int) { encode(.integer(Int64(value))) }
    func encode(_ value: Int8) { encode(.integer(Int64(value))) }
    func encode(_ value: Int16) { encode(.integer(Int64(value))) }
    func encode(_ value: Int32) { encode(.integer(Int64(value))) }
    func encode(_ value: Int64) { encode(.integer(value)) }
    func encode(_ value: UInt) { encode(.unsigned(UInt64(value))) }
    func encode(_ value: UInt8) { encode(.unsigned(UInt64(value))) }
    func encode(_ value: UInt16) { encode(.unsigned(UInt64(value))) }
    func encode(_ value: UInt32) { encode(.unsigned(UInt64(value))) }
    func encode(_ value: UInt64) { encode(.unsigned(value)) }
    func encode<Encoded: Encodable>(_ value: Encoded) throws { try take(value) }
}
