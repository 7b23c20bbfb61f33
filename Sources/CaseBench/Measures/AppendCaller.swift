import Crypto
import Foundation
import Ledger

/// Which streams a load of appends goes to.
enum AppendStreams: Sendable {
    /// New ones.
    case new
    /// Those that are there, taken at random: so many, each with this version.
    case existing(count: Int, version: Int)

    /// The identifier of an existing stream, random in the order of an index, as SQL makes it: `md5('stream <n>')::uuid`.
    static func id(_ number: Int) -> UUID {
        let digest = Insecure.MD5.hash(data: Data("stream \(number)".utf8))
        return digest.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

/// What the identifiers of a load's commands are like.
enum AppendIdentifiers: Sendable {
    /// Anywhere in an index (version 4).
    case random
    /// Beside those of the same moment (version 7), as the API recommends.
    case timeOrdered
}

/// Somebody who sends one command after the other, and times the answers.
struct AppendCaller {
    private static let eventsPerStream = 25

    let queue: AppendQueue
    let samples: SampleEvents
    var next: Int
    let streams: AppendStreams
    let identifiers: AppendIdentifiers
    private var random = FastRandom(state: UInt64.random(in: .min ... .max))

    init(
        queue: AppendQueue, samples: SampleEvents, next: Int, streams: AppendStreams, identifiers: AppendIdentifiers
    ) {
        self.queue = queue
        self.samples = samples
        self.next = next
        self.streams = streams
        self.identifiers = identifiers
    }

    mutating func run(until deadline: ContinuousClock.Instant) async throws -> Latencies {
        var latencies = Latencies()
        while true {
            let (id, first) = stream()
            var version = first
            let stream = StreamName(category: "case", id: id.uuidString.lowercased())
            for _ in 0..<Self.eventsPerStream {
                let command = command(to: stream, at: version)
                let began = ContinuousClock.now
                let verdict = try await queue.append(command)
                let ended = ContinuousClock.now
                switch verdict {
                case .appended:
                    version += 1
                    latencies.note(ended - began)
                case .conflict(_, let current):
                    // Another caller, or an earlier turn, has worked on this stream before.
                    version = current
                case .duplicate:
                    throw BenchFailure("an identifier was there already: is somebody else on this ledger?")
                }
                if ended >= deadline { return latencies }
            }
        }
    }

    private mutating func command(to stream: StreamName, at version: Int) -> AppendCommand {
        let sample = samples.samples[next % samples.samples.count]
        next += 1
        return AppendCommand(
            id: identifiers == .random ? random.uuid() : random.timeOrderedUUID(),
            fingerprint: Array(repeating: 7, count: 16), effectiveOn: LedgerClock.system.today,
            metadata: sample.metadata,
            writes: [StreamWrite(stream: stream, expectedVersion: version, events: [sample.event])])
    }

    private mutating func stream() -> (UUID, version: Int) {
        switch streams {
        case .new: (identifiers == .random ? random.uuid() : random.timeOrderedUUID(), 0)
        case .existing(let count, let version): (AppendStreams.id(Int(random.next() % UInt64(count))), version)
        }
    }
}

/// SplitMix64: random enough for identifiers of a load, and without the system calls of the secure generator, which would
/// be measured too.
private struct FastRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func uuid() -> UUID { uuid(next(), version: 4) }

    mutating func timeOrderedUUID() -> UUID {
        let milliseconds = UInt64(LedgerClock.system.now.microsecondsSince1970 / 1000)
        return uuid(milliseconds << 16 | next() >> 48, version: 7)
    }

    private mutating func uuid(_ high: UInt64, version: UInt64) -> UUID {
        let halves = (high & ~0xF000 | version << 12, next() >> 2 | 1 << 63)
        return withUnsafeBytes(of: (halves.0.bigEndian, halves.1.bigEndian)) {
            UUID(uuid: $0.loadUnaligned(as: uuid_t.self))
        }
    }
}
