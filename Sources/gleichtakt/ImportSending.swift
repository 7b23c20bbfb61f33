import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Sends an import over as many connections, one after the other, as it takes.
struct ImportSending: Sendable {
    /// How many times in a row nothing may come of a connection.
    private static let greatestFailures = 12

    let url: String
    let token: String
    let conversation: ImportConversation
    /// The file's size in bytes, where it is known.
    let size: Int64?

    func run(reporting report: ImportReport) async throws {
        let progress = ImportProgress(size: size)
        var failures = 0
        while true {
            let before = report.lines
            var trouble: String
            do {
                trouble = try await converse(report, progress) ?? ""
            } catch let error as Failure {
                throw error
            } catch let error as CocoaError {
                // The verdicts cannot be written; nothing is wrong with the connection.
                throw error
            } catch let error as CancellationError {
                throw error
            } catch {
                // Connections end in many ways.
                trouble = "\(error)"
            }
            for flaw in await conversation.flaws() { try report.take(flaw) }
            if let failure = await conversation.failure { throw failure }
            if await conversation.isOver { break }
            failures = report.lines > before ? 0 : failures + 1
            guard failures < Self.greatestFailures else {
                progress.end()
                throw Failure(
                    "The import stops after \(report.lines) lines: \(trouble). Run it again to go on: nothing is done twice."
                )
            }
            progress.say("The connection ended after \(report.lines) lines (\(trouble)); going on from there.")
            try await Task.sleep(for: .milliseconds(min(5000, 100 << failures)))
        }
        progress.end()
    }

    /// One connection: sends what has no verdict yet, and takes the verdicts.
    ///
    /// - Returns: why the service ended it early, if it did.
    private func converse(_ report: ImportReport, _ progress: ImportProgress) async throws -> String? {
        let connection = await conversation.begin()
        var request = HTTPClientRequest(url: url + "/v1/import")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        request.headers.add(name: "Content-Type", value: "application/x-ndjson")
        request.body = .stream(ImportUpload(conversation: conversation, connection: connection), length: .unknown)
        let response = try await HTTPClient.shared.execute(request, deadline: .distantFuture)
        guard response.status == .ok else {
            let body = String(buffer: try await response.body.collect(upTo: 1 << 20))
            guard response.status.code == 503 || response.status.code == 429 else {
                throw Failure("The service does not take the import: \(response.status.code) \(body)")
            }
            return "\(response.status.code)"
        }
        var unfinished: [UInt8] = []
        for try await piece in response.body {
            unfinished += piece.readableBytesView
            while let end = unfinished.firstIndex(of: 0x0A) {
                let verdict = try ImportReport.Verdict(unfinished[..<end])
                unfinished.removeFirst(end + 1)
                // This line is the first that was not judged: it is sent again.
                if verdict.status == 503 { return "the ledger cannot be reached" }
                for waiting in await conversation.answered() {
                    try report.take(waiting, waiting.isForService ? verdict : nil)
                }
            }
            await progress.show(report, reached: conversation.bytesAnswered)
        }
        return await conversation.isOver ? nil : "the service ended the connection"
    }
}

/// How far an import has come: one line that changes on a terminal, a line for every tenth otherwise.
final class ImportProgress {
    private let size: Int64?
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var tenth: Int64 = 0
    private var isLineOpen = false

    init(size: Int64?) {
        self.size = size
    }

    func show(_ report: ImportReport, reached bytes: Int64) {
        let share = size.flatMap { $0 > 0 ? bytes * 100 / $0 : nil }
        let text =
            "\(report.lines) lines" + (report.refused > 0 ? ", \(report.refused) refused" : "")
            + (share.map { ", \($0) % of the file" } ?? "")
        if isTerminal {
            write("\r\u{1B}[K\(text)")
            isLineOpen = true
        } else if let share, share / 10 > tenth {
            tenth = share / 10
            write(text + "\n")
        }
    }

    func say(_ text: String) {
        end()
        write(text + "\n")
    }

    func end() {
        if isLineOpen { write("\r\u{1B}[K") }
        isLineOpen = false
    }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
