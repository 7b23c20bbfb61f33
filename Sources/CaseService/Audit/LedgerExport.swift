public import Ledger

/// The whole ledger as lines of JSON, one event a line, oldest first.
///
/// Events are written as they were recorded: their bytes are what proofs are about, and the schema of every version ever
/// released can be had beside them. Personal parts stay sealed; nobody needs a person's key to read the rest.
public struct LedgerExport: Sendable {
    private static let pageSize = 1000

    private let store: any EventStore

    /// An export of what is in `store`.
    public init(_ store: any EventStore) {
        self.store = store
    }

    /// Writes the events after a position, up to the last one there is when it begins.
    ///
    /// - Parameters:
    ///   - position: 0 for all of them; the last position of an export that was interrupted, to go on.
    ///   - write: takes whole lines, and the position of the last one among how many there are.
    /// - Throws: ``LedgerError/unavailable(_:)``, and what `write` throws.
    public func run(
        after position: Position = 0, _ write: (_ lines: [UInt8], _ reached: Position, _ goal: Position) throws -> Void
    ) async throws {
        let goal = try await store.head()
        var reached = position
        while reached < goal {
            let events = try await store.read(
                after: reached, limit: min(Self.pageSize, Int(clamping: goal - reached)))
            guard let last = events.last else { return }
            var lines: [UInt8] = []
            for event in events {
                var writer = JSONWriter(reserving: 512)
                writer.beginObject()
                writer.member("category", event.stream.category)
                writer.member("stream", event.stream.id)
                CaseHistory.write(event, to: &writer)
                writer.endObject()
                lines += writer.bytes
                lines.append(0x0A)
            }
            reached = last.position
            try write(lines, reached, goal)
        }
    }
}
