import Foundation
import Ledger
import Testing

extension LedgerCase {
    /// Several commands in one call.
    static let batches: [LedgerCase] = [
        LedgerCase("a batch gets its verdicts and positions in its own order") { store in
            let commands = (0..<50).map {
                AppendCommand.sample(to: .sample("s\($0 * 7919 % 50)"), at: 0, count: $0 % 3 + 1)
            }
            let verdicts = try await store.append(commands)
            let places = verdicts.flatMap { $0.appended ?? [] }
            #expect(places.map(\.position) == Array(1..<(Position(places.count) + 1)))
            for (command, verdict) in zip(commands, verdicts) {
                #expect(
                    verdict.appended?.map(\.stream) == command.writes[0].events.map { _ in command.writes[0].stream })
            }
            try await expectSound(store)
        },
        LedgerCase("one bad command never fails its neighbours") { store in
            let known = AppendCommand.sample(to: .sample("known"), at: 0)
            let first = try #require(try await store.append(one: known).appended)
            let verdicts = try await store.append([
                .sample(to: .sample("a"), at: 0),
                .sample(to: .sample("b"), at: 4),
                known,
                .sample((.sample("c"), 0, [.sample()]), (.sample("d"), 1, [.sample()])),
                .sample(to: .sample("e"), at: 0, count: 2),
            ])
            #expect(verdicts[0].appended?.map(\.position) == [2])
            #expect(verdicts[1] == .conflict(.sample("b"), currentVersion: 0))
            #expect(verdicts[2] == .duplicate(first, fingerprint: nil))
            #expect(verdicts[3] == .conflict(.sample("d"), currentVersion: 0))
            #expect(verdicts[4].appended?.map(\.position) == [3, 4])
            #expect(try await store.read(.sample("c")).isEmpty)
            try await expectSound(store)
        },
        LedgerCase("a later command of a batch sees the events of the earlier ones") { store in
            let verdicts = try await store.append([
                .sample(to: .sample("a"), at: 0, count: 2),
                .sample(to: .sample("a"), at: 0),
                .sample(to: .sample("a"), at: 2),
                .sample(to: .sample("a"), at: 3, count: 2),
                .sample(to: .sample("a"), at: 3),
            ])
            #expect(verdicts[0].appended?.map(\.version) == [1, 2])
            #expect(verdicts[1] == .conflict(.sample("a"), currentVersion: 2))
            #expect(verdicts[2].appended?.map(\.version) == [3])
            #expect(verdicts[3].appended?.map(\.version) == [4, 5])
            #expect(verdicts[4] == .conflict(.sample("a"), currentVersion: 5))
            try await expectSound(store)
        },
        LedgerCase("a refused command of a batch leaves nothing for the later ones to see") { store in
            let verdicts = try await store.append([
                .sample((.sample("a"), 0, [.sample()]), (.sample("b"), 9, [.sample()])),
                .sample(to: .sample("a"), at: 0),
            ])
            #expect(verdicts[0] == .conflict(.sample("b"), currentVersion: 0))
            #expect(verdicts[1].appended?.map(\.position) == [1])
        },
        LedgerCase("the same identifier twice in a batch is appended once") { store in
            let command = AppendCommand.sample(fingerprint: [4], (.sample("a"), 0, [.sample("1"), .sample("2")]))
            var other = command
            other.writes = [StreamWrite(stream: .sample("b"), expectedVersion: 0, events: [.sample("3")])]
            let verdicts = try await store.append([command, other, command])
            let first = try #require(verdicts[0].appended)
            #expect(verdicts[1] == .duplicate(first, fingerprint: [4]))
            #expect(verdicts[2] == .duplicate(first, fingerprint: [4]))
            #expect(try await store.head() == 2)
            try await expectSound(store)
        },
        LedgerCase("the same identifier twice in a batch, first in conflict, is then judged anew") { store in
            let id = UUID()
            let verdicts = try await store.append([
                .sample(id: id, to: .sample("a"), at: 1), .sample(id: id, to: .sample("a"), at: 0),
                .sample(id: id, to: .sample("a"), at: 1),
            ])
            #expect(verdicts[0] == .conflict(.sample("a"), currentVersion: 0))
            let appended = try #require(verdicts[1].appended)
            #expect(verdicts[2] == .duplicate(appended, fingerprint: nil))
            #expect(try await store.head() == 1)
        },
        LedgerCase("the same identifier twice in a batch, first without events, is not taken by it") { store in
            let id = UUID()
            let verdicts = try await store.append([
                .sample(id: id, (.sample("a"), 0, [])), .sample(id: id, to: .sample("a"), at: 0),
            ])
            #expect(verdicts[0].appended == [])
            #expect(verdicts[1].appended?.map(\.position) == [1])
        },
        LedgerCase("a demanded version is judged in its turn") { store in
            let verdicts = try await store.append([
                .sample((.sample("area"), 0, []), (.sample("a"), 0, [.sample()])),
                .sample(to: .sample("area"), at: 0),
                .sample((.sample("area"), 0, []), (.sample("b"), 0, [.sample()])),
                .sample((.sample("area"), 1, []), (.sample("b"), 0, [.sample()])),
            ])
            #expect(verdicts[0].appended?.count == 1)
            #expect(verdicts[1].appended?.count == 1)
            #expect(verdicts[2] == .conflict(.sample("area"), currentVersion: 1))
            #expect(verdicts[3].appended?.count == 1)
            try await expectSound(store)
        },
        LedgerCase("a batch of a thousand commands is one step") { store in
            let commands = (0..<1000).map { AppendCommand.sample(to: .sample("s\($0 % 100)"), at: $0 / 100) }
            let verdicts = try await store.append(commands)
            #expect(verdicts.flatMap { $0.appended ?? [] }.map(\.position) == Array(1...1000))
            let again = try await store.append(commands)
            #expect(again.map(\.duplicate) == verdicts.map(\.appended))
            try await expectSound(store)
        },
    ]
}
