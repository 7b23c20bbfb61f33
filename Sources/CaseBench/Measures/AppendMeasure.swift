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
        let samples = try await SampleEvents.make()
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

    /// Our part of a round.
    func turn(_ samples: SampleEvents) async throws -> (perSecond: Double, latencies: Latencies) {
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let queue = AppendQueue(store: PostgresEventStore(pool: pool), flightLimit: plan.flights, logger: logger)
        let began = ContinuousClock.now
        let deadline = began + plan.turn
        let latencies = try await withThrowingTaskGroup(of: Latencies.self) { group in
            for caller in 0..<plan.callers {
                group.addTask { try await Self.call(queue, samples, from: caller, until: deadline) }
            }
            return try await group.reduce(into: Latencies()) { $0.merge($1) }
        }
        return (Double(latencies.count) / ((ContinuousClock.now - began) / .seconds(1)), latencies)
    }

    /// One caller: a case after the other, so many events each, one command an event.
    private static func call(
        _ queue: AppendQueue, _ samples: SampleEvents, from caller: Int, until deadline: ContinuousClock.Instant
    ) async throws -> Latencies {
        let eventsPerCase = 25
        var latencies = Latencies()
        var next = caller * 31
        var random = FastRandom(state: UInt64.random(in: .min ... .max))
        while true {
            let stream = StreamName(category: "case", id: random.uuid().uuidString.lowercased())
            for version in 0..<eventsPerCase {
                let sample = samples.samples[next % samples.samples.count]
                next += 1
                let command = AppendCommand(
                    id: random.uuid(), fingerprint: Array(repeating: 7, count: 16),
                    effectiveOn: LedgerClock.system.today,
                    metadata: sample.metadata,
                    writes: [StreamWrite(stream: stream, expectedVersion: version, events: [sample.event])])
                let began = ContinuousClock.now
                guard case .appended = try await queue.append(command) else {
                    throw BenchFailure("an append was not taken: is somebody else on this ledger?")
                }
                let ended = ContinuousClock.now
                latencies.note(ended - began)
                if ended >= deadline { return latencies }
            }
        }
    }
}

/// SplitMix64: random enough for identifiers of a load, and without the system calls of the secure generator, which would
/// be measured too.
private struct FastRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func uuid() -> UUID {
        let halves = (next() & ~0xF000 | 0x4000, next() >> 2 | 1 << 63)
        return withUnsafeBytes(of: (halves.0.bigEndian, halves.1.bigEndian)) {
            UUID(uuid: $0.loadUnaligned(as: uuid_t.self))
        }
    }
}
