import CaseCommands
import CaseTiming
import DemoRegion
import Foundation
import Ledger
import Logging
import Synchronization

/// Real events to append: what the deciders make of the invented region's commands, sealed and encoded.
struct SampleEvents: Sendable {
    /// One event with who caused it.
    struct Sample: Sendable {
        var event: ProposedEvent
        var metadata: [UInt8]
    }

    /// The events, in the order in which they came about.
    let samples: [Sample]

    /// How many bytes an event has on average: metadata, payload and personal part.
    var meanSize: Int {
        let bytes = samples.reduce(0) {
            $0 + $1.metadata.count + $1.event.payload.count + ($1.event.personal?.count ?? 0)
        }
        return bytes / max(1, samples.count)
    }

    /// The events of a small region, decided under these rules of law.
    static func make(under rules: RuleBook, participants: Int = 200) async throws -> SampleEvents {
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let clock = LedgerClock.system
        let vault = Vault(
            store: InMemoryKeyStore(),
            masterKeys: try MasterKeyring(current: "bench", keys: ["bench": Array(repeating: 7, count: 32)]))
        let recorder = Recorder(store: InMemoryEventStore(clock: clock))
        let handler = CommandHandler(
            store: recorder.store, appender: recorder, vault: vault, rules: rules, clock: clock, logger: logger)
        let region = DemoRegion(
            seed: 1, participants: participants, households: max(1, participants * 2 / 5), today: clock.today)
        for command in region.commands { _ = try await handler.handle(CommandScript.request(command)) }
        return SampleEvents(samples: recorder.samples)
    }

    /// Passes commands on and keeps their events.
    private final class Recorder: Appender {
        let store: InMemoryEventStore
        private let kept = Mutex<[Sample]>([])

        init(store: InMemoryEventStore) {
            self.store = store
        }

        var samples: [Sample] { kept.withLock { $0 } }

        func append(_ command: AppendCommand) async throws -> AppendVerdict {
            let events = command.writes.flatMap(\.events)
            kept.withLock { $0 += events.map { Sample(event: $0, metadata: command.metadata) } }
            return try await store.append(command)
        }
    }
}
