import Foundation
import ImportFiles
import Synchronization

/// What came of an import's lines.
final class ImportReport: Sendable {
    /// The service's verdict on a line.
    struct Verdict: Sendable {
        struct Content: Decodable {
            struct Issue: Decodable {
                var pointer: String?
                var detail: String
            }
            var status: Int
            var replayed: Bool?
            var rule: String?
            var code: String?
            var detail: String?
            var errors: [Issue]?
        }

        let content: Content
        let bytes: [UInt8]
        var status: Int { content.status }
        var isGood: Bool { (200..<300).contains(status) }

        init(_ line: some Collection<UInt8>) throws {
            bytes = Array(line)
            do {
                content = try JSONDecoder().decode(Content.self, from: Data(bytes))
            } catch {
                throw Failure("The service answers what is no verdict; is there a Gleichtakt at that address?")
            }
        }

        /// What is wrong, for people to read.
        var sentence: String {
            let issues = (content.errors ?? []).map { "\($0.pointer ?? "") \($0.detail)" }
            return (["\(status) \(content.rule ?? content.code ?? "")", content.detail ?? ""] + issues)
                .joined(separator: "; ")
        }
    }

    private struct Counts {
        var done = 0
        var doneBefore = 0
        var refused = 0
    }

    /// How many refusals are printed; all of them stand in the file of verdicts.
    private static let greatestComplaints = 50

    private let counts = Mutex(Counts())
    private let file: FileHandle?

    init(verdicts path: String?) throws {
        guard let path else {
            file = nil
            return
        }
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Failure("The verdicts cannot be written to \(path).") }
        file = handle
    }

    var lines: Int { counts.withLock { $0.done + $0.doneBefore + $0.refused } }
    var refused: Int { counts.withLock { $0.refused } }
    var isGood: Bool { refused == 0 }

    var summary: String {
        let counts = counts.withLock { $0 }
        let hidden = counts.refused - Self.greatestComplaints
        return "\(counts.done) done, \(counts.doneBefore) done before, \(counts.refused) refused"
            + (hidden > 0 ? " (\(hidden) of them not shown; --verdicts FILE keeps all)" : "")
    }

    /// Takes an item with the service's verdict on it, or one that was not for the service.
    func take(_ waiting: ImportConversation.Waiting, _ verdict: Verdict? = nil) throws {
        let item = waiting.item
        let place = "line \(item.line)" + (item.command.map { " (\($0))" } ?? "")
        switch (item.content, verdict) {
        case (.command, let verdict?):
            // The service counts what it was sent; people count the lines of their file.
            let rest = verdict.bytes.drop { $0 != UInt8(ascii: ",") }
            try file?.write(contentsOf: Data("{\"line\":\(item.line)".utf8) + Data(rest) + Data("\n".utf8))
            if verdict.isGood {
                counts.withLock { verdict.content.replayed == true ? ($0.doneBefore += 1) : ($0.done += 1) }
            } else {
                try refuse("\(place): \(verdict.sentence)")
            }
        case (.flaw(let sentences), _):
            let errors = try JSONEncoder().encode(sentences.map { ["detail": $0] })
            try file?.write(
                contentsOf: Data("{\"line\":\(item.line),\"status\":400,\"code\":\"malformed\",\"errors\":".utf8)
                    + errors
                    + Data("}\n".utf8))
            try refuse(sentences.joined(separator: " "))
        case (.command, nil): break
        }
    }

    private func refuse(_ sentence: String) throws {
        let number = counts.withLock { counts in
            counts.refused += 1
            return counts.refused
        }
        if number <= Self.greatestComplaints { try Self.complain(sentence) }
    }

    /// Says what is wrong, beside what is printed.
    static func complain(_ sentence: String) throws {
        try FileHandle.standardError.write(contentsOf: Data((sentence + "\n").utf8))
    }
}
