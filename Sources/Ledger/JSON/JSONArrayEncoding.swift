/// The elements of an array that is being put together.
struct JSONArrayEncoding: UnkeyedEncodingContainer {
    let draft: JSONDraft

    var codingPath: [any CodingKey] { draft.codingPath }
    var count: Int { draft.elements.count }

    func encodeNil() { draft.append(.null) }
    func encode(_ value: Bool) { draft.append(.boolean(value)) }
    func encode(_ value: String) { draft.append(.text(value)) }
    func encode(_ value: Double) throws { draft.append(.double(try draft.finite(value, key: key))) }
    func encode(_ value: Float) throws { draft.append(.float(try draft.finite(value, key: key))) }
    func encode(_ value: Int) { draft.append(.integer(Int64(value))) }
    func encode(_ value: Int8) { draft.append(.integer(Int64(value))) }
    func encode(_ value: Int16) { draft.append(.integer(Int64(value))) }
    func encode(_ value: Int32) { draft.append(.integer(Int64(value))) }
    func encode(_ value: Int64) { draft.append(.integer(value)) }
    func encode(_ value: UInt) { draft.append(.unsigned(UInt64(value))) }
    func encode(_ value: UInt8) { draft.append(.unsigned(UInt64(value))) }
    func encode(_ value: UInt16) { draft.append(.unsigned(UInt64(value))) }
    func encode(_ value: UInt32) { draft.append(.unsigned(UInt64(value))) }
    func encode(_ value: UInt64) { draft.append(.unsigned(value)) }
    func encode<Value: Encodable>(_ value: Value) throws { draft.append(try draft.value(value, key: key)) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        child().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }
    func superEncoder() -> any Encoder { child() }

    private var key: JSONPathKey { JSONPathKey(count) }

    private func child() -> JSONDraft {
        let child = draft.child(key)
        draft.append(.draft(child))
        return child
    }
}
