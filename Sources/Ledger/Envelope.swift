public import Foundation

/// A place in the ledger: 1 for the first event, without gaps, in commit order. 0 is the place before the first.
public typealias Position = Int64

/// An event as it is handed to the ledger: bytes, and the name that tells how to read them.
public struct ProposedEvent: Hashable, Sendable {
    /// The event's name in past tense, e.g. `MeasureStarted`.
    public var type: String
    /// Which shape of that event the bytes have, from 1.
    public var schemaVersion: Int
    /// The non-personal part, JSON.
    public var payload: [UInt8]
    /// The personal part, sealed by the ``Vault``, if the event has one.
    public var personal: [UInt8]?

    /// An event of that type, shape and content.
    public init(type: String, schemaVersion: Int, payload: [UInt8], personal: [UInt8]? = nil) {
        self.type = type
        self.schemaVersion = schemaVersion
        self.payload = payload
        self.personal = personal
    }
}

/// An event as the ledger keeps it. What is stored is these bytes, so what is hashed is what was written.
public struct RecordedEvent: Hashable, Sendable {
    /// Place in the ledger.
    public var position: Position
    /// The stream it belongs to.
    public var stream: StreamName
    /// Place in the stream, from 1, without gaps.
    public var version: Int
    /// The command that caused it.
    public var commandID: UUID
    /// Place among the events of that command, from 0.
    public var ordinal: Int
    /// The event's name in past tense.
    public var type: String
    /// Which shape of that event the bytes have, from 1.
    public var schemaVersion: Int
    /// When the ledger recorded it, UTC; never decreasing with position.
    public var recordedAt: Instant
    /// The day from which it counts in the world, Europe/Berlin.
    public var effectiveOn: CalendarDate
    /// Who caused it and why, JSON.
    public var metadata: [UInt8]
    /// The non-personal part, JSON.
    public var payload: [UInt8]
    /// The personal part, sealed under the person's key, if the event has one.
    public var personal: [UInt8]?

    /// An event with all that the ledger knows of it.
    public init(
        position: Position, stream: StreamName, version: Int, commandID: UUID, ordinal: Int, type: String,
        schemaVersion: Int, recordedAt: Instant, effectiveOn: CalendarDate, metadata: [UInt8], payload: [UInt8],
        personal: [UInt8]?
    ) {
        self.position = position
        self.stream = stream
        self.version = version
        self.commandID = commandID
        self.ordinal = ordinal
        self.type = type
        self.schemaVersion = schemaVersion
        self.recordedAt = recordedAt
        self.effectiveOn = effectiveOn
        self.metadata = metadata
        self.payload = payload
        self.personal = personal
    }
}
