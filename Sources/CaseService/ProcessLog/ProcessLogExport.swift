import CaseFile
public import Ledger

/// The history as an object-centric event log (OCEL 2.0, JSON), which tools for process mining read.
///
/// The ledger is read twice, for the objects and for the events, so that however many events there are, only the names of the
/// objects are kept. Nothing personal is in it: sealed parts stay sealed, and texts that people wrote are left out.
public struct ProcessLogExport: Sendable {
    private static let pageSize = 1000

    private let store: any EventStore
    private let shapes: [EventName: ProcessShape]

    private struct EventName: Hashable {
        let category: String
        let type: String
        let schemaVersion: Int
    }

    /// A log of what is in `store`.
    ///
    /// - Throws: when the form of an event cannot be found out; a test takes care that it can.
    public init(_ store: any EventStore) throws {
        self.store = store
        shapes = Dictionary(
            try EventCatalogue.entries().map { entry in
                let shape = entry.shape
                return (
                    EventName(category: shape.category, type: shape.type, schemaVersion: shape.schemaVersion),
                    ProcessShape(entry.data)
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Writes the log of all events there are when it begins.
    ///
    /// - Parameter write: takes bytes, and how much of how much has been read.
    /// - Throws: ``LedgerError/unavailable(_:)``, ``LedgerError/unreadable(_:_:)``, and what `write` throws.
    public func run(
        _ write: (_ bytes: [UInt8], _ read: Position, _ goal: Position) throws -> Void
    ) async throws {
        let head = try await store.head()
        var out = ProcessLogWriter()
        var begun: Set<ProcessObject> = []
        var mentioned: Set<ProcessObject> = []
        out.begin(events: eventTypes(), objects: objectTypes())
        try await forEach(upTo: head, { object(in: begun, $0) }) { event in
            for object in event.beginning where begun.insert(object).inserted {
                mentioned.remove(object)
                out.object(object, from: event)
            }
            for relation in event.relations where !begun.contains(relation.object) {
                mentioned.insert(relation.object)
            }
        } page: { read in
            try write(out.takeBytes(), read, 2 * head)
        }
        for object in mentioned.sorted(by: { $0.id < $1.id }) { out.object(object, from: nil) }
        out.beginEvents()
        try await forEach(upTo: head, { object(in: begun, $0) }) { event in
            out.event(event)
        } page: { read in
            try write(out.takeBytes(), head + read, 2 * head)
        }
        out.end()
        try write(out.takeBytes(), 2 * head, 2 * head)
    }

    /// What has begun with an identifier, whatever it is.
    private func object(in begun: Set<ProcessObject>, _ id: String) -> ProcessObject? {
        ProcessObject.Kind.allCases.lazy.map { ProcessObject($0, id) }.first(where: begun.contains)
    }

    private func forEach(
        upTo head: Position, _ find: (_ id: String) -> ProcessObject?, _ take: (ProcessEvent) -> Void,
        page: (_ read: Position) throws -> Void
    ) async throws {
        var reached: Position = 0
        while reached < head {
            let events = try await store.read(after: reached, limit: min(Self.pageSize, Int(clamping: head - reached)))
            guard let last = events.last else { return }
            for event in events {
                let name = EventName(
                    category: event.stream.category, type: event.type, schemaVersion: event.schemaVersion)
                guard let shape = shapes[name] else {
                    throw LedgerError.unreadable(
                        event.position, "version \(event.schemaVersion) of \(event.type) is not known")
                }
                do {
                    take(try ProcessEvent(event, as: shape, find: find))
                } catch {
                    throw LedgerError.unreadable(event.position, "\(error)")
                }
            }
            reached = last.position
            try page(reached)
        }
    }

    /// The attributes of every type of event, those of all its shapes together, by name.
    private func eventTypes() -> [(type: String, attributes: [String: ProcessShape.AttributeType])] {
        var types: [String: [String: ProcessShape.AttributeType]] = [:]
        for (name, shape) in shapes {
            var attributes = types[name.type] ?? Dictionary(uniqueKeysWithValues: ProcessEvent.common.map { ($0, $1) })
            for field in shape.fields {
                switch field.use {
                case .attribute(let type): attributes[field.name] = type
                case .words: attributes[field.name] = .string
                case .object, .anything, .finding: break
                }
            }
            types[name.type] = attributes
        }
        return types.sorted { $0.key < $1.key }.map { ($0, $1) }
    }

    /// The attributes of every type of object: those of the events with which one may begin.
    private func objectTypes() -> [(kind: ProcessObject.Kind, attributes: [String: ProcessShape.AttributeType])] {
        var types: [ProcessObject.Kind: [String: ProcessShape.AttributeType]] = [:]
        for shape in shapes.values {
            for field in shape.fields where field.begins {
                let kind: ProcessObject.Kind =
                    switch field.use {
                    case .object(let kind): kind
                    default: .finding
                    }
                for name in shape.kindAttributes { types[kind, default: [:]][name] = .string }
            }
        }
        return ProcessObject.Kind.allCases.map { ($0, types[$0] ?? [:]) }
    }
}
