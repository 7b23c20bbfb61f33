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
    /// - Throws: ``LedgerError/unavailable(_:)``; `VaultError.erased` and `VaultError.retiredMasterKey`.
    public func insert(_ key: WrappedKey, for subject: UUID) async throws -> WrappedKey {
        guard let kept = try await insertions.insert(key, for: subject, in: self) else {
            throw try await isRetired(key.masterKeyID)
                ? VaultError.retiredMasterKey(key.masterKeyID) : VaultError.erased(subject)
        }
        return kept
    }

    private func isRetired(_ id: String) async throws -> Bool {
        do {
            guard let row = try await pool.query(Self.isRetired, id).first else { return false }
            return try row.decode(0)
        } catch {
            throw error.asLedgerError
        }
    }

    /// Keeps the keys of those persons who have none yet, and answers the keys that are kept: none for persons who are
    /// erased, and for new ones none under a master key that is retired. Durable when it returns.
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
            _ = try await pool.query(Self.destroy, [subject])
        } catch {
            throw error.asLedgerError
        }
    }

    /// Destroys the keys of persons in the connection's transaction.
    ///
    /// - Throws: `PostgresError`.
    static func destroy(_ subjects: [UUID], on connection: PostgresConnection) async throws(PostgresError) {
        _ = try await connection.query(Self.destroy, subjects)
    }

    /// Who was erased after the erasure of that number.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func erasures(after number: Int64) async throws -> (subjects: [UUID], last: Int64) {
        do {
            var (subjects, last) = ([UUID](), number)
            for row in try await pool.query(Self.erasures, number) {
                last = try row.decode(0)
                subjects.append(try row.decode(1))
            }
            return (subjects, last)
        } catch {
            throw error.asLedgerError
        }
    }

    private static let find = Statement(
        "vault.find",
        """
        SELECT subject, master_key_id, wrapped FROM vault.person_keys WHERE subject = ANY ($1) AND wrapped IS NOT NULL
        """)

    private static let isRetired = Statement(
        "vault.is retired", "SELECT EXISTS (SELECT FROM vault.retired_master_keys WHERE id = $1)")

    private static let erasures = Statement(
        "vault.erasures", "SELECT number, subject FROM vault.erasures WHERE number > $1 ORDER BY number")

    private static let insert = Statement(
        "vault.insert",
        """
        INSERT INTO vault.person_keys (subject, master_key_id, wrapped)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS k (subject, master_key_id, wrapped)
        WHERE NOT EXISTS (SELECT FROM vault.retired_master_keys r WHERE r.id = k.master_key_id)
        ORDER BY subject
        ON CONFLICT DO NOTHING RETURNING subject
        """)

    private static let destroy = Statement("vault.destroy", "SELECT vault.destroy($1)")
}
