public import Ledger

/// What the service's readiness and its gauges are made of; everything is asked for when somebody looks.
public struct ServiceHealth: Sendable {
    /// How many commands wait for the ledger.
    public var queueDepth: @Sendable () async -> Int
    /// When the worker last gave a sign of life; `nil` when it never did.
    public var workerSeenAt: @Sendable () async throws -> Instant?
    /// After how many seconds without a sign of life the worker counts as gone.
    public var workerPatience: Int64

    /// Health read from these sources.
    public init(
        queueDepth: @escaping @Sendable () async -> Int, workerSeenAt: @escaping @Sendable () async throws -> Instant?,
        workerPatience: Int64 = 30
    ) {
        self.queueDepth = queueDepth
        self.workerSeenAt = workerSeenAt
        self.workerPatience = workerPatience
    }
}
