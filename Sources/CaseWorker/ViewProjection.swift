import CaseTiming
import CaseViews
import Ledger
import Logging
import Postgres
import PostgresLedger

/// Takes the ledger into the views, page by page, and deals with events that cannot be handled.
///
/// Up to such an event everything is taken in. There it stops, or parks the event's stream and goes on; either way there
/// is an alarm, and when it stopped it tries again now and then, so that a repaired program goes on by itself.
struct ViewProjection: Sendable {
    /// How many events one transaction takes into the views.
    private static let pageSize = 500

    let pool: PostgresPool
    let store: any EventStore
    let projector: CaseViewProjector
    let projections: ProjectionStore
    let policy: UnhandledEventPolicy
    let viewVersion: Int
    let logger: Logger

    /// Runs until the task is cancelled.
    func run() async {
        let task = LeasedTask(
            name: CaseViewProjector.name, projections: projections, logger: logger,
            viewVersion: viewVersion)
        await task.run { _ in
            await projector.discard(parked: ParkedStreams(try await alarms()))
        } step: { lease in
            try await step(lease)
        }
    }

    private func alarms() async throws -> [UnhandledEvent] {
        try await UnhandledEvents.list(of: CaseViewProjector.name, in: pool)
    }

    private func step(_ lease: Lease) async throws -> LeasedTask.Outcome {
        let position = try await projections.checkpoint(CaseViewProjector.name)
        let page = try await store.read(after: position, limit: Self.pageSize)
        guard !page.isEmpty else { return .idle }
        do {
            try await take(page, from: position, lease)
            return .worked
        } catch {
            guard let culprit = try await culprit(of: error, in: page) else { throw error }
            let before = page.prefix { $0.position < culprit.position }
            if !before.isEmpty {
                await projector.discard()
                try await take(Array(before), from: position, lease)
            }
            return try await meet(culprit, lease)
        }
    }

    private func take(_ page: [RecordedEvent], from position: Position, _ lease: Lease) async throws {
        guard let last = page.last else { return }
        let hadStopped = try await projections.commit(
            lease, from: position, to: last.position, viewVersion: viewVersion
        ) { connection in
            let touched = try await projector.apply(page, on: connection)
            let scopes = touched.cases.map { TimingScope.singleCase($0) } + touched.households.map { .household($0) }
            try await TimingAgenda.add(scopes, touched: last.position, on: connection)
            return try await UnhandledEvents.clearStops(
                of: CaseViewProjector.name, through: last.position, on: connection)
        }
        if hadStopped { logger.notice("the views go on", metadata: ["position": "\(last.position)"]) }
    }

    // MARK: What cannot be handled

    private struct Culprit {
        var stream: StreamName
        var position: Position
        var reason: String
    }

    /// The event that is to blame for a failure; `nil` when the failure may pass by itself.
    private func culprit(of error: any Error, in page: [RecordedEvent]) async throws -> Culprit? {
        if case LedgerError.unreadable(let position, let reason) = error {
            var event = page.first { $0.position == position }
            // An event that was read before, by an older program or in another process.
            if event == nil { event = try await store.read(after: position - 1, limit: 1).first }
            return event.map { Culprit(stream: $0.stream, position: position, reason: reason) }
        }
        // Rows that the database does not take.
        guard let error = error as? PostgresError, error.refusalOfRows != nil,
            let (event, reason) = try await projector.firstRefused(of: page, in: pool)
        else { return nil }
        return Culprit(stream: event.stream, position: event.position, reason: reason)
    }

    private func meet(_ culprit: Culprit, _ lease: Lease) async throws -> LeasedTask.Outcome {
        let event = UnhandledEvent(
            projection: CaseViewProjector.name, stream: culprit.stream, position: culprit.position, policy: policy,
            reason: culprit.reason)
        let isKnown = try await alarms().contains {
            $0.stream == event.stream && $0.position == event.position && $0.policy == event.policy
        }
        if !isKnown {
            logger.error(
                "an event cannot be handled",
                metadata: [
                    "position": "\(event.position)", "stream": "\(event.stream)", "reason": "\(event.reason)",
                    "policy": "\(policy.rawValue)",
                ])
        }
        let position = try await projections.checkpoint(CaseViewProjector.name)
        await projector.discard()
        try await projections.commit(lease, from: position, to: position, viewVersion: viewVersion) {
            connection in
            try await UnhandledEvents.record(event, on: connection)
            guard policy == .park else { return }
            // Rows that know more than the stream is followed to, because the event was read before, are taken back.
            await projector.discard(
                parked: ParkedStreams(
                    try await UnhandledEvents.list(of: CaseViewProjector.name, on: connection)))
            try await projector.refresh(event.stream, through: position, on: connection)
        }
        return policy == .park ? .worked : .stuck
    }
}
