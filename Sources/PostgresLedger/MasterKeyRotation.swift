import Foundation
public import Ledger
public import Postgres

/// Wraps all person keys under another master key while services and workers go on, and retires the former ones.
///
/// What is wrapped anew stays readable for everybody who has both keys, a process that has only the former one looks for
/// the new one when it meets it, and the end is strict: once a master key is retired no person key is wrapped under it, and
/// none can be any more. Interrupted at any point, it goes on where it was when it is called again.
public struct MasterKeyRotation: Sendable {
    /// How many keys one transaction wraps anew.
    private static let batch = 500

    private let pool: PostgresPool

    /// A rotation in the database behind `pool`, whose role may change wrapped keys.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// How many person keys are wrapped under each master key.
    ///
    /// - Throws: `PostgresError`.
    public func count() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try await pool.query(Self.count) {
            counts[try row.decode(0)] = Int(try row.decode(1, as: Int64.self))
        }
        return counts
    }

    /// Wraps every person key under the keyring's current master key and retires all others of the keyring.
    ///
    /// - Parameter progress: told how many keys are wrapped anew, of how many that were to be.
    /// - Returns: how many were wrapped anew.
    /// - Throws: `VaultError.unknownMasterKey` when a key is wrapped under one that is not in the keyring; nothing is
    ///   retired then. `PostgresError`.
    @discardableResult
    public func rotate(
        to keyring: MasterKeyring, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws -> Int {
        let all = try await count().reduce(0) { $0 + ($1.key == keyring.currentID ? 0 : $1.value) }
        var done = 0
        while true {
            let rewrapped = try await pool.withTransaction { connection in
                try await Self.rewrap(to: keyring, on: connection)
            }
            guard rewrapped > 0 else { break }
            done += rewrapped
            progress(done, max(all, done))
        }
        let late = try await pool.withTransaction { connection in
            // Whoever is about to keep a key under a former master key has done so, or finds it retired.
            _ = try await connection.query(Self.shut)
            var late = 0
            while case let rewrapped = try await Self.rewrap(to: keyring, on: connection), rewrapped > 0 {
                late += rewrapped
            }
            try await connection.execute(Self.retire, keyring.ids.filter { $0 != keyring.currentID })
            return late
        }
        return done + late
    }

    /// Wraps some keys anew that are not under the current master key; answers how many.
    private static func rewrap(
        to keyring: MasterKeyring, on connection: PostgresConnection
    ) async throws -> Int {
        var subjects: [UUID] = []
        var wrapped: [[UInt8]] = []
        // Whoever is being erased is waited for, and is not among them afterwards.
        for row in try await connection.query(Self.former, keyring.currentID, Int64(Self.batch)) {
            let former = WrappedKey(masterKeyID: try row.decode(1), bytes: try row.decode(2))
            subjects.append(try row.decode(0))
            wrapped.append(try keyring.rewrap(former).bytes)
        }
        guard !subjects.isEmpty else { return 0 }
        try await connection.execute(Self.rewrap, subjects, wrapped, keyring.currentID)
        return subjects.count
    }

    private static let count = Statement(
        "vault.count keys",
        "SELECT master_key_id, count(*) FROM vault.person_keys WHERE wrapped IS NOT NULL GROUP BY master_key_id")

    private static let former = Statement(
        "vault.keys under former master keys",
        """
        SELECT subject, master_key_id, wrapped FROM vault.person_keys
        WHERE wrapped IS NOT NULL AND master_key_id <> $1 ORDER BY subject LIMIT $2 FOR UPDATE
        """)

    private static let rewrap = Statement(
        "vault.rewrap",
        """
        UPDATE vault.person_keys AS kept SET wrapped = renewed.wrapped, master_key_id = $3
        FROM unnest($1::uuid[], $2::bytea[]) AS renewed (subject, wrapped)
        WHERE kept.subject = renewed.subject AND kept.wrapped IS NOT NULL
        """)

    private static let shut = Statement(
        "vault.shut", "LOCK TABLE vault.person_keys IN SHARE ROW EXCLUSIVE MODE")

    private static let retire = Statement(
        "vault.retire", "INSERT INTO vault.retired_master_keys (id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING")
}
