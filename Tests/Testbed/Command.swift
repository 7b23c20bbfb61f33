import Dispatch
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Commands of the operating system.
///
/// Through the shell and not through `Process`, which on Linux takes a command for running as long as any process that
/// it left behind holds on to a descriptor, and a server is such a process.
enum Command {
    /// PostgreSQL refuses to run as root; as root, its own user runs it.
    static let serverUserPrefix = geteuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []

    /// Runs a command as the user that the server runs as, and returns what it printed.
    @discardableResult
    static func asServerUser(_ arguments: String...) async throws -> String {
        try await run(serverUserPrefix + arguments)
    }

    /// Runs a command and returns what it printed.
    @discardableResult
    static func run(_ arguments: [String]) async throws -> String {
        let output = "/tmp/gtp-output-\(UUID().uuidString)"
        defer { unlink(output) }
        // The server's user need not be able to enter our working directory.
        let line = "cd / && \(quoted(arguments)) </dev/null >\(quoted([output])) 2>&1"
        let status = await withCheckedContinuation { continuation in
            DispatchQueue(label: "testbed.command").async { continuation.resume(returning: system(line)) }
        }
        let said = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard status == 0 else {
            throw TemporaryServer.Failure(description: "\(arguments.joined(separator: " ")): status \(status)\n\(said)")
        }
        return said
    }

    /// Starts a command in a session of its own, so that Ctrl-C in the terminal does not reach it, and does not wait
    /// for it.
    static func leave(_ arguments: [String]) {
        _ = system("cd / && setsid \(quoted(arguments)) </dev/null >/dev/null 2>&1 &")
    }

    private static func quoted(_ arguments: [String]) -> String {
        arguments.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }.joined(separator: " ")
    }
}
