import Postgres
import PostgresLedger

/// The keys and indexes of the tables that a rebuild has filled.
extension ViewRebuild {
    /// Whoever fell silent in the midst of filling a piece that others have done since would keep its tables locked.
    func indexWhoeverStalls(_ record: RebuildRecord) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await index(record) }
            group.addTask {
                while true {
                    try await Task.sleep(for: options.leaseLifetime / 3)
                    // Not to be found out this time is no reason to give up.
                    _ = try? await rebuilds.endStalledSessions(
                        filling: record.edition, silentFor: options.leaseLifetime * 2)
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Creates what keys and indexes are missing, several tables at a time, and gathers statistics.
    private func index(_ record: RebuildRecord) async throws {
        let existing = Set(
            try await pool.query(RebuildStatements.existing, record.schema).map { try $0.decode(0, as: String.self) })
        let tables = record.views.compactMap { ViewName(rawValue: $0) }.flatMap(\.tables)
        let missing = Dictionary(
            grouping: record.definitions.filter { !existing.contains($0.sql) }, by: \.table)
        // The largest tables first, so that the last task does not end long after the others.
        var waiting = tables.sorted { (missing[$0]?.count ?? 0, $1) > (missing[$1]?.count ?? 0, $0) }[...]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<options.tasks {
                if let table = waiting.popFirst() {
                    group.addTask { try await index(table, missing[table] ?? [], in: record.schema) }
                }
            }
            while try await group.next() != nil {
                if let table = waiting.popFirst() {
                    group.addTask { try await index(table, missing[table] ?? [], in: record.schema) }
                }
            }
        }
    }

    private func index(_ table: String, _ definitions: [RebuildRecord.Definition], in schema: String) async throws {
        if ViewName.names.tables.contains(table), !definitions.isEmpty {
            try await pool.withTransaction { connection in
                try await connection.query(RebuildStatements.patient)
                try await connection.script(RebuildStatements.neighbours(in: schema, table))
            }
        }
        for definition in definitions {
            try await pool.withTransaction { connection in
                try await connection.query(RebuildStatements.patient)
                try await connection.script(definition.sql)
            }
        }
        try await pool.withTransaction { connection in
            try await connection.query(RebuildStatements.patient)
            try await connection.script("ANALYZE \(CaseViewSchema.quoted(schema)).\(CaseViewSchema.quoted(table))")
        }
    }
}
