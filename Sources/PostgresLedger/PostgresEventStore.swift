public import Foundation
public import Ledger
public import Postgres

/// The ledger on PostgreSQL: the table `ledger.events` and the function `ledger.append`.
///
/// Any number of stores, in one process or in many, may append at the same time; the function takes turns.
public final class PostgresEventStore: EventStore, Appender {
    private let pool: PostgresPool

    /// A store over the connections of `pool`, whose role may append and read.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Judges the commands in order, in one transaction and one round trip; see ``EventStore/append(_:)``.
    public func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] {
        guard !commands.isEmpty else { return [] }
        let columns = AppendColumns(commands)
        return try await mappingErrors {
            do {
                let rows = try await pool.query(Self.append, parameters: columns.parameters)
                return try AppendAnswer.verdicts(for: commands, from: rows)
            } catch let error as PostgresError where error.sqlState == .queryCanceled {
                // It had its turn taken by somebody who does not come to an end. Should that one be frozen, with its
                // commands sent and the last five bytes not, then nobody could append any more.
                _ = try? await StalledSessions(pool: pool).end(holding: Self.turn, silentFor: Self.patience)
                throw error
            }
        }
    }

    /// The advisory lock under which `ledger.append` takes turns.
    private static let turn = "ledger.append"
    /// How long whoever has the turn may say nothing while others wait.
    private static let patience = Duration.seconds(10)

    /// Judges one command.
    public func append(_ command: AppendCommand) async throws -> AppendVerdict {
        try await append([command])[0]
    }

    /// The events of a stream; see ``EventStore/read(_:after:through:)``.
    public func read(
        _ stream: StreamName, after version: Int, through position: Position?
    ) async throws -> [RecordedEvent] {
        try await mappingErrors {
            try await pool.query(
                Self.readStream, stream.description, Int32(clamping: version), position ?? .max
            ).map { try $0.recordedEvent() }
        }
    }

    /// The events of several streams, in one round trip; see ``EventStore/read(_:through:)``.
    public func read(
        _ tails: [StreamName: Int], through position: Position?
    ) async throws -> [StreamName: [RecordedEvent]] {
        guard !tails.isEmpty else { return [:] }
        return try await mappingErrors {
            let rows = try await pool.query(
                Self.readStreams, tails.keys.map(\.description), tails.values.map { Int32(clamping: $0) },
                position ?? .max)
            return try rows.eventsByStream()
        }
    }

    /// The events after a position; see ``EventStore/read(after:limit:)``.
    public func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await mappingErrors {
            try await pool.query(Self.readPage, position, Int64(max(0, limit))).map { try $0.recordedEvent() }
        }
    }

    /// What a command appended; see ``EventStore/find(command:)``.
    public func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        try await mappingErrors {
            let rows = try await pool.query(Self.findCommand, id)
            guard let first = rows.first else { return nil }
            return (events: try rows.map { try $0.place(from: 0) }, fingerprint: try first.decode(4))
        }
    }

    /// The position of the last event.
    public func head() async throws -> Position {
        try await mappingErrors {
            try await pool.query(Self.lastPosition).first?.decode(0) ?? 0
        }
    }

    private nonisolated(nonsending) func mappingErrors<Value>(
        _ body: nonisolated(nonsending) () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError {
            throw error.asLedgerError
        }
    }

    static let append = Statement(
        "ledger.append",
        """
        SELECT command, verdict, stream, version, position, type, recorded_at, fingerprint
        FROM ledger.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """)

    private static let readStream = Statement(
        "ledger.read stream",
        """
        SELECT position, stream, version, command_id, ordinal, type, schema_version, recorded_at, effective_on,
            metadata, payload, personal
        FROM ledger.events WHERE stream = $1 AND version > $2 AND position <= $3 ORDER BY version
        """)

    /// Without an order: sorting whole rows costs the server more than looking at versions costs us.
    private static let readStreams = Statement(
        "ledger.read streams",
        """
        SELECT position, event.stream, event.version, command_id, ordinal, type, schema_version, recorded_at,
            effective_on, metadata, payload, personal
        FROM unnest($1::text[], $2::integer[]) AS tail (stream, version)
        JOIN ledger.events AS event ON event.stream = tail.stream AND event.version > tail.version
        WHERE position <= $3
        """)

    private static let readPage = Statement(
        "ledger.read page",
        """
        SELECT position, stream, version, command_id, ordinal, type, schema_version, recorded_at, effective_on,
            metadata, payload, personal
        FROM ledger.events WHERE position > $1 ORDER BY position LIMIT $2
        """)

    private static let findCommand = Statement(
        "ledger.find command",
        """
        SELECT stream, version, position, type, fingerprint
        FROM ledger.events WHERE command_id = $1 ORDER BY ordinal
        """)

    private static let lastPosition = Statement(
        "ledger.head", "SELECT position FROM ledger.events ORDER BY position DESC LIMIT 1")
}
