import Foundation
import Ledger
import LedgerSuite
import Postgres
import PostgresLedger
import Testbed
import Testing

@Suite("The line to the ledger breaks in the middle of a batch", .serialized, .timeLimit(.minutes(10)))
struct ConnectionLossTests {
    /// Three commands with three different fates, and what they must be told in the end.
    private struct Batch {
        let commands: [AppendCommand]
        var fresh: AppendCommand { commands[1] }

        /// Batches of all numbers are equally long.
        init(_ number: Int, known: AppendCommand) {
            commands = [
                known, .sample(to: .sample("fresh-\(10_000 + number)"), at: 0, count: 2),
                .sample(to: .sample("taken"), at: 0),
            ]
        }
    }

    @Test("whatever byte it breaks at, the same commands again find out what became of them")
    func everyByte() async throws {
        let ledger = try await WiredLedger.start()
        let (store, truth) = (ledger.store(), ledger.truth)
        let known = AppendCommand.sample(to: .sample("known"), at: 0, count: 1)
        let knownPlaces = try #require(try await store.append(known).appended)
        #expect(try await truth.append(.sample(to: .sample("taken"), at: 0, count: 3)).appended != nil)

        // How much goes over the line when nothing breaks, on a session that has its statement prepared.
        ledger.wire.arm(nil)
        _ = try await store.append(Batch(0, known: known).commands)
        let (request, answer) = ledger.wire.passed
        try #require(request > 100 && answer > 100)

        // The request at every third byte, and before its last one; the answer at every byte.
        let inRequest = Set(stride(from: 0, to: request, by: 3)).union([request - 1]).sorted()
        let places =
            inRequest.map { (FaultyWire.Direction.toServer, $0) } + (0..<answer).map { (.fromServer, $0) }
        for (number, (direction, byte)) in places.enumerated() {
            let batch = Batch(number + 1, known: known)
            // The session of the last round is gone: this one has prepared nothing yet.
            _ = try await store.append([known])
            ledger.wire.arm(.cut(direction, after: byte))
            do {
                _ = try await store.append(batch.commands)
                Issue.record("answered although the line was cut at \(direction) \(byte)")
            } catch LedgerError.unavailable {}
            #expect(ledger.wire.hasStruck)

            let verdicts = try await store.append(batch.commands)
            let recorded = try await truth.find(command: batch.fresh.id)?.events
            #expect(recorded?.count == 2, "\(direction) \(byte)")
            switch direction {
            // Half a request is none.
            case .toServer: #expect(verdicts[1].appended == recorded, "\(direction) \(byte)")
            // The server answers when everything is durable: it is the answer that was lost.
            case .fromServer: #expect(verdicts[1].duplicate == recorded, "\(direction) \(byte)")
            }
            #expect(verdicts[0].duplicate == knownPlaces, "\(direction) \(byte)")
            #expect(verdicts[2] == .conflict(.sample("taken"), currentVersion: 3), "\(direction) \(byte)")
        }
        try await expectSound(truth)
        #expect(try await truth.head() == Position(1 + 3 + 2 + 2 * places.count))
        try await ledger.stop()
    }

    @Test("callers in front of the queue get the right verdict each, however often the line breaks")
    func queue() async throws {
        let seed = UInt64.random(in: 1...999_999_999)
        print("The line breaks with seed \(seed)")
        let ledger = try await WiredLedger.start()
        let queue = AppendQueue(
            store: ledger.store(connections: 2), batchLimit: 8, retryDelays: [.milliseconds(1), .milliseconds(20)],
            logger: LedgerDatabase.quiet)
        let breaker = Task {
            var random = SplitMix(state: seed)
            var breaks = 0
            while !Task.isCancelled {
                let direction: FaultyWire.Direction = Bool.random(using: &random) ? .toServer : .fromServer
                ledger.wire.arm(.cut(direction, after: Int.random(in: 0...6000, using: &random)))
                while !ledger.wire.hasStruck && !Task.isCancelled { try? await Task.sleep(for: .milliseconds(2)) }
                breaks += 1
            }
            return breaks
        }
        let told = try await withThrowingTaskGroup(of: [UUID: [AppendedEvent]].self) { group in
            for caller in 0..<16 {
                group.addTask {
                    var told: [UUID: [AppendedEvent]] = [:]
                    for round in 0..<40 {
                        let command = AppendCommand.sample(to: .sample("c\(caller)"), at: round * 2, count: 2)
                        told[command.id] = try await Self.insist(on: command, queue)
                    }
                    return told
                }
            }
            return try await group.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        }
        breaker.cancel()
        #expect(await breaker.value > 1)
        let recorded = Dictionary(grouping: try await ledger.truth.everything(pageSize: 1000), by: \.commandID)
        #expect(recorded.mapValues { $0.map(\.place) } == told, "seed \(seed)")
        try await expectSound(ledger.truth)
        try await ledger.stop()
    }

    private static func insist(on command: AppendCommand, _ queue: AppendQueue) async throws -> [AppendedEvent] {
        while true {
            do {
                let verdict = try await queue.append(command)
                return try #require(verdict.appended ?? verdict.duplicate, "\(verdict)")
            } catch LedgerError.unavailable {}
        }
    }

    @Test("a line that swallows everything without a word is given up, and the outcome is found out on another one")
    func silence() async throws {
        let ledger = try await WiredLedger.start()
        let places = [(FaultyWire.Direction.toServer, 0), (.toServer, 150), (.fromServer, 0), (.fromServer, 60)]
        // All at once, each over a wire of its own: it takes as long as a silent server is waited for.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, (direction, byte)) in places.enumerated() {
                group.addTask { try await Self.fallSilent(try await ledger.rewired(), direction, byte, "a\(number)") }
            }
            try await group.waitForAll()
        }
        #expect(try await ledger.truth.head() == Position(3 * places.count))
        try await ledger.stop()
    }

    private static func fallSilent(
        _ ledger: WiredLedger, _ direction: FaultyWire.Direction, _ byte: Int, _ stream: String
    ) async throws {
        let store = ledger.store(statementTimeout: .milliseconds(500))
        #expect(try await store.append(.sample(to: .sample(stream), at: 0)).appended != nil)
        let command = AppendCommand.sample(to: .sample(stream), at: 1, count: 2)
        ledger.wire.arm(.silence(direction, after: byte))
        do {
            _ = try await store.append(command)
            Issue.record("answered over a dead line")
        } catch LedgerError.unavailable {}
        #expect(ledger.wire.hasStruck)
        let verdict = try await store.append(command)
        switch direction {
        case .toServer: #expect(verdict.appended != nil)
        case .fromServer: #expect(verdict.duplicate != nil)
        }
        ledger.wire.stop()
    }

    @Test("an append whose session lost its client while it waited its turn is recorded once, or not at all")
    func orphan() async throws {
        let ledger = try await WiredLedger.start()
        let (store, truth) = (ledger.store(connections: 2), ledger.truth)
        let command = AppendCommand.sample(to: .sample("a"), at: 0, count: 2)
        let observer = ledger.database.pool(as: nil)
        let again = try await observer.withTransaction { connection in
            try await connection.query(Self.lock)
            let first = Task { try await store.append(command) }
            while try await observer.query(Self.waiting).first?.decode(0, as: Int64.self) != 1 {
                try await Task.sleep(for: .milliseconds(5))
            }
            // The server still waits for its turn when its client comes back and asks again.
            ledger.wire.cutAll()
            await #expect(throws: LedgerError.self) { try await first.value }
            let again = Task { try await store.append(command) }
            while try await observer.query(Self.waiting).first?.decode(0, as: Int64.self) ?? 0 < 2 {
                try await Task.sleep(for: .milliseconds(5))
            }
            return again
        }
        let verdict = try await again.value
        let places = try #require(verdict.appended ?? verdict.duplicate)
        #expect(try await truth.find(command: command.id)?.events == places)
        #expect(try await truth.head() == 2)
        try await expectSound(truth)
        try await ledger.stop()
    }

    private static let lock = Statement(
        "test lock", "SELECT pg_advisory_xact_lock(hashtextextended('ledger.append', 0))")

    private static let waiting = Statement(
        "test waiting",
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'victim' AND wait_event_type = 'Lock'
        """)
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed, the same breaks.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
