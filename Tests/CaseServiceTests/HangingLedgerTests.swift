import CaseCommands
import CaseFile
import Foundation
import Ledger
import Logging
import Testing

@testable import CaseService

/// What callers see while the ledger does not answer: over a live port, through the real queue.
@Suite(.timeLimit(.minutes(5))) struct HangingLedgerTests {
    private let fixture: ServiceFixture
    private let store: GatedStore
    private let queue: AppendQueue
    private let application: CaseServiceApplication
    private let token: String

    init() async throws {
        fixture = try await ServiceFixture()
        store = GatedStore(inner: fixture.store)
        queue = AppendQueue(store: store, capacity: 2, logger: .quiet)
        let vault = Vault(
            store: InMemoryKeyStore(),
            masterKeys: try MasterKeyring(current: "k", keys: ["k": Array(repeating: 7, count: 32)]))
        let handler = CommandHandler(
            store: store, appender: queue, vault: vault, clock: fixture.time.clock, logger: .quiet)
        application = fixture.application(
            commands: handler, configuration: ServiceConfiguration(port: 0, idleLimit: .seconds(60)))
        token = try await fixture.token(.administrator)
    }

    private func publication(of area: String, key: UUID = UUID()) -> [UInt8] {
        let body = #"{"name":"A"}"#
        return Array(
            """
            POST /v1/areas/\(area)/publish-area HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\
            Idempotency-Key: \(key.uuidString.lowercased())\r\nContent-Type: application/json\r\n\
            Content-Length: \(body.utf8.count)\r\n\r\n\(body)
            """.utf8)
    }

    private func publish(_ area: String, at port: Int, key: UUID = UUID()) -> Task<String, any Error> {
        let bytes = publication(of: area, key: key)
        return Task { try await RawConnection.exchange(port: port, bytes) }
    }

    private func until(_ holds: () async -> Bool) async throws {
        while await !holds() { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// One command on its way to a store that does not answer, two that fill the queue.
    private func fill(at port: Int) async throws -> [Task<String, any Error>] {
        await store.close()
        var answers = [publish("first", at: port)]
        try await until { await store.calls == 1 }
        for depth in 1...2 {
            answers.append(publish("waiting-\(depth)", at: port))
            try await until { await queue.depth == depth }
        }
        return answers
    }

    @Test func aFullQueueSaysWhenToComeBack() async throws {
        try await LiveService.run(application) { port, _ in
            let answers = try await fill(at: port)
            let key = UUID()
            for _ in 1...3 {
                let refused = try await publish("late", at: port, key: key).value
                #expect(refused.hasPrefix("HTTP/1.1 503"), "\(refused)")
                #expect(refused.lowercased().contains("\r\nretry-after: 1\r\n"), "\(refused)")
                #expect(refused.contains("application/problem+json") && refused.contains("\"code\":\"unavailable\""))
            }
            #expect(await queue.depth == 2)
            await store.open()
            for answer in answers { #expect(try await answer.value.hasPrefix("HTTP/1.1 201")) }
            // With the same key as before: nothing was recorded when it was refused.
            #expect(try await publish("late", at: port, key: key).value.hasPrefix("HTTP/1.1 201"))
            #expect(try await fixture.store.head() == 4)
        }
    }

    @Test func whoeverBreaksOffTouchesNobodyElse() async throws {
        try await LiveService.run(application) { port, _ in
            await store.close()
            let first = publish("first", at: port)
            try await until { await store.calls == 1 }
            try await RawConnection.drop(port: port, publication(of: "given-up"))
            let waiting = publish("waiting", at: port)
            try await until { await queue.depth >= 1 }
            await store.open()
            #expect(try await first.value.hasPrefix("HTTP/1.1 201"))
            #expect(try await waiting.value.hasPrefix("HTTP/1.1 201"))
            // Who gave up may find the command recorded or not, but never half.
            for area in ["first", "waiting"] {
                #expect(try await fixture.store.read(StreamName(category: "area", id: area)).count == 1)
            }
            #expect(try await fixture.store.read(StreamName(category: "area", id: "given-up")).count <= 1)
            #expect(await queue.depth == 0)
        }
    }
}
