public import Foundation

// Foundation writes UUIDs in capitals; the API, the stream names and RFC 9562 write them in small letters. What is
// recorded is what auditors read and hash. Synthesised `Codable` code picks these overloads wherever this room is
// imported.

extension KeyedEncodingContainer {
    /// Encodes an identifier in small letters.
    public mutating func encode(_ id: UUID, forKey key: Key) throws {
        try encode(id.lowercaseString, forKey: key)
    }

    /// Encodes identifiers in small letters.
    public mutating func encode(_ ids: [UUID], forKey key: Key) throws {
        try encode(ids.map { $0.lowercaseString }, forKey: key)
    }

    /// Encodes an identifier, if there is one, in small letters.
    public mutating func encodeIfPresent(_ id: UUID?, forKey key: Key) throws {
        try encodeIfPresent(id?.lowercaseString, forKey: key)
    }

    /// Encodes identifiers, if there are any, in small letters.
    public mutating func encodeIfPresent(_ ids: [UUID]?, forKey key: Key) throws {
        try encodeIfPresent(ids?.map { $0.lowercaseString }, forKey: key)
    }
}
