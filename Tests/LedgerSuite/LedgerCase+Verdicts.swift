import Foundation
import Ledger
import Testing

extension LedgerCase {
    /// One command at a time.
    static let verdicts: [LedgerCase] = [
        LedgerCase("an empty ledger has no events, no head and knows no command") { store in
            let head = try await store.head()
            #expect(head == 0)
            #expect(try await store.read(after: 0, limit: 10).isEmpty)
            #expect(try await store.read(.sample("a")).isEmpty)
            #expect(try await store.find(command: UUID()) == nil)
            #expect(try await store.append([]).isEmpty)
        },
        LedgerCase("the first command of a stream begins it") { store in
            let verdict = try await store.append(one: .sample(to: .sample("a"), at: 0, count: 3))
            #expect(
                verdict.appended
                    == (1...3).map {
                        AppendedEvent(stream: .sample("a"), version: $0, position: Position($0), type: "Noted")
                    })
            try await expectSound(store)
        },
        LedgerCase("what is read is what was written") { store in
            let id = UUID()
            let personal: [UInt8] = Array(0...255)
            let long = [UInt8](repeating: 7, count: 40_000) + Array("ä€\u{1F600}".utf8) + [0, 255]
            let command = AppendCommand(
                id: id, fingerprint: [1, 0, 255], effectiveOn: "1999-12-31", metadata: Array("{\"actor\":\"ä\"}".utf8),
                writes: [
                    StreamWrite(
                        stream: .sample("a"), expectedVersion: 0,
                        events: [
                            ProposedEvent(type: "MeasureStarted", schemaVersion: 3, payload: long, personal: personal),
                            ProposedEvent(type: "MeasureEnded", schemaVersion: 1, payload: [], personal: []),
                        ])
                ])
            let verdict = try await store.append(one: command)
            guard case .appended(_, let recordedAt) = verdict else {
                Issue.record("\(verdict)")
                return
            }
            let expected = [
                RecordedEvent(
                    position: 1, stream: .sample("a"), version: 1, commandID: id, ordinal: 0, type: "MeasureStarted",
                    schemaVersion: 3, recordedAt: recordedAt, effectiveOn: "1999-12-31", metadata: command.metadata,
                    payload: long, personal: personal),
                RecordedEvent(
                    position: 2, stream: .sample("a"), version: 2, commandID: id, ordinal: 1, type: "MeasureEnded",
                    schemaVersion: 1, recordedAt: recordedAt, effectiveOn: "1999-12-31", metadata: command.metadata,
                    payload: [], personal: []),
            ]
            #expect(try await store.read(.sample("a")) == expected)
            #expect(try await store.read(after: 0, limit: 10) == expected)
        },
        LedgerCase("days far away and moments in microseconds survive") { store in
            for (index, day) in ["0001-01-01", "1970-01-01", "2000-02-29", "9999-12-31"].enumerated() {
                var command = AppendCommand.sample(to: .sample("a"), at: index)
                command.effectiveOn = try #require(CalendarDate(day))
                let verdict = try await store.append(one: command)
                let read = try #require(try await store.read(after: Position(index), limit: 1).first)
                #expect(read.effectiveOn == command.effectiveOn)
                #expect(verdict == .appended([read.place], recordedAt: read.recordedAt))
            }
        },
        LedgerCase("an expected version that is too old or too new is a conflict that appends nothing") { store in
            _ = try await store.append(one: .sample(to: .sample("a"), at: 0, count: 2))
            for wrong in [0, 1, 3, 100] {
                let id = UUID()
                let verdict = try await store.append(one: .sample(id: id, to: .sample("a"), at: wrong))
                #expect(verdict == .conflict(.sample("a"), currentVersion: 2))
                #expect(try await store.find(command: id) == nil)
            }
            #expect(
                try await store.append(one: .sample(to: .sample("b"), at: 1))
                    == .conflict(.sample("b"), currentVersion: 0))
            #expect(try await store.head() == 2)
        },
        LedgerCase("the same identifier again gets the first result, whatever came in between") { store in
            let command = AppendCommand.sample(
                fingerprint: [9, 9], (.sample("a"), 0, [.sample("1"), .sample("2")]), (.sample("b"), 0, [.sample("3")]))
            let first = try #require(try await store.append(one: command).appended)
            _ = try await store.append(one: .sample(to: .sample("a"), at: 2))
            var other = command
            other.fingerprint = [1]
            other.writes = [StreamWrite(stream: .sample("c"), expectedVersion: 77, events: [])]
            for repeated in [command, other] {
                #expect(try await store.append(one: repeated) == .duplicate(first, fingerprint: [9, 9]))
            }
            let found = try #require(try await store.find(command: command.id))
            #expect(found.events == first)
            #expect(found.fingerprint == [9, 9])
            #expect(try await store.head() == 4)
            try await expectSound(store)
        },
        LedgerCase("a command without a fingerprint is found again without one") { store in
            let command = AppendCommand.sample(to: .sample("a"), at: 0)
            let first = try #require(try await store.append(one: command).appended)
            #expect(try await store.append(one: command) == .duplicate(first, fingerprint: nil))
        },
        LedgerCase("after a conflict the same identifier can still be appended") { store in
            let id = UUID()
            let first = try await store.append(one: .sample(id: id, to: .sample("a"), at: 1))
            #expect(first == .conflict(.sample("a"), currentVersion: 0))
            #expect(try await store.append(one: .sample(id: id, to: .sample("a"), at: 0)).appended?.count == 1)
        },
        LedgerCase("a command for several streams appends to all of them, in the order of its writes") { store in
            let verdict = try await store.append(
                one: .sample(
                    (.sample("b"), 0, [.sample("1"), .sample("2")]), (.sample("a"), 0, [.sample("3")])))
            #expect(
                verdict.appended == [
                    AppendedEvent(stream: .sample("b"), version: 1, position: 1, type: "Noted"),
                    AppendedEvent(stream: .sample("b"), version: 2, position: 2, type: "Noted"),
                    AppendedEvent(stream: .sample("a"), version: 1, position: 3, type: "Noted"),
                ])
            try await expectSound(store)
        },
        LedgerCase("a command for several streams appends to none when one of them has moved on") { store in
            _ = try await store.append(one: .sample(to: .sample("b"), at: 0))
            let verdict = try await store.append(
                one: .sample(
                    (.sample("a"), 0, [.sample("1")]), (.sample("b"), 0, [.sample("2")]),
                    (.sample("c"), 5, [.sample("3")])))
            #expect(verdict == .conflict(.sample("b"), currentVersion: 1))
            #expect(try await store.read(.sample("a")).isEmpty)
            #expect(try await store.head() == 1)
        },
        LedgerCase("a write without events demands its version and changes nothing") { store in
            _ = try await store.append(one: .sample(to: .sample("area"), at: 0))
            let demanding = { (version: Int) in
                AppendCommand.sample((.sample("area"), version, []), (.sample("a"), 0, [.sample()]))
            }
            #expect(
                try await store.append(one: demanding(0)) == .conflict(.sample("area"), currentVersion: 1))
            #expect(try await store.append(one: demanding(1)).appended?.map(\.stream) == [.sample("a")])
            #expect(try await store.read(.sample("area")).count == 1)
        },
        LedgerCase("a command without any event is accepted, recorded nowhere, and can be repeated") { store in
            _ = try await store.append(one: .sample(to: .sample("a"), at: 0))
            let demand = AppendCommand.sample((.sample("a"), 1, []))
            for command in [demand, demand, .sample()] {
                #expect(try await store.append(one: command).appended == [])
                #expect(try await store.find(command: command.id) == nil)
            }
            #expect(try await store.head() == 1)
        },
        LedgerCase("a stream named twice in one command is judged once and numbered on") { store in
            let verdict = try await store.append(
                one: .sample(
                    (.sample("a"), 0, [.sample("1")]), (.sample("b"), 0, [.sample("2")]),
                    (.sample("a"), 0, [.sample("3")])))
            #expect(verdict.appended?.map(\.version) == [1, 1, 2])
            try await expectSound(store)
        },
    ]
}
