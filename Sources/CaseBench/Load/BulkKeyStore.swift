import Foundation
import Ledger
import PostgresLedger

/// Person keys that are written together, before the events that are sealed under them.
actor BulkKeyStore: KeyStore {
    private let store: PostgresKeyStore
    private var waiting: [UUID: WrappedKey] = [:]

    init(store: PostgresKeyStore) {
        self.store = store
    }

    func wrappedKeys(for subjects: [UUID]) async throws -> [UUID: WrappedKey] {
        // Everybody is new here, and who was met before is in the vault's memory or among those who wait.
        let found = waiting.filter { subjects.contains($0.key) }
        return found.count == subjects.count ? found : found.merging(try await store.wrappedKeys(for: subjects)) { $1 }
    }

    func insert(_ key: WrappedKey, for subject: UUID) -> WrappedKey {
        if let known = waiting[subject] { return known }
        waiting[subject] = key
        return key
    }

    func destroy(_ subject: UUID) async throws {
        try await flush()
        try await store.destroy(subject)
    }

    func erasures(after number: Int64) async throws -> (subjects: [UUID], last: Int64) {
        try await store.erasures(after: number)
    }

    func flush() async throws {
        let keys = waiting
        guard !keys.isEmpty else { return }
        _ = try await store.insert(keys)
        waiting = waiting.filter { keys[$0.key] == nil }
    }
}
