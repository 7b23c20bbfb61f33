public import Foundation

/// Turns events into bytes and back: the one path that handler, projection, replay and export share.
public struct EventCodec<Family: EventFamily>: Sendable {
    private let vault: Vault
    private let kinds: [String: EventKind<Family>]

    /// A codec that seals and opens personal parts in `vault`.
    public init(vault: Vault) {
        self.vault = vault
        kinds = Dictionary(uniqueKeysWithValues: Family.kinds.map { ($0.type, $0) })
    }

    /// The bytes of the event that will be number `ordinal` of command `id` on `stream`.
    ///
    /// - Throws: ``VaultError/noSubject(_:)`` for personal data on a stream that is about no person; ``LedgerError``.
    public func encode(
        _ event: Family, stream: StreamName, command id: UUID, ordinal: Int
    ) async throws -> ProposedEvent {
        try await encode(body: event.body, stream: stream, command: id, ordinal: ordinal)
    }

    private func encode<Body: EventBody>(
        body: Body, stream: StreamName, command id: UUID, ordinal: Int
    ) async throws -> ProposedEvent {
        let encoder = Self.makeEncoder()
        var sealed: [UInt8]?
        if let personal = body.personal, Body.Personal.self != NoPersonalData.self {
            guard let subject = Self.subject(of: stream) else { throw VaultError.noSubject(stream) }
            let context = Self.binding(stream: stream, command: id, ordinal: ordinal, type: Body.type)
            sealed = try await vault.seal(Array(encoder.encode(personal)), for: subject, binding: context)
        }
        return ProposedEvent(
            type: Body.type, schemaVersion: Body.schemaVersion, payload: Array(try encoder.encode(body)),
            personal: sealed)
    }

    /// The event behind recorded bytes; its personal part is `nil` when the person's key is destroyed.
    ///
    /// - Throws: ``LedgerError/unreadable(_:_:)`` for an unknown type or bytes that cannot be read.
    public func decode<Authorship: Codable & Sendable>(
        _ recorded: RecordedEvent, as authorship: Authorship.Type = Authorship.self
    ) async throws -> Fact<Family, Authorship> {
        guard let kind = kinds[recorded.type] else {
            throw LedgerError.unreadable(recorded.position, "unknown event type '\(recorded.type)'")
        }
        guard recorded.schemaVersion == kind.schemaVersion else {
            throw LedgerError.unreadable(
                recorded.position,
                "\(recorded.type) has shape \(recorded.schemaVersion), known is \(kind.schemaVersion)")
        }
        let personal = try await openPersonal(of: recorded)
        let decoder = JSONDecoder()
        do {
            return Fact(
                try kind.decode(Data(recorded.payload), personal.map { Data($0) }, decoder),
                authorship: try decoder.decode(Authorship.self, from: Data(recorded.metadata)),
                effectiveOn: recorded.effectiveOn, recordedAt: recorded.recordedAt, version: recorded.version,
                position: recorded.position)
        } catch let error as DecodingError {
            throw LedgerError.unreadable(recorded.position, "\(recorded.type): \(error.reason)")
        }
    }

    /// Several events, with the keys of all persons among them loaded in one step.
    public func decode<Authorship: Codable & Sendable>(
        _ recorded: [RecordedEvent], as authorship: Authorship.Type = Authorship.self
    ) async throws -> [Fact<Family, Authorship>] {
        try await vault.prepare(
            Array(Set(recorded.lazy.filter { $0.personal != nil }.compactMap { Self.subject(of: $0.stream) })))
        var facts: [Fact<Family, Authorship>] = []
        facts.reserveCapacity(recorded.count)
        for event in recorded { facts.append(try await decode(event)) }
        return facts
    }

    private func openPersonal(of recorded: RecordedEvent) async throws -> [UInt8]? {
        guard let sealed = recorded.personal, let subject = Self.subject(of: recorded.stream) else { return nil }
        let context = Self.binding(
            stream: recorded.stream, command: recorded.commandID, ordinal: recorded.ordinal, type: recorded.type)
        do {
            return try await vault.open(sealed, for: subject, binding: context)
        } catch VaultError.unreadable {
            throw LedgerError.unreadable(recorded.position, "the personal part does not open under the person's key")
        }
    }

    /// The person a stream is about: its identifier, where that is a UUID.
    private static func subject(of stream: StreamName) -> UUID? { UUID(uuidString: stream.id) }

    /// What a ciphertext is bound to.
    private static func binding(stream: StreamName, command: UUID, ordinal: Int, type: String) -> [UInt8] {
        Array("\(stream)\n\(command.uuidString)\n\(ordinal)\n\(type)".utf8)
    }

    private static func makeEncoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
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
