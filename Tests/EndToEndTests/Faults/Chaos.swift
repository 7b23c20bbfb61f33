import Foundation
import Logging
import Postgres

/// Kills what an installation consists of, in an order and at moments that a seed decides.
struct Chaos: Sendable {
    /// What is killed, with SIGKILL.
    enum Victim: Hashable, Sendable, CustomStringConvertible {
        case process(Installation.Part)
        /// The server's first process, and with it all of it.
        case server
        /// One of the server's sessions, whereupon the server ends all of them and recovers.
        case backend

        var description: String {
            switch self {
            case .process(.service(let number)): "service \(number)"
            case .process(.worker(let number)): "worker \(number)"
            case .process(.database), .server: "server"
            case .backend: "backend"
            }
        }
    }

    let installation: Installation
    let crowd: Crowd
    private let sessions: PostgresPool

    init(_ installation: Installation, _ crowd: Crowd) {
        self.installation = installation
        self.crowd = crowd
        sessions = PostgresPool(
            PostgresConfiguration(uri: installation.databaseURL, applicationName: "chaos"), size: 1,
            acquireTimeout: .seconds(30), logger: Logger(label: "chaos") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A number from the environment that repeats what a failed test did, else a new one.
    static func seed() -> UInt64 {
        let given = ProcessInfo.processInfo.environment["GLEICHTAKT_FAULT_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 1...999_999_999)
        print("Faults with GLEICHTAKT_FAULT_SEED=\(seed)")
        return seed
    }

    /// Kills so many times, and answers whom.
    func run(kills: Int, seed: UInt64) async throws -> [Victim] {
        var random = SeededGenerator(state: seed)
        let processes = installation.parts.filter { $0 != .database }.map { Victim.process($0) }
        // As often the database as all processes together.
        let urn = processes + [.server, .server, .backend, .backend]
        var victims: [Victim] = []
        while victims.count < kills {
            // Not before something was achieved since the last time, however slow the machine.
            try await crowd.achieve(3)
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...500, using: &random)))
            var struck: [Victim] = [urn.randomElement(using: &random) ?? .server]
            // Misfortunes seldom come singly.
            if Int.random(in: 0..<4, using: &random) == 0, let second = urn.randomElement(using: &random),
                second != struck[0]
            {
                struck.append(second)
            }
            for victim in struck { try await kill(victim, &random) }
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...300, using: &random)))
            for victim in struck { try await revive(victim) }
            victims += struck
        }
        return victims
    }

    private func kill(_ victim: Victim, _ random: inout SeededGenerator) async throws {
        switch victim {
        case .process(let part): try await installation.kill(part)
        case .server: try await installation.kill(.database)
        case .backend: try await killBackend(&random)
        }
    }

    private func revive(_ victim: Victim) async throws {
        switch victim {
        case .process(let part): try await installation.start(part)
        case .server: try await installation.start(.database)
        case .backend: break
        }
    }

    private func killBackend(_ random: inout SeededGenerator) async throws {
        let number = Int.random(in: 0..<1_000_000, using: &random)
        // The server may be recovering, or not be there at all.
        guard let rows = try? await sessions.query(Self.backends) else { return }
        guard !rows.isEmpty else { return }
        let pid = try rows[number % rows.count].decode(0, as: Int32.self)
        Foundation.kill(pid, SIGKILL)
    }

    private static let backends = Statement(
        "chaos backends",
        """
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE 'gleichtakt%' AND backend_type = 'client backend'
        ORDER BY state = 'active' DESC, pid LIMIT 4
        """)
}
