import Foundation
import Testing

@Suite("A program that a test runs", .timeLimit(.minutes(1)))
struct ProgramTests {
    private static let sleep = Program(
        executable: URL(fileURLWithPath: "/bin/sleep"), arguments: ["600"], environment: [:])

    /// Whether there is such a process and it is more than a zombie.
    private static func isRunning(_ identifier: Int32) -> Bool {
        guard kill(identifier, 0) == 0 else { return false }
        guard let stat = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8) else {
            return !FileManager.default.fileExists(atPath: "/proc/self/stat")
        }
        return stat.split(separator: ")").last?.hasPrefix(" Z") != true
    }

    @Test("is killed when nobody holds it any more, as when a test throws")
    func abandoned() async throws {
        var identifier: Int32 = 0
        do {
            let running = try Self.sleep.start()
            identifier = running.identifier
            #expect(Self.isRunning(identifier))
            throw NeverHappened(what: "the rest of a test")
        } catch is NeverHappened {}
        try await eventually("it is gone") { !Self.isRunning(identifier) }
    }

    @Test("tells how it ended")
    func status() async throws {
        let running = try Self.sleep.start()
        kill(running.identifier, SIGTERM)
        #expect(await running.status() == SIGTERM)
        let shell = Program(
            executable: URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", "echo out; echo err >&2; exit 7"],
            environment: [:])
        let (status, output) = try await shell.run(merging: true)
        #expect(status == 7)
        #expect(output == "out\nerr\n")
    }

    /// Where the test below and the process that it starts meet.
    private static func meetingPlace(of parent: Int32) -> String { "/tmp/gtp-orphan-\(parent)" }

    @Test(
        "is killed when the process of the tests is, whatever it died of",
        .enabled(if: !Nursery.tie.isEmpty, "SKIPPED: there is no setpriv, so nothing ties a process to its parent"))
    func orphaned() async throws {
        let place = Self.meetingPlace(of: getpid())
        defer { try? FileManager.default.removeItem(atPath: place) }
        await #expect(processExitsWith: .signal(SIGKILL)) {
            // From a task, whose thread may have ended long before the process does.
            let running = try await Task.detached { try Self.sleep.start() }.value
            try await Task.sleep(for: .milliseconds(200))
            #expect(Self.isRunning(running.identifier), "it lives as long as the process that started it")
            try Data("\(running.identifier)".utf8).write(
                to: URL(fileURLWithPath: Self.meetingPlace(of: getppid())), options: .atomic)
            kill(getpid(), SIGKILL)
            withExtendedLifetime(running) {}
        }
        let identifier = try #require(Int32(try String(contentsOfFile: place, encoding: .utf8)))
        try await eventually("it is gone") { !Self.isRunning(identifier) }
    }
}
