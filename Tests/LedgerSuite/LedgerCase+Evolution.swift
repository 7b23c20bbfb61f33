import Foundation
import Ledger
import Testing

extension LedgerCase {
    /// Events that older programs recorded, and newer ones.
    static let evolution: [LedgerCase] = [
        LedgerCase("a stream that older programs began is read as what it means today, however it is read") { store in
            let house = try LogbookHouse(store)
            try await house.record(LogbookHouse.past, LogbookHouse.present)
            let expected = Logbook.State(
                ships: ["Anna", "Berta", "Clara"], texts: ["first", "second", nil, "third"], words: 7,
                weather: ["fog", "sun", "wind"], closings: ["moved", "moved"])

            let snapshot = try await house.repository.current(house.stream)
            #expect(snapshot.state == expected)
            #expect(snapshot.version == 8 && snapshot.position == 8)
            #expect(try await house.repository.replay(house.stream).state == expected)

            let recorded = try await store.read(house.stream)
            let facts = try await house.codec.decode(recorded, as: LogbookAuthor.self)
            #expect(facts.map(\.version) == [1, 2, 3, 4, 4, 5, 5, 7, 8])
            #expect(facts.allSatisfy { Position($0.version) == $0.position && $0.authorship.actor == "mate" })
            var folded = Repository<Logbook>.empty
            Repository<Logbook>.fold(&folded, facts)
            #expect(folded.state == expected)

            var reader = try await house.codec.reader(for: recorded, as: LogbookAuthor.self)
            var counts: [Int] = []
            for event in recorded {
                var count = 0
                try reader.read(event) { fact in
                    #expect(fact.version == event.version)
                    count += 1
                }
                counts.append(count)
            }
            #expect(counts == [1, 1, 1, 2, 2, 0, 1, 1])
        },
        LedgerCase("a stream can be replayed to every position in its past, and taken up from there") { store in
            let house = try LogbookHouse(store)
            try await house.record(LogbookHouse.past, [])
            var ships: [Int] = []
            for position in 0...7 {
                let snapshot = try await house.repository.replay(house.stream, through: Position(position))
                #expect(snapshot.version == min(position, 7))
                ships.append(snapshot.state.ships.count)
            }
            #expect(ships == [0, 1, 1, 1, 2, 3, 3, 3])
            // The last event means nothing today, but counts: the next one is expected after it.
            let snapshot = try await house.repository.remembered(house.stream)
            #expect(snapshot.version == 7)
            try await house.record([], LogbookHouse.present, at: snapshot.version)
            #expect(try await house.repository.current(house.stream).state.texts.last == "third")
        },
        LedgerCase("what was personal in an older shape is gone with the person's key") { store in
            let house = try LogbookHouse(store)
            try await house.record(LogbookHouse.past, LogbookHouse.present)
            try await house.keys.destroy(house.person)
            house.vault.forget(house.person)
            // What an older shape had in the clear stays there: history is not rewritten.
            #expect(try await house.repository.current(house.stream).state.texts == ["first", nil, nil, nil])
        },
        LedgerCase("events of a newer program are named as such by an older one") { store in
            let house = try LogbookHouse(store)
            try await house.record([], LogbookHouse.present)
            let recorded = try await store.read(house.stream)
            let older = EventCodec<OldLogbookEvent>(vault: house.vault)
            do {
                _ = try await older.decode(recorded, as: LogbookAuthor.self)
                Issue.record("an event was read that the program cannot know")
            } catch LedgerError.unreadable(let position, let reason) {
                #expect(position == 1)
                #expect(reason.contains("EntryWritten has version 3") && reason.contains("up to 2"))
                #expect(reason.contains("newer program"))
            }
            let unheard = AppendCommand.sample((house.stream, 1, [.sample(type: "EntrySung")]))
            #expect(try await store.append(one: unheard).appended?.count == 1)
            do {
                _ = try await house.repository.current(house.stream)
                Issue.record("an event was read that the program cannot know")
            } catch LedgerError.unreadable(let position, let reason) {
                #expect(position == 2)
                #expect(reason.contains("EntrySung"))
            }
        },
        LedgerCase("events that have no present form, or a version that never was, are unreadable") { store in
            let house = try LogbookHouse(store)
            for (index, event) in [
                ProposedEvent(type: "EntryNoted", schemaVersion: 1, payload: Array(#"{"text":"geheim"}"#.utf8)),
                ProposedEvent(type: "EntryWritten", schemaVersion: 1, payload: Array(#"{"words":1}"#.utf8)),
                ProposedEvent(type: "EntryWritten", schemaVersion: 2, payload: Array(#"{"weather":"geheim"}"#.utf8)),
            ].enumerated() {
                let stream = StreamName(category: "logbook", id: "\(index)")
                _ = try await store.append(one: .sample((stream, 0, [event])))
                do {
                    _ = try await house.repository.current(stream)
                    Issue.record("\(event.type) \(event.schemaVersion) was read")
                } catch LedgerError.unreadable(let position, let reason) {
                    #expect(position == Position(index + 1))
                    #expect(!reason.contains("geheim") && reason.contains(event.type))
                }
            }
        },
    ]
}

/// A logbook's ledger with what is needed to write it as older programs did, and to read it.
struct LogbookHouse {
    static let past: [OldLogbookEvent] = [
        .opened(LogbookOpened(ship: "Anna")), .noted(EntryNotedV1(text: "first", words: 1)),
        .written(EntryWrittenV2(words: 2, weather: "fog", personal: .init(text: "second"))),
        .moved(LogbookMovedV1(ship: "Berta")), .movedAgain(LogbookMoved(toShip: "Clara")),
        .liked(EntryLiked(by: "cook")), .written(EntryWrittenV2(words: 1, weather: nil, personal: nil)),
    ]
    static let present: [LogbookEvent] = [
        .written(EntryWritten(words: 3, weather: ["sun", "wind"], personal: .init(text: "third", author: "mate")))
    ]

    let store: any EventStore
    let keys = InMemoryKeyStore()
    let vault: Vault
    let codec: EventCodec<LogbookEvent>
    let repository: Repository<Logbook>
    let person = UUID()

    init(_ store: any EventStore) throws {
        self.store = store
        vault = Vault(
            store: keys, masterKeys: try MasterKeyring(current: "k", keys: ["k": .init(repeating: 3, count: 32)]))
        codec = EventCodec(vault: vault)
        repository = Repository(store: store, vault: vault)
    }

    var stream: StreamName { StreamName(category: "logbook", id: person.uuidString.lowercased()) }

    func record(_ past: [OldLogbookEvent], _ present: [LogbookEvent], at version: Int = 0) async throws {
        let older = EventCodec<OldLogbookEvent>(vault: vault)
        let id = UUID()
        var events: [ProposedEvent] = []
        for event in past {
            events.append(try await older.encode(event, stream: stream, command: id, ordinal: events.count))
        }
        for event in present {
            events.append(try await codec.encode(event, stream: stream, command: id, ordinal: events.count))
        }
        var command = AppendCommand.sample(id: id, (stream, version, events))
        command.metadata = Array(#"{"actor":"mate"}"#.utf8)
        #expect(try await store.append(one: command).appended?.count == events.count)
    }
}
