import Foundation
import Ledger

/// How fast all views are built from all events, beside how fast PostgreSQL copies these events out.
public struct RebuildMeasure: Sendable {
    private let program: String
    private let dataDirectory: String
    private let psql: String
    private let database: String
    private let events: Int
    private let plan: BenchPlan

    /// A measure of a filled ledger.
    ///
    /// - Parameters:
    ///   - program: ours, whose command `rebuild` does the work.
    ///   - psql: PostgreSQL's client, which copies the events out.
    ///   - database: the ledger's connection URI.
    ///   - events: how many events it has.
    public init(
        program: String, dataDirectory: String, psql: String, database: String, events: Int, plan: BenchPlan
    ) {
        self.program = program
        self.dataDirectory = dataDirectory
        self.psql = psql
        self.database = database
        self.events = events
        self.plan = plan
    }

    /// Measures ours and COPY in turns.
    public func run() async throws -> [Measurement] {
        guard events > 0 else { throw BenchFailure("the ledger is empty; fill it with bench generate") }
        var rounds: [Round] = []
        var resident = 0.0
        for round in 1...plan.rounds {
            let copied = try await copy()
            let (seconds, memory) = try await rebuild()
            rounds.append(Round(ours: Double(events) / seconds, reference: Double(events) / copied))
            resident = max(resident, memory)
            plan.progress(
                "rebuild, round \(round): \(events) events in \(Int(seconds * 10) / 10) s, "
                    + "\(Int(Double(events) / seconds))/s; COPY \(Int(Double(events) / copied))/s")
        }
        return [
            Measurement(
                "rebuild", "all views from \(events) events", rounds: rounds, unit: "events/s",
                reference: "COPY events TO STDOUT (FORMAT binary)", bound: .atLeast(0.4), residentMB: resident),
            Measurement(
                "rebuild", "resident memory of the process that rebuilds", value: resident, unit: "MB",
                bound: .atMost(300), residentMB: resident),
        ]
    }

    private func copy() async throws -> Double {
        let began = ContinuousClock.now
        let process = try ChildProcess.start(
            psql,
            [
                "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c",
                "\\copy ledger.events to '/dev/null' (format binary)",
            ])
        guard await process.status() == 0 else { throw BenchFailure("COPY failed") }
        return (ContinuousClock.now - began) / .seconds(1)
    }

    private func rebuild() async throws -> (seconds: Double, residentMB: Double) {
        let began = ContinuousClock.now
        let process = try ChildProcess.start(program, ["rebuild", "--data", dataDirectory])
        let memory = Task {
            var peak = 0.0
            while let resident = process.peakResidentMB {
                peak = max(peak, resident)
                guard (try? await Task.sleep(for: .milliseconds(50))) != nil else { break }
            }
            return peak
        }
        let status = await process.status()
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        memory.cancel()
        guard status == 0 else { throw BenchFailure("gleichtakt rebuild ended with status \(status)") }
        return (seconds, await memory.value)
    }
}
