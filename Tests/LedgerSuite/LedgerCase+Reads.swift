import Ledger
import Testing

extension LedgerCase {
    /// Reading, within bounds.
    static let reads: [LedgerCase] = [
        LedgerCase("a stream is read after a version and through a position") { store in
            for version in 0..<10 {
                _ = try await store.append([
                    .sample(to: .sample("a"), at: version), .sample(to: .sample("b"), at: version),
                ])
            }
            // Version n of stream a has position 2n - 1.
            let stream = StreamName.sample("a")
            #expect(try await store.read(stream).map(\.version) == Array(1...10))
            #expect(try await store.read(stream, after: 7, through: nil).map(\.version) == [8, 9, 10])
            #expect(try await store.read(stream, after: 10, through: nil).isEmpty)
            #expect(try await store.read(stream, after: 99, through: nil).isEmpty)
            #expect(try await store.read(stream, after: -1, through: nil).count == 10)
            #expect(try await store.read(stream, after: 0, through: 0).isEmpty)
            #expect(try await store.read(stream, after: 0, through: 5).map(\.version) == [1, 2, 3])
            #expect(try await store.read(stream, after: 0, through: 6).map(\.version) == [1, 2, 3])
            #expect(try await store.read(stream, after: 2, through: 7).map(\.version) == [3, 4])
            #expect(try await store.read(stream, after: 4, through: 7).isEmpty)
        },
        LedgerCase("several streams are read at once, each in its order and through a position") { store in
            let names = ["a", "b", "c"].map(StreamName.sample)
            for version in 0..<10 {
                _ = try await store.append(names.map { .sample(to: $0, at: version) })
            }
            // Version n of the streams has the positions 3n - 2 to 3n.
            let all = try await store.read(names + [.sample("none"), names[0]], through: nil)
            #expect(Set(all.keys) == Set(names))
            for name in names { #expect(try await all[name] == store.read(name)) }
            let some = try await store.read([names[1], names[2]], through: 8)
            #expect(some[names[1]]?.map(\.version) == [1, 2, 3] && some[names[2]]?.map(\.version) == [1, 2])
            #expect(some.count == 2)
            #expect(try await store.read([StreamName](), through: nil).isEmpty)
            #expect(try await store.read(names, through: 0).isEmpty)
        },
        LedgerCase("several streams are read at once, each after its version and all through a position") { store in
            for version in 0..<10 {
                _ = try await store.append(
                    ["a", "b", "c-1", "ä"].map { .sample(to: .sample($0), at: version, count: 1) })
            }
            let names = ["a", "b", "c-1", "ä", "unheard"].map(StreamName.sample)
            let whole = try await store.read(names)
            #expect(Set(whole.keys) == Set(names.dropLast()))
            for (name, events) in whole { #expect(try await store.read(name) == events) }
            // Version n of stream a has position 4n - 3.
            let tails = [names[0]: 0, names[1]: 3, names[2]: 10, names[3]: -1, names[4]: 0]
            for position in [nil, 0, 1, 17, 18, 1000] as [Position?] {
                let read = try await store.read(tails, through: position)
                for (name, version) in tails {
                    let alone = try await store.read(name, after: version, through: position)
                    #expect(read[name] == (alone.isEmpty ? nil : alone))
                }
            }
            #expect(try await store.read([StreamName: Int](), through: nil).isEmpty)
            #expect(try await store.read([StreamName]()).isEmpty)
            #expect(try await store.read([names[0], names[0]]).count == 1)
        },
        LedgerCase("many streams are read at once") { store in
            let names = (0..<300).map { StreamName.sample("s\($0)") }
            _ = try await store.append(names.map { .sample(to: $0, at: 0, count: 3) })
            let read = try await store.read(names)
            #expect(read.count == 300)
            #expect(read.allSatisfy { $0.value.map(\.version) == [1, 2, 3] })
        },
        LedgerCase("pages follow each other without gap or overlap") { store in
            _ = try await store.append((0..<100).map { .sample(to: .sample("s\($0 % 7)"), at: $0 / 7) })
            let whole = try await store.read(after: 0, limit: 1000)
            #expect(whole.map(\.position) == Array(1...100))
            for size in [1, 7, 50, 99, 100, 101] {
                #expect(try await store.everything(pageSize: size) == whole)
            }
            #expect(try await store.read(after: 0, limit: 0).isEmpty)
            #expect(try await store.read(after: 0, limit: -1).isEmpty)
            #expect(try await store.read(after: -5, limit: 2).map(\.position) == [1, 2])
            #expect(try await store.read(after: 100, limit: 10).isEmpty)
            #expect(try await store.read(after: 1_000_000, limit: 10).isEmpty)
        },
        LedgerCase("streams with similar names are different streams") { store in
            let names = ["a", "A", "a-", "a-1", "ä", "a ", "a%", "a_", "\u{1F600}"].map(StreamName.sample)
            let others = names + [StreamName(category: "household", id: "a")]
            _ = try await store.append(others.map { .sample(to: $0, at: 0) })
            for name in others {
                #expect(try await store.read(name).map(\.stream) == [name])
            }
            try await expectSound(store)
        },
    ]
}
