import ArgumentParser
import AsyncHTTPClient
import CaseFile
import CaseService
import CaseTiming
import Foundation
import ImportFiles

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send many commands to a running service, from NDJSON or from a table.",
        discussion: """
            FILE is NDJSON as POST /v1/import takes it, or, with --mapping, a table (CSV); - is the standard input. Prints \
            why lines were refused, and how many. Can be interrupted and repeated: what was done is not done twice. Exit \
            status 0 only if every line was accepted.
            """)

    @OptionGroup var data: DataOption
    @OptionGroup var caller: CallerOptions
    @Argument(help: "The file.")
    var file: String
    @Option(help: "How the rows of a table become commands, YAML.")
    var mapping: String?
    @Option(help: "Where the service is.")
    var url = "http://127.0.0.1:8080"
    @Option(help: "Write each line's verdict into this file, NDJSON.")
    var verdicts: String?
    @Flag(help: "Only print the lines that would be sent, and what is wrong with the others.")
    var dryRun = false

    func run() async throws {
        let mapping = try mapping.map { path in
            try ImportMapping(
                yaml: String(contentsOfFile: path, encoding: .utf8), name: URL(fileURLWithPath: path).lastPathComponent)
        }
        let handle =
            file == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
        let source = ImportFile(handle, mapping: mapping)
        guard !dryRun else { return try Self.show(source) }
        let token = try await caller.token(data.settings())
        let report = try ImportReport(verdicts: verdicts)
        let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int64
        let sending = ImportSending(
            url: url, token: token, conversation: ImportConversation(source), size: size ?? nil)
        try await sending.run(reporting: report)
        print(report.summary)
        guard report.isGood else { throw ExitCode(1) }
    }

    private static func show(_ file: ImportFile) throws {
        var (file, isGood) = (file, true)
        while let item = try file.next() {
            switch item.content {
            case .command(let bytes): print(String(decoding: bytes, as: UTF8.self))
            case .flaw(let sentences):
                isGood = false
                for sentence in sentences { try ImportReport.complain(sentence) }
            }
        }
        guard isGood else { throw ExitCode(1) }
    }
}

/// Who asks: by a token that somebody signed, or, in development, by one that is signed here.
struct CallerOptions: ParsableArguments {
    @Option(help: "A file with the token; GLEICHTAKT_TOKEN holds one otherwise.")
    var tokenFile: String?
    @Option(help: "In development, instead of a token: caseworker, supervisor or administrator.")
    var role: Role?
    @Option(help: "In development: job-centre, youth-office or social-office.")
    var office: Office?
    @Option(help: "In development: who asks, e.g. yo-7.")
    var subject: String?

    /// How long a token lives that is signed here: longer than any import takes.
    private static let lifetime = 24 * 3600

    func token(_ settings: Settings) async throws -> String {
        if let tokenFile {
            return try String(contentsOfFile: tokenFile, encoding: .utf8).trimmingCharacters(
                in: .whitespacesAndNewlines)
        }
        if let role, let subject {
            guard role != .worker else {
                throw ValidationError("The worker is part of the system and imports nothing.")
            }
            if role == .caseworker, office == nil {
                throw ValidationError("A caseworker works for an office; name it with --office.")
            }
            return try await TokenKeys.developmentKey(settings).token(
                for: Actor(subject: subject, role: role, office: office), lifetime: Self.lifetime)
        }
        if let token = ProcessInfo.processInfo.environment["GLEICHTAKT_TOKEN"], !token.isEmpty { return token }
        throw ValidationError(
            "Say who imports: --token-file FILE, or GLEICHTAKT_TOKEN; in development --role, --office and --subject.")
    }
}
