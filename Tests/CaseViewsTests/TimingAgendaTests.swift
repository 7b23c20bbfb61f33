import CaseTiming
import CaseViews
import Foundation
import Ledger
import Postgres
import PostgresLedger
import Testing

@Suite("The agenda of timing")
struct TimingAgendaTests {
    private static let putBack = Statement(
        "test put back",
        """
        UPDATE timing.agenda SET touched_at = clock_timestamp() + interval '1 hour',
            waiting_since = clock_timestamp() + interval '1 hour'
        """)

    @Test("does not wait for a clock that was put back to catch up")
    func clockPutBack() async throws {
        let desk = try await LedgerDesk.make()
        let agenda = TimingAgenda(pool: desk.pool)
        let scope = TimingScope.singleCase(UUID())
        try await desk.pool.withTransaction { try await TimingAgenda.add([scope], touched: 7, on: $0) }
        try await desk.pool.execute(Self.putBack)
        let due = try await agenda.due(on: LedgerDesk.today, limit: 10)
        #expect(due.map(\.scope) == [scope])
    }

    private static let resting = Statement(
        "test resting",
        "SELECT count(*) FROM timing.agenda WHERE retry_at > clock_timestamp() AND attempts > 0 AND due_on <= '2026-06-01'"
    )
    private static let restIsOver = Statement(
        "test rest is over", "UPDATE timing.agenda SET retry_at = clock_timestamp()")
    private static let later = Statement(
        "test retry later", "UPDATE timing.agenda SET retry_at = clock_timestamp() + interval '1 hour'")
    private static let settle = Statement(
        "test settle", "UPDATE timing.agenda SET touched_at = '2026-01-01', waiting_since = '2026-01-01'")

    @Test("leaves what cannot be looked at alone, longer each time, and alarms until it can")
    func postponed() async throws {
        let desk = try await LedgerDesk.make()
        let agenda = TimingAgenda(pool: desk.pool)
        let scope = TimingScope.household(UUID())
        func due() async throws -> [TimingAgenda.Entry] {
            try await desk.pool.execute(Self.settle)
            return try await agenda.due(on: LedgerDesk.today, limit: 10)
        }
        func touch(_ position: Position) async throws {
            try await desk.pool.withTransaction { try await TimingAgenda.add([scope], touched: position, on: $0) }
        }
        func alarms() async throws -> [UnhandledEvent] {
            try await UnhandledEvents.list(of: TimingAgenda.name, in: desk.pool)
        }
        try await touch(7)
        var rests: [Duration] = []
        for attempt in 0..<12 {
            let entry = try #require(try await due().first)
            #expect(entry.attempts == attempt)
            rests.append(try await agenda.postpone(entry, because: "the event at position 5 cannot be read"))
            #expect(try await due().isEmpty, "it rests")
            #expect(try await desk.pool.query(Self.resting).first?.decode(0, as: Int64.self) == 1)
            let alarm = try #require(try await alarms().first)
            #expect(alarm.position == 7 && alarm.policy == .park && alarm.stream.category == "household")
            try await desk.pool.execute(Self.restIsOver)
        }
        #expect(rests.prefix(4) == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
        #expect(rests.max() == TimingAgenda.rest.most && rests.last == TimingAgenda.rest.most)

        let entry = try #require(try await due().first)
        try await agenda.postpone(entry, because: "again")
        try await touch(9)
        let touched = try #require(try await due().first, "what happens to it may have mended it")
        #expect(touched.touched == 9 && touched.attempts == 13)
        // The clock is put back: a rest does not last until it has caught up.
        try await agenda.postpone(touched, because: "again")
        try await desk.pool.execute(Self.later)
        #expect(try await due().count == 1)

        try await agenda.finish([(touched, until: nil)])
        #expect(try await due().isEmpty)
        #expect(try await alarms().isEmpty)
        try await touch(11)
        #expect(try await due().map(\.attempts) == [0])
    }

    @Test("takes off at once what was looked at, each until its day, and waits for nobody who touches one of them")
    func finishesTogether() async throws {
        let desk = try await LedgerDesk.make()
        let agenda = TimingAgenda(pool: desk.pool)
        let scopes = (0..<4).map { _ in TimingScope.singleCase(UUID()) }
        try await desk.pool.withTransaction { try await TimingAgenda.add(scopes, touched: 7, on: $0) }
        try await desk.pool.execute(Self.settle)
        let due = try await agenda.due(on: LedgerDesk.today, limit: 10)
        let entries = try scopes.map { scope in try #require(due.first { $0.scope == scope }) }
        let tomorrow = LedgerDesk.today + 1
        // The first is touched again while the others are taken off, the second was already.
        try await desk.pool.withTransaction { try await TimingAgenda.add([scopes[1]], touched: 8, on: $0) }
        try await desk.pool.withTransaction { connection in
            try await TimingAgenda.add([scopes[0]], touched: 9, on: connection)
            try await agenda.finish([
                (entries[0], until: nil), (entries[1], until: nil), (entries[2], until: tomorrow),
                (entries[3], until: nil),
            ])
        }
        try await desk.pool.execute(Self.settle)
        let left = try await agenda.due(on: LedgerDesk.today, limit: 10)
        #expect(Set(left.map(\.scope)) == Set(scopes.prefix(2)))
        #expect(left.first { $0.scope == scopes[0] }?.touched == 9)
        #expect(try await Set(agenda.due(on: tomorrow, limit: 10).map(\.scope)) == Set(scopes.prefix(3)))
    }
}
