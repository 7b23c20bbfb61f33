import CaseFile
import CaseTiming
import Foundation
import Ledger

/// An event as a log for process mining tells it.
struct ProcessEvent: Sendable {
    /// What an object is to the event.
    struct Relation: Hashable, Sendable {
        let object: ProcessObject
        let qualifier: String
    }

    /// What every event has beside what its shape tells of.
    static let common: [(name: String, type: ProcessShape.AttributeType)] = [
        ("position", .integer), ("effectiveOn", .time), ("actingRole", .string),
    ]

    let position: Position
    let type: String
    let recordedAt: Instant
    private(set) var attributes: [(name: String, value: JSONValue)]
    private(set) var relations: [Relation] = []
    /// The attributes that say of what kind a thing is.
    let kindAttributes: Set<String>
    /// The objects that begin with it, if they have not begun before.
    private(set) var beginning: [ProcessObject] = []

    /// What is told of a recorded event.
    ///
    /// - Parameter find: what of this or that has an identifier.
    /// - Throws: when it is not what its shape says.
    init(
        _ event: RecordedEvent, as shape: ProcessShape, find: (_ id: String) -> ProcessObject?
    ) throws {
        let authorship: Authorship = try LedgerJSON.decode(from: event.metadata)
        let payload = try JSONParser.parse(event.payload)
        (position, type, recordedAt) = (event.position, event.type, event.recordedAt)
        kindAttributes = shape.kindAttributes
        attributes = [
            ("position", .number(String(event.position))),
            ("effectiveOn", .string(Self.time(event.effectiveOn.description))),
            ("actingRole", .string(authorship.role.rawValue)),
        ]
        if let kind = ProcessObject.Kind(category: event.stream.category) {
            let object = ProcessObject(kind, event.stream.id)
            relate(object, as: kind.rawValue)
            beginning.append(object)
        }
        if let office = authorship.office { relate(ProcessObject(.office, office.rawValue), as: "acting") }
        for field in shape.fields { read(field, in: payload, of: event.stream.id, find) }
    }

    private mutating func read(
        _ field: ProcessShape.Field, in payload: JSONValue, of stream: String,
        _ find: (_ id: String) -> ProcessObject?
    ) {
        let values = payload.values(at: field.path)
        switch field.use {
        case .attribute(.time):
            if let text = values.first?.text { attributes.append((field.name, .string(Self.time(text)))) }
        case .attribute:
            if let value = values.first { attributes.append((field.name, value)) }
        case .words:
            let words = values.compactMap(\.text)
            if !words.isEmpty { attributes.append((field.name, .string(words.joined(separator: " ")))) }
        case .object(let kind):
            for text in values.compactMap(\.text) { add(ProcessObject(kind, text), field) }
        case .anything:
            for object in values.compactMap(\.text).compactMap(find) { relate(object, as: field.name) }
        case .finding:
            guard let owner = UUID(uuidString: stream) else { return }
            for key in values.compactMap(\.text) {
                add(ProcessObject(.finding, UUID(derivedFrom: owner, key).uuidString), field)
            }
        }
    }

    private mutating func add(_ object: ProcessObject, _ field: ProcessShape.Field) {
        relate(object, as: field.name)
        if field.begins { beginning.append(object) }
    }

    private mutating func relate(_ object: ProcessObject, as qualifier: String) {
        let relation = Relation(object: object, qualifier: qualifier)
        if !relations.contains(relation) { relations.append(relation) }
    }

    /// A moment in RFC 3339. Days begin, and clocks are read, in Berlin.
    private static func time(_ text: String) -> String {
        if let day = CalendarDate(text) { return WallTime("\(day)T00:00")?.rfc3339 ?? text }
        return WallTime(text)?.rfc3339 ?? text
    }
}
