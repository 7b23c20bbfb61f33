import Foundation
import Ledger
import LedgerSuite
import Postgres
import PostgresLedger
import Testing

@Suite("Appending an erasure")
struct ErasingAppenderTests {
    private let key = WrappedKey(masterKeyID: "k", bytes: [1])

    private func command(_ type: String, to person: UUID, at version: Int, id: UUID = UUID()) -> AppendCommand {
        AppendCommand(
            id: id, fingerprint: nil, effectiveOn: "2026-03-02", metadata: Array("{}".utf8),
            writes: [
                StreamWrite(
                    stream: StreamName(category: "case", id: person.uuidString.lowercased()), expectedVersion: version,
                    events: [
                        ProposedEvent(type: type, schemaVersion: 1, payload: Array("{}".utf8), personal: nil)
                    ])
            ])
    }

    @Test("destroys the key with the event, and only with it")
    func atomic() async throws {
        let database = try await LedgerDatabase.fresh()
        let keys = PostgresKeyStore(pool: database.pool())
        let appender = ErasingAppender(pool: database.pool(as: "gleichtakt_eraser"), types: ["Erased"])
        let (person, other) = (UUID(), UUID())
        for person in [person, other] { _ = try await keys.insert(key, for: person) }
        _ = try await appender.append(command("Noted", to: person, at: 0))
        #expect(try await keys.wrappedKeys(for: [person, other]).count == 2)
        guard case .conflict = try await appender.append(command("Erased", to: person, at: 0)) else {
            Issue.record("an erasure on an older version was taken")
            return
        }
        #expect(try await keys.wrappedKeys(for: [person, other]).count == 2)
        let erasing = command("Erased", to: person, at: 1)
        guard case .appended = try await appender.append(erasing) else {
            Issue.record("the erasure was not taken")
            return
        }
        #expect(try await keys.wrappedKeys(for: [person, other]).keys.map(\.self) == [other])
        guard case .duplicate = try await appender.append(erasing) else {
            Issue.record("the erasure was taken twice")
            return
        }
        #expect(try await keys.erasures(after: 0).subjects == [person])
    }

    @Test("is refused as a whole to those who may not destroy keys")
    func refused() async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresEventStore(pool: database.pool())
        let person = UUID()
        _ = try await PostgresKeyStore(pool: database.pool()).insert(key, for: person)
        for role in ["gleichtakt_service", "gleichtakt_worker"] {
            let appender = ErasingAppender(pool: database.pool(as: role), types: ["Erased"])
            await #expect(throws: PostgresError.self) {
                _ = try await appender.append(command("Erased", to: person, at: 0))
            }
        }
        #expect(try await store.head() == 0)
        #expect(try await PostgresKeyStore(pool: database.pool()).wrappedKeys(for: [person]).count == 1)
    }
}
