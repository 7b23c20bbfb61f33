/// One shape in which events of one type are or were recorded.
public struct EventShape: Sendable {
    /// Whether a shape is still written.
    public enum Status: String, Codable, CaseIterable, Sendable {
        /// It is written now.
        case current
        /// A later shape of the event has taken its place; it is still read.
        case superseded
        /// The event is not written any more in any shape; it is still read.
        case former
    }

    /// The category of the streams that hold the event.
    public let category: String
    /// The event's name in past tense.
    public let type: String
    /// The version of the shape, from 1.
    public let schemaVersion: Int
    /// Whether it is still written.
    public let status: Status
    /// The body that reads and writes the shape.
    public let body: any EventBody.Type

    /// Category, type and version in one, such as `case.MeasureAdded.1`.
    public var name: String { "\(category).\(type).\(schemaVersion)" }

    /// The schema of the part that is readable for everybody who may read the ledger.
    public func dataSchema() throws -> JSONSchema { try Self.schema(of: body) }

    /// The schema of the part that is sealed under the person's key; `nil` for events without one.
    public func personalSchema() throws -> JSONSchema? { try Self.personalSchema(of: body) }

    private static func schema<Body: EventBody>(of body: Body.Type) throws -> JSONSchema {
        try SchemaRecorder.schema(of: body)
    }

    private static func personalSchema<Body: EventBody>(of body: Body.Type) throws -> JSONSchema? {
        Body.Personal.self == NoPersonalData.self ? nil : try SchemaRecorder.schema(of: Body.Personal.self)
    }
}

extension EventFamily {
    /// Every shape in which events of this family were ever recorded: the present ones, then the older ones of each kind,
    /// then those of events that are not written any more.
    public static var shapes: [EventShape] {
        kinds.flatMap { kind in
            [shape(kind.body, .current)] + kind.earlier.map { shape($0, $0.type == kind.type ? .superseded : .former) }
        } + former.flatMap { event in ([event.body] + event.earlier).map { shape($0, .former) } }
    }

    private static func shape(_ body: any EventBody.Type, _ status: EventShape.Status) -> EventShape {
        EventShape(
            category: category, type: body.type, schemaVersion: body.schemaVersion, status: status, body: body)
    }
}
