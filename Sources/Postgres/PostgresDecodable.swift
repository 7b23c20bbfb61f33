/// A value that can be read from a result's cell in PostgreSQL's binary format.
public protocol PostgresDecodable {
    /// The value that the cell holds.
    ///
    /// - Throws: `PostgresError.decoding`, when the cell is NULL, of another type, or out of the type's range.
    static func decode(_ cell: PostgresCell) throws(PostgresError) -> Self
}

/// One value of a result, where libpq received it. Valid only during the call that it is passed to.
public struct PostgresCell {
    /// The value's type.
    public let type: PostgresType
    /// The value's bytes; `nil` is NULL.
    public let content: UnsafeRawBufferPointer?

    /// A cell over bytes that outlive it.
    @inlinable
    public init(type: PostgresType, content: UnsafeRawBufferPointer?) {
        self.type = type
        self.content = content
    }

    /// The value's bytes.
    ///
    /// - Throws: `PostgresError.decoding`, when the cell is NULL.
    @inlinable
    public func bytes() throws(PostgresError) -> UnsafeRawBufferPointer {
        guard let content else {
            throw Self.failure("NULL where a value is expected")
        }
        return content
    }

    /// The cell's bytes as one big-endian integer.
    ///
    /// - Throws: `PostgresError.decoding`, when the cell is NULL or not of the integer's size.
    @inlinable
    public func integer<Integer: FixedWidthInteger>(
        as: Integer.Type = Integer.self
    ) throws(PostgresError) -> Integer {
        let bytes = try bytes()
        guard bytes.count == MemoryLayout<Integer>.size else {
            throw Self.failure("\(bytes.count) bytes where \(MemoryLayout<Integer>.size) are expected")
        }
        return Integer(bigEndian: bytes.loadUnaligned(as: Integer.self))
    }

    /// The error of a value that cannot be read as `wanted`.
    @usableFromInline
    func mismatch(_ wanted: String) -> PostgresError {
        Self.failure("a value of type OID \(type.rawValue) is not \(wanted)")
    }

    @usableFromInline
    static func failure(_ reason: String) -> PostgresError {
        .decoding(PostgresError.DecodingFailure(reason: reason))
    }
}
