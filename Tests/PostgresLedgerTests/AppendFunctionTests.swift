import Foundation
import Ledger
import LedgerSuite
import Logging
import Postgres
import PostgresLedger
import Testing

@Suite("The append function")
struct AppendFunctionTests {
    @Test("never records a moment before the last one, also when the server's clock was set back")
    func clockSetBack() async throws {
        let database = try await LedgerDatabase.fresh()
        try await database.pool(as: nil).withConnection { connection in
            // An event as a server whose clock ran a day ahead would have recorded it.
            try await connection.script(
                """
                INSERT INTO ledger.events (position, recorded_at, command_id, version, effective_on, ordinal,
                    schema_version, stream, type, metadata, payload)
                VALUES (1, clock_timestamp() + interval '1 day', gen_random_uuid(), 1, '2026-03-02', 0, 1, 'case-a',
                    'Noted', '', '')
                """)
        }
        let store = PostgresEventStore(pool: database.pool())
        for version in 1..<4 { _ = try await store.append(.sample(to: .sample("a"), at: version)) }
        let events = try await store.everything()
        #expect(events.map(\.position) == [1, 2, 3, 4])
        #expect(Set(events.map(\.recordedAt)).count == 1)
        try await expectSound(store)
    }

    @Test("records the present moment")
    func now() async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresEventStore(pool: database.pool())
        let verdict = try await store.append(.sample(to: .sample("a"), at: 0))
        guard case .appended(_, let recordedAt) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(abs(recordedAt.microsecondsSince1970 - LedgerClock.system.now.microsecondsSince1970) < 60_000_000)
    }

    @Test("numbers on from what is there after events were appended by another session")
    func twoStores() async throws {
        let database = try await LedgerDatabase.fresh()
        let stores = (0..<2).map { _ in PostgresEventStore(pool: database.pool()) }
        for version in 0..<10 {
            let verdict = try await stores[version % 2].append(.sample(to: .sample("a"), at: version))
            #expect(verdict.appended?.map(\.position) == [Position(version + 1)])
        }
    }

    @Test("appends each command once when two stores are asked for it at the same time")
    func race() async throws {
        let database = try await LedgerDatabase.fresh()
        let stores = (0..<2).map { _ in PostgresEventStore(pool: database.pool()) }
        let batches = (0..<30).map { batch in
            (0..<10).map { AppendCommand.sample(to: .sample("s\(batch)-\($0)"), at: 0, count: 2) }
        }
        try await withThrowingTaskGroup(of: [AppendVerdict].self) { group in
            for store in stores {
                group.addTask {
                    var verdicts: [AppendVerdict] = []
                    for batch in batches { verdicts += try await store.append(batch.shuffled()) }
                    return verdicts
                }
            }
            let verdicts = try await group.reduce(into: []) { $0 += $1 }
            #expect(verdicts.count { $0.appended != nil } == 300)
            #expect(verdicts.count { $0.duplicate != nil } == 300)
        }
        #expect(try await stores[0].head() == 600)
        try await expectSound(stores[0])
    }

    @Test("refuses an isolation level under which it would see the past")
    func isolation() async throws {
        let database = try await LedgerDatabase.fresh()
        let pool = database.pool()
        for level in [PostgresConnection.IsolationLevel.repeatableRead, .serializable] {
            await #expect {
                try await pool.withTransaction(isolation: level) { connection in
                    try await connection.query(Self.emptyAppend)
                }
            } throws: {
                ($0 as? PostgresError)?.sqlState == "25000"
            }
        }
        #expect(try await pool.query(Self.emptyAppend).isEmpty)
    }

    private static let emptyAppend = Statement(
        "test empty append",
        "SELECT * FROM ledger.append('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')")

    @Test("refuses events and writes that refer to nothing, and appends nothing then")
    func dangling() async throws {
        let database = try await LedgerDatabase.fresh()
        let pool = database.pool()
        for (writeCommands, eventWrites) in [("{1}", "{2}"), ("{2}", "{1}"), ("{1}", "{NULL}"), ("{0}", "{1}")] {
            let statement = Statement(
                "test dangling \(writeCommands) \(eventWrites)",
                """
                SELECT * FROM ledger.append(ARRAY[gen_random_uuid()], '{NULL}', '{2026-03-02}', '{""}',
                    '\(writeCommands)', '{case-a}', '{0}', '\(eventWrites)', '{Noted}', '{1}', '{"{}"}', '{NULL}')
                """)
            await #expect(throws: PostgresError.self) { try await pool.query(statement) }
        }
        #expect(try await PostgresEventStore(pool: pool).head() == 0)
    }

    @Test("refuses what the table's checks refuse; behind the queue only for the command to blame")
    func checks() async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresEventStore(pool: database.pool())
        let queue = AppendQueue(store: store, logger: LedgerDatabase.logger)
        var badVersion = AppendCommand.sample(to: .sample("a"), at: 0)
        badVersion.writes[0].events[0].schemaVersion = 0
        var badType = AppendCommand.sample(to: .sample("b"), at: 0)
        badType.writes[0].events[0].type = ""
        let bad = [
            badVersion, badType, .sample(to: StreamName(category: "", id: "x"), at: 0),
            .sample(to: .sample(String(repeating: "x", count: 300)), at: 0),
            .sample(to: .sample("with a \0"), at: 0),
        ]
        for command in bad {
            await #expect(throws: PostgresError.self) { try await store.append(command) }
        }
        let good = (0..<20).map { AppendCommand.sample(to: .sample("good \($0)"), at: 0) }
        let appended = try await withThrowingTaskGroup(of: Bool.self) { group in
            for command in (bad + good).shuffled() {
                group.addTask { (try? await queue.append(command))?.appended != nil }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(appended == good.count)
        try await expectSound(store)
    }

    @Test("keeps its plans right when the table grows from nothing: no scan of the whole table")
    func plans() async throws {
        let database = try await LedgerDatabase.fresh()
        let pool = database.pool(size: 1)
        let store = PostgresEventStore(pool: pool)
        // Plans are made while the table is empty and vacuumed, when a scan of it costs nothing.
        try await database.pool(as: nil).withConnection { try await $0.script("VACUUM ANALYZE ledger.events") }
        for round in 0..<40 {
            _ = try await store.append((0..<250).map { .sample(to: .sample("s\($0)"), at: round) })
        }
        _ = try await store.append([.sample(to: .sample("s1"), at: 7), .sample(to: .sample("s2"), at: 40)])
        // Statistics are sent when a session is idle for a while, or ends.
        let scans = Statement(
            "test scans", "SELECT coalesce(sum(seq_scan), 0)::bigint FROM pg_stat_user_tables WHERE relname = 'events'")
        try await Task.sleep(for: .milliseconds(1500))
        _ = try await store.head()
        let before: Int64 = try #require(try await database.pool(as: nil).query(scans).first).decode(0)
        #expect(before <= 1)
    }
}
