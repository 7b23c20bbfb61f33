import Foundation
import Synchronization

/// A program that is run without holding a thread while it runs.
struct Program: Sendable {
    var executable: URL
    var arguments: [String]
    var environment: [String: String]
    /// The file that what it prints is appended to; `nil` sends it where the test's output goes.
    var log: URL?

    /// A running program. It is killed when nobody holds this any more, and when the process of the tests is gone: a test
    /// that fails leaves nothing behind that would compete with the next one.
    final class Running: Sendable {
        let identifier: Int32
        private let life: Life
        private let ended: Task<Int32, Never>

        private final class Life: Sendable {
            let isOver = Atomic(false)
        }

        fileprivate init(_ process: Process) throws {
            let (stream, continuation) = AsyncStream<Int32>.makeStream()
            let life = Life()
            process.terminationHandler = {
                life.isOver.store(true, ordering: .releasing)
                continuation.yield($0.terminationStatus)
                continuation.finish()
            }
            try Nursery.shared.run(process)
            self.life = life
            identifier = process.processIdentifier
            ended = Task { await stream.first { _ in true } ?? -1 }
        }

        deinit {
            if !life.isOver.load(ordering: .acquiring) { kill(identifier, SIGKILL) }
        }

        /// Waits for the end, and answers the exit status.
        func status() async -> Int32 { await ended.value }
    }

    /// Starts it; what it prints goes where the test's output goes.
    func start() throws -> Running { try Running(make()) }

    /// Runs it to its end, and answers exit status and standard output, with standard error among it if `merging`.
    func run(merging: Bool = false) async throws -> (status: Int32, output: String) {
        let process = make()
        let pipe = Pipe()
        process.standardOutput = pipe
        if merging { process.standardError = pipe }
        let reader = pipe.fileHandleForReading
        let running = try Running(process)
        let bytes = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: reader.readDataToEndOfFile()) }
        }
        return (await running.status(), String(decoding: bytes, as: UTF8.self))
    }

    private func make() -> Process {
        let process = Process()
        let command = Nursery.tie + [executable.path] + arguments
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = environment
        if let log {
            if !FileManager.default.fileExists(atPath: log.path) {
                _ = FileManager.default.createFile(atPath: log.path, contents: nil)
            }
            if let file = FileHandle(forWritingAtPath: log.path) {
                // Several programs append to it, each at its present end.
                _ = fcntl(file.fileDescriptor, F_SETFL, O_APPEND)
                process.standardOutput = file
                process.standardError = file
            }
        }
        return process
    }
}
