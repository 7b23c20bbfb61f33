public import CaseFile
import CaseViews
import Foundation
import Ledger
public import Postgres
import PostgresLedger

/// How long it takes from the recording of an event until the views of all three offices contain it, while commands come
/// in at a steady rate.
public struct LagMeasure: Sendable {
    private let service: ServiceUnderLoad
    private let filler: LedgerFiller
    private let pool: PostgresPool
    private let plan: BenchPlan
    private let perSecond: Double
    private let token: @Sendable (CaseFile.Actor) async throws -> String

    /// A measure of a service and a worker on the ledger behind `pool`.
    ///
    /// - Parameter perSecond: commands a second.
    public init(
        service: ServiceUnderLoad, filler: LedgerFiller, pool: PostgresPool, plan: BenchPlan, perSecond: Double = 500,
        token: @escaping @Sendable (CaseFile.Actor) async throws -> String
    ) {
        self.service = service
        self.filler = filler
        self.pool = pool
        self.plan = plan
        self.perSecond = perSecond
        self.token = token
    }

    /// Measures for as long as all turns together.
    public func run() async throws -> [Measurement] {
        let duration = plan.turn * plan.rounds
        let wanted = Int(perSecond * (duration / .seconds(1))) + plan.callers
        let seed = UInt64(truncatingIfNeeded: LedgerClock.system.now.microsecondsSince1970)
        let cases = max(plan.callers * 4, wanted / 4)
        _ = try await filler.fill(cases: cases, seed: seed, foundationsOnly: true)
        let load = try await PreparedLoad.commands(
            of: LedgerFiller.region(cases: cases, seed: seed, today: LedgerClock.system.today), atLeast: wanted,
            token: token)
        return try await service.run { _ in
            let worker = try ChildProcess.start(
                service.program, ["work", "--data", service.dataDirectory],
                environment: ["GLEICHTAKT_LOG_LEVEL": "warning"])
            do {
                let measurements = try await measure(load, for: duration, worker)
                await worker.stop()
                return measurements
            } catch {
                await worker.stop()
                throw error
            }
        }
    }

    private func measure(
        _ load: PreparedLoad, for duration: Duration, _ worker: ChildProcess
    ) async throws -> [Measurement] {
        let store = PostgresEventStore(pool: pool)
        let queries = ViewQueries(pool: pool)
        // What was there before, and the first plans and caches, are not what is measured.
        guard try await queries.wait(for: try await store.head(), timeout: .seconds(600)) else {
            throw BenchFailure("the worker does not catch up")
        }
        let watch = Task { try await Self.watch(queries) }
        let interval = Duration.seconds(Double(plan.callers) / perSecond)
        let result = try await LoadClient(port: service.port, connections: plan.callers, interval: interval)
            .run(load, for: duration)
        let head = try await store.head()
        guard try await queries.wait(for: head, timeout: .seconds(60)) else {
            throw BenchFailure("the worker is more than a minute behind")
        }
        try await Task.sleep(for: .milliseconds(50))
        watch.cancel()
        let (lags, worst) = try await lags(try await watch.value)
        let resident = worker.peakResidentMB
        plan.progress(
            "lag: \(Int(result.perSecond)) commands/s, p50 \(lags.percentile(50)) ms, p99 \(lags.percentile(99)) ms; "
                + "the longest of each second: \(worst.map { "\($0.formatted(.number.precision(.fractionLength(0))))" }.joined(separator: " "))"
        )
        return [
            Measurement(
                "lag", "from recording to the views of all offices, at \(Int(result.perSecond.rounded())) commands/s",
                value: lags.percentile(99), unit: "ms", bound: .atMost(100), latencies: lags, residentMB: resident)
        ]
    }

    private struct Sighting: Sendable {
        var position: Position
        var at: Instant
    }

    /// Looks every few milliseconds how far the views are. The database's clock is this machine's.
    private static func watch(_ queries: ViewQueries) async throws -> [Sighting] {
        var sightings: [Sighting] = []
        while !Task.isCancelled {
            do {
                let position = try await queries.position()
                if position > sightings.last?.position ?? -1 {
                    sightings.append(Sighting(position: position, at: LedgerClock.system.now))
                }
                try await Task.sleep(for: .milliseconds(2))
            } catch is CancellationError {
                break
            } catch PostgresError.cancelled {
                break
            }
        }
        return sightings
    }

    /// For every event that was recorded while somebody looked: how long until it was first seen; and how many
    /// milliseconds the longest took in each second.
    private func lags(_ sightings: [Sighting]) async throws -> (Latencies, worst: [Double]) {
        var lags = Latencies()
        var worst: [Double] = []
        guard let first = sightings.first, let last = sightings.last else { return (lags, worst) }
        var next = 1
        for row in try await pool.query(Self.recorded, first.position, last.position) {
            let position = try row.decode(0, as: Position.self)
            let recordedAt = try row.decode(1, as: PostgresTimestamp.self).microsecondsSince1970
            while next < sightings.count - 1, sightings[next].position < position { next += 1 }
            let lag = sightings[next].at.microsecondsSince1970 - recordedAt
            lags.note(.microseconds(lag))
            let second = max(0, Int((recordedAt - first.at.microsecondsSince1970) / 1_000_000))
            while worst.count <= second { worst.append(0) }
            worst[second] = max(worst[second], Double(lag) / 1000)
        }
        return (lags, worst)
    }

    private static let recorded = Statement(
        "bench.recorded",
        "SELECT position, recorded_at FROM ledger.events WHERE position > $1 AND position <= $2 ORDER BY position")
}
