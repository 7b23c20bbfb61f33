public import CaseFile
import CaseTiming
import DemoRegion
import Foundation
import Ledger

/// How fast a worklist's pages are answered over HTTP, filtered and authorised.
public struct QueryMeasure: Sendable {
    /// So many ask at the same time: as many colleagues as look at their lists in the same tenth of a second.
    private static let connections = 4

    private let service: ServiceUnderLoad
    private let plan: BenchPlan
    private let cases: Int
    private let token: @Sendable (CaseFile.Actor) async throws -> String

    /// A measure of a service over views of that many cases.
    public init(
        service: ServiceUnderLoad, plan: BenchPlan, cases: Int,
        token: @escaping @Sendable (CaseFile.Actor) async throws -> String
    ) {
        self.service = service
        self.plan = plan
        self.cases = cases
        self.token = token
    }

    /// The questions that are asked, in turns: what a worklist is asked for, as a caseworker or a team's lead does.
    private static var questions: [(name: String, query: String)] {
        let today = LedgerClock.system.today
        return [
            ("first page", "status=open&limit=50"),
            ("one caseworker", "status=open&caseworker=jc-7&sort=due&limit=50"),
            ("one area by due day", "area=\(DemoRegion.areaIDs[0])&status=open&sort=due&limit=50"),
            ("due soon", "dueBefore=\(today + 14)&sort=due&limit=50"),
            ("a finding", "finding=gap&limit=50"),
            ("a name", "q=Demuth+Lea&limit=50"),
            ("latest registrations", "sort=-registered&limit=50"),
        ]
    }

    /// Measures all questions mixed, then each by itself.
    public func run() async throws -> [Measurement] {
        let supervisor = CaseFile.Actor(subject: "jc-lead", role: .supervisor, office: .jobCentre)
        let caseworker = CaseFile.Actor(subject: "jc-7", role: .caseworker, office: .jobCentre)
        let tokens = [try await token(supervisor), try await token(caseworker)]
        func request(_ query: String, _ number: Int) -> [[UInt8]] {
            [PreparedLoad.get("/v1/job-centre/cases?\(query)", token: tokens[number % tokens.count])]
        }
        return try await service.run { process in
            let client = LoadClient(port: service.port, connections: Self.connections)
            let count = Int(4000 * (plan.turn / .seconds(1)))
            let mixed = PreparedLoad(
                lanes: (0..<count).map { number in
                    request(Self.questions[number % Self.questions.count].query, number / Self.questions.count)
                })
            _ = try await client.run(mixed, for: plan.turn)
            var latencies = Latencies()
            for _ in 0..<plan.rounds { latencies.merge(try await client.run(mixed, for: plan.turn).latencies) }
            let detail = "worklist pages over HTTP, \(cases) cases, \(Self.connections) connections"
            var measurements = [
                Measurement(
                    "query", detail, value: latencies.percentile(99), unit: "ms", bound: .atMost(10),
                    latencies: latencies, residentMB: process.peakResidentMB)
            ]
            for (name, query) in Self.questions {
                let load = PreparedLoad(lanes: (0..<count).map { request(query, $0) })
                let latencies = try await client.run(load, for: plan.turn).latencies
                plan.progress("query, \(name): p50 \(latencies.percentile(50)) ms, p99 \(latencies.percentile(99)) ms")
                measurements.append(
                    Measurement(
                        "query", "\(detail): \(name)", value: latencies.percentile(99), unit: "ms",
                        latencies: latencies))
            }
            return measurements
        }
    }
}
