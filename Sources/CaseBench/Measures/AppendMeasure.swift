import Foundation
import Ledger
import Logging
public import Postgres
import PostgresLedger

/// Durable single-event appends from many concurrent callers, through the queue and the store that the service uses.
public struct AppendMeasure: Sendable {
    private let pool: PostgresPool
    private let plan: BenchPlan

    /// A measure on the ledger behind `pool`.
    public init(pool: PostgresPool, plan: BenchPlan) {
        self.pool = pool
        self.plan = plan
    }

    /// Measures ours and the references in turns.
    public func run() async throws -> [Measurement] {
        let samples = try await SampleEvents.make(under: plan.rules)
        let bytes = samples.meanSize
        plan.progress("an event of the invented region has \(bytes) bytes on average, and so have the references' rows")
        let messageClients = try await plan.bestClientsOfMessageDB(bytes: bytes)
        _ = try await turn(samples)
        var inserts: [Int: [Round]] = [:]
        var messages: [Round] = []
        var latencies = Latencies()
        for round in 1...plan.rounds {
            let ours = try await turn(samples)
            latencies.merge(ours.latencies)
            for clients in [32, 8, 1] {
                guard let perSecond = try await plan.insertRow(bytes: bytes, clients: clients) else { continue }
                inserts[clients, default: []].append(Round(ours: ours.perSecond, reference: perSecond))
            }
            if let messageClients, let perSecond = try await plan.writeMessage(bytes: bytes, clients: messageClients) {
                messages.append(Round(ours: ours.perSecond, reference: perSecond))
            }
            plan.progress(
                "append, round \(round): \(Int(ours.perSecond))/s, p50 \(ours.latencies.percentile(50)) ms; pgbench "
                    + [32, 8, 1].map { "\($0): \(Int(inserts[$0]?.last?.reference ?? 0))/s" }.joined(separator: ", ")
                    + "; message-db \(Int(messages.last?.reference ?? 0))/s")
        }
        let resident = ChildProcess.peakResidentMB(of: "self")
        var measurements = [32, 8, 1].map { clients in
            Measurement(
                "append", "durable single-event appends, \(plan.callers) callers", rounds: inserts[clients] ?? [],
                unit: "events/s", reference: "pgbench INSERT -c\(clients)", bound: clients == 32 ? .atLeast(1) : nil,
                latencies: latencies, residentMB: resident)
        }
        if let messageClients {
            measurements.append(
                Measurement(
                    "append", "durable single-event appends, \(plan.callers) callers", rounds: messages,
                    unit: "events/s", reference: "message-db write_message -c\(messageClients)", bound: .atLeast(6),
                    latencies: latencies, residentMB: resident))
        }
        return measurements
    }

    /// Our part of a round: each caller works on one stream after the other, one command an event.
    func turn(
        _ samples: SampleEvents, on streams: AppendStreams = .new, identifiers: AppendIdentifiers = .random
    ) async throws -> (perSecond: Double, latencies: Latencies) {
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let queue = AppendQueue(store: PostgresEventStore(pool: pool), logger: logger)
        let began = ContinuousClock.now
        let deadline = began + plan.turn
        let latencies = try await withThrowingTaskGroup(of: Latencies.self) { group in
            for number in 0..<plan.callers {
                group.addTask {
                    var caller = AppendCaller(
                        queue: queue, samples: samples, next: number * 31, streams: streams, identifiers: identifiers)
                    return try await caller.run(until: deadline)
                }
            }
            return try await group.reduce(into: Latencies()) { $0.merge($1) }
        }
        return (Double(latencies.count) / ((ContinuousClock.now - began) / .seconds(1)), latencies)
    }
}
