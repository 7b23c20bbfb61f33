public import Foundation

/// Turns events into bytes and back: the one path that handler, projection, replay and export share.
public struct EventCodec<Family: EventFamily>: Sendable {
    private let vault: Vault
    private let shapes: EventShapes<Family>

    /// A codec that seals and opens personal parts in `vault`.
    public init(vault: Vault) {
        self.vault = vault
        shapes = EventShapes()
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
        var sealed: [UInt8]?
        if let personal = body.personal, Body.Personal.self != NoPersonalData.self {
            guard let subject = stream.subject else { throw VaultError.noSubject(stream) }
            sealed = try await vault.seal(
                LedgerJSON.encode(personal), for: subject,
                binding: SealedPlace.bytes(stream: stream, command: id, ordinal: ordinal, type: Body.type))
        }
        return ProposedEvent(
            type: Body.type, schemaVersion: Body.schemaVersion, payload: try LedgerJSON.encode(body), personal: sealed)
    }

    /// A reader for a run of events, which has the keys of all persons among them and so never has to wait.
    public func reader<Authorship: Codable & Sendable>(
        for recorded: [RecordedEvent], as authorship: Authorship.Type = Authorship.self
    ) async throws -> EventReader<Family, Authorship> {
        EventReader(shapes: shapes, keys: try await vault.keys(for: Self.subjects(of: recorded)))
    }

    /// What recorded events mean today, in their order, with the keys of all persons among them loaded in one step.
    ///
    /// One fact for each event, except for older types of events: one that was given up contributes none, one that was
    /// split several of the same version and position. See ``EventReader/read(_:_:)`` for a reader that keeps fact and
    /// recorded event together, and for the errors.
    public func decode<Authorship: Codable & Sendable>(
        _ recorded: [RecordedEvent], as authorship: Authorship.Type = Authorship.self
    ) async throws -> [Fact<Family, Authorship>] {
        guard !recorded.isEmpty else { return [] }
        var reader = try await reader(for: recorded, as: authorship)
        var facts: [Fact<Family, Authorship>] = []
        facts.reserveCapacity(recorded.count)
        for index in recorded.indices { try reader.read(recorded[index]) { facts.append($0) } }
        return facts
    }

    /// What one recorded event means today; see the other form.
    public func decode<Authorship: Codable & Sendable>(
        _ recorded: RecordedEvent, as authorship: Authorship.Type = Authorship.self
    ) async throws -> [Fact<Family, Authorship>] {
        try await decode([recorded], as: authorship)
    }

    /// The persons whose keys are needed to read the events.
    private static func subjects(of recorded: [RecordedEvent]) -> Set<UUID> {
        var subjects: Set<UUID> = []
        for index in recorded.indices where recorded[index].personal != nil {
            if let subject = recorded[index].stream.subject { subjects.insert(subject) }
        }
        return subjects
    }
}

extension StreamName {
    /// The person the stream is about: its identifier, where that is a UUID.
    var subject: UUID? { UUID(text: id) }
}

/// What a ciphertext is bound to: the place of its event, which is known before the event is recorded.
enum SealedPlace {
    static func bytes(stream: StreamName, command: UUID, ordinal: Int, type: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(128)
        bytes.append(contentsOf: stream.category.utf8)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(contentsOf: stream.id.utf8)
        bytes.append(UInt8(ascii: "\n"))
        command.appendCapitalText(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: ordinal.description.utf8)
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: type.utf8)
        return bytes
    }
}
