import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Postgres
import Testbed

/// Gleichtakt as somebody runs it: a server of its own, services and workers as processes, spoken to over HTTP.
final class Installation: Sendable {
    enum Part: Hashable, Sendable {
        /// One of the services, or of the workers, by its number from 0.
        case service(Int)
        case worker(Int)
        case database

        /// The first one, which in most tests is the only one.
        static var service: Part { .service(0) }
        static var worker: Part { .worker(0) }
    }

    let data: URL
    let database: TemporaryServer
    /// The database, as its superuser.
    let databaseURL: String
    /// Everything that can be killed.
    let parts: [Part]
    let processes = Processes()
    /// What lies between the processes and the database, where a test wants to break it.
    let wire: FaultyWire?
    private let ports: [Int]
    private let settings: [String: String]
    /// Whether each process has the login that `deploy/postgresql/roles.sql` makes for it, and not the superuser's.
    private let isDeployed: Bool
    /// Where services and workers print to.
    private let log: URL?

    /// Starts everything over an empty database that keeps its promises (fsync on).
    ///
    /// - Parameters:
    ///   - database: a server of this installation's own.
    ///   - isWired: whether the processes reach their database over a ``FaultyWire``.
    ///   - isDeployed: whether the processes log in as `deploy/` documents it.
    ///   - settings: what services and workers find in their environment beside ours.
    ///   - log: a file for what services and workers print; `nil` leaves it with the test's output.
    static func start(
        services: Int = 1, workers: Int = 1, database: TemporaryServer = TemporaryServer(isDurable: true),
        isWired: Bool = false, isDeployed: Bool = false, settings: [String: String] = [:], log: URL? = nil
    ) async throws -> Installation {
        let installation = try await Installation(services, workers, database, isWired, isDeployed, settings, log)
        try await installation.run("migrate")
        for part in installation.parts where part != .database { try await installation.start(part) }
        try await installation.waitUntilReady()
        return installation
    }

    private init(
        _ services: Int, _ workers: Int, _ database: TemporaryServer, _ isWired: Bool, _ isDeployed: Bool,
        _ settings: [String: String], _ log: URL?
    ) async throws {
        data = FileManager.default.temporaryDirectory.appendingPathComponent("gleichtakt-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        self.database = database
        try await database.start()
        self.isDeployed = isDeployed
        if isDeployed {
            try await Self.makeLogins(on: database)
            databaseURL = try await database.uri(database: "gleichtakt")
        } else {
            databaseURL = try await database.freshDatabase()
        }
        wire = isWired ? try FaultyWire(to: await database.socketPath()) : nil
        let first = Int.random(in: 20_000..<30_000)
        ports = (0..<services).map { first + $0 }
        parts = (0..<services).map { .service($0) } + (0..<workers).map { .worker($0) } + [.database]
        self.settings = settings
        self.log = log
    }

    func stop() async throws {
        for part in parts.reversed() where part != .database { await processes.end(part, with: SIGTERM) }
        wire?.stop()
        try await database.stop(mode: .immediate)
        try? FileManager.default.removeItem(at: data)
    }

    /// Ends a part without a chance to say goodbye.
    func kill(_ part: Part) async throws {
        switch part {
        case .database: try await database.kill9()
        case .service, .worker: await processes.end(part, with: SIGKILL)
        }
    }

    /// Asks the service or the worker to end.
    func stop(_ part: Part) async throws {
        await processes.end(part, with: SIGTERM)
    }

    /// What only somebody with the owner's rights and bad intentions could do.
    func tamper(_ sql: String) async throws {
        let pool = PostgresPool(
            PostgresConfiguration(uri: databaseURL), size: 1, logger: Logger(label: "tamper"))
        try await pool.withConnection { connection in
            for table in ["events", "tiles", "checkpoints", "seal_keys"] {
                try await connection.script("ALTER TABLE ledger.\(table) DISABLE TRIGGER ALL")
            }
            try await connection.script(sql)
        }
    }

    func start(_ part: Part) async throws {
        switch part {
        case .database: try await database.start()
        case .service(let number):
            try await processes.start(part, printing(command(["serve", "--port", "\(ports[number])"])))
        case .worker: try await processes.start(part, printing(command(["work"])))
        }
    }

    /// Runs one command of the command line and answers what it printed.
    ///
    /// - Throws: ``Failed`` when it ends with another status than expected.
    @discardableResult
    func run(_ arguments: String..., status: Int32 = 0) async throws -> String {
        let (ended, output) = try await command(arguments).run()
        guard ended == status else { throw Failed(command: arguments, status: ended, output: output) }
        return output
    }

    /// Runs `gleichtakt verify`, and answers its exit status and what it printed.
    func verify() async throws -> (status: Int32, output: String) {
        try await command(["verify"]).run(merging: true)
    }

    struct Failed: Error {
        var command: [String]
        var status: Int32
        var output: String
    }

    /// Waits until every service says that it is ready.
    func waitUntilReady() async throws {
        for service in ports.indices {
            try await eventually("service \(service) is ready") {
                let request = HTTPClientRequest(url: self.url("/readyz", at: service))
                return try await HTTPClient.shared.execute(request, timeout: .seconds(2)).status == .ok
            }
        }
    }

    /// Somebody with a token of the development key.
    func caller(_ role: String, office: String? = nil, subject: String) async throws -> Caller {
        let token =
            if let office {
                try await run("token", "--role", role, "--office", office, "--subject", subject)
            } else {
                try await run("token", "--role", role, "--subject", subject)
            }
        return Caller(base: url(""), token: token.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// What the installation's processes find in their environment.
    var environment: [String: String] {
        ProcessInfo.processInfo.environment.merging(
            [
                "DATABASE_URL": wire?.uri(database: URLComponents(string: databaseURL)?.path ?? "") ?? databaseURL,
                "GLEICHTAKT_LOG_LEVEL": "warning",
            ]
        ) { $1 }.merging(settings) { $1 }
    }

    /// The addresses of the services.
    var services: [String] { ports.indices.map { url("", at: $0) } }

    var port: Int { ports[0] }

    func url(_ path: String, at service: Int = 0) -> String { "http://127.0.0.1:\(ports[service])\(path)" }

    /// One command of the command line, ready to be run.
    func program(_ arguments: String...) -> Program { command(arguments) }

    /// The program with its output in the log.
    private func printing(_ program: Program) -> Program {
        var program = program
        program.log = log
        return program
    }

    private func command(_ arguments: [String]) -> Program {
        var environment = environment
        if isDeployed, let first = arguments.first {
            environment["DATABASE_URL"] = databaseURL.replacingOccurrences(
                of: "user=postgres", with: "user=\(Self.login(for: first))")
        }
        return Program(
            executable: Self.executable, arguments: arguments + ["--data", data.path], environment: environment)
    }

    /// The login that `deploy/README.md` names for a command.
    private static func login(for command: String) -> String {
        switch command {
        case "migrate": "gleichtakt"
        case "work", "rebuild", "verify": "gleichtakt-worker"
        case "erase", "keys": "gleichtakt-eraser"
        default: "gleichtakt-service"
        }
    }

    /// Runs `deploy/postgresql/roles.sql` as the superuser, as it says of itself.
    private static func makeLogins(on database: TemporaryServer) async throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../deploy/postgresql/roles.sql").standardized
        // What the shell tool psql adds to SQL: the results of a question are run as statements.
        let pieces = try String(contentsOf: file, encoding: .utf8)
            .replacingOccurrences(of: "\\set ON_ERROR_STOP on", with: "").components(separatedBy: "\\gexec")
        let pool = PostgresPool(
            PostgresConfiguration(uri: try await database.uri()), size: 1, logger: Logger(label: "roles"))
        try await pool.withConnection { connection in
            for (index, piece) in pieces.enumerated() {
                // All but the last statement of a piece are run as they are; the last one asks for what to run.
                guard index < pieces.count - 1, let start = piece.range(of: "\nSELECT ", options: .backwards) else {
                    try await connection.script(piece)
                    continue
                }
                try await connection.script(String(piece[..<start.lowerBound]))
                let question = Statement("roles \(index)", String(piece[start.lowerBound...]))
                for row in try await connection.query(question) {
                    try await connection.script(try row.decode(0, as: String.self))
                }
            }
        }
    }

    /// The program lies beside the test bundle in the build folder.
    static let executable: URL = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appendingPathComponent("gleichtakt")
    }()
}
