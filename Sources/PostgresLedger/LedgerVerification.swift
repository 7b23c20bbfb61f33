import Foundation
import Ledger
public import Postgres

/// Checks that the ledger is what it promises to be: positions and versions without gaps, commands whole, time not going
/// back.
///
/// Reads the table in pages, without payloads and without holding it in memory. What is appended meanwhile does no harm.
/// Contents are not looked at; whoever decodes them learns whether they can be read.
public struct LedgerVerification: Sendable {
    /// What was checked and what was found.
    public struct Report: Hashable, Sendable {
        /// How many events were looked at.
        public var events: Int64
        /// How many streams they belong to.
        public var streams: Int64
        /// What is wrong; at most as many as were asked for.
        public var damages: [LedgerDamage]
        /// Whether there is more of it.
        public var isCutShort: Bool

        /// A report from its parts; of an empty ledger, unless told otherwise.
        public init(events: Int64 = 0, streams: Int64 = 0, damages: [LedgerDamage] = [], isCutShort: Bool = false) {
            self.events = events
            self.streams = streams
            self.damages = damages
            self.isCutShort = isCutShort
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
    /// - Throws: ``LedgerError/unavailable(_:)``, when the database does not answer.
    public func run(limit: Int = 1000) async throws -> Report {
        var report = Report()
        do {
            try await checkPositions(&report, limit: limit)
            try await checkStreams(&report, limit: limit)
        } catch let error as PostgresError {
            throw error.asLedgerError
        }
        return report
    }

    private func checkPositions(_ report: inout Report, limit: Int) async throws {
        var scan = PositionScan()
        while true {
            let rows = try await pool.query(Self.byPosition, scan.position, pageSize)
            for row in rows {
                let damages = scan.take(
                    position: try row.decode(0), recordedAt: try row.instant(1), command: try row.decode(2),
                    ordinal: Int(try row.decode(3, as: Int16.self)))
                guard report.add(damages, limit: limit) else { return }
            }
            report.events += Int64(rows.count)
            if rows.count < Int(pageSize) { return }
        }
    }

    private func checkStreams(_ report: inout Report, limit: Int) async throws {
        var scan = StreamScan()
        while true {
            let rows = try await pool.query(Self.byStream, scan.stream, Int32(clamping: scan.version), pageSize)
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

    private static let byPosition = Statement(
        "verify.by position",
        """
        SELECT position, recorded_at, command_id, ordinal FROM ledger.events
        WHERE position > $1 ORDER BY position LIMIT $2
        """)

    private static let byStream = Statement(
        "verify.by stream",
        """
        SELECT stream, version, position FROM ledger.events
        WHERE (stream, version) > ($1, $2) ORDER BY stream, version LIMIT $3
        """)
}

extension LedgerVerification.Report {
    /// Takes damages in; `false` once there are more than asked for.
    fileprivate mutating func add(_ damages: [LedgerDamage], limit: Int) -> Bool {
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
