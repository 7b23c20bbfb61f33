import CaseFile
import Foundation
import Ledger
import Logging
import Postgres
import PostgresLedger

extension PrivacyMeasure {
    /// How many of the ledger's events are recorded again and again.
    private static let sampleSize = 5_000
    private static let eventsPerStream = 25

    /// What is done with the personal part of an event.
    private enum Sealing: Sendable {
        /// Sealed under the person's key, which is made with the first event.
        case sealed(EventCodec<CaseEvent>)
        /// Recorded as it is.
        case none

        func propose(_ event: CaseEvent, stream: StreamName, command: UUID) async throws -> ProposedEvent {
            switch self {
            case .sealed(let codec): try await codec.encode(event, stream: stream, command: command, ordinal: 0)
            case .none: try Self.plain(event.body)
            }
        }

        private static func plain<Body: EventBody>(_ body: Body) throws -> ProposedEvent {
            ProposedEvent(
                type: Body.type, schemaVersion: Body.schemaVersion, payload: try LedgerJSON.encode(body),
                personal: try body.personal.map { try LedgerJSON.encode($0) })
        }
    }

    /// The same events, sealed and as they are: recorded durably, and encoded and read alone.
    func commands() async throws -> [Measurement] {
        let recorded = try await PostgresEventStore(pool: pool).read(after: 0, limit: Self.sampleSize)
            .filter { $0.stream.category == CaseEvent.category }
        let opening = EventCodec<CaseEvent>(vault: vault())
        let facts = try await opening.decode(recorded, as: Authorship.self)
        let events = facts.map(\.event)
        guard !events.isEmpty else { throw BenchFailure("the ledger has no events of cases") }
        var (durable, encoding, reading) = ([Round](), [Round](), [Round]())
        var latencies = Latencies()
        _ = try await record(events, .none)
        for round in 1...plan.rounds {
            let sealed = try await record(events, .sealed(EventCodec(vault: vault())))
            let plain = try await record(events, .none)
            latencies.merge(sealed.latencies)
            durable.append(Round(ours: sealed.perSecond, reference: plain.perSecond))
            encoding.append(
                Round(
                    ours: try await encode(events, .sealed(EventCodec(vault: vault()))),
                    reference: try await encode(events, .none)))
            reading.append(
                Round(
                    ours: try await read(recorded, opening),
                    reference: try await read(recorded.map(Self.withoutPersonalPart), opening)))
            plan.progress(
                "privacy, commands, round \(round): \(Int(sealed.perSecond))/s sealed, \(Int(plain.perSecond))/s as they are"
            )
        }
        return [
            Measurement(
                "privacy", "durable commands of one event, \(plan.callers) callers: sealed under persons' keys",
                rounds: durable, unit: "events/s", reference: "the same, not sealed", latencies: latencies),
            Measurement(
                "privacy", "an event made into bytes: sealed", rounds: encoding, unit: "µs",
                reference: "the same, not sealed"),
            Measurement(
                "privacy", "an event read, with the key at hand", rounds: reading, unit: "µs",
                reference: "the same without their personal parts"),
        ]
    }

    private func vault() -> Vault { Vault(store: PostgresKeyStore(pool: pool), masterKeys: masterKeys) }

    private static func withoutPersonalPart(_ event: RecordedEvent) -> RecordedEvent {
        var event = event
        event.personal = nil
        return event
    }

    /// Callers that each work on one new person after the other, one command an event.
    private func record(
        _ events: [CaseEvent], _ sealing: Sealing
    ) async throws -> (perSecond: Double, latencies: Latencies) {
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let queue = AppendQueue(store: PostgresEventStore(pool: pool), logger: logger)
        let metadata = Array(#"{"actor":"jc-7","office":"job-centre","role":"caseworker"}"#.utf8)
        let began = ContinuousClock.now
        let deadline = began + plan.turn
        let latencies = try await withThrowingTaskGroup(of: Latencies.self) { group in
            for number in 0..<plan.callers {
                group.addTask {
                    var (latencies, next) = (Latencies(), number * 31)
                    while ContinuousClock.now < deadline {
                        let stream = StreamName(category: CaseEvent.category, id: UUID().uuidString.lowercased())
                        for version in 0..<Self.eventsPerStream where ContinuousClock.now < deadline {
                            let (id, began) = (UUID(), ContinuousClock.now)
                            let proposed = try await sealing.propose(
                                events[next % events.count], stream: stream, command: id)
                            next += 1
                            let verdict = try await queue.append(
                                AppendCommand(
                                    id: id, fingerprint: nil, effectiveOn: LedgerClock.system.today,
                                    metadata: metadata,
                                    writes: [StreamWrite(stream: stream, expectedVersion: version, events: [proposed])]
                                ))
                            guard case .appended = verdict else { throw BenchFailure("the ledger answered \(verdict)") }
                            latencies.note(ContinuousClock.now - began)
                        }
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: Latencies()) { $0.merge($1) }
        }
        return (Double(latencies.count) / ((ContinuousClock.now - began) / .seconds(1)), latencies)
    }

    /// Microseconds for an event; all of one person, whose key is made before.
    private func encode(_ events: [CaseEvent], _ sealing: Sealing) async throws -> Double {
        let stream = StreamName(category: CaseEvent.category, id: UUID().uuidString.lowercased())
        for event in events.prefix(100) { _ = try await sealing.propose(event, stream: stream, command: UUID()) }
        let id = UUID()
        let began = ContinuousClock.now
        for event in events { _ = try await sealing.propose(event, stream: stream, command: id) }
        return (ContinuousClock.now - began) / .microseconds(1) / Double(events.count)
    }

    /// Microseconds for an event, all keys in memory.
    private func read(_ recorded: [RecordedEvent], _ codec: EventCodec<CaseEvent>) async throws -> Double {
        _ = try await codec.decode(recorded, as: Authorship.self)
        let began = ContinuousClock.now
        _ = try await codec.decode(recorded, as: Authorship.self)
        return (ContinuousClock.now - began) / .microseconds(1) / Double(recorded.count)
    }
}
