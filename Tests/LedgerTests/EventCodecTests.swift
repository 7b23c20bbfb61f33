import Foundation
import Ledger
import Testing

@Suite("Events as bytes")
struct EventCodecTests {
    private let house: DiaryHouse
    private let command = UUID()

    init() throws {
        house = try DiaryHouse()
    }

    private func recorded(
        _ proposed: ProposedEvent, type: String? = nil, schemaVersion: Int? = nil, stream: StreamName? = nil,
        payload: String? = nil, metadata: String = #"{"actor":"yo-7"}"#, ordinal: Int = 0
    ) -> RecordedEvent {
        RecordedEvent(
            position: 5, stream: stream ?? house.stream, version: 2, commandID: command, ordinal: ordinal,
            type: type ?? proposed.type, schemaVersion: schemaVersion ?? proposed.schemaVersion,
            recordedAt: Instant(microsecondsSince1970: 9), effectiveOn: "2026-03-02", metadata: Array(metadata.utf8),
            payload: payload.map { Array($0.utf8) } ?? proposed.payload, personal: proposed.personal)
    }

    private func encode(_ event: DiaryEvent) async throws -> ProposedEvent {
        try await house.codec.encode(event, stream: house.stream, command: command, ordinal: 0)
    }

    @Test("are read as they were written, with all that the envelope says")
    func roundTrip() async throws {
        for event in [
            DiaryEvent.opened(DiaryOpened(on: "2026-03-01", personal: .init(name: "Ayşe"))),
            .written(EntryWritten(words: 3, personal: nil)), .closed(DiaryClosed(reason: "full / \"voll\"")),
        ] {
            let proposed = try await encode(event)
            let fact = try await house.codec.decode(recorded(proposed), as: DiaryAuthor.self)[0]
            #expect(
                fact
                    == Fact(
                        event, authorship: DiaryAuthor(actor: "yo-7"), effectiveOn: "2026-03-02",
                        recordedAt: Instant(microsecondsSince1970: 9), version: 2, position: 5))
        }
    }

    @Test("are named after their types unless declared otherwise, and have sorted keys")
    func form() async throws {
        let opened = try await encode(.opened(DiaryOpened(on: "2026-03-01", personal: .init(name: "Ayşe"))))
        #expect(opened.type == "DiaryOpened")
        #expect(opened.schemaVersion == 1)
        #expect(String(decoding: opened.payload, as: UTF8.self) == #"{"on":"2026-03-01"}"#)
        let closed = try await encode(.closed(DiaryClosed(reason: "a/b")))
        #expect(closed.type == "DiaryClosedForGood")
        #expect(closed.schemaVersion == 2)
        #expect(String(decoding: closed.payload, as: UTF8.self) == #"{"reason":"a/b"}"#)
        #expect(closed.personal == nil)
    }

    @Test("show nothing personal outside the sealed part")
    func sealed() async throws {
        let proposed = try await encode(.written(EntryWritten(words: 2, personal: .init(text: "geheim geheim"))))
        #expect(String(decoding: proposed.payload, as: UTF8.self) == #"{"words":2}"#)
        #expect(proposed.personal?.firstRange(of: Array("geheim".utf8)) == nil)
    }

    @Test("lose only their personal part when the person's key is destroyed")
    func erased() async throws {
        let proposed = try await encode(.written(EntryWritten(words: 2, personal: .init(text: "geheim geheim"))))
        try await house.keys.destroy(house.person)
        house.vault.forget(house.person)
        let fact = try await house.codec.decode(recorded(proposed), as: DiaryAuthor.self)[0]
        #expect(fact.event == .written(EntryWritten(words: 2, personal: nil)))
    }

    @Test("do not open when moved to another place")
    func moved() async throws {
        let proposed = try await encode(.written(EntryWritten(words: 2, personal: .init(text: "geheim"))))
        await #expect(throws: LedgerError.self) {
            try await house.codec.decode(recorded(proposed, ordinal: 1), as: DiaryAuthor.self)
        }
        let other = StreamName(category: "diary", id: house.person.uuidString)
        await #expect(throws: LedgerError.self) {
            try await house.codec.decode(recorded(proposed, stream: other), as: DiaryAuthor.self)
        }
    }

    @Test("with personal data are refused on a stream that is about no person")
    func nobody() async throws {
        let stream = StreamName(category: "diary", id: "gallus")
        await #expect(throws: VaultError.noSubject(stream)) {
            try await house.codec.encode(
                DiaryEvent.opened(DiaryOpened(on: "2026-03-01", personal: .init(name: "x"))), stream: stream,
                command: command, ordinal: 0)
        }
        let event = DiaryEvent.opened(DiaryOpened(on: "2026-03-01", personal: nil))
        let proposed = try await house.codec.encode(event, stream: stream, command: command, ordinal: 0)
        #expect(
            try await house.codec.decode(recorded(proposed, stream: stream), as: DiaryAuthor.self).map(\.event) == [
                event
            ])
    }

    @Test("that cannot be read are named by position, without their content")
    func unreadable() async throws {
        let proposed = try await encode(.closed(DiaryClosed(reason: "geheim")))
        let damaged = [
            recorded(proposed, schemaVersion: 1), recorded(proposed, schemaVersion: 0),
            recorded(proposed, payload: #"{"reason":42}"#), recorded(proposed, payload: "geheim"),
            recorded(proposed, payload: "{}"), recorded(proposed, metadata: "[]"),
        ]
        for event in damaged {
            do {
                _ = try await house.codec.decode(event, as: DiaryAuthor.self)
                Issue.record("\(event.type) was read")
            } catch LedgerError.unreadable(let position, let reason) {
                #expect(position == 5)
                #expect(!reason.contains("geheim") && !reason.contains("42"))
            }
        }
    }

    @Test("are read in one go with the keys of all persons among them")
    func together() async throws {
        let keys = CountingKeyStore()
        let masterKeys = try MasterKeyring(current: "k", keys: ["k": .init(repeating: 3, count: 32)])
        let writer = EventCodec<DiaryEvent>(vault: Vault(store: keys, masterKeys: masterKeys))
        var events: [RecordedEvent] = []
        for index in 0..<20 {
            let stream = StreamName(category: "diary", id: UUID().uuidString.lowercased())
            let event = DiaryEvent.written(EntryWritten(words: index, personal: .init(text: "\(index)")))
            let proposed = try await writer.encode(event, stream: stream, command: command, ordinal: 0)
            events.append(recorded(proposed, stream: stream))
        }
        keys.reset()
        let reader = EventCodec<DiaryEvent>(vault: Vault(store: keys, masterKeys: masterKeys))
        let facts = try await reader.decode(events, as: DiaryAuthor.self)
        #expect(
            facts.map(\.event) == (0..<20).map { .written(EntryWritten(words: $0, personal: .init(text: "\($0)"))) })
        #expect(keys.lookups == 1)
    }
}
