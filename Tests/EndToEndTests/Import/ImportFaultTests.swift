import Foundation
import Testing

/// An import whose client, service or database dies on the way: running it again, or just waiting, finishes it.
@Suite("An import under faults", .serialized)
struct ImportFaultTests {
    private static let youthOffice = ["--role", "caseworker", "--office", "youth-office", "--subject", "yo-7"]
    private static let cases = 1500

    private func prepared(_ installation: Installation) async throws -> URL {
        let administrator = try await installation.caller("administrator", subject: "ad-1")
        let area = try await administrator.post("/v1/areas/frankfurt-gallus/publish-area", ["name": "Frankfurt Gallus"])
        #expect(area.status == 201)
        let file = installation.data.appendingPathComponent("cases.ndjson")
        try Data(ImportLines.cases(Self.cases).utf8).write(to: file)
        return file
    }

    private func expectEverythingOnce(_ installation: Installation) async throws {
        let audit = LedgerAudit(of: installation)
        #expect(try await audit.head() == 1 + 3 * Self.cases)
        let (status, output) = try await installation.verify()
        #expect(status == 0, "\(output)")
    }

    private func waitForSome(_ installation: Installation) async throws {
        let audit = LedgerAudit(of: installation)
        try await eventually("some of it is recorded") { try await audit.head() > 200 }
    }

    @Test("killed and run again, it does nothing twice")
    func killed() async throws {
        let installation = try await Installation.start()
        let file = try await prepared(installation)
        for _ in 0..<2 {
            let running = try installation.importProgram(file, Self.youthOffice).start()
            try await waitForSome(installation)
            kill(running.identifier, SIGKILL)
            _ = await running.status()
        }
        let output = try await installation.importing(file, Self.youthOffice)
        #expect(output.contains(" 0 refused"), "\(output)")
        try await expectEverythingOnce(installation)
        try await installation.stop()
    }

    @Test("goes on by itself when the service is killed and comes back")
    func service() async throws {
        let installation = try await Installation.start()
        let file = try await prepared(installation)
        let program = installation.importProgram(file, Self.youthOffice)
        async let outcome = program.run(merging: true)
        try await waitForSome(installation)
        try await installation.kill(.service)
        try await Task.sleep(for: .milliseconds(300))
        try await installation.start(.service)
        let (status, output) = try await outcome
        #expect(status == 0, "\(output)")
        #expect(output.contains(" 0 refused"), "\(output)")
        try await expectEverythingOnce(installation)
        try await installation.stop()
    }

    @Test("goes on by itself when the database is killed and comes back")
    func database() async throws {
        let installation = try await Installation.start()
        let file = try await prepared(installation)
        let program = installation.importProgram(file, Self.youthOffice)
        async let outcome = program.run(merging: true)
        try await waitForSome(installation)
        try await installation.kill(.database)
        try await installation.start(.database)
        let (status, output) = try await outcome
        #expect(status == 0, "\(output)")
        #expect(output.contains(" 0 refused"), "\(output)")
        try await expectEverythingOnce(installation)
        try await installation.stop()
    }
}
