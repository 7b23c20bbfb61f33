extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The wrapped value's type.
    public static var postgresType: PostgresType { Wrapped.postgresType }

    /// Whether there is no value.
    public var isPostgresNull: Bool { self?.isPostgresNull ?? true }

    /// Appends the wrapped value.
    public func encode(into writer: inout PostgresWriter) { self?.encode(into: &writer) }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Reads a value, or NULL as `nil`.
    @inlinable
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Wrapped? {
        cell.content == nil ? nil : try Wrapped.decode(cell)
    }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayScalar {
    /// The type of an array of the wrapped values.
    public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }

    /// Appends an array in which NULLs may be.
    public static func encode(array: [Wrapped?], into writer: inout PostgresWriter) {
        writer.append(array: array, of: Wrapped.postgresType)
    }

    /// Reads an array in which NULLs may be.
    public static func decode(array cell: PostgresCell) throws(PostgresError) -> [Wrapped?] {
        try cell.elements()
    }
}

extension PostgresArrayElement where Self: PostgresEncodable & PostgresDecodable {
    /// Appends a one-dimensional SQL array.
    public static func encode(array: [Self], into writer: inout PostgresWriter) {
        writer.append(array: array, of: Self.postgresType)
    }

    /// Reads a one-dimensional SQL array.
    public static func decode(array cell: PostgresCell) throws(PostgresError) -> [Self] {
        try cell.elements()
    }
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    /// The type of an array of these elements; for `UInt8` it is `bytea`.
    public static var postgresType: PostgresType { Element.postgresArrayType }

    /// Appends the array.
    public func encode(into writer: inout PostgresWriter) { Element.encode(array: self, into: &writer) }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    /// Reads the array.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> [Element] {
        try Element.decode(array: cell)
    }
}

extension UInt8: PostgresArrayElement {
    /// `bytea`: an array of `UInt8` is a string of bytes, not an SQL array.
    public static var postgresArrayType: PostgresType { .bytea }

    /// Appends the bytes.
    public static func encode(array: [UInt8], into writer: inout PostgresWriter) {
        writer.append(contentsOf: array)
    }

    /// Reads a `bytea`.
    public static func decode(array cell: PostgresCell) throws(PostgresError) -> [UInt8] {
        guard cell.type == .bytea else { throw cell.mismatch("a bytea") }
        return Array(try cell.bytes())
    }
}

extension Array: PostgresArrayElement where Element == UInt8 {
    /// `bytea[]`
    public static var postgresArrayType: PostgresType { .byteaArray }
}

extension Array: PostgresArrayScalar where Element == UInt8 {}

extension PostgresWriter {
    /// Appends a one-dimensional array: dimensions, whether there are NULLs, element type, length, lower bound,
    /// elements (PostgreSQL, `array_send`). An empty array has no dimension.
    @inlinable
    mutating func append<Element: PostgresEncodable>(array: [Element], of type: PostgresType) {
        append(Int32(array.isEmpty ? 0 : 1))
        append(Int32(array.contains { $0.isPostgresNull } ? 1 : 0))
        append(type.rawValue)
        guard !array.isEmpty else { return }
        append(Int32(truncatingIfNeeded: array.count))
        append(Int32(1))
        for element in array {
            if element.isPostgresNull {
                append(Int32(-1))
            } else {
                appendCounted { element.encode(into: &$0) }
            }
        }
    }
}

extension PostgresCell {
    /// The elements of a one-dimensional array.
    @inlinable
    func elements<Element: PostgresDecodable>() throws(PostgresError) -> [Element] {
        let bytes = try bytes()
        guard bytes.count >= 12 else { throw mismatch("an array") }
        let dimensions = bytes.bigEndianInt32(at: 0)
        let elementType = PostgresType(rawValue: UInt32(bitPattern: bytes.bigEndianInt32(at: 8)))
        if dimensions == 0 { return [] }
        guard dimensions == 1, bytes.count >= 20 else { throw mismatch("a one-dimensional array") }
        let count = Int(bytes.bigEndianInt32(at: 12))
        // Every element has at least its length: this bounds what a malformed count could reserve.
        guard count >= 0, count <= (bytes.count - 20) / 4 else { throw mismatch("an array") }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            guard offset + 4 <= bytes.count else { throw mismatch("an array") }
            let length = Int(bytes.bigEndianInt32(at: offset))
            offset += 4
            if length < 0 {
                elements.append(try Element.decode(PostgresCell(type: elementType, content: nil)))
            } else {
                guard length <= bytes.count - offset else { throw mismatch("an array") }
                let content = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
                elements.append(try Element.decode(PostgresCell(type: elementType, content: content)))
                offset += length
            }
        }
        return elements
    }
}

extension UnsafeRawBufferPointer {
    @usableFromInline
    func bigEndianInt32(at offset: Int) -> Int32 {
        Int32(bigEndian: loadUnaligned(fromByteOffset: offset, as: Int32.self))
    }
}
