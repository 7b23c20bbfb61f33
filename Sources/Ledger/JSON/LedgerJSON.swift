import Foundation

/// Between `Codable` values and the bytes that the ledger records: JSON with its members in the order of their names,
/// byte by byte, nothing escaped that need not be, identifiers in small letters.
///
/// The form is that of Foundation's `JSONEncoder` with sorted keys and unescaped slashes, byte for byte, and what is read
/// is what its `JSONDecoder` reads, several times as fast: a rebuild reads hundreds of thousands of events per second.
/// Reading is stricter: UTF-8 only, and no object with two members of one name (RFC 8259, RFC 7493).
public enum LedgerJSON {
    /// The value that `bytes` spell.
    ///
    /// - Throws: `DecodingError`, which names places and kinds, but no values.
    public static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from bytes: [UInt8]) throws -> Value {
        let tape: JSONTape
        do throws(JSONTapeScanner.Fault) {
            tape = try JSONTape(bytes)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: "\(error.reason) (byte \(error.offset))"))
        }
        return try tape.value(type, 0)
    }

    /// The bytes that spell `value`.
    ///
    /// - Throws: `EncodingError` for numbers that are not finite and for values that encode nothing.
    public static func encode<Value: Encodable>(_ value: Value) throws -> [UInt8] {
        let draft = JSONDraft()
        try draft.take(value)
        guard !draft.isEmpty else {
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: [], debugDescription: "\(Value.self) encoded nothing"))
        }
        var output = JSONOutput()
        output.write(draft)
        return output.bytes
    }

    /// Types of Foundation that its coders write differently from what the types themselves encode. They are refused, so
    /// that nothing is recorded in a form that other programs would not expect.
    static func isForeign(_ type: Any.Type) -> Bool {
        type == Data.self || type == URL.self || type == Decimal.self
    }
}
