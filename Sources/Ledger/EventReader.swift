/// Reads a run of events without ever waiting, and remembers what consecutive events have in common.
///
/// Made by ``EventCodec/reader(for:as:)`` for the events that it is to read. A value: tasks that read in parallel take a
/// copy each.
public struct EventReader<Family: EventFamily, Authorship: Codable & Sendable>: Sendable {
    private let shapes: EventShapes<Family>
    private let keys: PersonKeys
    private var authors = AuthorshipMemory<Authorship>()

    init(shapes: EventShapes<Family>, keys: PersonKeys) {
        self.shapes = shapes
        self.keys = keys
    }

    /// Reads one recorded event and hands over what it means today: one fact as a rule, none for a type of event that was
    /// given up, several for one that was split. A personal part is `nil` when the person's key is destroyed.
    ///
    /// - Throws: ``LedgerError/unreadable(_:_:)`` for bytes that cannot be read and for a type or version that this program
    ///   does not know, and what `take` throws.
    public mutating func read(
        _ recorded: RecordedEvent, _ take: (Fact<Family, Authorship>) throws -> Void
    ) throws {
        let (meaning, authorship) = try decode(recorded)
        switch meaning {
        case .one(let event): try take(Self.fact(event, authorship, recorded))
        case .several(let events): for event in events { try take(Self.fact(event, authorship, recorded)) }
        }
    }

    private enum Meaning {
        case one(Family)
        case several([Family])
    }

    private mutating func decode(_ recorded: RecordedEvent) throws -> (Meaning, Authorship) {
        let known = shapes[recorded.type]
        let personal = try openPersonal(of: recorded)
        do {
            let meaning: Meaning
            if let kind = known?.present, kind.schemaVersion == recorded.schemaVersion {
                meaning = .one(try kind.read(recorded.payload, personal))
            } else if let reading = known?.older[recorded.schemaVersion] {
                meaning = .several(try reading(recorded.payload, personal))
            } else {
                throw Self.unknown(recorded, newest: known?.newest)
            }
            return (meaning, try authors.authorship(in: recorded.metadata))
        } catch let error as LedgerError {
            throw error
        } catch let error as DecodingError {
            throw LedgerError.unreadable(recorded.position, "\(recorded.type): \(error.reason)")
        } catch {
            throw LedgerError.unreadable(
                recorded.position,
                "\(recorded.type) of version \(recorded.schemaVersion) has no present form: \(type(of: error))")
        }
    }

    private static func fact(
        _ event: Family, _ authorship: Authorship, _ recorded: RecordedEvent
    ) -> Fact<Family, Authorship> {
        Fact(
            event, authorship: authorship, effectiveOn: recorded.effectiveOn, recordedAt: recorded.recordedAt,
            version: recorded.version, position: recorded.position)
    }

    private static func unknown(_ recorded: RecordedEvent, newest: Int?) -> LedgerError {
        let reason =
            if let newest, recorded.schemaVersion > newest {
                "\(recorded.type) has version \(recorded.schemaVersion), this program knows versions up to \(newest): "
                    + "a newer program recorded it, and this one has to be brought up to date"
            } else if newest != nil {
                "\(recorded.type) never had a version \(recorded.schemaVersion)"
            } else {
                "unknown event type '\(recorded.type)'"
            }
        return .unreadable(recorded.position, reason)
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
