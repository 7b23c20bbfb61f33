import Ledger
import LedgerSuite
import Testing

@Suite("The ledger in memory")
struct InMemoryEventStoreTests {
    @Test("does what every store must do", arguments: LedgerCase.all)
    func suite(_ promise: LedgerCase) async throws {
        try await promise.run(InMemoryEventStore())
    }

    @Test("never records a moment before the last one, also when the clock is set back")
    func clockSetBack() async throws {
        let clock = SettableClock(now: Instant(microsecondsSince1970: 2_000))
        let store = InMemoryEventStore(clock: clock.clock)
        _ = try await store.append(.sample(to: .sample("a"), at: 0))
        clock.set(Instant(microsecondsSince1970: 1_000))
        _ = try await store.append(.sample(to: .sample("a"), at: 1))
        clock.set(Instant(microsecondsSince1970: 3_000))
        _ = try await store.append(.sample(to: .sample("a"), at: 2))
        #expect(try await store.everything().map(\.recordedAt.microsecondsSince1970) == [2_000, 2_000, 3_000])
    }
}
