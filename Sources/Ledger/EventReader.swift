/// Reads a run of events without ever waiting, and remembers what consecutive events have in common.
///
/// Made by ``EventCodec/reader(for:as:)`` for the events that it is to read. A value: tasks that read in parallel take a
/// copy each.
public struct EventReader<Family: EventFamily, Authorship: Codable & Sendable>: Sendable {
    private let kinds: [String: EventKind<Family>]
    private let keys: PersonKeys
    private var authors = AuthorshipMemory<Authorship>()

    init(kinds: [String: EventKind<Family>], keys: PersonKeys) {
        self.kinds = kinds
        self.keys = keys
    }

    /// The event behind recorded bytes; its personal part is `nil` when the person's key is destroyed.
    ///
    /// - Throws: ``LedgerError/unreadable(_:_:)`` for an unknown type or bytes that cannot be read.
    public mutating func read(_ recorded: RecordedEvent) throws -> Fact<Family, Authorship> {
        guard let kind = kinds[recorded.type] else {
            throw LedgerError.unreadable(recorded.position, "unknown event type '\(recorded.type)'")
        }
        guard recorded.schemaVersion == kind.schemaVersion else {
            throw LedgerError.unreadable(
                recorded.position,
                "\(recorded.type) has shape \(recorded.schemaVersion), known is \(kind.schemaVersion)")
        }
        let personal = try openPersonal(of: recorded)
        do {
            return Fact(
                try kind.decode(recorded.payload, personal), authorship: try authors.authorship(in: recorded.metadata),
                effectiveOn: recorded.effectiveOn, recordedAt: recorded.recordedAt, version: recorded.version,
                position: recorded.position)
        } catch let error as DecodingError {
            throw LedgerError.unreadable(recorded.position, "\(recorded.type): \(error.reason)")
        }
    }

    private func openPersonal(of recorded: RecordedEvent) throws -> [UInt8]? {
        guard let sealed = recorded.personal, let subject = recorded.stream.subject else { return nil }
        let place = SealedPlace.bytes(
            stream: recorded.stream, command: recorded.commandID, ordinal: recorded.ordinal, type: recorded.type)
        do {
            return try keys.open(sealed, for: subject, binding: place)
        } catch VaultError.unreadable {
            throw LedgerError.unreadable(recorded.position, "the personal part does not open under the person's key")
        }
    }
}

extension DecodingError {
    /// What is wrong and where, without the values.
    var reason: String {
        let context =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context
            @unknown default: DecodingError.Context(codingPath: [], debugDescription: "unreadable")
            }
        return "\(context.codingPath.map(\.stringValue).joined(separator: "."))"
    }
}
