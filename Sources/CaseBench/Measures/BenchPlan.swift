public import CaseTiming

/// How much is measured and against what.
public struct BenchPlan: Sendable {
    /// How often ours and the reference take turns.
    public var rounds: Int
    /// How long each measures in a turn.
    public var turn: Duration
    /// How many callers or connections there are.
    public var callers: Int
    /// The database with the plain table that a row is inserted into; its connection URI.
    public var plain: PgBench?
    /// The database with message-db in it.
    public var messageDB: PgBench?
    /// The rules of law that what is measured was decided under.
    public var rules: RuleBook
    /// Where progress is told.
    public var progress: @Sendable (String) -> Void

    /// A plan.
    public init(
        rounds: Int, turn: Duration, callers: Int = 64, plain: PgBench?, messageDB: PgBench?, rules: RuleBook,
        progress: @escaping @Sendable (String) -> Void
    ) {
        self.rounds = max(1, rounds)
        self.turn = turn
        self.callers = max(1, callers)
        self.plain = plain
        self.messageDB = messageDB
        self.rules = rules
        self.progress = progress
    }
}

extension BenchPlan {
    /// One row of the size of our events, in a table with a serial key, committed for itself.
    func insertRow(bytes: Int, clients: Int) async throws -> Double? {
        guard let plain else { return nil }
        let payload = String(repeating: "x", count: bytes)
        return try await plain.run(
            script: "INSERT INTO plain_rows (payload) VALUES ('\(payload)');\n", clients: clients, for: turn
        ).perSecond
    }

    /// One message of the size of our events, to one of a million streams.
    func writeMessage(bytes: Int, clients: Int) async throws -> Double? {
        guard let messageDB else { return nil }
        let padding = String(repeating: "x", count: max(0, bytes - 120))
        let script = """
            \\set stream random(1, 1000000)
            SELECT write_message(gen_random_uuid()::text, 'case-' || :stream, 'MeasureStarted', \
            '{"attribute": "\(padding)"}'::jsonb, '{"actor": "jc-1", "office": "job-centre"}'::jsonb);

            """
        return try await messageDB.run(script: script, clients: clients, for: turn).perSecond
    }

    /// The number of clients with which message-db is fastest here.
    func bestClientsOfMessageDB(bytes: Int) async throws -> Int? {
        guard messageDB != nil else { return nil }
        var best: (clients: Int, perSecond: Double) = (1, 0)
        for clients in [1, 2, 4, 8, 16, 32] {
            let perSecond = try await writeMessage(bytes: bytes, clients: clients) ?? 0
            progress("message-db write_message with \(clients) clients: \(Int(perSecond))/s")
            if perSecond > best.perSecond { best = (clients, perSecond) }
        }
        return best.clients
    }
}
