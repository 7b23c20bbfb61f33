import Foundation

/// An event as the bytes whose hash is its leaf in the Merkle tree: everything that the ledger keeps of it.
///
/// The number of fields in two bytes, then each field as its length in four bytes and its bytes. A field that has no value
/// has the length -1 and no bytes. Numbers are big-endian and signed. The fields, in order:
///
/// | | field | bytes |
/// | --- | --- | --- |
/// | 1 | position | 8 |
/// | 2 | moment of recording: microseconds since 2000-01-01T00:00:00Z | 8 |
/// | 3 | command id | 16 |
/// | 4 | version | 4 |
/// | 5 | day from which it counts: days since 2000-01-01 | 4 |
/// | 6 | ordinal | 2 |
/// | 7 | schema version | 2 |
/// | 8 | stream | UTF-8 |
/// | 9 | type | UTF-8 |
/// | 10 | metadata | as stored |
/// | 11 | payload | as stored |
/// | 12 | personal part, sealed | as stored, or none |
/// | 13 | fingerprint of the request | as stored, or none |
///
/// This is a row as PostgreSQL's `COPY … (FORMAT binary)` writes it, on purpose: an auditor with a database and a hash
/// function needs no program of ours. Should the ledger ever keep a fourteenth field, the count at the front tells.
public enum EventLeaf {
    /// How many fields a leaf has.
    public static let fieldCount: Int16 = 13

    /// The leaf of an event.
    ///
    /// - Parameter fingerprint: what ``AppendCommand/fingerprint`` was, on the first event of its command; else `nil`.
    public static func encode(_ event: RecordedEvent, fingerprint: [UInt8]?) -> [UInt8] {
        var leaf: [UInt8] = []
        leaf.reserveCapacity(256 + event.metadata.count + event.payload.count + (event.personal?.count ?? 0))
        append(fieldCount, to: &leaf)
        appendCounted(event.position, to: &leaf)
        appendCounted(event.recordedAt.microsecondsSince1970 - 946_684_800_000_000, to: &leaf)
        append(field: withUnsafeBytes(of: event.commandID.uuid) { Array($0) }, to: &leaf)
        appendCounted(Int32(clamping: event.version), to: &leaf)
        appendCounted(Int32(clamping: event.effectiveOn.daysSince1970 - 10_957), to: &leaf)
        appendCounted(Int16(clamping: event.ordinal), to: &leaf)
        appendCounted(Int16(clamping: event.schemaVersion), to: &leaf)
        append(field: Array(event.stream.description.utf8), to: &leaf)
        append(field: Array(event.type.utf8), to: &leaf)
        append(field: event.metadata, to: &leaf)
        append(field: event.payload, to: &leaf)
        append(field: event.personal, to: &leaf)
        append(field: fingerprint, to: &leaf)
        return leaf
    }

    /// Where the position's eight bytes begin.
    static let positionOffset = 6

    /// The same leaf at another position.
    public static func moved(_ leaf: [UInt8], to position: Position) -> [UInt8] {
        guard leaf.count >= positionOffset + 8 else { return leaf }
        var leaf = leaf
        withUnsafeBytes(of: position.bigEndian) { leaf.replaceSubrange(positionOffset..<positionOffset + 8, with: $0) }
        return leaf
    }

    private static func append(_ number: some FixedWidthInteger, to leaf: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { leaf.append(contentsOf: $0) }
    }

    private static func appendCounted<Number: FixedWidthInteger>(_ number: Number, to leaf: inout [UInt8]) {
        append(Int32(MemoryLayout<Number>.size), to: &leaf)
        append(number, to: &leaf)
    }

    private static func append(field: [UInt8]?, to leaf: inout [UInt8]) {
        append(Int32(clamping: field?.count ?? -1), to: &leaf)
        if let field { leaf.append(contentsOf: field) }
    }
}
