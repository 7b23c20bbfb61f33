import Foundation
import Synchronization

/// What clients sent and what they were told.
final class Book: Sendable {
    /// The answer to a command.
    struct Receipt: Hashable, Sendable {
        struct Event: Hashable, Sendable {
            var type: String
            var version: Int
            var position: Int
        }

        var version: Int
        var position: Int
        var events: [Event]

        init(_ answer: JSON) {
            version = answer["version"].int ?? -1
            position = answer["position"].int ?? -1
            events = answer["events"].items.map {
                Event(
                    type: $0["type"].text ?? "", version: $0["version"].int ?? -1, position: $0["position"].int ?? -1)
            }
        }
    }

    /// One command with what became of it, as far as its sender knows.
    struct Entry: Sendable {
        var name: String
        /// `nil` when it never had an answer, so that it may be recorded or not.
        var receipt: Receipt?
    }

    private struct Pages {
        var entries: [UUID: Entry] = [:]
        var acknowledged = 0
        var givenUp = 0
        var sentAway = 0
        var objections: [String] = []
    }

    private let pages = Mutex(Pages())

    func begin(_ command: CaseScript.Command) {
        pages.withLock { $0.entries[command.id] = Entry(name: command.name) }
    }

    func acknowledge(_ command: CaseScript.Command, _ receipt: Receipt) {
        pages.withLock { pages in
            pages.entries[command.id]?.receipt = receipt
            pages.acknowledged += 1
        }
    }

    func giveUp(_ command: CaseScript.Command) {
        pages.withLock { $0.givenUp += 1 }
    }

    /// Somebody was asked to come back.
    func sendAway() {
        pages.withLock { $0.sentAway += 1 }
    }

    /// Something that should not have been answered.
    func object(_ sentence: String) {
        pages.withLock { $0.objections.append(sentence) }
    }

    var entries: [UUID: Entry] { pages.withLock(\.entries) }
    var acknowledged: Int { pages.withLock(\.acknowledged) }
    var givenUp: Int { pages.withLock(\.givenUp) }
    var sentAway: Int { pages.withLock(\.sentAway) }
    var objections: [String] { pages.withLock(\.objections) }
}
