import CaseFile
import CaseTiming
import CaseViews
import DemoRegion
import Foundation
public import Ledger
public import Postgres
import PostgresLedger

/// What it costs that nobody sees what they may not see: pages behind roles and row-level security and with every look on
/// record, beside the same pages without; and commands that are sealed, beside the same events recorded as they are.
///
/// What is left out of the references is left out here, in the measure: the program has no switch for it. The measure leaves
/// events behind that no program can read, so its database is thrown away.
public struct PrivacyMeasure: Sendable {
    /// The copy of the views that nobody guards.
    private static let unguarded = "bench_unguarded"

    let pool: PostgresPool
    private let owner: PostgresPool
    let masterKeys: MasterKeyring
    let plan: BenchPlan
    private let cases: Int

    /// A measure over built views.
    ///
    /// - Parameters:
    ///   - pool: acts as the service.
    ///   - owner: acts as the owner of the database, who copies the views.
    ///   - cases: how many cases the views hold, for the record.
    public init(pool: PostgresPool, owner: PostgresPool, masterKeys: MasterKeyring, plan: BenchPlan, cases: Int) {
        self.pool = pool
        self.owner = owner
        self.masterKeys = masterKeys
        self.plan = plan
        self.cases = cases
    }

    /// Measures pages, then commands.
    public func run() async throws -> [Measurement] {
        var measurements = try await pages()
        measurements += try await commands()
        return measurements
    }

    // MARK: Pages

    /// A page that is asked for again and again: answers the cases that it shows.
    private struct Page: Sendable {
        var name: String
        var view: String
        var ask: @Sendable (ViewQueries, UUID) async throws -> [UUID]
    }

    private static let actor = Actor(
        subject: "jc-7", role: .caseworker, office: .jobCentre, areas: Set(DemoRegion.areaIDs.prefix(2)))

    private static let pages: [Page] = {
        let today = LedgerClock.system.today
        return [
            Page(name: "case file", view: "case") { queries, id in
                _ = try await queries.caseFile(id, for: .jobCentre, actor: Self.actor, on: today)
                return []
            },
            Page(name: "timeline", view: "timeline") { queries, id in
                _ = try await queries.timeline(id, for: .jobCentre, actor: Self.actor, on: today)
                return []
            },
            Page(name: "worklist", view: "worklist") { queries, _ in
                let query = WorklistQuery(
                    office: .jobCentre, actor: Self.actor, day: today, status: .open, sort: .due, limit: 50)
                return try await queries.worklist(query).value.items.map(\.caseId)
            },
            Page(name: "findings", view: "findings") { queries, _ in
                let query = FindingQuery(office: .jobCentre, actor: Self.actor, day: today, limit: 50)
                return try await queries.findings(query).value.items.flatMap(\.cases)
            },
        ]
    }()

    private func pages() async throws -> [Measurement] {
        try await copyViews()
        let guarded = ViewQueries(pool: pool)
        let unguarded = ViewQueries(pool: pool, schema: Self.unguarded)
        let list = WorklistQuery(office: .jobCentre, actor: Self.actor, day: LedgerClock.system.today, limit: 200)
        let ids = try await guarded.worklist(list).value.items.map(\.caseId)
        guard !ids.isEmpty else { throw BenchFailure("there is no case to look at: are the views built?") }
        var measurements: [Measurement] = []
        for page in Self.pages {
            _ = try await turn(page, guarded, ids, isRecorded: true)
            _ = try await turn(page, unguarded, ids, isRecorded: false)
            for isRecorded in [false, true] {
                var (rounds, latencies) = ([Round](), Latencies())
                for _ in 0..<plan.rounds {
                    let ours = try await turn(page, guarded, ids, isRecorded: isRecorded)
                    let reference = try await turn(page, unguarded, ids, isRecorded: false)
                    latencies.merge(ours)
                    rounds.append(Round(ours: ours.percentile(50), reference: reference.percentile(50)))
                }
                let how = isRecorded ? "guarded, and the look on record" : "guarded, unrecorded"
                measurements.append(
                    Measurement(
                        "privacy", "\(page.name) of \(cases) cases, one after another: \(how)", rounds: rounds,
                        unit: "ms", reference: "no row security, unrecorded", latencies: latencies))
                plan.progress(
                    "privacy, \(page.name), \(how): \(rounds.map(\.ours)) beside \(rounds.map(\.reference)) ms")
            }
        }
        return measurements
    }

    private func turn(
        _ page: Page, _ queries: ViewQueries, _ ids: [UUID], isRecorded: Bool
    ) async throws -> Latencies {
        let log = ReadLog(pool: pool)
        var latencies = Latencies()
        let deadline = ContinuousClock.now + plan.turn
        var next = 0
        while ContinuousClock.now < deadline {
            let id = ids[next % ids.count]
            next += 1
            let began = ContinuousClock.now
            let shown = try await page.ask(queries, id)
            if isRecorded {
                try await log.record(
                    ReadLog.Entry(
                        actor: Self.actor.subject, role: Self.actor.role.rawValue, office: Office.jobCentre.rawValue,
                        caseID: shown.isEmpty ? id : nil, view: page.view, legalBasis: "§ 15 SGB II", cases: shown))
            }
            latencies.note(ContinuousClock.now - began)
        }
        return latencies
    }

    /// Copies the views with their indexes, readable for the same roles, and without a policy on any row.
    private func copyViews() async throws {
        try await owner.withConnection { connection in
            try await connection.script(
                """
                DROP SCHEMA IF EXISTS \(Self.unguarded) CASCADE;
                CREATE SCHEMA \(Self.unguarded);
                DO $$
                DECLARE
                    name text;
                BEGIN
                    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'views' ORDER BY tablename LOOP
                        EXECUTE format('CREATE TABLE \(Self.unguarded).%I (LIKE views.%I INCLUDING ALL)', name, name);
                        EXECUTE format('INSERT INTO \(Self.unguarded).%I SELECT * FROM views.%I', name, name);
                    END LOOP;
                    FOR name IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
                        WHERE table_schema = 'views' AND privilege_type = 'SELECT' LOOP
                        EXECUTE format('GRANT USAGE ON SCHEMA \(Self.unguarded) TO %I', name);
                        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA \(Self.unguarded) TO %I', name);
                    END LOOP;
                END
                $$;
                """)
            try await connection.script("VACUUM ANALYZE")
        }
    }
}
