public import Foundation
import Synchronization

/// Wrapped person keys in memory, for fast tests.
public final class InMemoryKeyStore: KeyStore {
    private struct State {
        var keys: [UUID: WrappedKey] = [:]
        var erased: [UUID] = []
    }

    private let state = Mutex(State())

    /// An empty key store.
    public init() {}

    /// The wrapped keys of those of the persons who have one.
    public func wrappedKeys(for subjects: [UUID]) async throws -> [UUID: WrappedKey] {
        state.withLock { state in
            Dictionary(
                uniqueKeysWithValues: subjects.compactMap { subject in state.keys[subject].map { (subject, $0) } })
        }
    }

    /// Keeps `key` unless the person has one already.
    ///
    /// - Throws: ``VaultError/erased(_:)``.
    public func insert(_ key: WrappedKey, for subject: UUID) async throws -> WrappedKey {
        try state.withLock { state in
            if let kept = state.keys[subject] { return kept }
            guard !state.erased.contains(subject) else { throw VaultError.erased(subject) }
            state.keys[subject] = key
            return key
        }
    }

    /// Destroys the person's key.
    public func destroy(_ subject: UUID) async throws {
        state.withLock { state in
            state.keys[subject] = nil
            if !state.erased.contains(subject) { state.erased.append(subject) }
        }
    }

    /// Who was erased after the erasure of that number.
    public func erasures(after number: Int64) async throws -> (subjects: [UUID], last: Int64) {
        state.withLock { state in
            (subjects: Array(state.erased.dropFirst(Int(number))), last: Int64(state.erased.count))
        }
    }
}
