import Foundation
import Ledger

/// A family of events with a past: one that was renamed and changed twice, one that was split, one that was given up.
enum LogbookEvent: EventFamily, Equatable {
    case opened(LogbookOpened)
    case written(EntryWritten)
    case closed(LogbookClosed)

    static let category = "logbook"

    static let kinds = [
        EventKind(LogbookOpened.self, LogbookEvent.opened),
        EventKind(
            EntryWritten.self, earlier: EntryNotedV1.self, EntryWrittenV2.self, embed: LogbookEvent.written),
        EventKind(LogbookClosed.self, LogbookEvent.closed),
    ]

    static let former: [FormerEvent<LogbookEvent>] = [
        FormerEvent(LogbookMoved.self, earlier: LogbookMovedV1.self) { moved in
            [.closed(LogbookClosed(reason: "moved")), .opened(LogbookOpened(ship: moved.toShip))]
        },
        FormerEvent(EntryLiked.self) { _ in [] },
    ]

    var body: any EventBody {
        switch self {
        case .opened(let body): body
        case .written(let body): body
        case .closed(let body): body
        }
    }
}

struct LogbookOpened: EventBody {
    var ship: String
}

struct LogbookClosed: EventBody {
    var reason: String
}

struct EntryWritten: EventBody {
    static let schemaVersion = 3
    var words: Int
    var weather: [String]
    var personal: Personal?

    struct Personal: Codable, Hashable, Sendable {
        var text: String
        var author: String?
    }

    private enum CodingKeys: String, CodingKey { case words, weather }
}

/// One weather; the author was not known yet.
struct EntryWrittenV2: EarlierEventBody {
    static let type = "EntryWritten"
    static let schemaVersion = 2
    var words: Int
    var weather: String?
    var personal: Personal?

    struct Personal: Codable, Hashable, Sendable {
        var text: String
    }

    private enum CodingKeys: String, CodingKey { case words, weather }

    func lifted() -> EntryWritten {
        EntryWritten(
            words: words, weather: weather.map { [$0] } ?? [],
            personal: personal.map { EntryWritten.Personal(text: $0.text, author: nil) })
    }
}

/// Under another name, and with the text where everybody could read it.
struct EntryNotedV1: EarlierEventBody {
    struct Unnumbered: Error {}

    static let type = "EntryNoted"
    var text: String
    var words: Int?

    func lifted() throws -> EntryWrittenV2 {
        guard let words else { throw Unnumbered() }
        return EntryWrittenV2(words: words, weather: nil, personal: EntryWrittenV2.Personal(text: text))
    }
}

struct LogbookMoved: EventBody {
    static let schemaVersion = 2
    var toShip: String
}

struct LogbookMovedV1: EarlierEventBody {
    static let type = "LogbookMoved"
    var ship: String

    func lifted() -> LogbookMoved { LogbookMoved(toShip: ship) }
}

struct EntryLiked: EventBody {
    var by: String
}

/// The family as older programs had it.
enum OldLogbookEvent: EventFamily {
    case opened(LogbookOpened)
    case noted(EntryNotedV1)
    case written(EntryWrittenV2)
    case moved(LogbookMovedV1)
    case movedAgain(LogbookMoved)
    case liked(EntryLiked)

    static let category = "logbook"

    static let kinds = [
        EventKind(LogbookOpened.self, OldLogbookEvent.opened), EventKind(EntryNotedV1.self, OldLogbookEvent.noted),
        EventKind(EntryWrittenV2.self, OldLogbookEvent.written), EventKind(EntryLiked.self, OldLogbookEvent.liked),
        EventKind(LogbookMoved.self, earlier: LogbookMovedV1.self, embed: OldLogbookEvent.movedAgain),
    ]

    var body: any EventBody {
        switch self {
        case .opened(let body): body
        case .noted(let body): body
        case .written(let body): body
        case .moved(let body): body
        case .movedAgain(let body): body
        case .liked(let body): body
        }
    }
}

struct LogbookAuthor: Codable, Hashable, Sendable {
    var actor: String
}

struct Logbook: Decider {
    struct State: Equatable, Sendable {
        var ships: [String] = []
        var texts: [String?] = []
        var words = 0
        var weather: [String] = []
        var closings: [String] = []
    }

    static let initial = State()

    static func decide(_ command: LogbookEvent, given state: State, in context: Int) throws(Rejection) -> [LogbookEvent]
    {
        [command]
    }

    static func evolve(_ state: inout State, with fact: Fact<LogbookEvent, LogbookAuthor>) {
        switch fact.event {
        case .opened(let opened): state.ships.append(opened.ship)
        case .written(let entry):
            state.texts.append(entry.personal?.text)
            state.words += entry.words
            state.weather += entry.weather
        case .closed(let closed): state.closings.append(closed.reason)
        }
    }
}
