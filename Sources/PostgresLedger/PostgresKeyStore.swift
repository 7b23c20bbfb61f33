public import Foundation
public import Ledger
public import Postgres

/// Wrapped person keys in the table `vault.person_keys`.
public final class PostgresKeyStore: KeyStore {
    private let pool: PostgresPool
    private let insertions = KeyInsertions()

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

    /// Keeps `key` unless the person has one already. Durable when it returns. The keys of people who are met at the same
    /// time are committed together.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func insert(_ key: WrappedKey, for subject: UUID) async throws -> WrappedKey {
        guard let kept = try await insertions.insert(key, for: subject, in: self) else {
            throw LedgerError.unavailable("the key was destroyed while it was made")
        }
        return kept
    }

    /// Keeps the keys of those persons who have none yet, and answers the keys that are kept. Durable when it returns.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func insert(_ keys: [UUID: WrappedKey]) async throws -> [UUID: WrappedKey] {
        guard !keys.isEmpty else { return [:] }
        var kept: [UUID: WrappedKey] = [:]
        do {
            let subjects = Array(keys.keys)
            let inserted = try await pool.query(
                Self.insert, subjects, keys.values.map(\.masterKeyID), keys.values.map(\.bytes))
            for row in inserted {
                let subject = try row.decode(0, as: UUID.self)
                kept[subject] = keys[subject]
            }
        } catch {
            throw error.asLedgerError
        }
        // A statement of its own sees what a concurrent one kept.
        return kept.merging(try await wrappedKeys(for: keys.keys.filter { kept[$0] == nil })) { $1 }
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
        """
        INSERT INTO vault.person_keys (subject, master_key_id, wrapped)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS k (subject, master_key_id, wrapped) ORDER BY subject
        ON CONFLICT DO NOTHING RETURNING subject
        """)

    private static let delete = Statement("vault.delete", "DELETE FROM vault.person_keys WHERE subject = $1")
}
