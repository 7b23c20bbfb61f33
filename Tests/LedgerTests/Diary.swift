import Foundation
import Ledger

/// A small domain for tests of the engine: people keep a diary, and may close it.
enum DiaryEvent: EventFamily, Equatable {
    case opened(DiaryOpened)
    case written(EntryWritten)
    case closed(DiaryClosed)

    static let category = "diary"

    static let kinds = [
        EventKind(DiaryOpened.self, DiaryEvent.opened), EventKind(EntryWritten.self, DiaryEvent.written),
        EventKind(DiaryClosed.self, DiaryEvent.closed),
    ]

    var body: any EventBody {
        switch self {
        case .opened(let body): body
        case .written(let body): body
        case .closed(let body): body
        }
    }
}

struct DiaryOpened: EventBody {
    var on: CalendarDate
    var personal: Name?

    struct Name: Codable, Hashable, Sendable {
        var name: String
    }

    typealias Personal = Name

    private enum CodingKeys: String, CodingKey {
        case on
    }
}

struct EntryWritten: EventBody {
    var words: Int
    var personal: Text?

    struct Text: Codable, Hashable, Sendable {
        var text: String
    }

    typealias Personal = Text

    private enum CodingKeys: String, CodingKey {
        case words
    }
}

struct DiaryClosed: EventBody {
    static let type = "DiaryClosedForGood"
    static let schemaVersion = 2
    var reason: String
}

struct DiaryAuthor: Codable, Hashable, Sendable {
    var actor: String
}

enum DiaryCommand: Sendable {
    case open(name: String)
    case write(String)
    case close(reason: String)
}

struct Diary: Decider {
    struct State: Equatable, Sendable {
        var name: String?
        var words = 0
        var isOpen = false
        var facts = 0
    }

    static let initial = State()

    static func decide(
        _ command: DiaryCommand, given state: State, in today: CalendarDate
    ) throws(Rejection) -> [DiaryEvent] {
        switch command {
        case .open(let name):
            guard !state.isOpen else {
                throw Rejection(rule: "already-open", detail: "The diary is open: write in it.")
            }
            return [.opened(DiaryOpened(on: today, personal: .init(name: name)))]
        case .write(let text):
            guard state.isOpen else { throw Rejection(rule: "not-open", detail: "Open the diary first.") }
            let words = text.split(separator: " ").count
            return words == 0 ? [] : [.written(EntryWritten(words: words, personal: .init(text: text)))]
        case .close(let reason):
            return state.isOpen ? [.closed(DiaryClosed(reason: reason))] : []
        }
    }

    /// A diary that is closed for this reason has lost its key.
    static let erasure = "erased"

    static func erases(_ event: DiaryEvent) -> Bool {
        if case .closed(let closed) = event { closed.reason == erasure } else { false }
    }

    static func evolve(_ state: inout State, with fact: Fact<DiaryEvent, DiaryAuthor>) {
        state.facts += 1
        switch fact.event {
        case .opened(let opened): (state.name, state.isOpen) = (opened.personal?.name, true)
        case .written(let entry): state.words += entry.words
        case .closed: state.isOpen = false
        }
    }
}

/// A diary's ledger with all that is needed to write and read it.
struct DiaryHouse {
    let store = InMemoryEventStore()
    let keys = InMemoryKeyStore()
    let vault: Vault
    let codec: EventCodec<DiaryEvent>
    let repository: Repository<Diary>
    let person = UUID()

    /// A house whose repository keeps states of `cached` bytes of events.
    init(cached: Int = 100_000) throws {
        vault = Vault(
            store: keys, masterKeys: try MasterKeyring(current: "k", keys: ["k": .init(repeating: 3, count: 32)]))
        codec = EventCodec(vault: vault)
        repository = Repository(store: store, vault: vault, capacity: cached)
    }

    var stream: StreamName { Repository<Diary>.stream(person.uuidString.lowercased()) }

    func append(_ events: [DiaryEvent], at version: Int, to stream: StreamName? = nil) async throws -> [AppendedEvent] {
        let stream = stream ?? self.stream
        let id = UUID()
        let command = AppendCommand(
            id: id, fingerprint: nil, effectiveOn: "2026-03-02", metadata: Array(#"{"actor":"yo-7"}"#.utf8),
            writes: [
                StreamWrite(
                    stream: stream, expectedVersion: version,
                    events: try await repository.encode(events, to: stream, command: id, firstOrdinal: 0))
            ])
        guard case .appended(let places, _) = try await store.append(command) else { return [] }
        return places
    }
}
