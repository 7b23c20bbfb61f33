import Foundation
import NIOCore
import NIOPosix

/// The service as a process of its own, as it runs in production.
public struct ServiceUnderLoad: Sendable {
    /// The program, usually our own.
    public var program: String
    /// Its data directory, with the keys.
    public var dataDirectory: String
    /// The port it is to listen on.
    public var port: Int

    /// A service that is not started yet.
    public init(program: String, dataDirectory: String, port: Int) {
        self.program = program
        self.dataDirectory = dataDirectory
        self.port = port
    }

    /// Runs `body` while the service runs.
    func run<Value: Sendable>(_ body: (ChildProcess) async throws -> Value) async throws -> Value {
        // Whoever listens there already would be measured instead.
        guard await !isListenedTo() else { throw BenchFailure("port \(port) is taken; name another one with --port") }
        let process = try ChildProcess.start(
            program, ["serve", "--data", dataDirectory, "--port", "\(port)"],
            environment: ["GLEICHTAKT_LOG_LEVEL": "warning"])
        do {
            try await waitUntilItListens()
            let value = try await body(process)
            await process.stop()
            return value
        } catch {
            await process.stop()
            throw error
        }
    }

    private func waitUntilItListens() async throws {
        for _ in 0..<600 {
            if await isListenedTo() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BenchFailure("the service does not listen on port \(port)")
    }
    private func isListenedTo() async -> Bool {
        let connected = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        try? await connected?.close()
        return connected != nil
    }
}
