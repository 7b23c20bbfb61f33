import Foundation
public import Ledger
public import Postgres

/// Appends commands that erase persons, and destroys their keys in the same transaction: what the ledger says of a
/// person's erasure and whether the person's data opens cannot differ, not even after a crash.
public struct ErasingAppender: Appender {
    private let pool: PostgresPool
    private let types: Set<String>

    /// An appender over connections whose role may destroy keys.
    ///
    /// - Parameter types: the events that say that the person their stream is about is erased.
    public init(pool: PostgresPool, types: Set<String>) {
        self.pool = pool
        self.types = types
    }

    /// Appends one command; the keys of those whom it erases are destroyed with it, or it is not recorded.
    ///
    /// - Throws: ``LedgerError``; `PostgresError`, when the role may not.
    public func append(_ command: AppendCommand) async throws -> AppendVerdict {
        let subjects = command.writes.filter { write in write.events.contains { types.contains($0.type) } }
            .compactMap { UUID(uuidString: $0.stream.id) }
        do {
            return try await pool.withTransaction { connection in
                let rows = try await connection.query(
                    PostgresEventStore.append, parameters: AppendColumns([command]).parameters)
                let verdict = try AppendAnswer.verdicts(for: [command], from: rows)[0]
                if case .conflict = verdict { return verdict }
                if !subjects.isEmpty { try await PostgresKeyStore.destroy(subjects, on: connection) }
                return verdict
            }
        } catch let error as PostgresError {
            throw error.asLedgerError
        }
    }
}
