import Foundation
import Ledger
import Postgres

/// Events as leaves of the Merkle tree, read by position.
///
/// A row in PostgreSQL's binary COPY format is a leaf as ``EventLeaf`` defines it, so that what is hashed is what the server
/// sends, byte by byte, whatever somebody may have done to it.
enum LeafCopy {
    /// Reads the events after one position and up to another. No more than a piece of them is in memory at a time.
    ///
    /// - Throws: `PostgresError`; what `receive` throws.
    static func read(
        after: Position, through: Position, on connection: PostgresConnection, _ receive: (StoredLeaf) throws -> Void
    ) async throws {
        var parser = LeafParser()
        // COPY takes no parameters; these are numbers of ours.
        let sql = """
            COPY (
                SELECT position, recorded_at, command_id, version, effective_on, ordinal, schema_version, stream, type,
                    metadata, payload, personal, fingerprint
                FROM ledger.events WHERE position > \(after) AND position <= \(through) ORDER BY position
            ) TO STDOUT (FORMAT binary)
            """
        try await connection.copyOut(sql) { chunk in try parser.parse(chunk, receive) }
    }
}

/// A row as it came, valid only during the call that it is passed to.
struct StoredLeaf {
    let bytes: UnsafeRawBufferPointer

    var hash: MerkleHash { MerkleHash(ofLeaf: bytes) }
    var position: Position { integer(0) ?? 0 }
    /// Microseconds since 2000-01-01, UTC.
    var recordedAt: Int64 { integer(1) ?? 0 }
    var ordinal: Int { Int(integer(5, as: Int16.self) ?? 0) }

    var commandID: UUID? {
        field(2).flatMap { $0.count == 16 ? UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) : nil }
    }

    private func integer<Number: FixedWidthInteger>(_ number: Int, as type: Number.Type = Int64.self) -> Number? {
        field(number).flatMap {
            $0.count == MemoryLayout<Number>.size ? Number(bigEndian: $0.loadUnaligned(as: Number.self)) : nil
        }
    }

    /// A field by its place, from 0; `nil` for NULL. The parser has seen to it that all of them are there.
    private func field(_ number: Int) -> UnsafeRawBufferPointer? {
        var offset = 2
        for _ in 0..<number { offset += 4 + max(0, length(at: offset)) }
        let length = length(at: offset)
        return length < 0 ? nil : UnsafeRawBufferPointer(rebasing: bytes[offset + 4..<offset + 4 + length])
    }

    private func length(at offset: Int) -> Int {
        Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
    }
}

/// Cuts the data of a binary COPY into rows (PostgreSQL documentation, "COPY", Binary Format).
struct LeafParser {
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]
    /// Signature, flags and length of the header's extension.
    private static let headerLength = 19

    /// What has come of a row that is not whole yet.
    private var rest: [UInt8] = []
    private var hasHeader = false
    private var isAtEnd = false

    /// Takes a piece of the data and hands out the rows that are whole with it.
    ///
    /// - Throws: `PostgresError.decoding`, when it is no such data; what `receive` throws.
    mutating func parse(_ chunk: [UInt8], _ receive: (StoredLeaf) throws -> Void) throws {
        let data = rest.isEmpty ? chunk : rest + chunk
        var offset = 0
        try data.withUnsafeBytes { bytes in
            if !hasHeader {
                guard bytes.count >= Self.headerLength else { return }
                guard bytes.prefix(Self.signature.count).elementsEqual(Self.signature) else { throw Self.unreadable }
                offset = Self.headerLength + Self.length(at: Self.headerLength - 4, in: bytes)
                hasHeader = true
            }
            while !isAtEnd, let end = try Self.row(at: offset, in: bytes) {
                guard end > offset else {
                    isAtEnd = true
                    return
                }
                try receive(StoredLeaf(bytes: UnsafeRawBufferPointer(rebasing: bytes[offset..<end])))
                offset = end
            }
        }
        rest = isAtEnd ? [] : Array(data[min(offset, data.count)...])
    }

    /// Where the row at `offset` ends: at its beginning for the mark at the data's end, `nil` if it is not whole.
    private static func row(at offset: Int, in bytes: UnsafeRawBufferPointer) throws -> Int? {
        guard offset + 2 <= bytes.count else { return nil }
        let fields = Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int16.self))
        if fields == -1 { return offset }
        guard fields == EventLeaf.fieldCount else { throw unreadable }
        var end = offset + 2
        for _ in 0..<fields {
            guard end + 4 <= bytes.count else { return nil }
            end += 4 + max(0, length(at: end, in: bytes))
        }
        return end <= bytes.count ? end : nil
    }

    private static func length(at offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
    }

    private static var unreadable: PostgresError {
        .decoding(PostgresError.DecodingFailure(reason: "not rows of ledger.events in COPY's binary format"))
    }
}
