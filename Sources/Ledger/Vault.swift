import Crypto
public import Foundation
import Synchronization

/// Seals personal data under a key per person, so that destroying the key erases the person and leaves history whole.
///
/// AES-GCM (NIST SP 800-38D) with associated data that binds a ciphertext to its event: moved to another event, stream
/// or person it does not open. Person keys are kept wrapped (AES Key Wrap, RFC 3394) under a master key.
///
/// Unwrapped keys are held in memory, and other processes destroy keys. So what is in memory counts for
/// ``memoryLifetime`` only; then the store is asked first who was erased meanwhile. Whoever erases a person and waits
/// that long knows that no process opens anything of theirs any more, be it busy, idle or cut off from the database.
public final class Vault: Sendable {
    /// How long keys, and states made with them, may be used from memory without asking who was erased meanwhile.
    public static let memoryLifetime = Duration.seconds(1)

    private let store: any KeyStore
    private let masterKeys: MasterKeys
    private let cache: Mutex<LeastRecentlyUsed<UUID, SymmetricKey>>
    private let erasures = ErasureWatch()

    /// A vault over the wrapped keys in `store`; at most `cachedKeys` unwrapped keys are held in memory.
    ///
    /// - Parameter renewed: the master keys as they are now, asked when a person's key is wrapped under one that is not
    ///   known, or the one in use was retired: another process rotated them.
    public init(
        store: any KeyStore, masterKeys: MasterKeyring, cachedKeys: Int = 50_000,
        renewed: (@Sendable () throws -> MasterKeyring)? = nil
    ) {
        self.store = store
        self.masterKeys = MasterKeys(masterKeys, renewed: renewed)
        cache = Mutex(LeastRecentlyUsed(capacity: cachedKeys))
        erasures.add { [weak self] in self?.forget($0) }
    }

    /// Seals `plaintext` for a person, making the person's key if there is none yet.
    public func seal(_ plaintext: [UInt8], for subject: UUID, binding context: [UInt8]) async throws -> [UInt8] {
        let key =
            if let existing = try await keys(for: [subject])[subject] {
                existing
            } else {
                try await makeKey(for: subject)
            }
        let box = try AES.GCM.seal(plaintext, using: key, authenticating: context)
        guard let combined = box.combined else { throw VaultError.unreadable }
        return Array(combined)
    }

    /// Opens what was sealed for a person, or answers `nil` when the person's key is destroyed.
    ///
    /// - Throws: ``VaultError/unreadable`` when the bytes were changed or belong to another event or person.
    public func open(_ sealed: [UInt8], for subject: UUID, binding context: [UInt8]) async throws -> [UInt8]? {
        try await keys(for: [subject]).open(sealed, for: subject, binding: context)
    }

    /// The keys of many persons, loaded in one step: with them their data opens without waiting.
    public func keys(for subjects: Set<UUID>) async throws -> PersonKeys {
        guard !subjects.isEmpty else { return PersonKeys(keys: [:]) }
        try await noticeErasures()
        var keys = cache.withLock { cache in
            subjects.reduce(into: [:]) { keys, subject in keys[subject] = cache.value(for: subject) }
        }
        guard keys.count < subjects.count else { return PersonKeys(keys: keys) }
        let erased = erasedSoFar
        for (subject, wrapped) in try await store.wrappedKeys(for: subjects.filter { keys[$0] == nil }.map(\.self)) {
            let key = try masterKeys.unwrap(wrapped)
            keys[subject] = key
            keep(key, for: subject, since: erased)
        }
        return PersonKeys(keys: keys)
    }

    /// Drops the cached key of a person, after it was destroyed in the store.
    public func forget(_ subject: UUID) {
        cache.withLock { $0.remove(subject) }
    }

    // MARK: Erasures

    /// Sees to it that everybody who was erased up to ``memoryLifetime`` ago is forgotten, here and by whoever asked to be
    /// told. Whoever keeps in memory what was opened calls it before using that.
    ///
    /// - Throws: what the store throws; what is in memory must not be used then.
    public func noticeErasures() async throws {
        try await erasures.notice(within: Self.memoryLifetime) { [store] in try await store.erasures(after: $0) }
    }

    /// Has `forget` called with each person that is found to be erased from now on.
    public func onErasure(_ forget: @escaping @Sendable (UUID) -> Void) {
        erasures.add(forget)
    }

    /// How many erasures are known of. What was opened while it was less must not be kept.
    public var erasedSoFar: Int64 { erasures.number }

    /// A key that was found before an erasure became known, and is stored after it, would stay for good.
    private func keep(_ key: SymmetricKey, for subject: UUID, since erased: Int64) {
        cache.withLock { cache in
            if erasures.number == erased { cache.set(key, for: subject) }
        }
    }

    /// A digest that nobody without the master key can recompute from guessed content (HMAC-SHA256, 16 bytes).
    public func fingerprint(of bytes: [UInt8]) -> [UInt8] {
        masterKeys.current.fingerprint(of: bytes)
    }

    private func makeKey(for subject: UUID) async throws -> SymmetricKey {
        let erased = erasedSoFar
        let made = SymmetricKey(size: .bits256)
        let kept: WrappedKey
        do {
            kept = try await store.insert(masterKeys.wrap(made), for: subject)
        } catch VaultError.retiredMasterKey(let id) {
            // Rotated elsewhere, and finished since this process looked last.
            try masterKeys.renew(beyond: id)
            kept = try await store.insert(masterKeys.wrap(made), for: subject)
        }
        let key = try masterKeys.unwrap(kept)
        keep(key, for: subject, since: erased)
        return key
    }
}

/// The keys of some persons, unwrapped. Whoever is missing among them has been erased.
public struct PersonKeys: Sendable {
    fileprivate let keys: [UUID: SymmetricKey]

    subscript(subject: UUID) -> SymmetricKey? { keys[subject] }

    /// Opens what was sealed for a person, or answers `nil` when the person has no key.
    ///
    /// - Throws: ``VaultError/unreadable`` when the bytes were changed or belong to another event or person.
    public func open(_ sealed: [UInt8], for subject: UUID, binding context: [UInt8]) throws(VaultError) -> [UInt8]? {
        guard let key = keys[subject] else { return nil }
        do {
            return Array(try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key, authenticating: context))
        } catch {
            throw .unreadable
        }
    }
}

/// Where wrapped person keys are kept. The key must be durable before anything sealed under it is.
public protocol KeyStore: Sendable {
    /// The wrapped keys of those of the persons who have one.
    func wrappedKeys(for subjects: [UUID]) async throws -> [UUID: WrappedKey]
    /// Keeps `key` unless the person has one already; answers the one that is kept.
    ///
    /// - Throws: ``VaultError/erased(_:)`` for a person whose key was destroyed: there is never another one;
    ///   ``VaultError/retiredMasterKey(_:)``.
    func insert(_ key: WrappedKey, for subject: UUID) async throws -> WrappedKey
    /// Destroys the person's key; nothing sealed under it opens again, and no other key takes its place.
    func destroy(_ subject: UUID) async throws
    /// Who was erased after the erasure of that number, 0 for all, and the number of the last of them.
    func erasures(after number: Int64) async throws -> (subjects: [UUID], last: Int64)
}

/// A person's key, encrypted under a master key.
public struct WrappedKey: Hashable, Sendable {
    /// Which master key wraps it.
    public var masterKeyID: String
    /// The wrapped bytes (RFC 3394).
    public var bytes: [UInt8]

    /// A key wrapped under the master key of that name.
    public init(masterKeyID: String, bytes: [UInt8]) {
        self.masterKeyID = masterKeyID
        self.bytes = bytes
    }
}

/// What can go wrong with sealed data.
public enum VaultError: Error, Hashable, Sendable {
    /// The sealed bytes do not belong here or were changed.
    case unreadable
    /// A person key is wrapped under a master key that is not in the keyring.
    case unknownMasterKey(String)
    /// The master key that new person keys are wrapped under was replaced, and takes no more.
    case retiredMasterKey(String)
    /// The person's key was destroyed: nothing is sealed for them any more.
    case erased(UUID)
    /// A master key is not 32 bytes long.
    case badMasterKey(String)
    /// Personal data on a stream whose identifier is no UUID: there is no person under whose key to seal it.
    case noSubject(StreamName)
}
