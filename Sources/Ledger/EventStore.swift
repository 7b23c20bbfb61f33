public import Foundation

/// The ledger as everybody sees it: append with verdicts, read by stream and by position.
///
/// Two stores exist, in memory and on PostgreSQL, and one suite of tests runs on both.
public protocol EventStore: Sendable {
    /// Appends several commands in one durable step and answers one verdict each, in order.
    ///
    /// Commands are judged in order; the second command on a stream in one call sees the first one's events.
    /// - Throws: ``LedgerError/unavailable(_:)`` when the outcome is unknown or nothing was recorded; asking again with
    ///   the same commands is safe, because their identifiers are idempotency keys.
    func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict]

    /// The events of a stream after `version`, oldest first, up to and including `position` if one is given.
    func read(_ stream: StreamName, after version: Int, through position: Position?) async throws -> [RecordedEvent]

    /// The events of several streams in one step, each stream's oldest first.
    ///
    /// - Parameters:
    ///   - tails: the streams, and of each the version after which its events are wanted, 0 for all of them.
    ///   - position: up to and including which position, if one is given.
    /// - Returns: the events by stream; a stream of which there is nothing to read is missing.
    func read(_ tails: [StreamName: Int], through position: Position?) async throws -> [StreamName: [RecordedEvent]]

    /// At most `limit` events after `position`, by position.
    func read(after position: Position, limit: Int) async throws -> [RecordedEvent]

    /// What an identifier's command appended and the fingerprint it came with, or `nil` if it is not recorded.
    func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)?

    /// The position of the last event, 0 if there is none.
    func head() async throws -> Position
}

extension EventStore {
    /// All events of a stream, oldest first.
    public func read(_ stream: StreamName) async throws -> [RecordedEvent] {
        try await read(stream, after: 0, through: nil)
    }

    /// All events of several streams in one step, up to and including `position` if one is given.
    public func read(
        _ streams: some Sequence<StreamName>, through position: Position? = nil
    ) async throws -> [StreamName: [RecordedEvent]] {
        try await read(
            Dictionary(streams.map { ($0, 0) }, uniquingKeysWith: { first, _ in first }), through: position)
    }

    /// Reads the streams one after another; stores do better.
    public func read(
        _ tails: [StreamName: Int], through position: Position?
    ) async throws -> [StreamName: [RecordedEvent]] {
        var read: [StreamName: [RecordedEvent]] = [:]
        for (stream, version) in tails {
            let events = try await self.read(stream, after: version, through: position)
            if !events.isEmpty { read[stream] = events }
        }
        return read
    }
}

/// What can go wrong with the ledger itself, as opposed to what it says of a command.
public enum LedgerError: Error, Hashable, Sendable {
    /// The store cannot be reached or did not answer; the sentence is for operators, not for clients.
    case unavailable(String)
    /// Too many commands wait already; try again later.
    case overloaded
    /// Stored bytes that cannot be read: which event, and why.
    case unreadable(Position, String)
}
