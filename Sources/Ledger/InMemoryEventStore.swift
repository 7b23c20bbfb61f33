public import Foundation
import Synchronization

/// The ledger in memory: the reference that the PostgreSQL store is tested against, and the store of fast tests.
public final class InMemoryEventStore: EventStore, Appender {
    private struct Contents {
        var events: [RecordedEvent] = []
        var streams: [StreamName: [Int]] = [:]
        var commands: [UUID: (indices: [Int], fingerprint: [UInt8]?)] = [:]

        func events(of stream: StreamName, after version: Int, through position: Position?) -> [RecordedEvent] {
            (streams[stream] ?? []).dropFirst(max(0, version)).map { events[$0] }
                .filter { $0.position <= position ?? .max }
        }
    }

    private let contents = Mutex(Contents())
    private let clock: LedgerClock

    /// An empty ledger whose `recordedAt` comes from `clock`.
    public init(clock: LedgerClock = .system) {
        self.clock = clock
    }

    /// Judges the commands in order; see ``EventStore/append(_:)``.
    public func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] {
        contents.withLock { contents in
            let recordedAt = max(clock.now, contents.events.last?.recordedAt ?? clock.now)
            return commands.map { Self.judge($0, at: recordedAt, &contents) }
        }
    }

    /// Judges one command.
    public func append(_ command: AppendCommand) async throws -> AppendVerdict {
        try await append([command])[0]
    }

    private static func judge(
        _ command: AppendCommand, at recordedAt: Instant, _ contents: inout Contents
    ) -> AppendVerdict {
        if let first = contents.commands[command.id] {
            return .duplicate(first.indices.map { contents.events[$0].place }, fingerprint: first.fingerprint)
        }
        for write in command.writes {
            let version = contents.streams[write.stream]?.count ?? 0
            if version != write.expectedVersion { return .conflict(write.stream, currentVersion: version) }
        }
        var indices: [Int] = []
        for write in command.writes {
            for event in write.events {
                let index = contents.events.count
                let version = (contents.streams[write.stream]?.count ?? 0) + 1
                contents.events.append(
                    RecordedEvent(
                        position: Position(index + 1), stream: write.stream, version: version, commandID: command.id,
                        ordinal: indices.count, type: event.type, schemaVersion: event.schemaVersion,
                        recordedAt: recordedAt, effectiveOn: command.effectiveOn, metadata: command.metadata,
                        payload: event.payload, personal: event.personal))
                contents.streams[write.stream, default: []].append(index)
                indices.append(index)
            }
        }
        if !indices.isEmpty { contents.commands[command.id] = (indices, command.fingerprint) }
        return .appended(indices.map { contents.events[$0].place }, recordedAt: recordedAt)
    }

    /// The events of a stream; see ``EventStore/read(_:after:through:)``.
    public func read(
        _ stream: StreamName, after version: Int, through position: Position?
    ) async throws -> [RecordedEvent] {
        contents.withLock { $0.events(of: stream, after: version, through: position) }
    }

    /// The events of several streams; see ``EventStore/read(_:through:)``.
    public func read(
        _ tails: [StreamName: Int], through position: Position?
    ) async throws -> [StreamName: [RecordedEvent]] {
        contents.withLock { contents in
            tails.reduce(into: [:]) { read, tail in
                let events = contents.events(of: tail.key, after: tail.value, through: position)
                if !events.isEmpty { read[tail.key] = events }
            }
        }
    }

    /// The events after a position; see ``EventStore/read(after:limit:)``.
    public func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        contents.withLock { Array($0.events.dropFirst(Int(max(0, position))).prefix(max(0, limit))) }
    }

    /// What a command appended; see ``EventStore/find(command:)``.
    public func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        contents.withLock { contents in
            contents.commands[id].map {
                (events: $0.indices.map { contents.events[$0].place }, fingerprint: $0.fingerprint)
            }
        }
    }

    /// The number of events.
    public func head() async throws -> Position {
        contents.withLock { Position($0.events.count) }
    }
}

extension RecordedEvent {
    /// Where this event went.
    public var place: AppendedEvent {
        AppendedEvent(stream: stream, version: version, position: position, type: type)
    }
}
