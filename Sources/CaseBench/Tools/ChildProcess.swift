import Foundation
import Synchronization

/// A program beside ours: a reference that measures itself, or the service under load.
final class ChildProcess: Sendable {
    /// Its process number.
    let identifier: Int32
    private let ended: Task<Int32, Never>

    private init(_ process: sending Process) throws {
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = {
            continuation.yield($0.terminationStatus)
            continuation.finish()
        }
        try Self.withoutBlockedSignals { try process.run() }
        identifier = process.processIdentifier
        ended = Task { await stream.first { _ in true } ?? -1 }
    }

    /// A child inherits which signals the thread that starts it blocks. Threads of a pool block all of them, and pgbench,
    /// whose time is ended by one, would never end.
    private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    /// Starts a program whose output goes where our standard error goes.
    static func start(
        _ program: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> ChildProcess {
        let process = make(program, arguments, environment)
        process.standardOutput = FileHandle.standardError
        return try ChildProcess(process)
    }

    /// Runs a program to its end and answers its standard output.
    ///
    /// - Throws: ``BenchFailure`` when it ends with another status than 0.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> String {
        let process = make(program, arguments, environment)
        let pipe = Pipe()
        process.standardOutput = pipe
        let reader = pipe.fileHandleForReading
        let running = try ChildProcess(process)
        let bytes = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: reader.readDataToEndOfFile()) }
            }
        } onCancel: {
            kill(running.identifier, SIGTERM)
        }
        let status = await running.status()
        guard status == 0 else {
            throw BenchFailure("\(program) \(arguments.joined(separator: " ")) ended with status \(status)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Waits for the end, and answers the exit status.
    func status() async -> Int32 { await ended.value }

    /// Asks it to stop, and waits until it has.
    func stop() async {
        kill(identifier, SIGTERM)
        _ = await status()
    }

    /// The greatest resident memory it had so far, in MB, as Linux counts it (`VmHWM`); `nil` elsewhere.
    var peakResidentMB: Double? { Self.peakResidentMB(of: "\(identifier)") }

    /// How much processor time it has used so far, in seconds; `nil` elsewhere than on Linux.
    var processorSeconds: Double? {
        guard let text = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8),
            let rest = text.split(separator: ")").last?.split(separator: " "), rest.count > 12,
            let user = Double(rest[11]), let system = Double(rest[12])
        else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The greatest resident memory of a process, by its number or `self`.
    static func peakResidentMB(of process: String) -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else { return nil }
        return kilobytes / 1024
    }

    private static func make(_ program: String, _ arguments: [String], _ environment: [String: String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        return process
    }
}
