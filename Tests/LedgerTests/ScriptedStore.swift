import Foundation
import Ledger

/// A store in memory that can be held up, and that fails when told to.
actor ScriptedStore: EventStore {
    enum Failure: Sendable {
        /// Fails, and nothing is recorded.
        case before(any Error & Sendable)
        /// Records everything, and then fails.
        case after(any Error & Sendable)
    }

    struct Refused: Error {}

    /// A batch with a command for this stream is refused as a whole.
    static let poison = "poison"

    nonisolated let inner = InMemoryEventStore()
    private(set) var batchSizes: [Int] = []
    private var failures: [Failure] = []
    private var isClosed = false
    private var heldUp: [CheckedContinuation<Void, Never>] = []
    private var watchers: [CheckedContinuation<Void, Never>] = []

    func fail(_ failures: [Failure]) { self.failures = failures }

    /// From now on calls wait.
    func close() { isClosed = true }

    /// Lets go of the calls that wait, and of all to come.
    func open() {
        isClosed = false
        for call in heldUp { call.resume() }
        heldUp = []
    }

    /// Returns when a call waits.
    func waitForCall() async {
        guard heldUp.isEmpty else { return }
        await withCheckedContinuation { watchers.append($0) }
    }

    func append(_ commands: [AppendCommand]) async throws -> [AppendVerdict] {
        batchSizes.append(commands.count)
        if isClosed {
            await withCheckedContinuation { call in
                heldUp.append(call)
                for watcher in watchers { watcher.resume() }
                watchers = []
            }
        }
        if commands.contains(where: { $0.writes.contains { $0.stream.id == Self.poison } }) { throw Refused() }
        switch failures.isEmpty ? nil : failures.removeFirst() {
        case .before(let error)?: throw error
        case .after(let error)?:
            _ = try await inner.append(commands)
            throw error
        case nil: return try await inner.append(commands)
        }
    }

    nonisolated func read(_ stream: StreamName, after version: Int, through position: Position?) async throws
        -> [RecordedEvent]
    {
        try await inner.read(stream, after: version, through: position)
    }

    nonisolated func read(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await inner.read(after: position, limit: limit)
    }

    nonisolated func find(command id: UUID) async throws -> (events: [AppendedEvent], fingerprint: [UInt8]?)? {
        try await inner.find(command: id)
    }

    nonisolated func head() async throws -> Position { try await inner.head() }
}
