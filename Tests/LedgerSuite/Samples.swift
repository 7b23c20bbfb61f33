public import Foundation
public import Ledger
import Testing

extension StreamName {
    /// A stream of the tests.
    public static func sample(_ id: String) -> StreamName { StreamName(category: "case", id: id) }
}

extension ProposedEvent {
    /// An event whose payload tells it from others.
    public static func sample(_ text: String = "{}", type: String = "Noted", personal: [UInt8]? = nil) -> ProposedEvent
    {
        ProposedEvent(type: type, schemaVersion: 1, payload: Array(text.utf8), personal: personal)
    }
}

extension AppendCommand {
    /// A command of the tests.
    public static func sample(
        id: UUID = UUID(), fingerprint: [UInt8]? = nil, _ writes: (StreamName, Int, [ProposedEvent])...
    ) -> AppendCommand {
        AppendCommand(
            id: id, fingerprint: fingerprint, effectiveOn: "2026-03-02", metadata: Array("{}".utf8),
            writes: writes.map { StreamWrite(stream: $0.0, expectedVersion: $0.1, events: $0.2) })
    }

    /// A command that appends `count` events to one stream.
    public static func sample(
        id: UUID = UUID(), to stream: StreamName, at version: Int, count: Int = 1
    ) -> AppendCommand {
        .sample(id: id, (stream, version, (0..<count).map { .sample("{\"number\":\($0)}") }))
    }
}

extension AppendVerdict {
    /// The events, where the command was appended now.
    public var appended: [AppendedEvent]? {
        if case .appended(let events, _) = self { events } else { nil }
    }

    /// The events, where the command was appended before.
    public var duplicate: [AppendedEvent]? {
        if case .duplicate(let events, _) = self { events } else { nil }
    }

    /// The verdict without the moment of recording, which differs from store to store.
    var comparable: AppendVerdict {
        if case .appended(let events, _) = self {
            .appended(events, recordedAt: Instant(microsecondsSince1970: 0))
        } else {
            self
        }
    }
}

extension EventStore {
    /// Judges one command alone.
    func append(one command: AppendCommand) async throws -> AppendVerdict {
        let verdicts = try await append([command])
        return try #require(verdicts.count == 1 ? verdicts.first : nil)
    }

    /// Every event, read in pages of a size that divides nothing.
    public func everything(pageSize: Int = 37) async throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        while true {
            let page = try await read(after: events.last?.position ?? 0, limit: pageSize)
            events += page
            if page.count < pageSize { return events }
        }
    }
}

/// Expects what holds of every ledger: positions, versions and ordinals without gaps, time not going back, and
/// reading by stream and by position telling the same.
public func expectSound(_ store: any EventStore) async throws {
    let events = try await store.everything()
    #expect(events.map(\.position) == Array(1..<(Position(events.count) + 1)))
    #expect(try await store.head() == Position(events.count))
    for (earlier, later) in zip(events, events.dropFirst()) where later.recordedAt < earlier.recordedAt {
        Issue.record("position \(later.position) was recorded before its predecessor")
    }
    for (stream, ofStream) in Dictionary(grouping: events, by: \.stream) {
        #expect(ofStream.map(\.version) == Array(1..<(ofStream.count + 1)))
        #expect(try await store.read(stream) == ofStream)
    }
    for (command, ofCommand) in Dictionary(grouping: events, by: \.commandID) {
        #expect(ofCommand.map(\.ordinal) == Array(0..<ofCommand.count))
        let first = ofCommand[0].position
        #expect(ofCommand.map { $0.position - first } == ofCommand.map { Position($0.ordinal) })
        #expect(Set(ofCommand.map(\.recordedAt)).count == 1)
        #expect(try await store.find(command: command)?.events == ofCommand.map(\.place))
    }
}
