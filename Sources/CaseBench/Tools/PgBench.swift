import Foundation

/// PostgreSQL's own load generator, which measures the references.
public struct PgBench: Sendable {
    /// What one run of it found.
    struct Result: Sendable {
        /// Transactions a second, without the time to connect.
        var perSecond: Double
        /// The mean time of one, in milliseconds.
        var latency: Double
    }

    private let program: String
    private let database: String

    /// The program at that path, against the database of that URI.
    public init(program: String, database: String) {
        self.program = program
        self.database = database
    }

    /// Runs a script, prepared, from that many clients for that long.
    func run(script: String, clients: Int, for duration: Duration) async throws -> Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("gleichtakt-\(UUID().uuidString).sql")
        try Data(script.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let seconds = max(1, Int((duration / .seconds(1)).rounded()))
        let output = try await ChildProcess.run(
            program,
            [
                "--no-vacuum", "--protocol=prepared", "--client=\(clients)", "--jobs=\(min(2, clients))",
                "--time=\(seconds)", "--file=\(file.path)", database,
            ])
        guard let perSecond = Self.number(after: "tps = ", in: output),
            let latency = Self.number(after: "latency average = ", in: output)
        else { throw BenchFailure("pgbench did not say how many transactions it made:\n\(output)") }
        return Result(perSecond: perSecond, latency: latency)
    }

    private static func number(after label: String, in text: String) -> Double? {
        guard let range = text.range(of: label) else { return nil }
        return Double(text[range.upperBound...].prefix { $0.isNumber || $0 == "." })
    }
}
