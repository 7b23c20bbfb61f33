/// The members of an object that is being put together.
struct JSONObjectEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let draft: JSONDraft

    var codingPath: [any CodingKey] { draft.codingPath }

    func encodeNil(forKey key: Key) { draft.set(.null, named: key.stringValue) }
    func encode(_ value: Bool, forKey key: Key) { draft.set(.boolean(value), named: key.stringValue) }
    func encode(_ value: String, forKey key: Key) { draft.set(.text(value), named: key.stringValue) }

    func encode(_ value: Double, forKey key: Key) throws {
        draft.set(.double(try draft.finite(value, key: key)), named: key.stringValue)
    }

    func encode(_ value: Float, forKey key: Key) throws {
        draft.set(.float(try draft.finite(value, key: key)), named: key.stringValue)
    }

    func encode(_ value: Int, forKey key: Key) { draft.set(.integer(Int64(value)), named: key.stringValue) }
    func encode(_ value: Int8, forKey key: Key) { draft.set(.integer(Int64(value)), named: key.stringValue) }
    func encode(_ value: Int16, forKey key: Key) { draft.set(.integer(Int64(value)), named: key.stringValue) }
    func encode(_ value: Int32, forKey key: Key) { draft.set(.integer(Int64(value)), named: key.stringValue) }
    func encode(_ value: Int64, forKey key: Key) { draft.set(.integer(value), named: key.stringValue) }
    func encode(_ value: UInt, forKey key: Key) { draft.set(.unsigned(UInt64(value)), named: key.stringValue) }
    func encode(_ value: UInt8, forKey key: Key) { draft.set(.unsigned(UInt64(value)), named: key.stringValue) }
    func encode(_ value: UInt16, forKey key: Key) { draft.set(.unsigned(UInt64(value)), named: key.stringValue) }
    func encode(_ value: UInt32, forKey key: Key) { draft.set(.unsigned(UInt64(value)), named: key.stringValue) }
    func encode(_ value: UInt64, forKey key: Key) { draft.set(.unsigned(value), named: key.stringValue) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        draft.set(try draft.value(value, key: key), named: key.stringValue)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        child(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { child(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { child(JSONPathKey("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { child(key) }

    private func child(_ key: any CodingKey) -> JSONDraft {
        let child = draft.child(key)
        draft.set(.draft(child), named: key.stringValue)
        return child
    }
}
