import Crypto
import Foundation

/// A SHA-256 hash in a Merkle tree as RFC 6962, section 2.1 defines it: of a leaf, of an inner node or of a whole tree.
public struct MerkleHash: Hashable, Sendable {
    /// How many bytes a hash has.
    public static let length = 32

    // Four words instead of an array: trees are made of millions of them.
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// The hash of the tree without leaves: that of the empty string.
    public static let emptyTree = MerkleHash(SHA256.hash(data: [UInt8]()))

    /// The hash of a leaf: SHA-256 of a zero byte and the leaf's bytes.
    public init(ofLeaf bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { MerkleHash(ofLeaf: $0) }
    }

    /// The hash of a leaf: SHA-256 of a zero byte and the leaf's bytes.
    public init(ofLeaf bytes: UnsafeRawBufferPointer) {
        var hash = SHA256()
        withUnsafeBytes(of: UInt8(0)) { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: bytes)
        self.init(hash.finalize())
    }

    /// The hash of an inner node: SHA-256 of a one byte and the hashes of what lies left and right under it.
    public init(left: MerkleHash, right: MerkleHash) {
        self = withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Self.length, alignment: 1) { buffer in
            buffer[0] = 1
            left.write(to: UnsafeMutableRawBufferPointer(rebasing: buffer[1..<1 + Self.length]))
            right.write(to: UnsafeMutableRawBufferPointer(rebasing: buffer[(1 + Self.length)...]))
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return MerkleHash(hash.finalize())
        }
    }

    /// A hash from its bytes; `nil` unless there are 32 of them.
    public init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.length else { return nil }
        self = bytes.withUnsafeBytes { MerkleHash(loading: $0) }
    }

    /// A hash from its base64 form (RFC 4648, section 4); `nil` for anything else.
    public init?(base64: String) {
        guard let data = Data(base64Encoded: base64) else { return nil }
        self.init(bytes: data)
    }

    private init(_ digest: SHA256.Digest) {
        self = digest.withUnsafeBytes { MerkleHash(loading: $0) }
    }

    /// The first 32 of these bytes, of which there are at least so many.
    private init(loading bytes: UnsafeRawBufferPointer) {
        first = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        fourth = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
    }

    private func write(to buffer: UnsafeMutableRawBufferPointer) {
        buffer.storeBytes(of: first, toByteOffset: 0, as: UInt64.self)
        buffer.storeBytes(of: second, toByteOffset: 8, as: UInt64.self)
        buffer.storeBytes(of: third, toByteOffset: 16, as: UInt64.self)
        buffer.storeBytes(of: fourth, toByteOffset: 24, as: UInt64.self)
    }

    /// The hash's 32 bytes.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.length) { buffer, count in
            write(to: UnsafeMutableRawBufferPointer(buffer))
            count = Self.length
        }
    }

    /// The hash in base64 (RFC 4648, section 4).
    public var base64: String { Data(bytes).base64EncodedString() }
}

extension Array where Element == MerkleHash {
    /// The hashes one after the other, 32 bytes each: how tiles are stored.
    public var concatenated: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * MerkleHash.length)
        for hash in self { bytes += hash.bytes }
        return bytes
    }

    /// Hashes that were stored one after the other; `nil` unless the bytes are a whole number of them.
    public init?(concatenated bytes: [UInt8]) {
        guard bytes.count.isMultiple(of: MerkleHash.length) else { return nil }
        self = stride(from: 0, to: bytes.count, by: MerkleHash.length).compactMap {
            MerkleHash(bytes: bytes[$0..<$0 + MerkleHash.length])
        }
    }
}
