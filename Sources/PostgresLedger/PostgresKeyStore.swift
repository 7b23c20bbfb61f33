public import Foundation
public import Ledger
public import Postgres

/// Wrapped person keys in the table `vault.person_keys`.
public final class PostgresKeyStore: KeyStore {
    private let pool: PostgresPool

    /// A key store over the connections of `pool`.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The wrapped keys of those of the persons who have one.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func wrappedKeys(for subjects: [UUID]) async throws -> [UUID: WrappedKey] {
        guard !subjects.isEmpty else { return [:] }
        do {
            var keys: [UUID: WrappedKey] = [:]
            for row in try await pool.query(Self.find, subjects) {
                keys[try row.decode(0)] = WrappedKey(masterKeyID: try row.decode(1), bytes: try row.decode(2))
            }
            return keys
        } catch {
            throw error.asLedgerError
        }
    }

    /// Keeps `key` unless the person has one already. Durable when it returns.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func insert(_ key: WrappedKey, for subject: UUID) async throws -> WrappedKey {
        do {
            try await pool.execute(Self.insert, subject, key.masterKeyID, key.bytes)
        } catch {
            throw error.asLedgerError
        }
        // A statement of its own sees what a concurrent one kept.
        guard let kept = try await wrappedKeys(for: [subject])[subject] else {
            throw LedgerError.unavailable("the key was destroyed while it was made")
        }
        return kept
    }

    /// Destroys the person's key. Neither the service's nor the worker's role may.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``; `PostgresError`, when the role may not.
    public func destroy(_ subject: UUID) async throws {
        do {
            try await pool.execute(Self.delete, subject)
        } catch {
            throw error.asLedgerError
        }
    }

    private static let find = Statement(
        "vault.find", "SELECT subject, master_key_id, wrapped FROM vault.person_keys WHERE subject = ANY ($1)")

    private static let insert = Statement(
        "vault.insert",
        "INSERT INTO vault.person_keys (subject, master_key_id, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")

    private static let delete = Statement("vault.delete", "DELETE FROM vault.person_keys WHERE subject = $1")
}
