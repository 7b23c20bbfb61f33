import CaseTiming
import CaseViews
import Foundation
import Postgres
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
}
