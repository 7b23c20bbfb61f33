public import CaseFile
import CaseTiming
import DemoRegion
import Foundation
import Ledger

/// How fast a worklist's pages are answered over HTTP, filtered and authorised.
public struct QueryMeasure: Sendable {
    /// So many ask again and again beside each other, to see what waiting for processors adds: no more pages than these get
    /// can be had from this machine.
    private static let crowd = 4

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

    /// A question, and whose worklist is asked.
    private struct Question {
        var name: String
        var query: String
        var office: Office = .jobCentre
    }

    /// The questions that are asked, in turns: what a worklist is asked for, as a caseworker or a team's lead does. Every
    /// filter is in one of them at least, and so are orders that do not go with it.
    private static var questions: [Question] {
        let today = LedgerClock.system.today
        let (large, small) = (DemoRegion.areaIDs[0], DemoRegion.areaIDs[2])
        return [
            Question(name: "first page", query: "status=open&limit=50"),
            Question(name: "one caseworker", query: "status=open&caseworker=jc-7&sort=due&limit=50"),
            Question(name: "mine, waiting for me", query: "caseworker=me&waitsFor=us&sort=due&limit=50"),
            Question(name: "one area by due day", query: "area=\(large)&status=open&sort=due&limit=50"),
            Question(name: "a small area by due day", query: "area=\(small)&sort=due&limit=50", office: .socialOffice),
            Question(name: "due soon", query: "dueBefore=\(today + 14)&sort=due&limit=50"),
            Question(name: "due this week", query: "due=week&sort=due&limit=50", office: .youthOffice),
            Question(name: "due today in one area", query: "due=today&area=\(small)&limit=50"),
            Question(name: "for a reason", query: "reason=voucher-expiry&sort=due&limit=50"),
            Question(name: "reviews this week", query: "reason=plan-review&due=week&limit=50"),
            Question(name: "unanswered referrals", query: "waitsFor=us&reason=referral-answer&sort=due&limit=50"),
            Question(name: "waiting for others", query: "waitsFor=others&limit=50", office: .youthOffice),
            Question(name: "a finding", query: "finding=gap&limit=50"),
            Question(name: "new findings", query: "findingSince=\(today - 7)&sort=due&limit=50"),
            Question(name: "a name", query: "q=Demuth+Lea&limit=50"),
            Question(name: "a common name", query: "q=muster&limit=50"),
            Question(name: "a name, open, by due day", query: "q=demuth&status=open&sort=due&limit=50"),
            Question(name: "closed cases", query: "status=closed&limit=50"),
            Question(name: "latest registrations", query: "sort=-registered&limit=50"),
            Question(name: "by caseworker", query: "sort=caseworker&limit=50", office: .socialOffice),
        ]
    }

    /// Measures all questions mixed, one after another and by a crowd, then each by itself, one after another.
    public func run() async throws -> [Measurement] {
        var tokens: [Office: [String]] = [:]
        for (office, initials) in [(Office.jobCentre, "jc"), (.youthOffice, "yo"), (.socialOffice, "so")] {
            // A team's lead sees all areas, this caseworker two of the three.
            tokens[office] = [
                try await token(CaseFile.Actor(subject: "\(initials)-lead", role: .supervisor, office: office)),
                try await token(
                    CaseFile.Actor(
                        subject: "\(initials)-7", role: .caseworker, office: office,
                        areas: Set(DemoRegion.areaIDs.prefix(2)))),
            ]
        }
        let tokensOf = tokens
        func request(_ question: Question, _ number: Int) -> [[UInt8]] {
            let tokens = tokensOf[question.office] ?? []
            return [
                PreparedLoad.get(
                    "/v1/\(question.office.rawValue)/cases?\(question.query)", token: tokens[number % tokens.count])
            ]
        }
        let questions = Self.questions
        return try await service.run { process in
            let client = LoadClient(port: service.port, connections: 1)
            let crowd = LoadClient(port: service.port, connections: Self.crowd)
            let count = Int(4000 * (plan.turn / .seconds(1)))
            let mixed = PreparedLoad(
                lanes: (0..<count).map { number in
                    request(questions[number % questions.count], number / questions.count)
                })
            _ = try await client.run(mixed, for: plan.turn)
            var (latencies, crowded) = (Latencies(), Latencies())
            for _ in 0..<plan.rounds {
                latencies.merge(try await client.run(mixed, for: plan.turn).latencies)
                crowded.merge(try await crowd.run(mixed, for: plan.turn).latencies)
            }
            let detail = "worklist pages over HTTP, \(cases) cases"
            var measurements = [
                Measurement(
                    "query", "\(detail), one after another", value: latencies.percentile(99), unit: "ms",
                    bound: .atMost(10), latencies: latencies, residentMB: process.peakResidentMB),
                Measurement(
                    "query", "\(detail), \(Self.crowd) connections without a pause", value: crowded.percentile(99),
                    unit: "ms", latencies: crowded),
            ]
            for measurement in measurements {
                plan.progress("query, all mixed, \(measurement.detail): p99 \(measurement.value) ms")
            }
            for question in questions {
                let load = PreparedLoad(lanes: (0..<count).map { request(question, $0) })
                let latencies = try await client.run(load, for: plan.turn).latencies
                plan.progress(
                    "query, \(question.name): p50 \(latencies.percentile(50)) ms, p99 \(latencies.percentile(99)) ms")
                measurements.append(
                    Measurement(
                        "query", "\(detail): \(question.name)", value: latencies.percentile(99), unit: "ms",
                        latencies: latencies))
            }
            return measurements
        }
    }
}
