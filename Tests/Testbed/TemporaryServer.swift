import Foundation
import Logging
import Postgres

/// A PostgreSQL server for tests: its own cluster in a directory of its own, reachable over a Unix socket only, and
/// gone with the process that started it, however that process ends.
///
///     let uri = try await TemporaryServer.shared.freshDatabase()
///
/// `shared` is one server per process, started on first use; with the environment variable
/// `GLEICHTAKT_TEST_DATABASE_URL` it is the server that the variable's URI leads to, as a superuser. Tests that stop or
/// kill their server start one of their own.
public actor TemporaryServer {
    /// The server that the process's tests share.
    public static let shared: TemporaryServer = {
        let environment = ProcessInfo.processInfo.environment["GLEICHTAKT_TEST_DATABASE_URL"] ?? ""
        return environment.isEmpty ? TemporaryServer() : TemporaryServer(existing: environment)
    }()

    /// How `pg_ctl` stops a server.
    public enum ShutdownMode: String, Sendable {
        /// Waits until the last session has ended.
        case smart
        /// Ends sessions, rolling back what they were about.
        case fast
        /// Ends everything at once; the next start recovers.
        case immediate
    }

    /// What went wrong with a server.
    public struct Failure: Error, CustomStringConvertible {
        /// What was tried and what was said about it.
        public let description: String
    }

    private let isDurable: Bool
    private let settings: [String: String]
    private let environment: [String: String]
    private let existing: String?
    private var cluster: Cluster?
    private var starting: Task<Cluster, any Error>?
    private var isStopped = false
    private var databases = 0

    /// A server that is not started yet.
    ///
    /// - Parameters:
    ///   - isDurable: whether it flushes to disk what it commits. Tests that stop or kill the server, and do not pull
    ///     the plug, do not need that.
    ///   - settings: lines for `postgresql.conf`.
    ///   - environment: what the server finds in its environment beside ours.
    public init(isDurable: Bool = false, settings: [String: String] = [:], environment: [String: String] = [:]) {
        self.isDurable = isDurable
        self.settings = settings
        self.environment = environment
        self.existing = nil
    }

    private init(existing uri: String) {
        self.isDurable = true
        self.settings = [:]
        self.environment = [:]
        self.existing = uri
    }

    // MARK: Life

    /// Creates the cluster if there is none, starts it if it does not run (also after `stop` and `kill9`), and waits
    /// until it takes connections.
    public func start() async throws {
        guard let cluster = try await started(), isStopped else { return }
        try await cluster.start()
        isStopped = false
    }

    private func started() async throws -> Cluster? {
        if existing != nil { return nil }
        if let cluster { return cluster }
        if let starting { return try await starting.value }
        let task = Task {
            try await Cluster.create(isDurable: isDurable, settings: settings, environment: environment)
        }
        starting = task
        let cluster = try await task.value
        self.cluster = cluster
        starting = nil
        return cluster
    }

    /// Stops the server and starts it again.
    public func restart(mode: ShutdownMode = .fast) async throws {
        try await stop(mode: mode)
        try await start()
    }

    /// Stops the server; its data stay until the process ends.
    public func stop(mode: ShutdownMode = .fast) async throws {
        let cluster = try await own()
        guard !isStopped else { return }
        try await cluster.stop(mode)
        isStopped = true
    }

    /// Kills the server's first process with SIGKILL, as the kernel would when memory runs out. `start` recovers.
    public func kill9() async throws {
        try await own().kill9()
        isStopped = true
    }

    /// Starts the server if it has ended by itself, as it does when it cannot write its log.
    public func startIfEnded() async throws {
        guard try await !own().isRunning() else { return }
        isStopped = true
        try await start()
    }

    /// Moves the stopped server's write-ahead log to another directory.
    public func moveLog(to directory: String) async throws {
        try await own().moveLog(to: directory)
    }

    /// The socket that the server listens on.
    public func socketPath() async throws -> String {
        try await own().directory + "/.s.PGSQL.5432"
    }

    private func own() async throws -> Cluster {
        guard let cluster = try await started() else {
            throw Failure(description: "this server is not ours to stop: GLEICHTAKT_TEST_DATABASE_URL")
        }
        return cluster
    }

    // MARK: Databases

    /// The URI of a database of the server, as a superuser.
    public func uri(database: String = "postgres") async throws -> String {
        if let existing {
            guard var components = URLComponents(string: existing) else {
                throw Failure(description: "GLEICHTAKT_TEST_DATABASE_URL is no URI")
            }
            components.path = "/" + database
            return components.string ?? existing
        }
        let cluster = try await own()
        return "postgresql:///\(database)?host=\(cluster.directory)&user=postgres"
    }

    /// Creates a database that nobody else uses, and returns its URI.
    ///
    /// - Parameter template: the name of a database to copy, to which nobody is connected.
    public func freshDatabase(template: String? = nil) async throws -> String {
        databases += 1
        let name = "gleichtakt_test_\(ProcessInfo.processInfo.processIdentifier)_\(databases)"
        let source = template.map { " TEMPLATE \($0)" } ?? ""
        try await administer("CREATE DATABASE \(name)\(source)")
        return try await uri(database: name)
    }

    /// Creates a database under a name of the caller's choice, to serve as a template.
    public func createDatabase(named name: String) async throws -> String {
        try await administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        try await administer("CREATE DATABASE \(name)")
        return try await uri(database: name)
    }

    /// Drops the database that a URI leads to, with everybody connected to it.
    public func drop(_ uri: String) async throws {
        guard let name = URLComponents(string: uri)?.path.dropFirst(), !name.isEmpty else { return }
        try await administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    private func administer(_ sql: String) async throws {
        let configuration = PostgresConfiguration(uri: try await uri(), statementTimeout: nil)
        let pool = PostgresPool(configuration, size: 1, logger: Logger(label: "testbed"))
        try await pool.withConnection { try await $0.script(sql) }
    }
}
