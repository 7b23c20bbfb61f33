import ArgumentParser
import CaseFile
import CaseService
import Foundation
import Ledger
import Postgres
import PostgresLedger

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what the ledger holds in a form for other programs.",
        discussion: """
            schema: the JSON Schema (draft 2020-12) of every shape of every event, in one document.
            ndjson: every event as it was recorded, one a line, personal parts sealed. With --output it goes on where the \
            file ends. It is put on record as a read of the ledger.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case schema, ndjson
    }

    @OptionGroup var data: DataOption
    @Option(help: "What to print: \(Format.allCases.map(\.rawValue).joined(separator: " or ")).")
    var format: Format
    @Option(help: "ndjson: only what comes after this position.")
    var after: Position?
    @Option(help: "ndjson: a file to append to instead of the standard output; goes on after its last whole line.")
    var output: String?
    @Option(help: "ndjson: what for, to be put on record.")
    var reason: String?

    func validate() throws {
        if format == .schema, after != nil || output != nil || reason != nil {
            throw ValidationError("--after, --output and --reason are for --format ndjson.")
        }
        if after != nil, output != nil { throw ValidationError("--output knows itself where it goes on.") }
        if let after, after < 0 { throw ValidationError("--after is a position, 0 or more.") }
    }

    func run() async throws {
        switch format {
        case .schema: print(try EventCatalogueDocument().text())
        case .ndjson: try await exportEvents(await data.settings())
        }
    }

    private func exportEvents(_ settings: Settings) async throws {
        let target = try output.map { try ExportTarget(appendingTo: $0) } ?? ExportTarget(after: after ?? 0)
        let logger = try settings.makeLogger("gleichtakt")
        // That it is exported is put on record by the service; what is exported is read as an auditor.
        let pool = try Assembly.makePool(settings, as: .service, connections: 1, logger: logger)
        let auditing = try Assembly.makePool(settings, as: .auditor, connections: 1, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            defer { group.cancelAll() }
            try await ReadLog(pool: pool).record(
                ReadLog.Entry(
                    actor: NSUserName(), role: "operator", view: "export", reason: reason ?? "none stated"))
            let isTerminal = isatty(STDERR_FILENO) == 1 && output != nil
            try await LedgerExport(PostgresEventStore(pool: auditing)).run(after: target.after) {
                lines, reached, goal in
                try target.handle.write(contentsOf: Data(lines))
                if isTerminal {
                    let text = "\r\u{1B}[Kposition \(reached) of \(goal)"
                    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
                }
            }
            if isTerminal { try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8)) }
        }
    }
}

/// Where an export goes, and where it goes on.
struct ExportTarget {
    /// Longer than any event is: so much is looked at for the last whole line.
    private static let tail: UInt64 = 64 << 20

    let handle: FileHandle
    /// The position of the last event that is there already.
    let after: Position

    /// The standard output.
    init(after position: Position) {
        (handle, after) = (.standardOutput, position)
    }

    /// A file that is made, or gone on with after its last whole line; what follows that line is cut off.
    init(appendingTo path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            guard
                FileManager.default.createFile(
                    atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw Failure("\(path) cannot be written.") }
        }
        handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let size = try handle.seekToEnd()
        let start = size - min(size, Self.tail)
        try handle.seek(toOffset: start)
        let bytes = [UInt8](try handle.readToEnd() ?? Data())
        guard let end = bytes.lastIndex(of: 0x0A) else {
            guard start == 0 else { throw Failure("\(path) is no export: it has no lines.") }
            try handle.truncate(atOffset: 0)
            after = 0
            return
        }
        let line = bytes[..<end].split(separator: 0x0A).last ?? []
        struct Place: Decodable { var position: Position }
        guard let place = try? JSONDecoder().decode(Place.self, from: Data(line)) else {
            throw Failure("\(path) is no export: its last line has no position.")
        }
        after = place.position
        try handle.truncate(atOffset: start + UInt64(end) + 1)
        try handle.seekToEnd()
    }
}
