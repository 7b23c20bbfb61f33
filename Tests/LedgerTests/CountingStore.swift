import Foundation
import Ledger
import Synchronization

/// A store that notes which streams were read, and from where.
final class CountingStore: EventStore {
    private struct Notes {
        var streams: [(stream: StreamName, after: Int)] = []
        var tails: [[StreamName: Int]] = []
    }

    let inner: InMemoryEventStore
    private let notes = Mutex(Notes())

    init(inner: InMemoryEventStore) { self.inner = inner }

    /// The reads of one stream, in order.
    var streams: [(stream: StreamName, after: Int)] { notes.withLock { $0.streams } }
    /// The reads of several streams, in order.
    var tails: [[StreamName: Int]] { notes.withLock { $0.tails } }

    func reset() { notes.withLock { $0 = Notes() } }

    func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] { try await inner.append(commands) }

    func read(
        _ stream: StreamName, after version: Int, through position: Position?
    ) async throws -> [RecordedEvent] {
        notes.withLock { $0.streams.append((stream, version)) }
        return try await inner.read(stream, after: version, through: position)
    }

    func read(
        _ tails: [StreamName: Int], through position: Position?
    ) async throws -> [StreamName: [RecordedEvent]] {
        notes.withLock { $0.tails.append(tails) }
        return try await inner.read(tails, through: position)
    }

    func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await inner.read(after: position, limit: limit)
    }

    func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        try await inner.find(command: id)
    }

    func head() async throws -> Position { try await inner.head() }
}
