import Foundation

/// Decodes the value at one place of a tape.
struct JSONTapeDecoder: Decoder, SingleValueDecodingContainer {
    let tape: JSONTape
    let index: Int

    var codingPath: [any CodingKey] { tape.path(to: index) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try JSONObjectDecoding(tape, index))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try JSONArrayDecoding(tape, index)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { tape.isNull(index) }
    func decode(_ type: Bool.Type) throws -> Bool { try tape.boolean(index) }
    func decode(_ type: String.Type) throws -> String { try tape.string(index) }
    func decode(_ type: Double.Type) throws -> Double { try tape.floatingPoint(type, index) }
    func decode(_ type: Float.Type) throws -> Float { try tape.floatingPoint(type, index) }
    func decode(_ type: Int.Type) throws -> Int { try tape.integer(type, index) }
    func decode(_ type: Int8.Type) throws -> Int8 { try tape.integer(type, index) }
    func decode(_ type: Int16.Type) throws -> Int16 { try tape.integer(type, index) }
    func decode(_ type: Int32.Type) throws -> Int32 { try tape.integer(type, index) }
    func decode(_ type: Int64.Type) throws -> Int64 { try tape.integer(type, index) }
    func decode(_ type: UInt.Type) throws -> UInt { try tape.integer(type, index) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try tape.integer(type, index) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try tape.integer(type, index) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try tape.integer(type, index) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try tape.integer(type, index) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try tape.value(type, index) }
}

extension JSONTape {
    /// The value at `index`. Identifiers and days, which are most of what is recorded, are read straight from the bytes.
    func value<Value: Decodable>(_ type: Value.Type, _ index: Int) throws -> Value {
        // Both types are the same here, so nothing is reinterpreted. A checked cast would cost more than the reading.
        if type == UUID.self { return unsafeBitCast(try identifier(index), to: type) }
        if type == CalendarDate.self { return unsafeBitCast(try date(index), to: type) }
        guard !LedgerJSON.isForeign(type) else { throw corrupted("the ledger's JSON has no form for \(type)", index) }
        return try Value(from: JSONTapeDecoder(tape: self, index: index))
    }
}
