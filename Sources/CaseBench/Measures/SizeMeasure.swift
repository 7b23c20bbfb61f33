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
        let samples = try await SampleEvents.make(under: plan.rules)
        try await fill(small, smallEvents, bytes: samples.meanSize)
        try await fill(large, largeEvents, bytes: samples.meanSize)
        try await loadKeys(small)
        try await loadKeys(large)
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        func measure(_ uri: String) -> AppendMeasure {
            let configuration = PostgresConfiguration(uri: uri, role: "gleichtakt_service")
            return AppendMeasure(pool: PostgresPool(configuration, size: 8, logger: logger), plan: plan)
        }
        let (smallLedger, largeLedger) = (measure(small), measure(large))
        var measurements: [Measurement] = []
        for (identifiers, name) in [(AppendIdentifiers.timeOrdered, "time-ordered"), (.random, "random")] {
            func turn(_ ledger: AppendMeasure, _ events: Int) async throws -> (perSecond: Double, latencies: Latencies)
            {
                try await ledger.turn(
                    samples,
                    on: .existing(count: max(1, events / Self.eventsPerStream), version: Self.eventsPerStream),
                    identifiers: identifiers)
            }
            _ = try await turn(smallLedger, smallEvents)
            _ = try await turn(largeLedger, largeEvents)
            var rounds: [Round] = []
            var latencies = Latencies()
            for round in 1...plan.rounds {
                let reference = try await turn(smallLedger, smallEvents)
                let ours = try await turn(largeLedger, largeEvents)
                latencies.merge(ours.latencies)
                rounds.append(Round(ours: ours.perSecond, reference: reference.perSecond))
                plan.progress(
                    "append, \(name) identifiers, round \(round): with \(largeEvents) events \(Int(ours.perSecond))/s, "
                        + "with \(smallEvents) \(Int(reference.perSecond))/s")
            }
            measurements.append(
                Measurement(
                    "append", "\(plan.callers) callers, \(largeEvents) events in the ledger, \(name) command ids",
                    rounds: rounds, unit: "events/s", reference: "with \(smallEvents) events",
                    bound: identifiers == .timeOrdered ? .atLeast(0.9) : nil, latencies: latencies))
        }
        return measurements
    }

    /// Puts synthetic events in, as its owner: keys are dropped first and made again afterwards, which is faster by far.
    /// A ledger that has them from before stays as it is.
    private func fill(_ uri: String, _ events: Int, bytes: Int) async throws {
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let pool = PostgresPool(PostgresConfiguration(uri: uri, statementTimeout: nil), size: 1, logger: logger)
        guard try await PostgresEventStore(pool: pool).head() < Position(events) else { return }
        plan.progress("filling a ledger with \(events) events")
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

    /// Reads the ledger's keys into memory, where those of a ledger in use are: an append looks at one page of each, and
    /// with identifiers by chance at any page.
    private func loadKeys(_ uri: String) async throws {
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let pool = PostgresPool(PostgresConfiguration(uri: uri, statementTimeout: nil), size: 1, logger: logger)
        do {
            try await pool.withConnection { try await $0.script("CREATE EXTENSION IF NOT EXISTS pg_prewarm") }
        } catch let error as PostgresError {
            plan.progress("ATTENTION: keys are not loaded first, and may have to be read from disk: \(error)")
            return
        }
        guard let row = try await pool.query(Self.loadKeys).first else { return }
        plan.progress("loaded \(try row.decode(0, as: Int64.self) / 1_000_000) MB of keys")
    }

    private static let loadKeys = Statement(
        "bench.load keys",
        """
        SELECT (sum(pg_prewarm(indexrelid::regclass)) * current_setting('block_size')::bigint)::bigint
        FROM pg_index WHERE indrelid = 'ledger.events'::regclass
        """)

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
