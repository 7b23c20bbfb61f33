import Foundation
import Ledger
import LedgerSuite
import Postgres
import PostgresLedger
import Testing

@Suite("Verifying the ledger")
struct LedgerVerificationTests {
    private let database: LedgerDatabase

    init() async throws {
        database = try await LedgerDatabase.fresh()
        let store = PostgresEventStore(pool: database.pool())
        // Positions 1 to 60: thirty commands of two events, on three streams in turn.
        for round in 0..<10 {
            _ = try await store.append((0..<3).map { .sample(to: .sample("s\($0)"), at: round * 2, count: 2) })
        }
    }

    private func verify(limit: Int = 100) async throws -> LedgerVerification.Report {
        try await LedgerVerification(pool: database.pool(as: "gleichtakt_auditor"), pageSize: 7).run(limit: limit)
    }

    /// What only somebody with the owner's rights and bad intentions could do.
    private func tamper(_ sql: String) async throws {
        try await database.pool(as: nil).withConnection { connection in
            try await connection.script("ALTER TABLE ledger.events DISABLE TRIGGER events_refuse_change; " + sql)
        }
    }

    private func places(_ report: LedgerVerification.Report) -> [String] {
        report.damages.map { "\($0.position) \($0.kind.rawValue)" }
    }

    @Test("finds nothing wrong with a sound ledger, nor with an empty one")
    func sound() async throws {
        let report = try await verify()
        #expect(report == .init(events: 60, streams: 3, damages: [], isCutShort: false))
        let empty = try await LedgerDatabase.fresh()
        #expect(try await LedgerVerification(pool: empty.pool()).run() == .init())
    }

    @Test("finds a missing command")
    func missing() async throws {
        try await tamper("DELETE FROM ledger.events WHERE position IN (31, 32)")
        let report = try await verify()
        #expect(places(report) == ["33 position-gap", "37 version-gap"])
        #expect(report.events == 58)
        #expect(report.damages.allSatisfy { !$0.sentence.isEmpty })
    }

    @Test("finds the beginning missing")
    func beginning() async throws {
        try await tamper("DELETE FROM ledger.events WHERE position = 1")
        #expect(try await places(verify()) == ["2 position-gap", "2 command-torn", "2 version-gap"])
    }

    @Test("finds a command torn in two")
    func torn() async throws {
        try await tamper("DELETE FROM ledger.events WHERE position = 31")
        #expect(try await places(verify()) == ["32 position-gap", "32 command-torn", "32 version-gap"])
    }

    @Test("finds time going back")
    func time() async throws {
        try await tamper(
            "UPDATE ledger.events SET recorded_at = recorded_at - interval '1 hour' WHERE position IN (31, 32)")
        #expect(try await places(verify()) == ["31 time-reversed"])
    }

    @Test("finds events that were exchanged")
    func exchanged() async throws {
        try await tamper(
            """
            UPDATE ledger.events SET position = 1000 WHERE position = 1;
            UPDATE ledger.events SET position = 1 WHERE position = 7;
            UPDATE ledger.events SET position = 7 WHERE position = 1000;
            """)
        let report = try await verify()
        #expect(report.damages.contains { $0.kind == .streamDisordered && $0.position == 2 })
        #expect(report.damages.contains { $0.kind == .commandTorn })
    }

    @Test("stops after as many damages as asked for, and says so")
    func limit() async throws {
        try await tamper("DELETE FROM ledger.events WHERE position % 10 = 0")
        let report = try await verify(limit: 3)
        #expect(report.damages.count == 3 && report.isCutShort)
    }
}
