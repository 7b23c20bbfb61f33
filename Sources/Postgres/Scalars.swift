#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Bool: PostgresArrayScalar {
    /// `boolean`
    public static var postgresType: PostgresType { .bool }
    /// `boolean[]`
    public static var postgresArrayType: PostgresType { .boolArray }

    /// Appends one byte.
    @inlinable
    public func encode(into writer: inout PostgresWriter) {
        writer.append(UInt8(self ? 1 : 0))
    }

    /// Reads a `boolean`.
    @inlinable
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Bool {
        guard cell.type == .bool else { throw cell.mismatch("a boolean") }
        return try cell.integer(as: UInt8.self) != 0
    }
}

extension PostgresCell {
    /// Reads `smallint`, `integer`, `bigint` or `oid` into an integer that may be narrower, as long as the value fits.
    @inlinable
    func anyInteger<Integer: FixedWidthInteger>() throws(PostgresError) -> Integer {
        let value: Int64
        switch type {
        case .int8: value = try integer(as: Int64.self)
        case .int4: value = Int64(try integer(as: Int32.self))
        case .int2: value = Int64(try integer(as: Int16.self))
        case .oid: value = Int64(try integer(as: UInt32.self))
        default: throw mismatch("an integer")
        }
        guard let result = Integer(exactly: value) else { throw Self.failure("out of range for \(Integer.self)") }
        return result
    }
}

extension Int16: PostgresArrayScalar {
    /// `smallint`
    public static var postgresType: PostgresType { .int2 }
    /// `smallint[]`
    public static var postgresArrayType: PostgresType { .int2Array }

    /// Appends two bytes.
    @inlinable
    public func encode(into writer: inout PostgresWriter) { writer.append(self) }

    /// Reads an integer that fits.
    @inlinable
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Int16 { try cell.anyInteger() }
}

extension Int32: PostgresArrayScalar {
    /// `integer`
    public static var postgresType: PostgresType { .int4 }
    /// `integer[]`
    public static var postgresArrayType: PostgresType { .int4Array }

    /// Appends four bytes.
    @inlinable
    public func encode(into writer: inout PostgresWriter) { writer.append(self) }

    /// Reads an integer that fits.
    @inlinable
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Int32 { try cell.anyInteger() }
}

extension Int64: PostgresArrayScalar {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }
    /// `bigint[]`
    public static var postgresArrayType: PostgresType { .int8Array }

    /// Appends eight bytes.
    @inlinable
    public func encode(into writer: inout PostgresWriter) { writer.append(self) }

    /// Reads any integer.
    @inlinable
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Int64 { try cell.anyInteger() }
}

extension Int: PostgresArrayScalar {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }
    /// `bigint[]`
    public static var postgresArrayType: PostgresType { .int8Array }

    /// Appends eight bytes.
    @inlinable
    public func encode(into writer: inout PostgresWriter) { writer.append(Int64(self)) }

    /// Reads any integer.
    @inlinable
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Int { try cell.anyInteger() }
}

extension Double: PostgresArrayScalar {
    /// `double precision`
    public static var postgresType: PostgresType { .float8 }
    /// `double precision[]`
    public static var postgresArrayType: PostgresType { .float8Array }

    /// Appends eight bytes (IEEE 754).
    @inlinable
    public func encode(into writer: inout PostgresWriter) { writer.append(bitPattern) }

    /// Reads a `double precision` or `real`.
    @inlinable
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Double {
        switch cell.type {
        case .float8: return Double(bitPattern: try cell.integer(as: UInt64.self))
        case .float4: return Double(Float(bitPattern: try cell.integer(as: UInt32.self)))
        default: throw cell.mismatch("a floating-point number")
        }
    }
}

extension String: PostgresArrayScalar {
    /// `text`
    public static var postgresType: PostgresType { .text }
    /// `text[]`
    public static var postgresArrayType: PostgresType { .textArray }

    /// Appends the text's UTF-8. The server refuses a NUL in it (`SQLState.characterNotInRepertoire`).
    public func encode(into writer: inout PostgresWriter) { writer.append(contentsOf: utf8) }

    /// Reads a text of any kind, the label of an enum, or JSON as text.
    ///
    /// - Throws: `PostgresError.decoding`, when it is not UTF-8, as can be in a database with the encoding `SQL_ASCII`.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> String {
        let bytes: Slice<UnsafeRawBufferPointer>
        switch cell.type {
        case .text, .varchar, .bpchar, .name, .unknown, .void: bytes = try cell.bytes()[...]
        case .json, .jsonb: bytes = try PostgresJSON.text(of: cell)
        case let type where type.isUserDefined: bytes = try cell.bytes()[...]
        default: throw cell.mismatch("a text")
        }
        guard let text = String(validating: UnsafeRawBufferPointer(rebasing: bytes), as: UTF8.self) else {
            throw PostgresCell.failure("not UTF-8")
        }
        return text
    }
}

extension UUID: PostgresArrayScalar {
    /// `uuid`
    public static var postgresType: PostgresType { .uuid }
    /// `uuid[]`
    public static var postgresArrayType: PostgresType { .uuidArray }

    /// Appends sixteen bytes.
    public func encode(into writer: inout PostgresWriter) {
        withUnsafeBytes(of: uuid) { writer.append(contentsOf: $0) }
    }

    /// Reads a `uuid`.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> UUID {
        guard cell.type == .uuid else { throw cell.mismatch("a UUID") }
        let bytes = try cell.bytes()
        guard bytes.count == 16 else { throw PostgresCell.failure("\(bytes.count) bytes where 16 are expected") }
        return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// The raw value's type.
    public static var postgresType: PostgresType { RawValue.postgresType }

    /// Appends the raw value.
    public func encode(into writer: inout PostgresWriter) { rawValue.encode(into: &writer) }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Reads a raw value that stands for one of these.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Self {
        guard let value = Self(rawValue: try RawValue.decode(cell)) else {
            throw PostgresCell.failure("not a raw value of \(Self.self)")
        }
        return value
    }
}
