import Ledger
import Logging
import Postgres
import PostgresLedger

/// What a rebuild does when PostgreSQL refuses rows: it finds out whose they are, and from which event on, and deals with
/// that one as with an event that cannot be read.
extension ViewRebuild {
    /// The stream of a piece whose rows are refused, and the event from which on they are; `nil` when none are.
    ///
    /// - Parameter parked: the streams that are left out already.
    func firstRefused(
        among streams: [StreamName], of record: RebuildRecord, without parked: ParkedStreams
    ) async throws -> UnreadableEvent? {
        guard try await refusal(of: streams, through: record.target, record, parked) != nil else { return nil }
        var suspects = streams[...]
        while suspects.count > 1 {
            let half = suspects.prefix(suspects.count / 2)
            let isFirst = try await refusal(of: Array(half), through: record.target, record, parked) != nil
            suspects = isFirst ? half : suspects.dropFirst(half.count)
        }
        guard let stream = suspects.first,
            let reason = try await refusal(of: [stream], through: record.target, record, parked)
        else { return nil }
        let positions = try await store.read(stream, after: 0, through: record.target).map(\.position)
            .filter { $0 < parked[stream] ?? .max }
        guard let earliest = positions.first else { return nil }
        var (taken, refused) = (0, positions.count)
        while refused - taken > 1 {
            let middle = (taken + refused) / 2
            if try await refusal(of: [stream], through: positions[middle - 1], record, parked) != nil {
                refused = middle
            } else {
                taken = middle
            }
        }
        // What somebody else in the household did since may have its share in it: then none of this stream's rows is good.
        let position = positions[refused - 1]
        let without = parked.merging([stream: position]) { Swift.min($0, $1) }
        let isEnough = try await refusal(of: [stream], through: record.target, record, without) == nil
        return UnreadableEvent(stream: stream, position: isEnough ? position : earliest, reason: reason)
    }

    /// Why the rows of streams at a position are refused, by tables with all keys and indexes; `nil` when they are taken.
    private func refusal(
        of streams: [StreamName], through position: Position, _ record: RebuildRecord, _ parked: ParkedStreams
    ) async throws -> String? {
        let views = Set(record.views.compactMap { ViewName(rawValue: $0) })
        let (rows, _) = try await builder(of: record).rows(of: streams, through: position, without: parked)
        return try await pool.refusal { connection in
            try await CaseViewSchema.create("pg_temp", views: views, on: connection)
            try await ViewCopy(rows).write(on: connection)
        }
    }

    /// Rows of a piece were refused: parks the stream that they belong to, or stops.
    ///
    /// - Throws: ``RebuildError/stopped(_:_:)``; `error`, when it cannot be found out whose they are.
    func meet(_ error: PostgresError, in chunk: RebuildChunk, of record: RebuildRecord) async throws {
        let parked = try await parkedStreams(record)
        guard let event = try await firstRefused(among: chunk.streams, of: record, without: parked),
            event.position < parked[event.stream] ?? .max
        else { throw error }
        try await meet(event)
    }

    /// Keys or indexes of the filled tables cannot be created because of somebody's rows: takes the piece that they belong
    /// to back, so that it is filled again, and parks the stream, or stops.
    ///
    /// - Parameter mayBeOthers: whether it may have been another program that filled the tables.
    /// - Throws: ``RebuildError/stopped(_:_:)``; `error`, when it cannot be found out whose rows they are.
    func meet(
        _ error: PostgresError, indexing record: RebuildRecord, _ lease: Lease, mayBeOthers: Bool
    ) async throws {
        let parked = try await parkedStreams(record)
        let chunks = try await rebuilds.chunks(of: record.edition)
        // Whoever it was the last time, for whom there is an alarm, is looked at first.
        let known = Set(try await UnhandledEvents.list(of: Self.name, in: pool).map(\.stream))
        let suspects = chunks.filter { !known.isDisjoint(with: $0.streams) }
        for chunk in suspects + chunks.filter({ known.isDisjoint(with: $0.streams) }) {
            guard let event = try await firstRefused(among: chunk.streams, of: record, without: parked) else {
                continue
            }
            try await refill([chunk], of: record, lease)
            return try await meet(event)
        }
        // What this program would write is taken: it was another one that wrote it.
        guard mayBeOthers else { throw error }
        try await refill(chunks, of: record, lease)
    }

    /// Empties the tables of what pieces have brought, and has them filled again.
    private func refill(_ chunks: [RebuildChunk], of record: RebuildRecord, _ lease: Lease) async throws {
        let position = try await projections.checkpoint(Self.name)
        try await projections.commit(lease, from: position, to: position, viewVersion: 0) { connection in
            try await connection.liftTimeouts()
            try await CaseViewSchema.use(record.schema, on: connection)
            let tables = record.views.compactMap { ViewName(rawValue: $0) }.flatMap(\.tables)
            for chunk in chunks {
                let ids = chunk.streams.map(\.id)
                for table in tables {
                    try await connection.execute(RebuildStatements.removal(from: table), ids)
                }
                try await RebuildStore.reopen(chunk, on: connection)
            }
            try await RebuildStore.move(record.edition, to: .filling, on: connection)
        }
    }

    private func meet(_ event: UnreadableEvent) async throws {
        guard options.policy == .park else {
            try await recordStop(event.position, event.reason)
            throw RebuildError.stopped(event.position, event.reason)
        }
        logger.error(
            "a stream is parked",
            metadata: ["stream": "\(event.stream)", "position": "\(event.position)", "reason": "\(event.reason)"])
        try await pool.withTransaction { try await park(event, on: $0) }
    }
}
