import Foundation
import Ledger
import LedgerSuite
import Logging
import Postgres
import PostgresLedger
import Testbed
import Testing

@Suite("The ledger when things break", .timeLimit(.minutes(5)))
struct FailureTests {
    private static let terminate = Statement(
        "test terminate",
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'victim'
        """)

    private static let head = Statement("test head", "SELECT coalesce(max(position), 0) FROM ledger.events")

    private static let waiting = Statement(
        "test waiting",
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'victim' AND wait_event_type = 'Lock'
        """)

    private static let lock = Statement(
        "test lock", "SELECT pg_advisory_xact_lock(hashtextextended('ledger.append', 0))")

    private func victims(_ database: LedgerDatabase, size: Int = 4, statementTimeout: Duration? = .seconds(30))
        -> PostgresPool
    {
        PostgresPool(
            PostgresConfiguration(
                uri: database.uri, role: "gleichtakt_service", applicationName: "victim",
                statementTimeout: statementTimeout),
            size: size, logger: LedgerDatabase.logger)
    }

    @Test(
        "a session killed in the middle of an append leaves nothing half done, and the same commands again are appended once"
    )
    func killed() async throws {
        let database = try await LedgerDatabase.fresh()
        let observer = database.pool(as: nil)
        let store = PostgresEventStore(pool: victims(database))
        let commands = (0..<10).map { AppendCommand.sample(to: .sample("s\($0)"), at: 0, count: 2) }
        try await observer.withTransaction { connection in
            try await connection.query(Self.lock)
            let append = Task { try await store.append(commands) }
            while try await observer.query(Self.waiting).first?.decode(0, as: Int64.self) != 1 {
                try await Task.sleep(for: .milliseconds(5))
            }
            try await observer.query(Self.terminate)
            await #expect(throws: LedgerError.self) { try await append.value }
        }
        #expect(try await store.head() == 0)
        #expect(try await store.append(commands).count { $0.appended != nil } == 10)
        #expect(try await store.append(commands).count { $0.duplicate != nil } == 10)
        try await expectSound(store)
    }

    @Test("an append that waits too long is given up as unavailable")
    func statementTimeout() async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresEventStore(pool: victims(database, statementTimeout: .seconds(2)))
        try await database.pool(as: nil).withTransaction { connection in
            try await connection.query(Self.lock)
            do {
                _ = try await store.append(.sample(to: .sample("a"), at: 0))
                Issue.record("appended although somebody else had the lock")
            } catch LedgerError.unavailable {}
        }
        #expect(try await store.append(.sample(to: .sample("a"), at: 0)).appended != nil)
    }

    @Test("a server that is not there is unavailable")
    func absent() async throws {
        let pool = PostgresPool(
            PostgresConfiguration(uri: "postgresql:///none?host=/nonexistent"), size: 1,
            acquireTimeout: .milliseconds(300),
            logger: LedgerDatabase.logger)
        let store = PostgresEventStore(pool: pool)
        for attempt in [
            { _ = try await store.append(.sample(to: .sample("a"), at: 0)) }, { _ = try await store.head() },
            { _ = try await store.read(.sample("a")) }, { _ = try await store.find(command: UUID()) },
            { _ = try await PostgresKeyStore(pool: pool).wrappedKeys(for: [UUID()]) },
        ] as [@Sendable () async throws -> Void] {
            do {
                try await attempt()
                Issue.record("answered")
            } catch LedgerError.unavailable {}
        }
    }

    @Test("a caller who gives up while the store is busy stops waiting")
    func cancelled() async throws {
        let database = try await LedgerDatabase.fresh()
        let observer = database.pool(as: nil)
        let store = PostgresEventStore(pool: victims(database))
        try await observer.withTransaction { connection in
            try await connection.query(Self.lock)
            let append = Task { try await store.append(.sample(to: .sample("a"), at: 0)) }
            while try await observer.query(Self.waiting).first?.decode(0, as: Int64.self) != 1 {
                try await Task.sleep(for: .milliseconds(5))
            }
            append.cancel()
            await #expect(throws: CancellationError.self) { try await append.value }
        }
        #expect(try await store.head() == 0)
    }

    @Test("sessions killed again and again under load: every command is appended exactly once")
    func killedUnderLoad() async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresEventStore(pool: victims(database))
        let killer = Task {
            let pool = database.pool(as: nil, size: 1)
            var killedAt: Position = -1
            while !Task.isCancelled {
                let head = try await pool.query(Self.head).first?.decode(0, as: Position.self) ?? 0
                // Not before something was achieved since the last time, however slow the machine.
                if head > killedAt {
                    try await pool.query(Self.terminate)
                    killedAt = head
                }
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...20)))
            }
        }
        let acknowledged = try await load(store, callers: 32, each: 15)
        killer.cancel()
        _ = await killer.result
        try await expect(acknowledged, in: store)
        #expect(try await store.head() == 32 * 15 * 2)
    }

    @Test("the server killed under load and started again: every command is appended exactly once")
    func serverKilled() async throws {
        let server = TemporaryServer(isDurable: true)
        let database = LedgerDatabase(uri: try await server.freshDatabase())
        _ = try await Migrator(uri: database.uri, logger: LedgerDatabase.logger).migrate()
        let store = PostgresEventStore(pool: victims(database))
        let work = Task { try await load(store, callers: 24, each: 60) }
        for _ in 0..<2 {
            try await Task.sleep(for: .milliseconds(150))
            try await server.kill9()
            try await server.start()
        }
        try await expect(work.value, in: store)
        #expect(try await store.head() == 24 * 60 * 2)
        try await server.stop(mode: .immediate)
    }

    /// Callers who each append to a stream of their own and try again until they know that they succeeded. Answers what
    /// they were told.
    private func load(_ store: PostgresEventStore, callers: Int, each: Int) async throws -> [UUID: [AppendedEvent]] {
        let queue = AppendQueue(
            store: store, batchLimit: 16,
            retryDelays: [.milliseconds(20), .milliseconds(50), .milliseconds(100), .milliseconds(200)],
            logger: LedgerDatabase.logger)
        return try await withThrowingTaskGroup(of: [UUID: [AppendedEvent]].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var places: [UUID: [AppendedEvent]] = [:]
                    for round in 0..<each {
                        let command = AppendCommand.sample(to: .sample("c\(caller)"), at: round * 2, count: 2)
                        places[command.id] = try await Self.insist(on: command, queue)
                    }
                    return places
                }
            }
            return try await group.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        }
    }

    /// Whatever was acknowledged must be there, once, at the place that was named, and nothing else.
    private func expect(_ acknowledged: [UUID: [AppendedEvent]], in store: PostgresEventStore) async throws {
        let recorded = Dictionary(grouping: try await store.everything(pageSize: 1000), by: \.commandID)
        #expect(recorded.mapValues { $0.map(\.place) } == acknowledged)
        try await expectSound(store)
    }

    private static func insist(on command: AppendCommand, _ queue: AppendQueue) async throws -> [AppendedEvent] {
        while true {
            do {
                let verdict = try await queue.append(command)
                return try #require(verdict.appended ?? verdict.duplicate, "\(verdict)")
            } catch LedgerError.unavailable {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}
