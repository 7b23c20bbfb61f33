import ArgumentParser
import CaseCommands
import CaseService
import Foundation
import Ledger
import PostgresLedger

struct AccessReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access-report",
        abstract: "Print everything that is held on the person of a case (Art. 15 GDPR, § 83 SGB X).",
        discussion:
            "With sources, recipients and legal bases, for the participant. It is put on record with its reason.")

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case json, html
    }

    @OptionGroup var data: DataOption
    @Argument(help: "The case's identifier.", transform: Self.identifier)
    var caseID: UUID
    @Option(help: "json, or html for a page to be printed.")
    var format = Format.json
    @Option(help: "What for, to be put on record.")
    var reason: String

    func run() async throws {
        let settings = try await data.settings()
        let found = try await Assembly(settings, as: .service, connections: 1).withPool { assembly in
            let log = ReadLog(pool: assembly.pool)
            let auditing = try Assembly.makePool(settings, as: .auditor, connections: 1, logger: assembly.logger)
            let report = AccessReport(
                history: assembly.history(readingAs: auditing),
                reads: RecordedReads(log: log, history: ReadLog(pool: auditing)),
                rules: try settings.rules(), clock: assembly.clock)
            let made = try await report.make(of: caseID)
            if made != nil {
                try await log.record(
                    ReadLog.Entry(
                        actor: NSUserName(), role: "operator", caseID: caseID, view: "access-report", reason: reason))
            }
            return made
        }
        guard let found else { throw Failure("There is no case \(caseID.uuidString.lowercased()).") }
        print(format == .json ? String(decoding: found.json, as: UTF8.self) : found.page)
    }

    private static func identifier(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else { throw ValidationError("'\(text)' is no UUID.") }
        return id
    }
}
