import Foundation
import Ledger

/// Group commit for person keys: those that are made while one statement is on its way travel together in the next.
actor KeyInsertions {
    private var waiting: [UUID: WrappedKey] = [:]
    /// What will take those who wait; `nil` when nobody waits.
    private var next: Task<[UUID: WrappedKey], any Error>?
    private var last: Task<[UUID: WrappedKey], any Error>?

    /// Keeps `key` unless the person has one; answers the one that is kept, or `nil` when it was destroyed meanwhile.
    func insert(_ key: WrappedKey, for subject: UUID, in store: PostgresKeyStore) async throws -> WrappedKey? {
        // Of two keys for one person the first one is kept, here as in the table.
        if waiting[subject] == nil { waiting[subject] = key }
        let batch = next ?? makeBatch(store)
        next = batch
        return try await batch.value[subject]
    }

    private func makeBatch(_ store: PostgresKeyStore) -> Task<[UUID: WrappedKey], any Error> {
        let batch = Task { [last] in
            _ = await last?.result
            return try await store.insert(take())
        }
        last = batch
        return batch
    }

    private func take() -> [UUID: WrappedKey] {
        defer { (waiting, next) = ([:], nil) }
        return waiting
    }
}
