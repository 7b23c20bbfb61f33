/// Authorships by their bytes. The events of a command share theirs, and so do most commands of one person.
///
/// A table of fixed size in which a new entry takes an older one's place.
struct AuthorshipMemory<Authorship: Decodable & Sendable>: Sendable {
    private struct Entry: Sendable {
        var bytes: [UInt8]
        var authorship: Authorship
    }

    private static var places: Int { 256 }

    private var entries: [Entry?] = []

    /// The authorship that `bytes` spell.
    ///
    /// - Throws: `DecodingError`.
    mutating func authorship(in bytes: [UInt8]) throws -> Authorship {
        let place = Self.place(of: bytes)
        if !entries.isEmpty, let entry = entries[place], entry.bytes.isSame(as: bytes) { return entry.authorship }
        let authorship: Authorship = try LedgerJSON.decode(from: bytes)
        if entries.isEmpty { entries = Array(repeating: nil, count: Self.places) }
        entries[place] = Entry(bytes: bytes, authorship: authorship)
        return authorship
    }

    /// A place in the table, from a quick mix of all bytes.
    private static func place(of bytes: [UInt8]) -> Int {
        var mixed = UInt64(truncatingIfNeeded: bytes.count)
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset + 8 <= bytes.count {
                mixed = (mixed ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
                mixed ^= mixed >> 32
                offset += 8
            }
            for byte in bytes[offset...] { mixed = (mixed ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
        }
        return Int(truncatingIfNeeded: (mixed ^ mixed >> 32) % UInt64(places))
    }
}

extension [UInt8] {
    /// Whether both arrays hold the same bytes.
    fileprivate func isSame(as other: [UInt8]) -> Bool {
        count == other.count
            && withUnsafeBytes { mine in
                other.withUnsafeBytes { theirs in mine.elementsEqual(theirs) }
            }
    }
}
