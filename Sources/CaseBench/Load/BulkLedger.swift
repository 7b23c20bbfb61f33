import Foundation
import Ledger
import PostgresLedger

/// A ledger that answers at once and writes in large batches: for filling a database that nobody else writes to.
///
/// It knows what the database will answer, because it is alone: positions follow one another, and the handler before it
/// decides on states that contain everything. What the database then answers is compared with what was promised.
actor BulkLedger: EventStore, Appender {
    private let store: PostgresEventStore
    private let keys: BulkKeyStore
    private let batchSize: Int
    private var next: Position?
    private var waiting: [AppendCommand] = []
    private var promised: [Position] = []
    /// The versions of the streams that were written to, which are all there are in a ledger that was empty.
    private var versions: [StreamName: Int] = [:]
    private var wasEmpty = false
    /// The batch that was sent last; each waits for the one before it.
    private var lastBatch: Task<Void, any Error>?

    init(store: PostgresEventStore, keys: BulkKeyStore, batchSize: Int = 1000) {
        self.store = store
        self.keys = keys
        self.batchSize = batchSize
    }

    func append(_ command: AppendCommand) async throws -> AppendVerdict {
        // One batch is written while the next is decided on.
        if waiting.count >= 2 * batchSize { try await flush() } else if waiting.count == batchSize { sendBatch() }
        if next == nil {
            let head = try await store.head()
            if next == nil { (next, wasEmpty) = (head + 1, head == 0) }
        }
        // Of two who decided on the same version of a shared stream, such as an offer's, the second has to decide again.
        for write in command.writes {
            guard let version = versions[write.stream], version != write.expectedVersion else { continue }
            return .conflict(write.stream, currentVersion: version)
        }
        var position = next ?? 1
        promised.append(position)
        var places: [AppendedEvent] = []
        for write in command.writes {
            versions[write.stream] = write.expectedVersion + write.events.count
            for (index, event) in write.events.enumerated() {
                places.append(
                    AppendedEvent(
                        stream: write.stream, version: write.expectedVersion + index + 1, position: position,
                        type: event.type))
                position += 1
            }
        }
        next = position
        waiting.append(command)
        return .appended(places, recordedAt: LedgerClock.system.now)
    }

    func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] {
        var verdicts: [AppendVerdict] = []
        for command in commands { verdicts.append(try await append(command)) }
        return verdicts
    }

    /// Returns once everything is durable.
    func flush() async throws {
        sendBatch()
        try await lastBatch?.value
    }

    private func sendBatch() {
        let previous = lastBatch
        lastBatch = Task {
            try await previous?.value
            try await write()
        }
    }

    /// Writes what waits: the keys first, for nothing sealed may be durable before its key.
    private func write() async throws {
        let (commands, positions) = (waiting, promised)
        (waiting, promised) = ([], [])
        guard !commands.isEmpty else { return }
        try await keys.flush()
        for (verdict, promise) in zip(try await store.append(commands), positions) {
            guard case .appended(let places, _) = verdict, places.first.map({ $0.position == promise }) ?? true else {
                throw BenchFailure("the ledger answered \(verdict): is it filled already, or does somebody else write?")
            }
        }
    }

    func read(_ stream: StreamName, after version: Int, through position: Position?) async throws -> [RecordedEvent] {
        // Whoever knows all that was promised misses nothing.
        if position == nil, let known = versions[stream], version >= known { return [] }
        // Most streams are new when they are asked for; writing a batch out for each would make it a small one.
        if versions[stream] != nil { try await flush() } else if wasEmpty { return [] }
        return try await store.read(stream, after: version, through: position)
    }

    func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await flush()
        return try await store.read(after: position, limit: limit)
    }

    func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        try await flush()
        return try await store.find(command: id)
    }

    func head() async throws -> Position {
        try await flush()
        return try await store.head()
    }
}
