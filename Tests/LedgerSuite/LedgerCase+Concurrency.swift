import Foundation
import Ledger
import Logging
import Testing

extension LedgerCase {
    /// Many at once, directly and through the queue.
    static let concurrency: [LedgerCase] = [
        LedgerCase("many callers on streams of their own are all appended") { store in
            let queue = AppendQueue(store: store, logger: Logger(label: "suite"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<40 {
                    group.addTask {
                        for version in 0..<10 {
                            let verdict = try await queue.append(.sample(to: .sample("s\(caller)"), at: version))
                            #expect(verdict.appended?.map(\.version) == [version + 1])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.head() == 400)
            try await expectSound(store)
        },
        LedgerCase("many callers on one stream each get in by trying again") { store in
            let queue = AppendQueue(store: store, logger: Logger(label: "suite"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        let id = UUID()
                        var version = 0
                        while true {
                            switch try await queue.append(.sample(id: id, to: .sample("one"), at: version)) {
                            case .appended: return
                            case .conflict(_, let current): version = current
                            case .duplicate:
                                Issue.record("a command that was never appended")
                                return
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.read(.sample("one")).map(\.version) == Array(1...24))
            try await expectSound(store)
        },
        LedgerCase("of many who expect the same version, one wins") { store in
            let verdicts = try await withThrowingTaskGroup(of: AppendVerdict.self) { group in
                for _ in 0..<20 { group.addTask { try await store.append(one: .sample(to: .sample("one"), at: 0)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(verdicts.count { $0.appended != nil } == 1)
            #expect(verdicts.count { $0 == .conflict(.sample("one"), currentVersion: 1) } == 19)
        },
        LedgerCase("of many with the same identifier, one is appended and the others are told so") { store in
            let command = AppendCommand.sample(fingerprint: [7], (.sample("one"), 0, [.sample("1"), .sample("2")]))
            let verdicts = try await withThrowingTaskGroup(of: AppendVerdict.self) { group in
                for _ in 0..<20 { group.addTask { try await store.append(one: command) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let first = try #require(verdicts.compactMap(\.appended).first)
            #expect(verdicts.count { $0.appended != nil } == 1)
            #expect(verdicts.count { $0 == .duplicate(first, fingerprint: [7]) } == 19)
            #expect(try await store.head() == 2)
        },
        LedgerCase("two queues with commands over several streams in opposite orders do not block each other") {
            store in
            let queues = (0..<2).map { _ in AppendQueue(store: store, batchLimit: 8, logger: Logger(label: "suite")) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<20 {
                    group.addTask {
                        let names = caller % 2 == 0 ? ["left", "right"] : ["right", "left"]
                        let id = UUID()
                        while true {
                            var versions: [Int] = []
                            for name in names { versions.append(try await store.read(.sample(name)).count) }
                            let verdict = try await queues[caller % 2].append(
                                .sample(
                                    id: id, (.sample(names[0]), versions[0], [.sample("0")]),
                                    (.sample(names[1]), versions[1], [.sample("1"), .sample("2")])))
                            if verdict.appended != nil { return }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.head() == 60)
            try await expectSound(store)
        },
    ]
}
