public import CaseFile
import DemoRegion
import Foundation
import Ledger

/// Durable commands over HTTP: authenticated, validated, decided, sealed, and committed before they are answered.
public struct HTTPMeasure: Sendable {
    private let service: ServiceUnderLoad
    private let filler: LedgerFiller
    private let plan: BenchPlan
    private let token: @Sendable (CaseFile.Actor) async throws -> String

    /// A measure of a service, whose ledger `filler` fills, with tokens that the service accepts.
    public init(
        service: ServiceUnderLoad, filler: LedgerFiller, plan: BenchPlan,
        token: @escaping @Sendable (CaseFile.Actor) async throws -> String
    ) {
        self.service = service
        self.filler = filler
        self.plan = plan
        self.token = token
    }

    /// Measures ours and message-db in turns.
    public func run() async throws -> [Measurement] {
        let bytes = try await SampleEvents.make(under: plan.rules).meanSize
        let clients = try await plan.bestClientsOfMessageDB(bytes: bytes)
        return try await service.run { process in
            _ = try await turn(0, process)
            var rounds: [Round] = []
            var rates: [Double] = []
            var latencies = Latencies()
            for round in 1...plan.rounds {
                let ours = try await turn(round, process)
                rates.append(ours.perSecond)
                latencies.merge(ours.latencies)
                if let clients, let perSecond = try await plan.writeMessage(bytes: bytes, clients: clients) {
                    rounds.append(Round(ours: ours.perSecond, reference: perSecond))
                }
                plan.progress(
                    "http, round \(round): \(Int(ours.perSecond))/s, p50 \(ours.latencies.percentile(50)) ms, p99 "
                        + "\(ours.latencies.percentile(99)) ms; message-db \(Int(rounds.last?.reference ?? 0))/s")
            }
            let resident = process.peakResidentMB
            let detail = "commands of the demo region over HTTP, \(plan.callers) connections"
            var measurements: [Measurement] = []
            if let clients {
                measurements.append(
                    Measurement(
                        "http", detail, rounds: rounds, unit: "commands/s",
                        reference: "message-db write_message -c\(clients)", bound: .atLeast(2.5), latencies: latencies,
                        residentMB: resident))
            } else {
                measurements.append(
                    Measurement(
                        "http", detail, value: rates.median, unit: "commands/s", latencies: latencies,
                        residentMB: resident))
            }
            // What is left when there is nothing to check, to decide, to seal or to append.
            let bare = try await bareTurn()
            measurements.append(
                Measurement(
                    "http", "GET /healthz over the same connections: the HTTP stack alone", value: bare.perSecond,
                    unit: "requests/s", latencies: bare.latencies))
            if let resident {
                measurements.append(
                    Measurement(
                        "http", "resident memory of the service under that load", value: resident, unit: "MB",
                        bound: .atMost(150), residentMB: resident))
            }
            return measurements
        }
    }

    private func bareTurn() async throws -> LoadClient.Result {
        let requests = Array(repeating: PreparedLoad.get("/healthz", token: "none"), count: 500)
        let load = PreparedLoad(lanes: Array(repeating: requests, count: Int(200 * (plan.turn / .seconds(1)))))
        return try await LoadClient(port: service.port, connections: plan.callers).run(load, for: plan.turn)
    }

    /// One turn: a region of its own, told by as many connections as there are to be.
    private func turn(_ number: Int, _ process: ChildProcess) async throws -> LoadClient.Result {
        // More than any machine of this size answers, so that the time ends first; each turn has people of its own.
        let wanted = Int(20_000 * (plan.turn / .seconds(1)))
        let cases = max(plan.callers * 4, wanted / 12)
        let seed = UInt64(truncatingIfNeeded: LedgerClock.system.now.microsecondsSince1970) &+ UInt64(number)
        _ = try await filler.fill(cases: cases, seed: seed, foundationsOnly: true)
        let region = LedgerFiller.region(cases: cases, seed: seed, today: LedgerClock.system.today)
        let load = try await PreparedLoad.commands(of: region, atLeast: wanted, token: token)
        let before = process.processorSeconds ?? 0
        let result = try await LoadClient(port: service.port, connections: plan.callers).run(load, for: plan.turn)
        let used = ((process.processorSeconds ?? 0) - before) / Double(max(1, result.succeeded)) * 1_000_000
        plan.progress("the service used \(Int(used)) µs of processor time for each of \(result.succeeded) commands")
        return result
    }
}
