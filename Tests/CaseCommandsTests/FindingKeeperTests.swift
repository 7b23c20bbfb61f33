import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Ledger
import Logging
import Synchronization
import Testing

@Suite("Keeping findings of many")
struct FindingKeeperTests {
    /// A store whose reads fail, for all streams or for one, and which counts them.
    private final class FailingStore: EventStore {
        private let isFailing: @Sendable (StreamName) -> Bool
        private let error: LedgerError
        private let counted = Mutex(0)

        init(_ error: LedgerError, when isFailing: @escaping @Sendable (StreamName) -> Bool) {
            self.error = error
            self.isFailing = isFailing
        }

        var reads: Int { counted.withLock { $0 } }

        func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] { throw error }
        func read(
            _ stream: StreamName, after version: Int, through position: Position?
        ) async throws -> [RecordedEvent] {
            counted.withLock { $0 += 1 }
            guard isFailing(stream) else { return [] }
            throw error
        }
        func read(after position: Position, limit: Int) async throws -> [RecordedEvent] { throw error }
        func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? { throw error }
        func head() async throws -> Position { throw error }
    }

    private static func keep(_ scopes: [TimingScope], _ store: FailingStore) async throws
        -> [TimingScope: FindingKeeper.Outcome]
    {
        let handler = CommandHandler(
            store: store, appender: try Desk().store, vault: try Desk().vault, clock: .system,
            logger: Logger(label: "test"))
        return await FindingKeeper(handler: handler, clock: .system, thresholds: TimingThresholds()).keep(Set(scopes))
    }

    private static let scopes = (0..<50).map { _ in TimingScope.singleCase(UUID()) }

    @Test("a ledger that is away is asked once, not once for each of them")
    func away() async throws {
        let store = FailingStore(.unavailable("it is away")) { _ in true }
        let outcomes = try await Self.keep(Self.scopes, store)
        #expect(outcomes.count == 50)
        #expect(outcomes.values.allSatisfy { if case .failure(LedgerError.unavailable) = $0 { true } else { false } })
        #expect(store.reads == 1)
    }

    @Test("one that cannot be read fails alone")
    func unreadable() async throws {
        let broken = Self.scopes[17]
        let store = FailingStore(.unreadable(7, "its type is unknown")) { stream in
            if case .singleCase(let id) = broken { stream == .of(CaseEvent.self, id) } else { false }
        }
        let outcomes = try await Self.keep(Self.scopes, store)
        let failed = outcomes.filter { if case .failure = $0.value { true } else { false } }
        #expect(outcomes.count == 50)
        #expect(Array(failed.keys) == [broken])
    }
}
