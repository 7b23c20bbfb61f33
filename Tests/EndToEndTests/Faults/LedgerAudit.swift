import Foundation
import Logging
import Postgres

/// Looks at the ledger with SQL of its own, past everything that Gleichtakt says about it.
struct LedgerAudit: Sendable {
    /// One recorded event, as far as the audit cares.
    struct Row: Hashable, Sendable {
        var stream: String
        var version: Int
        var position: Int
        var type: String

        var category: Substring { stream.prefix { $0 != "-" } }
    }

    let pool: PostgresPool

    init(of installation: Installation) {
        pool = PostgresPool(
            PostgresConfiguration(uri: installation.databaseURL, applicationName: "auditor"), size: 2,
            acquireTimeout: .seconds(30), logger: Logger(label: "audit") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Everything that is wrong with the ledger, given what was acknowledged; empty when all is well.
    func damages(_ book: Book) async throws -> [String] {
        var damages = book.objections
        for check in Self.checks {
            for row in try await pool.query(check) {
                damages.append("\(check.name): \(try row.decode(0, as: String.self))")
            }
        }
        damages += Self.compare(book.entries, with: try await commands())
        return damages
    }

    /// The recorded events by command, in order.
    private func commands() async throws -> [UUID: [Row]] {
        var commands: [UUID: [Row]] = [:]
        for row in try await pool.query(Self.byCommand) {
            commands[try row.decode(0), default: []].append(
                Row(
                    stream: try row.decode(1), version: Int(try row.decode(2, as: Int32.self)),
                    position: Int(try row.decode(3, as: Int64.self)), type: try row.decode(4)))
        }
        return commands
    }

    private static func compare(_ entries: [UUID: Book.Entry], with commands: [UUID: [Row]]) -> [String] {
        var damages: [String] = []
        // What a command of a name consists of, as those that were acknowledged show.
        var shapes: [String: Set<[String]>] = [:]
        for (id, entry) in entries {
            guard let receipt = entry.receipt else { continue }
            guard let rows = commands[id], let last = rows.last else {
                damages.append("\(entry.name) \(id): acknowledged and not there")
                continue
            }
            let own = rows.filter { $0.stream == rows[0].stream }
            let seen = own.map { Book.Receipt.Event(type: $0.type, version: $0.version, position: $0.position) }
            if seen != receipt.events || own.last?.version != receipt.version || last.position != receipt.position {
                damages.append("\(entry.name) \(id): acknowledged as \(receipt), recorded as \(rows)")
            }
            shapes[entry.name, default: []].insert(shape(rows))
        }
        for (id, entry) in entries where entry.receipt == nil {
            if let rows = commands[id], shapes[entry.name]?.contains(shape(rows)) != true {
                damages.append("\(entry.name) \(id): not acknowledged, and recorded in part: \(rows)")
            }
        }
        return damages
    }

    private static func shape(_ rows: [Row]) -> [String] { rows.map { "\($0.category) \($0.type)" } }

    /// How many events there are, and how many of them the worker's commands brought.
    func counts() async throws -> (events: Int, findings: Int) {
        guard let row = try await pool.query(Self.count).first else { return (0, 0) }
        return (Int(try row.decode(0, as: Int64.self)), Int(try row.decode(1, as: Int64.self)))
    }

    private static let count = Statement(
        "audit count", "SELECT count(*), count(*) FILTER (WHERE type LIKE 'Finding%') FROM ledger.events")

    private static let byCommand = Statement(
        "audit by command",
        "SELECT command_id, stream, version, position, type FROM ledger.events ORDER BY position")

    /// Each answers one text per damage.
    private static let checks = [
        Statement(
            "positions are dense",
            """
            SELECT format('%s events, the last at %s', count(*), max(position)) FROM ledger.events
            HAVING count(*) <> coalesce(max(position), 0) OR min(position) <> 1
            """),
        Statement(
            "versions are dense",
            """
            SELECT stream FROM ledger.events GROUP BY stream
            HAVING count(*) <> max(version) OR min(version) <> 1
            """),
        Statement(
            "versions grow with positions",
            """
            SELECT format('%s %s', stream, version) FROM (
                SELECT stream, version, position < lag(position) OVER (PARTITION BY stream ORDER BY version) AS wrong
                FROM ledger.events) AS e
            WHERE wrong
            """),
        Statement(
            "commands are recorded in one piece",
            """
            SELECT command_id::text FROM ledger.events GROUP BY command_id
            HAVING count(*) <> max(ordinal) + 1 OR min(ordinal) <> 0 OR max(position) - min(position) + 1 <> count(*)
                OR count(DISTINCT (recorded_at, metadata)) <> 1
            """),
        Statement(
            "recording times do not decrease",
            """
            SELECT position::text FROM (
                SELECT position, recorded_at < lag(recorded_at) OVER (ORDER BY position) AS wrong
                FROM ledger.events) AS e
            WHERE wrong
            """),
        Statement(
            "findings are opened once, and closed before they are opened again",
            """
            SELECT format('%s %s at %s', stream, cause, position) FROM (
                SELECT stream, position, type, cause,
                    lag(type) OVER (PARTITION BY stream, cause ORDER BY version) AS before
                FROM (
                    SELECT stream, version, position, type, convert_from(metadata, 'UTF8')::json ->> 'cause' AS cause
                    FROM ledger.events WHERE type IN ('FindingOpened', 'FindingClosed')) AS f) AS e
            WHERE before IS NOT DISTINCT FROM type OR cause IS NULL OR before IS NULL AND type = 'FindingClosed'
            """),
    ]
}

extension LedgerAudit {
    /// Whether the views have reached the end of the ledger and timing has nothing left to look at.
    func isAtRest() async throws -> Bool {
        try await pool.query(Self.atRest).first?.decode(0, as: Bool.self) ?? false
    }

    /// The position of the last event.
    func head() async throws -> Int { try await number(Self.lastPosition) }

    /// The position that the views have reached.
    func viewPosition() async throws -> Int { try await number(Self.viewPosition) }

    /// How many leases there have been.
    func leases() async throws -> Int { try await number(Self.leases) }

    private func number(_ statement: Statement) async throws -> Int {
        Int(try await pool.query(statement).first?.decode(0, as: Int64.self) ?? 0)
    }

    private static let lastPosition = Statement("audit head", "SELECT coalesce(max(position), 0) FROM ledger.events")

    private static let viewPosition = Statement(
        "audit views", "SELECT coalesce(max(position), 0) FROM ledger.projections WHERE name = 'case-views'")

    /// What follows the ledger: not the checkpoint that a rebuild leaves behind.
    private static let isFollowing = "position > 0 AND name NOT LIKE '% rebuild'"

    private static let leases = Statement("audit leases", "SELECT sum(generation)::bigint FROM ledger.projections")

    private static let atRest = Statement(
        "audit at rest",
        """
        SELECT (SELECT min(position) FROM ledger.projections WHERE \(isFollowing))
                = (SELECT max(position) FROM ledger.events)
            -- What timing has tried in vain it will try for ever.
            AND NOT EXISTS (SELECT FROM timing.agenda WHERE due_on <= current_date AND attempts = 0)
        """)
}
