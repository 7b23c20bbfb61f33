public import Ledger

/// What the service's readiness and its gauges are made of; everything is asked for when somebody looks.
public struct ServiceHealth: Sendable {
    /// An event that a projection cannot handle.
    public struct UnhandledEvent: Hashable, Sendable {
        /// The projection's name.
        public var projection: String
        /// The event.
        public var position: Position
        /// Whether the projection stands still because of it; otherwise it goes on without the event's stream.
        public var hasStopped: Bool

        /// An alarm about an event.
        public init(projection: String, position: Position, hasStopped: Bool) {
            self.projection = projection
            self.position = position
            self.hasStopped = hasStopped
        }
    }

    /// How many commands wait for the ledger.
    public var queueDepth: @Sendable () async -> Int
    /// When the worker last gave a sign of life; `nil` when it never did.
    public var workerSeenAt: @Sendable () async throws -> Instant?
    /// The events that projections cannot handle, each an alarm until somebody has seen to it.
    public var unhandledEvents: @Sendable () async throws -> [UnhandledEvent]
    /// After how many seconds without a sign of life the worker counts as gone.
    public var workerPatience: Int64

    /// Health read from these sources.
    public init(
        queueDepth: @escaping @Sendable () async -> Int, workerSeenAt: @escaping @Sendable () async throws -> Instant?,
        unhandledEvents: @escaping @Sendable () async throws -> [UnhandledEvent] = { [] }, workerPatience: Int64 = 30
    ) {
        self.queueDepth = queueDepth
        self.workerSeenAt = workerSeenAt
        self.unhandledEvents = unhandledEvents
        self.workerPatience = workerPatience
    }
}
