import Foundation
import Ledger
import LedgerSuite
import Testing

/// One recorded sample of every version of every event that was ever released, from `events.ndjson`. What stands there is
/// history: a sample is never changed and never removed, only added to.
struct EventSample: Sendable, CustomTestStringConvertible {
    var category: String
    var type: String
    var schemaVersion: Int
    /// The readable part, byte for byte as it is recorded.
    var data: [UInt8]
    /// The personal part before it was sealed, byte for byte.
    var personal: [UInt8]?
    /// The line of the file.
    var tree: AnyJSON

    var name: String { "\(category).\(type).\(schemaVersion)" }
    var testDescription: String { name }
}

extension EventSample {
    static let all: [EventSample] = {
        do {
            let text = try String(contentsOf: SampleFiles.events, encoding: .utf8)
            return try text.split(separator: "\n").map { try EventSample(line: Array($0.utf8)) }
        } catch {
            fatalError("the samples cannot be read: \(error)")
        }
    }()

    private struct NotAsRecorded: Error {
        var line: String
    }

    init(line: [UInt8]) throws {
        struct Line: Codable {
            var category: String
            var type: String
            var schemaVersion: Int
            var data: AnyJSON
            var personal: AnyJSON?
        }
        let parsed = try LedgerJSON.decode(Line.self, from: line)
        // Only a line in the recorded form tells which bytes were recorded.
        guard try LedgerJSON.encode(parsed) == line else {
            throw NotAsRecorded(line: String(decoding: line, as: UTF8.self))
        }
        category = parsed.category
        type = parsed.type
        schemaVersion = parsed.schemaVersion
        data = try LedgerJSON.encode(parsed.data)
        personal = try parsed.personal.map { try LedgerJSON.encode($0) }
        tree = try LedgerJSON.decode(from: line)
    }
}

/// Where the tests keep what was released.
enum SampleFiles {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    static let events = folder.appending(path: "events.ndjson")
    static let shapes = folder.appending(path: "shapes.json")
    static let sources = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources")

    /// Whether files that are made from code are to be written instead of compared.
    static let areRecorded = ProcessInfo.processInfo.environment["GLEICHTAKT_RECORD"] == "1"
}
