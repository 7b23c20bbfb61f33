import CaseCommands
import CaseFile
import CaseTiming
import DemoRegion
import Foundation
import Ledger
import Logging
import Postgres
import PostgresLedger
import RuleFiles
import Testbed
import Testing

@testable import CaseBench

@Suite("Filling a ledger", .timeLimit(.minutes(2)))
struct LedgerFillerTests {
    private static let logger = Logger(label: "bench test") { _ in SwiftLogNoOpLogHandler() }
    private let masterKeys: MasterKeyring
    private let rules: RuleBook
    private let clock = LedgerClock { Instant(microsecondsSince1970: 1_772_452_800_000_000) }

    init() throws {
        masterKeys = try MasterKeyring(current: "test", keys: ["test": Array(repeating: 7, count: 32)])
        rules = try RuleFiles.book()
    }

    private func ledger() async throws -> PostgresPool {
        let uri = try await TemporaryServer.shared.freshDatabase()
        _ = try await Migrator(uri: uri, logger: Self.logger).migrate()
        return PostgresPool(
            PostgresConfiguration(uri: uri, role: "gleichtakt_service"), size: 4, logger: Self.logger)
    }

    @Test("records what the deciders decide, as if the commands had come one by one")
    func same() async throws {
        let pool = try await ledger()
        let filler = LedgerFiller(
            pool: pool, masterKeys: masterKeys, rules: rules, clock: clock, logger: Self.logger)
        let filled = try await filler.fill(cases: 20, seed: 3, keepsFindings: false)
        let store = PostgresEventStore(pool: pool)
        #expect(filled.cases == 20)
        #expect(filled.events == Int(try await store.head()))

        let memory = InMemoryEventStore(clock: clock)
        let handler = CommandHandler(
            store: memory, appender: memory, vault: Vault(store: InMemoryKeyStore(), masterKeys: masterKeys),
            rules: rules, clock: clock, logger: Self.logger)
        for command in LedgerFiller.region(cases: 20, seed: 3, today: clock.today).commands {
            _ = try await handler.handle(CommandScript.request(command))
        }
        let expected = try await memory.read(after: 0, limit: .max)
        let recorded = try await store.read(after: 0, limit: 100_000)
        // Households are told side by side, so only the order within each stream is the same.
        func content(_ events: [RecordedEvent]) -> [String: [[UInt8]]] {
            Dictionary(grouping: events, by: \.stream.description).mapValues { $0.map(\.payload) }
        }
        #expect(content(recorded) == content(expected))
        #expect(recorded.contains { $0.personal != nil })

        // Who reads it afterwards opens what was sealed.
        let reader = CommandHandler(
            store: store, appender: store, vault: Vault(store: PostgresKeyStore(pool: pool), masterKeys: masterKeys),
            clock: clock, logger: Self.logger)
        let sealed = try #require(recorded.first { $0.type == "ParticipantRegistered" })
        #expect(try await reader.cases.current(sealed.stream).version == expected.count { $0.stream == sealed.stream })
    }

    @Test("finds what is out of step as the worker would have, and leaves nothing to find")
    func findings() async throws {
        let pool = try await ledger()
        let filler = LedgerFiller(
            pool: pool, masterKeys: masterKeys, rules: rules, clock: clock, logger: Self.logger)
        _ = try await filler.fill(cases: 60, seed: 3)
        let store = PostgresEventStore(pool: pool)
        let events = try await store.read(after: 0, limit: 100_000)
        let opened = events.filter { $0.type == "FindingOpened" }
        #expect(Set(opened.map(\.effectiveOn)).count > 1, "found on different days")
        #expect(opened.allSatisfy { clock.today - 90 <= $0.effectiveOn && $0.effectiveOn <= clock.today })
        let handler = CommandHandler(
            store: store, appender: store, vault: Vault(store: PostgresKeyStore(pool: pool), masterKeys: masterKeys),
            rules: rules, clock: clock, logger: Self.logger)
        let keeper = FindingKeeper(handler: handler, clock: clock, thresholds: TimingThresholds())
        for stream in Set(events.map(\.stream)) where stream.category == CaseEvent.category {
            let scope = TimingScope.singleCase(try #require(UUID(uuidString: stream.id)))
            _ = try #require(await keeper.keep([scope])[scope]).get()
        }
        #expect(try await store.head() == Position(events.count), "nothing is left to find on the last day")
    }

    @Test("lets the second of two who decided on the same version decide again")
    func sameVersion() async throws {
        let store = PostgresEventStore(pool: try await ledger())
        let bulk = BulkLedger(store: store, keys: BulkKeyStore(store: PostgresKeyStore(pool: try await ledger())))
        let offer = StreamName(category: "offer", id: "a")
        func command(at version: Int) -> AppendCommand {
            AppendCommand(
                id: UUID(), fingerprint: nil, effectiveOn: "2026-03-02", metadata: [],
                writes: [
                    StreamWrite(
                        stream: offer, expectedVersion: version,
                        events: [ProposedEvent(type: "Taken", schemaVersion: 1, payload: [])])
                ])
        }
        _ = try await bulk.append(command(at: 0))
        #expect(try await bulk.append(command(at: 0)) == .conflict(offer, currentVersion: 1))
        _ = try await bulk.append(command(at: 1))
        try await bulk.flush()
        #expect(try await store.read(offer).map(\.version) == [1, 2])
    }

    @Test("says so when somebody else writes to the ledger")
    func disturbed() async throws {
        let pool = try await ledger()
        let store = PostgresEventStore(pool: pool)
        let bulk = BulkLedger(store: store, keys: BulkKeyStore(store: PostgresKeyStore(pool: pool)), batchSize: 10)
        func command(_ id: String) -> AppendCommand {
            AppendCommand(
                id: UUID(), fingerprint: nil, effectiveOn: "2026-03-02", metadata: [],
                writes: [
                    StreamWrite(
                        stream: StreamName(category: "case", id: id), expectedVersion: 0,
                        events: [ProposedEvent(type: "Noted", schemaVersion: 1, payload: [])])
                ])
        }
        _ = try await bulk.append(command("a"))
        try await bulk.flush()
        _ = try await store.append(command("b"))
        _ = try await bulk.append(command("c"))
        await #expect(throws: BenchFailure.self) { try await bulk.flush() }
    }

    @Test("names existing streams as the database does")
    func streamNames() async throws {
        let pool = try await ledger()
        let statement = Statement("test stream", "SELECT md5('stream ' || $1::bigint)::uuid")
        for number in [0, 7, 399_999] {
            let id = try #require(try await pool.query(statement, number).first).decode(0, as: UUID.self)
            #expect(AppendStreams.id(number) == id)
        }
    }
}
