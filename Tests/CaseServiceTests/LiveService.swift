import Foundation
import Ledger
import Logging
import ServiceLifecycle
import Testing

@testable import CaseService

enum LiveService {
    /// Runs the service on a port of its own until `body` is done.
    static func run<Value: Sendable>(
        _ application: CaseServiceApplication,
        _ body: @escaping @Sendable (_ port: Int, _ group: ServiceGroup) async throws -> Value
    ) async throws -> Value {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let group = ServiceGroup(
            configuration: .init(
                services: [application.server { port.yield($0) }], logger: Logger.quiet))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let number = try #require(await iterator.next())
            let value = try await body(number, group)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return value
        }
    }
}

/// A store in memory that holds up appends while it is closed.
actor GatedStore: EventStore {
    nonisolated let inner: InMemoryEventStore
    private var isClosed = false
    private var heldUp: [CheckedContinuation<Void, Never>] = []
    /// How many appends were begun.
    private(set) var calls = 0

    init(inner: InMemoryEventStore) { self.inner = inner }

    func close() { isClosed = true }

    func open() {
        isClosed = false
        for call in heldUp { call.resume() }
        heldUp = []
    }

    func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] {
        calls += 1
        if isClosed { await withCheckedContinuation { heldUp.append($0) } }
        return try await inner.append(commands)
    }

    nonisolated func read(
        _ stream: StreamName, after version: Int, through position: Position?
    ) async throws -> [RecordedEvent] {
        try await inner.read(stream, after: version, through: position)
    }

    nonisolated func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await inner.read(after: position, limit: limit)
    }

    nonisolated func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        try await inner.find(command: id)
    }

    nonisolated func head() async throws -> Position { try await inner.head() }
}
