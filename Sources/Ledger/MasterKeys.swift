import Crypto
import Synchronization

/// The master keys that a process works with, looked at again when they turn out to be others by now.
final class MasterKeys: Sendable {
    private let keyring: Mutex<MasterKeyring>
    private let renewed: (@Sendable () throws -> MasterKeyring)?

    init(_ keyring: MasterKeyring, renewed: (@Sendable () throws -> MasterKeyring)?) {
        self.keyring = Mutex(keyring)
        self.renewed = renewed
    }

    var current: MasterKeyring { keyring.withLock { $0 } }

    func wrap(_ key: SymmetricKey) throws -> WrappedKey { try current.wrap(key) }

    /// - Throws: ``VaultError/unknownMasterKey(_:)`` when the master key is not known now either.
    func unwrap(_ wrapped: WrappedKey) throws -> SymmetricKey {
        do {
            return try current.unwrap(wrapped)
        } catch VaultError.unknownMasterKey(let id) {
            guard let renewed else { throw VaultError.unknownMasterKey(id) }
            let keyring = try renewed()
            let key = try keyring.unwrap(wrapped)
            self.keyring.withLock { $0 = keyring }
            return key
        }
    }

    /// Takes up another master key in the place of the one that was retired.
    ///
    /// - Throws: ``VaultError/retiredMasterKey(_:)`` when there is no other.
    func renew(beyond id: String) throws {
        guard let keyring = try renewed?(), keyring.currentID != id else { throw VaultError.retiredMasterKey(id) }
        self.keyring.withLock { $0 = keyring }
    }
}
