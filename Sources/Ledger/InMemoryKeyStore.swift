public import Foundation
import Synchronization

/// Wrapped person keys in memory, for fast tests.
public final class InMemoryKeyStore: KeyStore {
    private let keys = Mutex<[UUID: WrappedKey]>([:])

    /// An empty key store.
    public init() {}

    /// The wrapped keys of those of the persons who have one.
    public func wrappedKeys(for subjects: [UUID]) async throws -> [UUID: WrappedKey] {
        keys.withLock { keys in
            Dictionary(uniqueKeysWithValues: subjects.compactMap { subject in keys[subject].map { (subject, $0) } })
        }
    }

    /// Keeps `key` unless the person has one already.
    public func insert(_ key: WrappedKey, for subject: UUID) async throws -> WrappedKey {
        keys.withLock { keys in
            if let kept = keys[subject] { return kept }
            keys[subject] = key
            return key
        }
    }

    /// Destroys the person's key.
    public func destroy(_ subject: UUID) async throws {
        keys.withLock { $0[subject] = nil }
    }
}
