import Ledger
import Logging
import Postgres
import PostgresLedger

/// Whether appending stays as fast when the ledger grows: the same load into a large ledger and into a small one.
public struct SizeMeasure: Sendable {
    private let small: String
    private let large: String
    private let smallEvents: Int
    private let largeEvents: Int
    private let plan: BenchPlan

    /// A measure of two ledgers that it fills itself.
    ///
    /// - Parameters:
    ///   - small: connection URI of the one, as its owner.
    ///   - large: connection URI of the other, as its owner.
    public init(small: String, smallEvents: Int, large: String, largeEvents: Int, plan: BenchPlan) {
        self.small = small
        self.large = large
        self.smallEvents = smallEvents
        self.largeEvents = largeEvents
        self.plan = plan
    }

    /// Fills both and measures them in turns.
    public func run() async throws -> [Measurement] {
        let samples = try await SampleEvents.make()
        try await fill(small, smallEvents, bytes: samples.meanSize)
        try await fill(large, largeEvents, bytes: samples.meanSize)
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        func measure(_ uri: String) -> AppendMeasure {
            let configuration = PostgresConfiguration(uri: uri, role: "gleichtakt_service")
            return AppendMeasure(pool: PostgresPool(configuration, size: 8, logger: logger), plan: plan)
        }
        let (smallLedger, largeLedger) = (measure(small), measure(large))
        _ = try await smallLedger.turn(samples)
        _ = try await largeLedger.turn(samples)
        var rounds: [Round] = []
        var latencies = Latencies()
        for round in 1...plan.rounds {
            let reference = try await smallLedger.turn(samples)
            let ours = try await largeLedger.turn(samples)
            latencies.merge(ours.latencies)
            rounds.append(Round(ours: ours.perSecond, reference: reference.perSecond))
            plan.progress(
                "append, round \(round): with \(largeEvents) events \(Int(ours.perSecond))/s, with \(smallEvents) "
                    + "\(Int(reference.perSecond))/s")
        }
        return [
            Measurement(
                "append", "\(plan.callers) callers, \(largeEvents) events in the ledger", rounds: rounds,
                unit: "events/s", reference: "with \(smallEvents) events", bound: .atLeast(0.9), latencies: latencies)
        ]
    }

    /// Puts synthetic events in, as its owner: keys are dropped first and made again afterwards, which is faster by far.
    private func fill(_ uri: String, _ events: Int, bytes: Int) async throws {
        plan.progress("filling a ledger with \(events) events")
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let pool = PostgresPool(PostgresConfiguration(uri: uri, statementTimeout: nil), size: 1, logger: logger)
        let chunk = 1_000_000
        try await pool.withConnection { connection in
            try await connection.script(Self.dropKeys)
            for start in stride(from: 0, to: events, by: chunk) {
                try await connection.execute(
                    Self.insertEvents, start + 1, min(start + chunk, events), max(1, events / Self.eventsPerStream),
                    max(1, bytes - 90))
            }
            try await connection.script(Self.makeKeys)
            try await connection.script("VACUUM (ANALYZE, FREEZE) ledger.events")
            try await connection.script("CHECKPOINT")
        }
    }

    private static let eventsPerStream = 25

    private static let dropKeys = """
        ALTER TABLE ledger.events
            DROP CONSTRAINT events_stream_version_key, DROP CONSTRAINT events_command_id_ordinal_key
        """

    private static let makeKeys = """
        ALTER TABLE ledger.events
            ADD CONSTRAINT events_stream_version_key UNIQUE (stream, version),
            ADD CONSTRAINT events_command_id_ordinal_key UNIQUE (command_id, ordinal)
        """

    /// Streams take turns, so that each is spread over the ledger as it is in life; identifiers are random.
    private static let insertEvents = Statement(
        "bench.insert events",
        """
        INSERT INTO ledger.events (
            position, recorded_at, command_id, version, effective_on, ordinal, schema_version, stream, type, metadata,
            payload, fingerprint)
        SELECT
            n, clock_timestamp(), gen_random_uuid(), (n - 1) / $3 + 1, current_date, 0, 1,
            'case-' || md5('stream ' || (n - 1) % $3)::uuid, 'MeasureStarted', convert_to(repeat('m', 90), 'UTF8'),
            convert_to(repeat('p', $4::integer), 'UTF8'), decode(md5(n::text), 'hex')
        FROM generate_series($1::bigint, $2::bigint) AS n
        """)
}
