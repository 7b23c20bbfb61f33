/// A value that can be a statement's parameter: it knows its type and writes itself in PostgreSQL's binary format.
///
/// Types are declared when a statement is prepared, so `$1::interval` casts a `String` as the server would cast a
/// `text`.
public protocol PostgresEncodable: Sendable {
    /// The parameter's type.
    static var postgresType: PostgresType { get }
    /// Whether the value is NULL; then `encode` is not called.
    var isPostgresNull: Bool { get }
    /// Appends the value's binary form, as the type's `send` function would write it.
    func encode(into writer: inout PostgresWriter)
}

extension PostgresEncodable {
    /// Most values are not NULL.
    public var isPostgresNull: Bool { false }
}

/// A value that an array of ours can hold. `UInt8` is one too: an array of it is a `bytea`.
public protocol PostgresArrayElement: Sendable {
    /// The type of an array of these.
    static var postgresArrayType: PostgresType { get }
    /// Appends the array's binary form.
    static func encode(array: [Self], into writer: inout PostgresWriter)
    /// The array that the cell holds.
    static func decode(array cell: PostgresCell) throws(PostgresError) -> [Self]
}

/// A value that can be an element of an SQL array, NULL or not.
public protocol PostgresArrayScalar: PostgresArrayElement, PostgresEncodable, PostgresDecodable {}

/// The bytes of a statement's parameters in PostgreSQL's binary format: integers are big-endian.
public struct PostgresWriter: Sendable {
    /// What has been written so far.
    public var bytes: [UInt8] = []

    /// An empty writer.
    public init() {}

    /// Appends an integer, most significant byte first.
    @inlinable
    public mutating func append<Integer: FixedWidthInteger>(_ integer: Integer) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends bytes as they are.
    @inlinable
    public mutating func append(contentsOf other: some Collection<UInt8>) {
        bytes.append(contentsOf: other)
    }

    /// Appends what `body` writes, preceded by its length as an `Int32`.
    @inlinable
    public mutating func appendCounted(_ body: (inout PostgresWriter) -> Void) {
        let start = bytes.count
        append(Int32(0))
        body(&self)
        let length = Int32(truncatingIfNeeded: bytes.count - start - 4).bigEndian
        withUnsafeBytes(of: length) { length in
            for offset in 0..<4 {
                bytes[start + offset] = length[offset]
            }
        }
    }
}
