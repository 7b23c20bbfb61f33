import Foundation

// Foundation writes UUIDs in capitals, the API, the stream names and RFC 9562 in small letters. What is recorded is what
// auditors read and hash, so events and commands write them small. Synthesised `Codable` code picks these overloads.

extension KeyedEncodingContainer {
    mutating func encode(_ id: UUID, forKey key: Key) throws {
        try encode(id.uuidString.lowercased(), forKey: key)
    }

    mutating func encodeIfPresent(_ id: UUID?, forKey key: Key) throws {
        try encodeIfPresent(id?.uuidString.lowercased(), forKey: key)
    }
}
