import Logging
import PostgresLedger

/// Removes the record of looks at cases when its time is over: it tells of people, too.
struct ReadLogKeeper: Sendable {
    /// What the work is called; one worker does it at a time.
    static let name = "read-log"
    /// How often it is looked whether something is to be removed.
    private static let interval = Duration.seconds(3600)

    let log: ReadLog
    let days: Int
    let projections: ProjectionStore
    let logger: Logger

    /// Runs until the task is cancelled.
    func run() async {
        var next = ContinuousClock.now
        await LeasedTask(name: Self.name, projections: projections, logger: logger, pause: .seconds(1)).run { _ in
        } step: { _ in
            guard ContinuousClock.now >= next else { return .idle }
            let removed = try await log.expire(afterDays: days)
            next = ContinuousClock.now + Self.interval
            if removed > 0 { logger.info("looks at cases were removed", metadata: ["looks": "\(removed)"]) }
            return .idle
        }
    }
}
