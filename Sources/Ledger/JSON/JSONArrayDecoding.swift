/// The elements of an array, one after another.
struct JSONArrayDecoding: UnkeyedDecodingContainer {
    private let tape: JSONTape
    private let array: UInt32
    private var next: UInt32
    private var position: UInt32 = 0

    init(_ tape: JSONTape, _ index: Int) throws {
        guard tape.entries[index].kind == .array else { throw tape.mismatch([Any].self, index) }
        self.tape = tape
        array = UInt32(truncatingIfNeeded: index)
        next = array + 1
    }

    var codingPath: [any CodingKey] { tape.path(to: Int(array)) }
    var count: Int? { Int(tape.entries[Int(array)].end) }
    var currentIndex: Int { Int(position) }
    var isAtEnd: Bool { next >= tape.entries[Int(array)].next }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd else { throw ended(Never?.self) }
        guard tape.isNull(Int(next)) else { return false }
        advance()
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try take(type) { try $1.boolean($0) } }
    mutating func decode(_ type: String.Type) throws -> String { try take(type) { try $1.string($0) } }
    mutating func decode(_ type: Double.Type) throws -> Double { try take(type) { try $1.floatingPoint(type, $0) } }
    mutating func decode(_ type: Float.Type) throws -> Float { try take(type) { try $1.floatingPoint(type, $0) } }
    mutating func decode(_ type: Int.Type) throws -> Int { try take(type) { try $1.integer(type, $0) } }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try take(type) { try $1.integer(type, $0) } }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try take(type) { try $1.integer(type, $0) } }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try take(type) { try $1.integer(type, $0) } }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try take(type) { try $1.integer(type, $0) } }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try take(type) { try $1.integer(type, $0) } }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try take(type) { try $1.integer(type, $0) } }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try take(type) { try $1.integer(type, $0) } }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try take(type) { try $1.integer(type, $0) } }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try take(type) { try $1.integer(type, $0) } }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard !isAtEnd else { throw ended(type) }
        let value = try tape.value(type, Int(next))
        advance()
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try take([String: Any].self) { KeyedDecodingContainer(try JSONObjectDecoding<Nested>($1, $0)) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try take([Any].self) { try JSONArrayDecoding($1, $0) }
    }

    mutating func superDecoder() throws -> any Decoder {
        try take((any Decoder).self) { JSONTapeDecoder(tape: $1, index: $0) }
    }

    /// Reads the next element. One that cannot be read stays the next one.
    private mutating func take<Value>(
        _ type: Any.Type, _ read: (_ index: Int, _ tape: JSONTape) throws -> Value
    ) throws -> Value {
        guard !isAtEnd else { throw ended(type) }
        let value = try read(Int(next), tape)
        advance()
        return value
    }

    private mutating func advance() {
        next = tape.entries[Int(next)].next
        position += 1
    }

    private func ended(_ type: Any.Type) -> DecodingError {
        .valueNotFound(
            type,
            DecodingError.Context(
                codingPath: codingPath + [JSONPathKey(Int(position))],
                debugDescription: "the array has no more elements"
            ))
    }
}
