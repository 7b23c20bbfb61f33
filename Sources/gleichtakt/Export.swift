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
            ocel: the same history as an object-centric event log (OCEL 2.0, JSON) for process mining: what happened to cases, \
            households, plans, measures and all else, without personal parts and without any text that somebody wrote. It is \
            put on record, too.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case schema, ndjson, ocel
    }

    @OptionGroup var data: DataOption
    @Option(help: "What to print: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: Format
    @Option(help: "ndjson: only what comes after this position.")
    var after: Position?
    @Option(
        help: """
            A file instead of the standard output. ndjson: is appended to, after its last whole line; ocel: must not be \
            there yet, and is there when it is whole.
            """)
    var output: String?
    @Option(help: "ndjson, ocel: what for, to be put on record.")
    var reason: String?

    func validate() throws {
        if format != .ndjson, after != nil { throw ValidationError("--after is for --format ndjson.") }
        if format == .schema, output != nil || reason != nil {
            throw ValidationError("--output and --reason are for --format ndjson and ocel.")
        }
        if after != nil, output != nil { throw ValidationError("--output knows itself where it goes on.") }
        if let after, after < 0 { throw ValidationError("--after is a position, 0 or more.") }
    }

    func run() async throws {
        switch format {
        case .schema: print(try EventCatalogueDocument().text())
        case .ndjson:
            let target = try output.map { try ExportTarget(appendingTo: $0) } ?? ExportTarget(after: after ?? 0)
            try await export { store, progress in
                try await LedgerExport(store).run(after: target.after) { lines, reached, goal in
                    try target.handle.write(contentsOf: Data(lines))
                    progress("position \(reached) of \(goal)")
                }
            }
        case .ocel:
            let file = try output.map { try NewFile($0) }
            try await export { store, progress in
                try await ProcessLogExport(store).run { bytes, read, goal in
                    try (file?.handle ?? .standardOutput).write(contentsOf: Data(bytes))
                    progress("\(goal == 0 ? 100 : read * 100 / goal) %")
                }
            }
            try file?.finish()
        }
    }

    /// Reads the ledger as an auditor, once it is on record that it is read.
    private func export(
        _ write: @escaping @Sendable (_ store: any EventStore, _ progress: (String) -> Void) async throws -> Void
    ) async throws {
        let settings = try await data.settings()
        let logger = try settings.makeLogger("gleichtakt")
        // That it is exported is put on record by the service; what is exported is read as an auditor.
        let pool = try Assembly.makePool(settings, as: .service, connections: 1, logger: logger)
        let auditing = try Assembly.makePool(settings, as: .auditor, connections: 1, logger: logger)
        let isTerminal = isatty(STDERR_FILENO) == 1 && output != nil
        func show(_ text: String) {
            if isTerminal { try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8)) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            defer { group.cancelAll() }
            try await ReadLog(pool: pool).record(
                ReadLog.Entry(
                    actor: NSUserName(), role: "operator", view: "export", reason: reason ?? "none stated"))
            try await write(PostgresEventStore(pool: auditing), show)
            show("")
        }
    }
}

/// A file that is there when it is whole, and until then has another name.
struct NewFile: Sendable {
    let handle: FileHandle
    private let draft: URL
    private let place: URL

    init(_ path: String) throws {
        place = URL(fileURLWithPath: path)
        draft = place.appendingPathExtension("partial")
        guard !FileManager.default.fileExists(atPath: place.path) else { throw Failure("\(path) is there already.") }
        guard
            FileManager.default.createFile(atPath: draft.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw Failure("\(path) cannot be written.") }
        handle = try FileHandle(forUpdating: draft)
    }

    /// Gives it its name.
    func finish() throws {
        try handle.synchronize()
        try handle.close()
        try FileManager.default.moveItem(at: draft, to: place)
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
