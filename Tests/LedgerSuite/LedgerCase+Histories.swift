import Foundation
import Ledger
import Testing

extension LedgerCase {
    /// Random histories, compared verdict by verdict with the store in memory.
    static let histories: [LedgerCase] = (1...12).map { seed in
        LedgerCase("random history \(seed) ends as it does in memory") { store in
            let reference = InMemoryEventStore()
            var history = RandomHistory(seed: UInt64(seed))
            for _ in 0..<25 {
                let batch = history.nextBatch()
                let expected = try await reference.append(batch)
                let verdicts = try await store.append(batch)
                #expect(verdicts.map(\.comparable) == expected.map(\.comparable))
                history.learn(batch, expected)
            }
            try await expectSound(store)
            let events = try await store.everything()
            let expected = try await reference.everything()
            #expect(events.map(\.place) == expected.map(\.place))
            #expect(events.map(\.payload) == expected.map(\.payload))
            #expect(events.map(\.personal) == expected.map(\.personal))
            #expect(events.map(\.metadata) == expected.map(\.metadata))
            #expect(events.map(\.effectiveOn) == expected.map(\.effectiveOn))
        }
    }
}

/// Makes up commands of which some are right, some stale and some repeated.
private struct RandomHistory {
    private var random: SplitMix
    private var versions: [StreamName: Int] = [:]
    private var commands: [AppendCommand] = []

    init(seed: UInt64) {
        random = SplitMix(state: seed)
    }

    mutating func nextBatch() -> [AppendCommand] {
        var expected = versions
        var batch: [AppendCommand] = []
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            if Int.random(in: 0..<6, using: &random) == 0, let known = (commands + batch).randomElement(using: &random)
            {
                batch.append(known)
            } else {
                batch.append(nextCommand(&expected))
            }
        }
        return batch
    }

    private mutating func nextCommand(_ expected: inout [StreamName: Int]) -> AppendCommand {
        var writes: [StreamWrite] = []
        for id in (0..<6).shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)) {
            let stream = StreamName.sample("s\(id)")
            let isStale = Int.random(in: 0..<8, using: &random) == 0
            let version = max(0, expected[stream, default: 0] + (isStale ? Int.random(in: -2...2, using: &random) : 0))
            let events = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                ProposedEvent.sample(
                    String(UInt64.random(in: 0 ... .max, using: &random)),
                    type: Bool.random(using: &random) ? "Noted" : "Done",
                    personal: Bool.random(using: &random) ? [UInt8.random(in: 0...255, using: &random)] : nil)
            }
            writes.append(StreamWrite(stream: stream, expectedVersion: version, events: events))
        }
        // A guess: whether the command is appended is for the stores to say, and a wrong guess makes a conflict.
        for write in writes { expected[write.stream] = write.expectedVersion + write.events.count }
        return AppendCommand(
            id: UUID(), fingerprint: Bool.random(using: &random) ? [UInt8.random(in: 0...255, using: &random)] : nil,
            effectiveOn: CalendarDate(daysSince1970: Int.random(in: 0...30_000, using: &random)),
            metadata: Array("{\"n\":\(Int.random(in: 0...999, using: &random))}".utf8), writes: writes)
    }

    mutating func learn(_ batch: [AppendCommand], _ verdicts: [AppendVerdict]) {
        commands += batch
        for verdict in verdicts {
            for place in verdict.appended ?? [] { versions[place.stream] = place.version }
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014), so that a history can be repeated.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
