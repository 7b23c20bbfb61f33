import Crypto
public import Foundation

extension UUID {
    /// The name-based identifier (version 5, RFC 9562 section 5.5) of `name` within `namespace`.
    ///
    /// What the worker decides gets an identifier derived from what caused it, so that deciding it twice changes nothing.
    public init(derivedFrom namespace: UUID, _ name: String) {
        var hash = Insecure.SHA1()
        withUnsafeBytes(of: namespace.uuid) { hash.update(bufferPointer: $0) }
        hash.update(data: Array(name.utf8))
        var bytes = Array(hash.finalize().prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        self = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// A time-ordered random identifier (version 7, RFC 9562 section 5.7), whose neighbours lie side by side in an index.
    public static func timeOrdered(at instant: Instant) -> UUID {
        let milliseconds = UInt64(max(0, instant.microsecondsSince1970 / 1000))
        // Two calls of the secure generator and not sixteen: each is a call of the system.
        let random = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
        var bytes = withUnsafeBytes(of: random) { Array($0) }
        for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * index)) }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
