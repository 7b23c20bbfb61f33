import Foundation
public import Ledger
public import Postgres

/// Checks that the ledger is what it promises to be: positions and versions without gaps, commands whole, time not going
/// back; and that it is still what was sealed.
///
/// Reads the events once, in one transaction, and holds no more than a piece of them in memory. What is appended meanwhile
/// does no harm. Whether contents can be read is not looked at; whoever decodes them learns it.
public struct LedgerVerification: Sendable {
    /// What was checked and what was found.
    public struct Report: Hashable, Sendable {
        /// How many events were looked at.
        public var events: Int64
        /// How many streams they belong to.
        public var streams: Int64
        /// Up to which position the ledger is sealed; 0 if it is not.
        public var sealed: Position
        /// How many checkpoints were looked at.
        public var checkpoints: Int64
        /// What is wrong; at most as many as were asked for.
        public var damages: [LedgerDamage]
        /// Whether there is more of it.
        public var isCutShort: Bool

        /// A report from its parts; of an empty ledger, unless told otherwise.
        public init(
            events: Int64 = 0, streams: Int64 = 0, sealed: Position = 0, checkpoints: Int64 = 0,
            damages: [LedgerDamage] = [], isCutShort: Bool = false
        ) {
            self.events = events
            self.streams = streams
            self.sealed = sealed
            self.checkpoints = checkpoints
            self.damages = damages
            self.isCutShort = isCutShort
        }
    }

    /// A checkpoint that was kept in another place, out of reach of whoever could change the database.
    public struct ForeignCheckpoint: Hashable, Sendable {
        /// Where it was kept, for messages.
        public var name: String
        /// What it says.
        public var checkpoint: Checkpoint

        /// A checkpoint kept there.
        public init(name: String, checkpoint: Checkpoint) {
            self.name = name
            self.checkpoint = checkpoint
        }
    }

    private let pool: PostgresPool
    private let pageSize: Int64

    /// A verification of the ledger in the database behind `pool`.
    public init(pool: PostgresPool, pageSize: Int = 20_000) {
        self.pool = pool
        self.pageSize = Int64(max(1, pageSize))
    }

    /// Checks the whole ledger and reports at most `limit` damages, those of positions before those of streams.
    ///
    /// - Parameters:
    ///   - foreign: checkpoints that the ledger is compared with, beside its own.
    ///   - trusted: keys that were obtained elsewhere. Without any, the log's first key is trusted.
    ///   - progress: called now and then with the position reached and the one to reach.
    /// - Throws: ``LedgerError/unavailable(_:)``, when the database does not answer.
    public func run(
        limit: Int = 1000, foreign: [ForeignCheckpoint] = [], trusted: [NoteVerifierKey] = [],
        progress: @Sendable (_ reached: Position, _ goal: Position) -> Void = { _, _ in }
    ) async throws -> Report {
        do {
            return try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) { connection in
                var report = Report()
                try await connection.query(Self.withoutTimeout)
                var events = try await EventVerification(connection, foreign: foreign, trusted: trusted)
                try await events.run(&report, limit: limit, progress: progress)
                if !report.isCutShort { try await checkStreams(&report, limit: limit, on: connection) }
                return report
            }
        } catch let error as PostgresError {
            throw error.asLedgerError
        }
    }

    private func checkStreams(_ report: inout Report, limit: Int, on connection: PostgresConnection) async throws {
        var scan = StreamScan()
        while true {
            let rows = try await connection.query(Self.byStream, scan.stream, Int32(clamping: scan.version), pageSize)
            for row in rows {
                let damages = scan.take(
                    stream: try row.decode(0), version: Int(try row.decode(1, as: Int32.self)),
                    position: try row.decode(2))
                guard report.add(damages, limit: limit) else { return }
            }
            report.streams = scan.streams
            if rows.count < Int(pageSize) { return }
        }
    }

    /// Only for this transaction: reading millions of rows takes its time.
    private static let withoutTimeout = Statement(
        "verify.without timeout", "SELECT set_config('statement_timeout', '0', true)")

    private static let byStream = Statement(
        "verify.by stream",
        """
        SELECT stream, version, position FROM ledger.events
        WHERE (stream, version) > ($1, $2) ORDER BY stream, version LIMIT $3
        """)
}

extension LedgerVerification.Report {
    /// Takes damages in; `false` once there are more than asked for.
    mutating func add(_ damages: [LedgerDamage], limit: Int) -> Bool {
        for damage in damages {
            guard self.damages.count < limit else {
                isCutShort = true
                return false
            }
            self.damages.append(damage)
        }
        return true
    }
}
