public import Ledger
public import Postgres
import PostgresLedger

/// Compares the views with a replay of the whole history.
public enum ViewVerification {
    /// What was checked and what was found.
    public struct Report: Hashable, Sendable {
        /// The position up to which the views were compared.
        public var position: Position = 0
        /// How many rows the replay made.
        public var rows: Int = 0
        /// What is wrong; at most as many as were asked for.
        public var damages: [ViewDamage] = []
    }

    /// Builds all views from nothing, up to the position the live ones have reached, and compares every row of every table
    /// in both directions, every byte of it.
    ///
    /// All of it happens in one transaction that is rolled back, on one snapshot of the live views, in temporary tables that
    /// nobody else sees: the worker may go on meanwhile, and nothing is left behind, however this ends.
    ///
    /// - Parameters:
    ///   - pool: connections whose role may read the views and create temporary tables.
    ///   - store: the ledger. It is read over other connections.
    ///   - pageSize: how many events are folded at a time.
    ///   - limit: how many damages of a table are reported at most.
    ///   - progress: called after each page with the position reached and the one to reach.
    /// - Throws: `PostgresError`, ``LedgerError``.
    public static func compareWithReplay(
        pool: PostgresPool, store: any EventStore, vault: Vault, pageSize: Int = 5_000, limit: Int = 1_000,
        progress: @Sendable (_ reached: Position, _ goal: Position) -> Void = { _, _ in }
    ) async throws -> Report {
        // A comparison that a swap has overtaken would compare tables with a position that is not theirs.
        var attempts = 0
        while true {
            attempts += 1
            do {
                return try await pool.withTransaction(isolation: .repeatableRead) { connection in
                    throw RolledBack(
                        report: try await compare(connection, store, vault, pageSize, limit, progress))
                }
            } catch let outcome as RolledBack {
                return outcome.report
            } catch let overtaken as Overtaken {
                guard attempts < 5 else { throw overtaken }
            }
        }
    }

    /// Other tables were swapped in again and again while the views were compared.
    private struct Overtaken: Error {}

    /// Carries the report out of a transaction that is not to be committed.
    private struct RolledBack: Error {
        let report: Report
    }

    private static func compare(
        _ connection: PostgresConnection, _ store: any EventStore, _ vault: Vault, _ pageSize: Int, _ limit: Int,
        _ progress: @Sendable (Position, Position) -> Void
    ) async throws -> Report {
        // Comparing millions of rows takes its time.
        try await connection.liftTimeouts()
        var report = Report()
        // The first look at the live views: the snapshot on which they are compared later.
        let live = try await connection.query(VerificationStatements.position, CaseViewProjector.name).first
        report.position = try live?.decode(0, as: Int64.self) ?? 0
        let edition = try live?.decode(1, as: Int64.self) ?? 0
        // What is parked is left out of the replay as it is of the live views; that it is parked is an alarm elsewhere.
        let parked = ParkedStreams(try await UnhandledEvents.list(of: CaseViewProjector.name, on: connection))
        try await CaseViewSchema.create("pg_temp", on: connection)
        let projector = CaseViewProjector(store: store, vault: vault, schema: "pg_temp")
        await projector.discard(parked: parked)
        var reached: Position = 0
        while reached < report.position {
            let limit = min(pageSize, Int(report.position - reached))
            let page = try await store.read(after: reached, limit: limit)
            guard let last = page.last else { break }
            _ = try await projector.apply(page, on: connection)
            reached = last.position
            progress(reached, report.position)
        }
        for table in VerificationStatements.tables {
            report.rows += try await connection.query(table.count).first?.decode(0, as: Int.self) ?? 0
            for row in try await connection.query(table.compare, limit) {
                guard let kind = ViewDamage.Kind(rawValue: try row.decode(1, as: String.self)) else { continue }
                report.damages.append(ViewDamage(table: table.name, key: try row.decode(0), kind: kind))
            }
        }
        let read = try await connection.query(VerificationStatements.edition).first?.decode(0, as: Int64.self)
        guard read == edition else { throw Overtaken() }
        return report
    }
}
