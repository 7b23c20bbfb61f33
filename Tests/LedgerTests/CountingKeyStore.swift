import Foundation
import Ledger
import Synchronization

/// A key store that counts how often it is asked.
final class CountingKeyStore: KeyStore {
    private let store = InMemoryKeyStore()
    private let count = Mutex(0)

    var lookups: Int { count.withLock { $0 } }

    func reset() {
        count.withLock { $0 = 0 }
    }

    func wrappedKeys(for subjects: [UUID]) async throws -> [UUID: WrappedKey] {
        count.withLock { $0 += 1 }
        return try await store.wrappedKeys(for: subjects)
    }

    func insert(_ key: WrappedKey, for subject: UUID) async throws -> WrappedKey {
        try await store.insert(key, for: subject)
    }

    func destroy(_ subject: UUID) async throws {
        try await store.destroy(subject)
    }

    func erasures(after number: Int64) async throws -> (subjects: [UUID], last: Int64) {
        try await store.erasures(after: number)
    }
}
