import Foundation
import Ledger
import Synchronization

/// A store in memory that notes from where streams are read, and how often something is appended.
final class TailNotingStore: EventStore, Appender {
    private struct Notes {
        var reads: [StreamName: [Int]] = [:]
        var appends = 0
    }

    private let inner: InMemoryEventStore
    private let notes = Mutex(Notes())

    init(inner: InMemoryEventStore) { self.inner = inner }

    /// The versions after which the stream was read, in order.
    func reads(of stream: StreamName) -> [Int] { notes.withLock { $0.reads[stream] ?? [] } }
    var appends: Int { notes.withLock { $0.appends } }

    func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] {
        notes.withLock { $0.appends += commands.count }
        return try await inner.append(commands)
    }

    func append(_ command: AppendCommand) async throws -> AppendVerdict { try await append([command])[0] }

    func read(
        _ stream: StreamName, after version: Int, through position: Position?
    ) async throws -> [RecordedEvent] {
        notes.withLock { $0.reads[stream, default: []].append(version) }
        return try await inner.read(stream, after: version, through: position)
    }

    func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await inner.read(after: position, limit: limit)
    }

    func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        try await inner.find(command: id)
    }

    func head() async throws -> Position { try await inner.head() }
}
