import CaseFile
public import CaseTiming
import Foundation
public import Ledger
public import Postgres
import PostgresLedger

/// Which cases and households timing has to look at, and when: durable, so that nothing touched is ever forgotten.
///
/// The projection writes a touched scope in the same transaction as its rows; timing takes it off when it has recorded
/// what it found. A scope whose findings can change merely because days pass waits for the first such day. One that cannot
/// be looked at is tried again later and later, so that it keeps no other one waiting, and is an alarm meanwhile.
public struct TimingAgenda: Sendable {
    /// A case or household to look at, and the position of the event that touched it last.
    public struct Entry: Sendable, Hashable {
        /// What to look at.
        public var scope: TimingScope
        /// The position up to which it was touched when it was read from the agenda.
        public var touched: Position
        /// How often it was looked at in vain since it last succeeded.
        public var attempts = 0
    }

    /// What the alarms about scopes that cannot be looked at are filed under, as if timing were a projection.
    public static let name = "findings"
    /// How long a scope that could not be looked at rests: after the first time, and at most. Each time twice as long.
    public static let rest = (least: Duration.seconds(1), most: Duration.seconds(300))

    private let pool: PostgresPool

    /// The agenda of the database behind `pool`.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Puts scopes on the agenda for now, inside the transaction that writes their rows.
    public static func add(_ scopes: [TimingScope], touched: Position, on connection: PostgresConnection) async throws {
        guard !scopes.isEmpty else { return }
        let sorted = scopes.sorted { $0.id.uuidString < $1.id.uuidString }
        _ = try await connection.execute(addition, sorted.map(\.kind), sorted.map(\.id), touched)
    }

    /// At most `limit` scopes that are due on `day` (Europe/Berlin), those that wait longest first.
    ///
    /// A scope is left alone for a fifth of a second after it was touched, and for five seconds at most while it is touched
    /// again and again: what somebody records in one go is judged as a whole, and no finding flaps in between.
    public func due(on day: CalendarDate, limit: Int) async throws -> [Entry] {
        let rows = try await pool.query(
            Self.selection, PostgresDate(daysSince1970: Int32(day.daysSince1970)), limit,
            Self.rest.most.components.seconds)
        return try rows.compactMap { row in
            let scope = TimingScope(kind: try row.decode(0, as: String.self), id: try row.decode(1, as: UUID.self))
            return try scope.map {
                Entry(
                    scope: $0, touched: try row.decode(2, as: Position.self),
                    attempts: Int(try row.decode(3, as: Int32.self)))
            }
        }
    }

    /// Takes scopes off the agenda, each until its day, or for good when that is `nil`, unless it was touched again
    /// meanwhile. The alarm that there may have been about one is over.
    public func finish(_ finished: [(entry: Entry, until: CalendarDate?)]) async throws {
        for (entry, day) in finished where entry.attempts > 0 {
            try await pool.withTransaction { connection in
                try await Self.complete(entry, until: day, on: connection)
                try await UnhandledEvents.clear(Self.name, about: entry.scope.stream, on: connection)
            }
        }
        let undisturbed = finished.filter { $0.entry.attempts == 0 }
        guard !undisturbed.isEmpty else { return }
        _ = try await pool.execute(
            Self.completions, undisturbed.map(\.entry.scope.kind), undisturbed.map(\.entry.scope.id),
            undisturbed.map(\.entry.touched), undisturbed.map { Self.date($0.until) })
    }

    private static func complete(_ entry: Entry, until day: CalendarDate?, on connection: PostgresConnection)
        async throws
    {
        _ = try await connection.execute(completion, entry.scope.kind, entry.scope.id, entry.touched, date(day))
    }

    /// The day until which a scope rests.
    private static func date(_ day: CalendarDate?) -> PostgresDate {
        day.map { PostgresDate(daysSince1970: Int32($0.daysSince1970)) } ?? .infinity
    }

    /// Leaves a scope that could not be looked at alone for a while, longer each time unless it is touched again, and puts
    /// an alarm on record.
    ///
    /// - Parameter reason: what is wrong, without anybody's data.
    /// - Returns: for how long.
    @discardableResult
    public func postpone(_ entry: Entry, because reason: String) async throws -> Duration {
        let rest = min(Self.rest.least * (1 << min(entry.attempts, 16)), Self.rest.most)
        try await pool.withTransaction { connection in
            try await connection.execute(
                Self.postponement, entry.scope.kind, entry.scope.id, entry.touched, rest.components.seconds)
            try await UnhandledEvents.record(
                UnhandledEvent(
                    projection: Self.name, stream: entry.scope.stream, position: entry.touched, policy: .park,
                    reason: reason),
                on: connection)
        }
        return rest
    }

    private static let addition = Statement(
        "timing_agenda_add",
        """
        INSERT INTO timing.agenda AS agenda (scope, id, touched, due_on)
        SELECT scope, id, $3, '-infinity'
        FROM unnest($1::text[], $2::uuid[]) AS touched_scopes (scope, id)
        ON CONFLICT (scope, id) DO UPDATE
        SET touched = excluded.touched, due_on = excluded.due_on, touched_at = excluded.touched_at, retry_at = NULL,
            waiting_since = CASE WHEN agenda.due_on = '-infinity' THEN agenda.waiting_since
                ELSE excluded.waiting_since END
        """)

    private static let selection = Statement(
        "timing_agenda_due",
        """
        SELECT scope, id, touched, attempts FROM timing.agenda
        WHERE due_on <= $1
            AND (retry_at IS NULL OR retry_at <= clock_timestamp()
                -- Nobody rests that long: the clock was put back since.
                OR retry_at > clock_timestamp() + 2 * $3::bigint * interval '1 second')
            AND (touched_at <= clock_timestamp() - interval '0.2 s'
                OR waiting_since <= clock_timestamp() - interval '5 s'
                -- The clock was put back since.
                OR touched_at > clock_timestamp())
        ORDER BY due_on, touched, id LIMIT $2
        """)

    private static let completion = Statement(
        "timing_agenda_finish",
        """
        UPDATE timing.agenda
        SET due_on = CASE WHEN touched = $3 THEN $4 ELSE due_on END, attempts = 0, retry_at = NULL
        WHERE scope = $1 AND id = $2
        """)

    /// Waits for nobody: a row that is locked is being touched again, and stays on the agenda for that. Nor can it then
    /// stand in the way of the projection, which locks rows in another order.
    private static let completions = Statement(
        "timing_agenda_finish_all",
        """
        WITH finished AS (
            SELECT agenda.scope, agenda.id, done.until
            FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::date[]) AS done (scope, id, touched, until)
            JOIN timing.agenda AS agenda USING (scope, id, touched)
            FOR NO KEY UPDATE OF agenda SKIP LOCKED
        )
        UPDATE timing.agenda AS agenda SET due_on = finished.until
        FROM finished WHERE agenda.scope = finished.scope AND agenda.id = finished.id
        """)

    /// Touched again meanwhile, it may well be another matter; but it failed all the same.
    private static let postponement = Statement(
        "timing_agenda_postpone",
        """
        UPDATE timing.agenda
        SET attempts = attempts + 1,
            retry_at = CASE WHEN touched = $3 THEN clock_timestamp() + $4 * interval '1 second' END
        WHERE scope = $1 AND id = $2
        """)
}

extension TimingScope {
    /// How the agenda calls this kind of scope.
    var kind: String {
        switch self {
        case .singleCase: "case"
        case .household: "household"
        }
    }

    /// The case's or household's identifier.
    var id: UUID {
        switch self {
        case .singleCase(let id), .household(let id): id
        }
    }

    /// The stream of the case or household.
    var stream: StreamName {
        switch self {
        case .singleCase(let id): StreamName(of: id, in: CaseEvent.self)
        case .household(let id): StreamName(of: id, in: HouseholdEvent.self)
        }
    }

    init?(kind: String, id: UUID) {
        switch kind {
        case "case": self = .singleCase(id)
        case "household": self = .household(id)
        default: return nil
        }
    }
}
