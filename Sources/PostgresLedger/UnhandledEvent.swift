public import Ledger
public import Postgres

/// What a projection does about an event that it cannot handle.
public enum UnhandledEventPolicy: String, Hashable, Sendable, CaseIterable {
    /// It stops before the event, keeps what it has, and tries again now and then: nothing is left out, and nothing new
    /// comes in.
    case stop
    /// It leaves the event's stream out from there on, and goes on with all others.
    case park
}

/// An event that a projection cannot handle: an alarm until somebody has seen to it.
public struct UnhandledEvent: Hashable, Sendable {
    /// The projection's name.
    public var projection: String
    /// The stream that the event belongs to.
    public var stream: StreamName
    /// The event. From it on, a parked stream is left out.
    public var position: Position
    /// What the projection did about it.
    public var policy: UnhandledEventPolicy
    /// What is wrong with it, without its content.
    public var reason: String
    /// When it was first met, UTC.
    public var since: Instant

    /// An alarm about an event.
    public init(
        projection: String, stream: StreamName, position: Position, policy: UnhandledEventPolicy, reason: String,
        since: Instant = Instant(microsecondsSince1970: 0)
    ) {
        self.projection = projection
        self.stream = stream
        self.position = position
        self.policy = policy
        self.reason = reason
        self.since = since
    }
}

/// The alarms of all projections: the table `ledger.unhandled_events`.
public enum UnhandledEvents {
    /// All alarms of a projection, by position; those of all projections for `nil`.
    ///
    /// - Throws: `PostgresError`.
    public static func list(of projection: String?, in pool: PostgresPool) async throws -> [UnhandledEvent] {
        try await pool.query(selection, projection).map { try $0.unhandledEvent() }
    }

    /// All alarms of a projection, by position, as the connection's transaction sees them.
    ///
    /// - Throws: `PostgresError`.
    public static func list(
        of projection: String, on connection: PostgresConnection
    ) async throws -> [UnhandledEvent] {
        try await connection.query(selection, projection).map { try $0.unhandledEvent() }
    }

    /// Puts an alarm on record; one about the same stream stays with the earlier event, and since when it is there.
    ///
    /// - Throws: `PostgresError`.
    public static func record(_ event: UnhandledEvent, on connection: PostgresConnection) async throws {
        try await connection.execute(
            insertion, event.projection, event.stream.description, event.position, event.policy.rawValue, event.reason)
    }

    /// Takes back what was said about events at which the projection stopped and past which it has come.
    ///
    /// - Returns: whether there was any.
    /// - Throws: `PostgresError`.
    @discardableResult
    public static func clearStops(
        of projection: String, through position: Position, on connection: PostgresConnection
    ) async throws -> Bool {
        try await connection.execute(removalOfStops, projection, position) > 0
    }

    /// Forgets all alarms of a projection.
    ///
    /// - Throws: `PostgresError`.
    public static func clear(_ projection: String, on connection: PostgresConnection) async throws {
        try await connection.execute(removal, projection)
    }

    /// Forgets the alarm of a projection about a stream.
    ///
    /// - Throws: `PostgresError`.
    public static func clear(
        _ projection: String, about stream: StreamName, on connection: PostgresConnection
    ) async throws {
        try await connection.execute(removalOfOne, projection, stream.description)
    }

    /// Makes one projection's parked streams another one's, beside those that it has.
    ///
    /// - Throws: `PostgresError`.
    public static func move(
        from projection: String, to other: String, on connection: PostgresConnection
    ) async throws {
        try await connection.execute(moving, projection, other)
        try await connection.execute(removal, projection)
    }

    private static let selection = Statement(
        "unhandled.list",
        """
        SELECT projection, stream, position, policy, reason, since FROM ledger.unhandled_events
        WHERE projection = $1 OR $1::text IS NULL ORDER BY projection, position
        """)

    private static let insertion = Statement(
        "unhandled.record",
        """
        INSERT INTO ledger.unhandled_events AS u (projection, stream, position, policy, reason)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (projection, stream) DO UPDATE
        SET position = least(u.position, excluded.position), policy = excluded.policy, reason = excluded.reason
        """)

    private static let removalOfStops = Statement(
        "unhandled.clear stops",
        "DELETE FROM ledger.unhandled_events WHERE projection = $1 AND position <= $2 AND policy = 'stop'")

    private static let removal = Statement(
        "unhandled.clear", "DELETE FROM ledger.unhandled_events WHERE projection = $1")

    private static let removalOfOne = Statement(
        "unhandled.clear one", "DELETE FROM ledger.unhandled_events WHERE projection = $1 AND stream = $2")

    private static let moving = Statement(
        "unhandled.move",
        """
        INSERT INTO ledger.unhandled_events AS u (projection, stream, position, policy, reason, since)
        SELECT $2, stream, position, policy, reason, since FROM ledger.unhandled_events
        WHERE projection = $1 AND policy = 'park'
        ON CONFLICT (projection, stream) DO UPDATE SET position = least(u.position, excluded.position)
        """)
}

extension Row {
    fileprivate func unhandledEvent() throws -> UnhandledEvent {
        UnhandledEvent(
            projection: try decode(0), stream: try streamName(1), position: try decode(2),
            policy: UnhandledEventPolicy(rawValue: try decode(3)) ?? .stop, reason: try decode(4),
            since: try instant(5))
    }
}
