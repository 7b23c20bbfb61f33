import CaseFile
import Foundation
import Ledger

/// What was decided for one stream, with its decider's type erased: several of these form one atomic append.
struct StreamDecision: Sendable {
    /// Whom the events go to.
    let stream: StreamName
    /// The version they were decided on.
    let expectedVersion: Int
    /// The position of the last event that was known when deciding.
    let position: Position
    /// How many events there are.
    let count: Int
    /// The events' bytes, numbered within the command from the given ordinal on.
    let encode: @Sendable (_ command: UUID, _ firstOrdinal: Int) async throws -> [ProposedEvent]
    /// Takes the events into what is remembered of the stream, once they are durable.
    let absorb: @Sendable (_ places: [AppendedEvent], _ recordedAt: Instant, _ bytes: Int) -> Void
}

extension Repository {
    /// The decision to append `events` to a stream at the version of `snapshot`.
    func decision(
        _ events: [D.Event], for stream: StreamName, at snapshot: Snapshot, authorship: D.Authorship,
        effectiveOn: CalendarDate
    ) -> StreamDecision {
        StreamDecision(
            stream: stream, expectedVersion: snapshot.version, position: snapshot.position, count: events.count,
            encode: { id, firstOrdinal in
                try await self.encode(events, to: stream, command: id, firstOrdinal: firstOrdinal)
            },
            absorb: { places, recordedAt, bytes in
                guard places.count == events.count else { return }
                let facts = zip(events, places).map { event, place in
                    DomainFact(
                        event, authorship: authorship, effectiveOn: effectiveOn, recordedAt: recordedAt,
                        version: place.version, position: place.position)
                }
                self.absorb(facts, bytes: bytes, into: stream)
            })
    }
}
