import Foundation
import Ledger
import Testing

@Suite("States of streams")
struct RepositoryTests {
    private let house: DiaryHouse

    init() throws {
        house = try DiaryHouse()
    }

    private func entry(_ words: Int) -> DiaryEvent { .written(EntryWritten(words: words, personal: nil)) }

    @Test("of a stream without events are the initial one")
    func empty() async throws {
        let snapshot = try await house.repository.current(house.stream)
        #expect(snapshot.state == Diary.initial)
        #expect(snapshot.version == 0 && snapshot.position == 0)
    }

    @Test("are the fold of its events")
    func folded() async throws {
        let opened = DiaryEvent.opened(DiaryOpened(on: "2026-03-01", personal: .init(name: "Ayşe")))
        _ = try await house.append([entry(1)], at: 0, to: Repository<Diary>.stream(UUID().uuidString))
        _ = try await house.append([opened, entry(2), entry(3)], at: 0)
        let snapshot = try await house.repository.current(house.stream)
        #expect(snapshot.state == .init(name: "Ayşe", words: 5, isOpen: true, facts: 3))
        #expect(snapshot.version == 3 && snapshot.position == 4)
    }

    @Test("are remembered, may lag behind, and are brought up to date by reading the tail only")
    func remembered() async throws {
        _ = try await house.append([entry(1), entry(2)], at: 0)
        #expect(try await house.repository.remembered(house.stream).version == 2)
        _ = try await house.append([entry(3)], at: 2)
        #expect(try await house.repository.remembered(house.stream).version == 2)
        let current = try await house.repository.current(house.stream)
        #expect(current.state.words == 6 && current.state.facts == 3)
        #expect(try await house.repository.remembered(house.stream).version == 3)
    }

    @Test("hold nothing of a person who was erased elsewhere, neither remembered nor current")
    func erased() async throws {
        let opened = DiaryEvent.opened(DiaryOpened(on: "2026-03-01", personal: .init(name: "Ayşe")))
        _ = try await house.append([opened, entry(2)], at: 0)
        #expect(try await house.repository.current(house.stream).state.name == "Ayşe")
        try await house.keys.destroy(house.person)
        while try await house.repository.remembered(house.stream).state.name != nil {}
        #expect(try await house.repository.current(house.stream).state == .init(words: 2, isOpen: true, facts: 2))
    }

    @Test("are folded anew after an event that says that the key is destroyed")
    func erasing() async throws {
        let opened = DiaryEvent.opened(DiaryOpened(on: "2026-03-01", personal: .init(name: "Ayşe")))
        _ = try await house.append([opened, entry(2)], at: 0)
        #expect(try await house.repository.current(house.stream).state.name == "Ayşe")
        try await house.keys.destroy(house.person)
        _ = try await house.append([.closed(DiaryClosed(reason: Diary.erasure))], at: 2)
        let snapshot = try await house.repository.current(house.stream)
        #expect(snapshot.state == .init(words: 2, facts: 3) && snapshot.version == 3)
    }

    @Test("take in what was just appended, if nothing is missing in between")
    func absorbed() async throws {
        _ = try await house.append([entry(1)], at: 0)
        _ = try await house.repository.current(house.stream)
        _ = try await house.append([entry(2)], at: 1)
        _ = try await house.append([entry(3)], at: 2)
        let facts: [Fact<DiaryEvent, DiaryAuthor>] = try await house.codec.decode(house.store.read(house.stream))
        house.repository.absorb([facts[2]], bytes: 11, into: house.stream)
        #expect(try await house.repository.remembered(house.stream).version == 1)
        house.repository.absorb([facts[1], facts[2]], bytes: 22, into: house.stream)
        let snapshot = try await house.repository.remembered(house.stream)
        #expect(snapshot.version == 3 && snapshot.state.words == 6)
        house.repository.absorb(facts, bytes: 33, into: house.stream)
        #expect(try await house.repository.remembered(house.stream).state.words == 6)
        house.repository.absorb(facts, bytes: 33, into: Repository<Diary>.stream("other"))
        house.repository.absorb([], bytes: 0, into: house.stream)
    }

    @Test("can be replayed to a position, or from a choice of events, without touching what is remembered")
    func replayed() async throws {
        for version in 0..<5 { _ = try await house.append([entry(version + 1)], at: version) }
        let early = try await house.repository.replay(house.stream, through: 3)
        #expect(early.version == 3 && early.state.words == 6)
        let even = try await house.repository.replay(house.stream) { $0.version.isMultiple(of: 2) }
        #expect(even.state.words == 6 && even.version == 4)
        #expect(try await house.repository.remembered(house.stream).version == 5)
    }

    @Test("are read again when forgotten, which shows that a person was erased")
    func forgotten() async throws {
        let opened = DiaryEvent.opened(DiaryOpened(on: "2026-03-01", personal: .init(name: "Ayşe")))
        _ = try await house.append([opened], at: 0)
        #expect(try await house.repository.current(house.stream).state.name == "Ayşe")
        try await house.keys.destroy(house.person)
        house.vault.forget(house.person)
        house.repository.forget(house.stream)
        let snapshot = try await house.repository.current(house.stream)
        #expect(snapshot.state.name == nil && snapshot.state.isOpen)
    }

    @Test("are brought up to date after a conflict by reading what is new, once")
    func tailOnly() async throws {
        let counting = CountingStore(inner: house.store)
        let repository = Repository<Diary>(store: counting, vault: house.vault)
        _ = try await house.append([entry(1), entry(2)], at: 0)
        _ = try await repository.remembered(house.stream)
        _ = try await house.append([entry(3)], at: 2)
        _ = try await repository.remembered(house.stream)
        #expect(try await repository.current(house.stream).version == 3)
        #expect(counting.streams.map(\.after) == [0, 2])
    }

    @Test("of several streams are read in one step, what is known of them by their tails only")
    func several() async throws {
        let streams = (0..<5).map { _ in Repository<Diary>.stream(UUID().uuidString.lowercased()) }
        for (index, stream) in streams.dropLast().enumerated() {
            _ = try await house.append((0...index).map { entry($0 + 1) }, at: 0, to: stream)
        }
        let counting = CountingStore(inner: house.store)
        let repository = Repository<Diary>(store: counting, vault: house.vault)
        _ = try await repository.current(streams[0])
        counting.reset()
        let remembered = try await repository.remembered(Set(streams))
        #expect(streams.map { remembered[$0]?.state.words } == [1, 3, 6, 10, 0])
        #expect(counting.tails == [Dictionary(uniqueKeysWithValues: streams.dropFirst().map { ($0, 0) })])

        _ = try await house.append([entry(7)], at: 1, to: streams[0])
        counting.reset()
        #expect(try await repository.remembered(Set(streams.dropLast()))[streams[0]]?.version == 1)
        #expect(counting.tails.isEmpty)
        let current = try await repository.current(Set(streams))
        #expect(streams.map { current[$0]?.state.words } == [8, 3, 6, 10, 0])
        #expect(counting.tails.map(\.values.count) == [5])
        #expect(counting.tails.first?[streams[3]] == 4)

        let replayed = try await repository.replay(Set(streams), through: 3) { $0.version > 1 }
        #expect(streams.map { replayed[$0]?.state.words } == [0, 2, 0, 0, 0])
    }

    @Test("are held as long as their events fit into the memory, however long single streams are")
    func weighed() async throws {
        let streams = (0..<20).map { _ in Repository<Diary>.stream(UUID().uuidString.lowercased()) }
        for stream in streams {
            _ = try await house.append(Array(repeating: entry(1), count: 20), at: 0, to: stream)
        }
        let size = 256 + 20 * #"{"words":1}"#.utf8.count
        for fitting in [1, 4, 20] {
            let counting = CountingStore(inner: house.store)
            let repository = Repository<Diary>(store: counting, vault: house.vault, capacity: 2 * fitting * size)
            for stream in streams { _ = try await repository.remembered(stream) }
            counting.reset()
            for stream in streams.suffix(fitting).reversed() { _ = try await repository.remembered(stream) }
            #expect(counting.streams.isEmpty, "\(fitting)")
            for stream in streams.dropLast(2 * fitting) { _ = try await repository.remembered(stream) }
            #expect(counting.streams.count == max(0, 20 - 2 * fitting), "\(fitting)")
        }
    }

    @Test("are right for many readers and writers at once, with a cache that is too small")
    func concurrent() async throws {
        let house = try DiaryHouse(cached: 700)
        let streams = (0..<8).map { _ in Repository<Diary>.stream(UUID().uuidString.lowercased()) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for stream in streams {
                group.addTask {
                    for version in 0..<20 {
                        _ = try await house.append(
                            [.written(EntryWritten(words: 1, personal: .init(text: "x")))], at: version, to: stream)
                    }
                }
                group.addTask {
                    for _ in 0..<40 {
                        let snapshot = try await house.repository.current(stream)
                        #expect(snapshot.state.words == snapshot.version && snapshot.state.facts == snapshot.version)
                    }
                }
            }
            try await group.waitForAll()
        }
        for stream in streams {
            #expect(try await house.repository.current(stream).state.words == 20)
        }
    }

    @Test("guide decisions: none, a rejection, or events")
    func decided() throws {
        #expect(throws: Rejection(rule: "not-open", detail: "Open the diary first.")) {
            try Diary.decide(.write("a"), given: Diary.initial, in: "2026-03-02")
        }
        #expect(try Diary.decide(.close(reason: ""), given: Diary.initial, in: "2026-03-02").isEmpty)
        #expect(try Diary.decide(.open(name: "x"), given: Diary.initial, in: "2026-03-02").count == 1)
    }
}
