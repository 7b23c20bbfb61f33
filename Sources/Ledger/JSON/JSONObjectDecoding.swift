/// The members of an object, by name.
struct JSONObjectDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let tape: JSONTape
    private let object: Int

    init(_ tape: JSONTape, _ index: Int) throws {
        guard tape.entries[index].kind == .object else { throw tape.mismatch([String: Any].self, index) }
        self.tape = tape
        object = index
    }

    var codingPath: [any CodingKey] { tape.path(to: object) }

    var allKeys: [Key] {
        var keys: [Key] = []
        var name = object + 1
        while name < Int(tape.entries[object].next) {
            if let key = Key(stringValue: tape.text(tape.entries[name])) { keys.append(key) }
            name = Int(tape.entries[name + 1].next)
        }
        return keys
    }

    func contains(_ key: Key) -> Bool { tape.value(named: key.stringValue, in: object) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { tape.isNull(try place(of: key)) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try tape.boolean(place(of: key)) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try tape.string(place(of: key)) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try tape.floatingPoint(type, place(of: key)) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try tape.floatingPoint(type, place(of: key)) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try tape.integer(type, place(of: key)) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try tape.integer(type, place(of: key)) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try tape.integer(type, place(of: key)) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try tape.integer(type, place(of: key)) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try tape.integer(type, place(of: key)) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try tape.integer(type, place(of: key)) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try tape.integer(type, place(of: key)) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try tape.integer(type, place(of: key)) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try tape.integer(type, place(of: key)) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try tape.integer(type, place(of: key)) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try tape.value(type, place(of: key))
    }

    // The default implementations of these would look each name up three times.

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        guard let place = placeIfPresent(of: key) else { return nil }
        return try tape.boolean(place)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let place = placeIfPresent(of: key) else { return nil }
        return try tape.string(place)
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        guard let place = placeIfPresent(of: key) else { return nil }
        return try tape.floatingPoint(type, place)
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        guard let place = placeIfPresent(of: key) else { return nil }
        return try tape.integer(type, place)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let place = placeIfPresent(of: key) else { return nil }
        return try tape.value(type, place)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(try JSONObjectDecoding<Nested>(tape, place(of: key)))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try JSONArrayDecoding(tape, place(of: key))
    }

    func superDecoder() throws -> any Decoder { try decoder("super") }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key.stringValue) }

    private func decoder(_ name: String) throws -> any Decoder {
        guard let place = tape.value(named: name, in: object) else { throw missing(JSONPathKey(name)) }
        return JSONTapeDecoder(tape: tape, index: place)
    }

    private func place(of key: Key) throws -> Int {
        guard let place = tape.value(named: key.stringValue, in: object) else { throw missing(key) }
        return place
    }

    private func placeIfPresent(of key: Key) -> Int? {
        guard let place = tape.value(named: key.stringValue, in: object), !tape.isNull(place) else { return nil }
        return place
    }

    private func missing(_ key: any CodingKey) -> DecodingError {
        .keyNotFound(
            key,
            DecodingError.Context(codingPath: codingPath, debugDescription: "there is no member '\(key.stringValue)'"))
    }
}
