import Foundation
import Ledger
import Postgres

extension Row {
    /// An event, from the columns position, stream, version, command_id, ordinal, type, schema_version, recorded_at,
    /// effective_on, metadata, payload, personal.
    func recordedEvent() throws -> RecordedEvent {
        RecordedEvent(
            position: try decode(0), stream: try streamName(1), version: Int(try decode(2, as: Int32.self)),
            commandID: try decode(3), ordinal: Int(try decode(4, as: Int16.self)), type: try decode(5),
            schemaVersion: Int(try decode(6, as: Int16.self)), recordedAt: try instant(7),
            effectiveOn: CalendarDate(daysSince1970: Int(try decode(8, as: PostgresDate.self).daysSince1970)),
            metadata: try decode(9), payload: try decode(10), personal: try decode(11))
    }

    /// Where an event is, from four columns: stream, version, position, type.
    func place(from column: Int) throws -> AppendedEvent {
        AppendedEvent(
            stream: try streamName(column), version: Int(try decode(column + 1, as: Int32.self)),
            position: try decode(column + 2), type: try decode(column + 3))
    }

    func instant(_ column: Int) throws -> Instant {
        Instant(microsecondsSince1970: try decode(column, as: PostgresTimestamp.self).microsecondsSince1970)
    }

    func streamName(_ column: Int) throws -> StreamName {
        let text = try decode(column, as: String.self)
        // The table's check lets no other form in.
        guard let stream = StreamName(text) else {
            throw PostgresError.decoding(.init(column: column, reason: "not a stream's name"))
        }
        return stream
    }
}

extension Rows {
    /// Events by stream, each oldest first, from rows in any order.
    func eventsByStream() throws -> [StreamName: [RecordedEvent]] {
        var events: [StreamName: [RecordedEvent]] = [:]
        var disordered: Set<StreamName> = []
        for row in self {
            let event = try row.recordedEvent()
            let last = events[event.stream]?.last?.version ?? 0
            if last > event.version { disordered.insert(event.stream) }
            events[event.stream, default: []].append(event)
        }
        for stream in disordered { events[stream]?.sort { $0.version < $1.version } }
        return events
    }
}
