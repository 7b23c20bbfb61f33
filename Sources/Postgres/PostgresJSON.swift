/// A JSON text in UTF-8, written as `jsonb`, read from `jsonb` or `json`.
///
/// `jsonb` keeps the value, not the text: what comes back has its blanks, its key order and its duplicate keys
/// normalised.
public struct PostgresJSON: Sendable, Hashable {
    /// The text's UTF-8.
    public var bytes: [UInt8]

    /// JSON from UTF-8.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// JSON from a text.
    public init(_ text: String) {
        self.bytes = Array(text.utf8)
    }
}

extension PostgresJSON: PostgresArrayScalar {
    /// `jsonb`
    public static var postgresType: PostgresType { .jsonb }
    /// `jsonb[]`
    public static var postgresArrayType: PostgresType { .jsonbArray }

    /// The version of `jsonb`'s binary format.
    static let version: UInt8 = 1

    /// Appends the format's version and the text.
    public func encode(into writer: inout PostgresWriter) {
        writer.append(Self.version)
        writer.append(contentsOf: bytes)
    }

    /// Reads a `jsonb` or `json`.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> PostgresJSON {
        PostgresJSON(bytes: Array(try text(of: cell)))
    }

    /// The text's bytes, where they are.
    static func text(of cell: PostgresCell) throws(PostgresError) -> Slice<UnsafeRawBufferPointer> {
        let bytes = try cell.bytes()
        switch cell.type {
        case .json: return bytes[...]
        case .jsonb:
            guard bytes.first == version else { throw PostgresCell.failure("jsonb of an unknown version") }
            return bytes.dropFirst()
        default: throw cell.mismatch("JSON")
        }
    }
}
