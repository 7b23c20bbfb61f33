import Logging
import PostgresLedger

/// Removes what tells of people when its time is over: the record of looks at cases, and secret addresses of calendars.
struct Housekeeping: Sendable {
    /// What the work is called; one worker does it at a time.
    static let name = "read-log"
    /// How often it is looked whether something is to be removed.
    private static let interval = Duration.seconds(3600)
    /// How long an address can still be seen in the list of addresses after it ended or was revoked.
    static let feedDays = 30

    let log: ReadLog
    /// After how many days the record of a look is removed; `nil` for never.
    let readLogDays: Int?
    let feeds: FeedAddresses
    let projections: ProjectionStore
    let logger: Logger

    /// Runs until the task is cancelled.
    func run() async {
        var next = ContinuousClock.now
        await LeasedTask(name: Self.name, projections: projections, logger: logger, pause: .seconds(1)).run { _ in
        } step: { _ in
            guard ContinuousClock.now >= next else { return .idle }
            try await tidy()
            next = ContinuousClock.now + Self.interval
            return .idle
        }
    }

    private func tidy() async throws {
        if let readLogDays {
            let looks = try await log.expire(afterDays: readLogDays)
            if looks > 0 { logger.info("looks at cases were removed", metadata: ["looks": "\(looks)"]) }
        }
        let addresses = try await feeds.expire(afterDays: Self.feedDays)
        if addresses > 0 {
            logger.info("addresses of calendars were removed", metadata: ["addresses": "\(addresses)"])
        }
    }
}
