import Crypto
import Foundation

/// The master keys that wrap person keys: one in use, and older ones that still unwrap.
public struct MasterKeyring: Sendable {
    private let current: (id: String, key: SymmetricKey)
    private let keys: [String: SymmetricKey]

    /// A keyring that wraps under the key named `current`; keys are 32 random bytes each.
    ///
    /// - Throws: ``VaultError/badMasterKey(_:)`` or ``VaultError/unknownMasterKey(_:)``.
    public init(current: String, keys: [String: [UInt8]]) throws {
        for (id, bytes) in keys where bytes.count != 32 { throw VaultError.badMasterKey(id) }
        guard let bytes = keys[current] else { throw VaultError.unknownMasterKey(current) }
        self.current = (current, SymmetricKey(data: bytes))
        self.keys = keys.mapValues { SymmetricKey(data: $0) }
    }

    func wrap(_ key: SymmetricKey) throws -> WrappedKey {
        WrappedKey(masterKeyID: current.id, bytes: Array(try AES.KeyWrap.wrap(key, using: current.key)))
    }

    func unwrap(_ wrapped: WrappedKey) throws -> SymmetricKey {
        guard let key = keys[wrapped.masterKeyID] else { throw VaultError.unknownMasterKey(wrapped.masterKeyID) }
        do {
            return try AES.KeyWrap.unwrap(wrapped.bytes, using: key)
        } catch {
            throw VaultError.unreadable
        }
    }

    func fingerprint(of bytes: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: current.key).prefix(16))
    }
}
