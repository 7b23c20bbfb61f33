import Foundation

/// Finds out the shape in which a type is recorded by letting it decode itself from nothing and noting what it asks for.
///
/// The schema thus follows from the code that reads, and cannot say anything else. Types that read in a way of their own
/// say what it is by being ``SchemaDescribed``.
enum SchemaRecorder {
    /// A type whose shape cannot be found out.
    struct Undescribed: Error, CustomStringConvertible {
        let type: String

        var description: String { "\(type) reads in a way of its own; it has to be SchemaDescribed" }
    }

    /// The schema of the recorded form of `type`.
    static func schema<Value: Decodable>(of type: Value.Type) throws -> JSONSchema { try record(type).schema }

    /// The schema, and any value of the type.
    static func record<Value: Decodable>(_ type: Value.Type) throws -> (schema: JSONSchema, value: Value) {
        if let simple = try simple(type) { return simple }
        let note = SchemaNote()
        do {
            let value = try Value(from: RecordingDecoder(note: note))
            guard let schema = note.schema(title: title(of: type)) else { throw Undescribed(type: "\(type)") }
            return (schema, value)
        } catch let error as Undescribed {
            throw error
        } catch {
            throw Undescribed(type: "\(type)")
        }
    }

    /// The type's name without its module.
    private static func title(of type: Any.Type) -> String {
        String(reflecting: type).split(separator: ".").dropFirst().joined(separator: ".")
    }

    private static func simple<Value: Decodable>(_ type: Value.Type) throws -> (schema: JSONSchema, value: Value)? {
        if type == UUID.self, let id = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)) as? Value {
            return (.text(format: "uuid"), id)
        }
        if let described = type as? any SchemaDescribed.Type {
            guard let value = described.schemaExample as? Value else { throw Undescribed(type: "\(type)") }
            return (described.jsonSchema, value)
        }
        if let choices = type as? any CaseIterable.Type { return try choice(choices, of: type) }
        return nil
    }

    private static func choice<Choices: CaseIterable, Value: Decodable>(
        _ choices: Choices.Type, of type: Value.Type
    ) throws -> (schema: JSONSchema, value: Value) {
        let words = try choices.allCases.map { choice in
            guard let choice = choice as? any (RawRepresentable & Encodable), let word = choice.rawValue as? String,
                try LedgerJSON.decode(String.self, from: LedgerJSON.encode(choice)) == word
            else { throw Undescribed(type: "\(type)") }
            return word
        }
        guard let value = choices.allCases.first as? Value else { throw Undescribed(type: "\(type)") }
        return (.choice(words), value)
    }
}

/// What a value asked for.
private final class SchemaNote {
    private var scalar: JSONSchema?
    private var properties: [JSONSchema.Property]?
    private var element: JSONSchema?
    private var isList = false

    func schema(title: String) -> JSONSchema? {
        if let properties { return .object(properties, title: title) }
        if isList { return element.map(JSONSchema.list) }
        return scalar
    }

    func beginObject() { properties = properties ?? [] }
    func beginList() { isList = true }
    func add(_ property: JSONSchema.Property) {
        if properties?.contains(where: { $0.name == property.name }) != true { properties?.append(property) }
    }
    func setElement(_ schema: JSONSchema) { element = schema }
    func setScalar(_ schema: JSONSchema) { scalar = schema }
}

private struct RecordingDecoder: Decoder, SingleValueDecodingContainer {
    let note: SchemaNote

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        note.beginObject()
        // A body without members asks for none.
        return KeyedDecodingContainer(RecordingObject(note: note))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        note.beginList()
        return RecordingList(note: note)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try SchemaScalars.record(type)
        note.setScalar(schema)
        return value
    }
}

private struct RecordingObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let note: SchemaNote

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try record(type, key, isRequired: true)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try record(type, key, isRequired: false)
    }

    // The overloads for simple types would by default ask whether there is a value, and then for it as if it were required.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type, key) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try optional(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try optional(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try optional(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try optional(type, key) }

    private func optional<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
        try record(type, key, isRequired: false)
    }

    private func record<Value: Decodable>(_ type: Value.Type, _ key: Key, isRequired: Bool) throws -> Value {
        let (schema, value) = try SchemaScalars.record(type)
        note.add(JSONSchema.Property(key.stringValue, schema, isRequired: isRequired))
        return value
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw SchemaRecorder.Undescribed(type: key.stringValue)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SchemaRecorder.Undescribed(type: key.stringValue)
    }

    func superDecoder() throws -> any Decoder { throw SchemaRecorder.Undescribed(type: "super") }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw SchemaRecorder.Undescribed(type: key.stringValue) }
}

/// A list of one element.
private struct RecordingList: UnkeyedDecodingContainer {
    let note: SchemaNote
    private(set) var currentIndex = 0

    init(note: SchemaNote) { self.note = note }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try SchemaScalars.record(type)
        note.setElement(schema)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        throw SchemaRecorder.Undescribed(type: "a list of objects without a type")
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SchemaRecorder.Undescribed(type: "a list of lists without a type")
    }

    mutating func superDecoder() throws -> any Decoder { throw SchemaRecorder.Undescribed(type: "super") }
}

/// Scalars by their types; everything else by asking it.
private enum SchemaScalars {
    static func record<Value: Decodable>(_ type: Value.Type) throws -> (schema: JSONSchema, value: Value) {
        let scalars: [(any Decodable, JSONSchema)] = [
            ("", .text()), (false, .boolean), (0.0, .number), (Float(0), .number), (0, .integer), (Int8(0), .integer),
            (Int16(0), .integer), (Int32(0), .integer), (Int64(0), .integer), (UInt(0), .integer), (UInt8(0), .integer),
            (UInt16(0), .integer), (UInt32(0), .integer), (UInt64(0), .integer),
        ]
        for (value, schema) in scalars {
            if let value = value as? Value { return (schema, value) }
        }
        return try SchemaRecorder.record(type)
    }
}
