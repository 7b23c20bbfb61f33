import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testbed

/// Gleichtakt as somebody runs it: a server of its own, the service and the worker as processes, spoken to over HTTP.
final class Installation: Sendable {
    enum Part: String, CaseIterable, Sendable {
        case service, worker, database
    }

    let data: URL
    let port: Int
    private let database: TemporaryServer
    private let databaseURL: String
    private let processes = Processes()

    /// Starts everything over an empty database that keeps its promises (fsync on).
    static func start() async throws -> Installation {
        let installation = try await Installation()
        try await installation.run("migrate")
        try await installation.start(.service)
        try await installation.start(.worker)
        try await installation.waitUntilReady()
        return installation
    }

    private init() async throws {
        data = FileManager.default.temporaryDirectory.appendingPathComponent("gleichtakt-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        database = TemporaryServer(isDurable: true)
        try await database.start()
        databaseURL = try await database.freshDatabase()
        port = Int.random(in: 20_000..<30_000)
    }

    func stop() async throws {
        await processes.end(.worker, with: SIGTERM)
        await processes.end(.service, with: SIGTERM)
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

    func start(_ part: Part) async throws {
        switch part {
        case .database: try await database.start()
        case .service: try await processes.start(part, command(["serve", "--port", "\(port)"]))
        case .worker: try await processes.start(part, command(["work"]))
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

    struct Failed: Error {
        var command: [String]
        var status: Int32
        var output: String
    }

    func waitUntilReady() async throws {
        try await eventually("the service is ready") {
            let request = HTTPClientRequest(url: self.url("/readyz"))
            return try await HTTPClient.shared.execute(request, timeout: .seconds(2)).status == .ok
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
            ["DATABASE_URL": databaseURL, "GLEICHTAKT_LOG_LEVEL": "warning"]
        ) { $1 }
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    private func command(_ arguments: [String]) -> Program {
        Program(executable: Self.executable, arguments: arguments + ["--data", data.path], environment: environment)
    }

    /// The program lies beside the test bundle in the build folder.
    static let executable: URL = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appendingPathComponent("gleichtakt")
    }()
}
