public import Foundation

/// What one command adds to the ledger: all of it or nothing.
public struct AppendCommand: Sendable {
    /// The command's identifier, which is its idempotency key.
    public var id: UUID
    /// A digest of what was asked and by whom, so that the same identifier with another request can be told apart;
    /// `nil` when the caller chose no identifier.
    public var fingerprint: [UInt8]?
    /// The day from which the events count in the world, Europe/Berlin.
    public var effectiveOn: CalendarDate
    /// Who caused it and why, JSON, kept beside each event.
    public var metadata: [UInt8]
    /// What goes to which stream. A stream is named once. A write without events only demands its version.
    public var writes: [StreamWrite]

    /// A command with its writes.
    public init(
        id: UUID, fingerprint: [UInt8]?, effectiveOn: CalendarDate, metadata: [UInt8], writes: [StreamWrite]
    ) {
        self.id = id
        self.fingerprint = fingerprint
        self.effectiveOn = effectiveOn
        self.metadata = metadata
        self.writes = writes
    }
}

/// Events for one stream, on the condition that the stream still has the version they were decided on.
public struct StreamWrite: Sendable {
    /// The stream to append to.
    public var stream: StreamName
    /// The version that the stream must have; 0 for a stream without events.
    public var expectedVersion: Int
    /// What is appended, in order.
    public var events: [ProposedEvent]

    /// Events for `stream`, expected at `expectedVersion`.
    public init(stream: StreamName, expectedVersion: Int, events: [ProposedEvent]) {
        self.stream = stream
        self.expectedVersion = expectedVersion
        self.events = events
    }
}

/// Where an appended event went.
public struct AppendedEvent: Hashable, Sendable {
    /// The stream it went to.
    public var stream: StreamName
    /// Its place in the stream, from 1.
    public var version: Int
    /// Its place in the ledger, from 1.
    public var position: Position
    /// The event's name.
    public var type: String

    /// An event at that place.
    public init(stream: StreamName, version: Int, position: Position, type: String) {
        self.stream = stream
        self.version = version
        self.position = position
        self.type = type
    }
}

/// What the ledger answers to one command. One bad command never fails its neighbours.
public enum AppendVerdict: Hashable, Sendable {
    /// The events are durable at these places, recorded at that moment (UTC).
    case appended([AppendedEvent], recordedAt: Instant)
    /// The command was recorded before; these are its first result and the fingerprint it came with.
    case duplicate([AppendedEvent], fingerprint: [UInt8]?)
    /// A stream has another version than expected: the first such stream and its version now.
    case conflict(StreamName, currentVersion: Int)
}

/// Something that takes commands for the ledger: a store, or a queue in front of one.
public protocol Appender: Sendable {
    /// Appends one command.
    ///
    /// - Throws: ``LedgerError``.
    func append(_ command: AppendCommand) async throws -> AppendVerdict
}
