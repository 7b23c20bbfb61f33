import Crypto
import Foundation

/// The master keys that wrap person keys: one in use, and older ones that still unwrap.
public struct MasterKeyring: Sendable {
    /// The name of the key in use.
    public let currentID: String
    private let current: SymmetricKey
    private let keys: [String: SymmetricKey]
    private let fingerprintKey: SymmetricKey

    /// A keyring that wraps under the key named `current`; keys are 32 random bytes each.
    ///
    /// - Parameter fingerprintKey: what fingerprints are made with. It outlives the master keys, because commands that were
    ///   recorded under an older one are compared with those that come again. Unless given, it follows from the current
    ///   key.
    /// - Throws: ``VaultError/badMasterKey(_:)`` or ``VaultError/unknownMasterKey(_:)``.
    public init(current: String, keys: [String: [UInt8]], fingerprintKey: [UInt8]? = nil) throws {
        for (id, bytes) in keys where bytes.count != 32 { throw VaultError.badMasterKey(id) }
        guard let bytes = keys[current] else { throw VaultError.unknownMasterKey(current) }
        currentID = current
        self.current = SymmetricKey(data: bytes)
        self.keys = keys.mapValues { SymmetricKey(data: $0) }
        self.fingerprintKey = SymmetricKey(data: fingerprintKey ?? Self.fingerprintKey(following: bytes))
    }

    /// The names of all keys, sorted.
    public var ids: [String] { keys.keys.sorted() }

    /// The key that fingerprints are made with while there is one master key only: it does not lead back to that one.
    public static func fingerprintKey(following masterKey: [UInt8]) -> [UInt8] {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: masterKey), info: Data("gleichtakt fingerprints".utf8),
            outputByteCount: 32
        ).withUnsafeBytes { Array($0) }
    }

    /// A key that is wrapped under any of the keys, wrapped under the one in use.
    ///
    /// - Throws: ``VaultError/unknownMasterKey(_:)``; ``VaultError/unreadable``.
    public func rewrap(_ wrapped: WrappedKey) throws -> WrappedKey { try wrap(unwrap(wrapped)) }

    func wrap(_ key: SymmetricKey) throws -> WrappedKey {
        WrappedKey(masterKeyID: currentID, bytes: Array(try AES.KeyWrap.wrap(key, using: current)))
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
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: fingerprintKey).prefix(16))
    }
}
