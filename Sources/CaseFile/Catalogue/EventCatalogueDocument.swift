import Foundation
import Ledger

/// The catalogue as one JSON Schema (draft 2020-12).
///
/// It describes an event with its name, version and both parts opened:
/// `{"category": "case", "type": "MeasureStarted", "schemaVersion": 1, "data": {…}, "personal": {…}}`; `personal` is
/// missing where there is none or where the person was erased.
public struct EventCatalogueDocument: Encodable {
    private let entries: [EventCatalogue.Entry]

    /// The document of all shapes of all events.
    ///
    /// - Throws: see ``EventCatalogue/entries()``.
    public init() throws {
        entries = try EventCatalogue.entries()
    }

    /// The document as text, for people to read too: indented, members in the order of their names.
    public func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    /// Encodes the schema.
    public func encode(to encoder: any Encoder) throws {
        var document = encoder.container(keyedBy: Name.self)
        try document.encode("https://json-schema.org/draft/2020-12/schema", forKey: Name("$schema"))
        try document.encode("Events of Gleichtakt", forKey: Name("title"))
        try document.encode(
            "Every shape of every event that the ledger may hold, older ones included. 'data' is readable for everybody "
                + "who may read the ledger, 'personal' is sealed under the person's key.", forKey: Name("description"))
        try document.encode(entries.map { ["$ref": "#/$defs/\($0.shape.name)"] }, forKey: Name("oneOf"))
        var definitions = document.nestedContainer(keyedBy: Name.self, forKey: Name("$defs"))
        for entry in entries {
            var definition = definitions.nestedContainer(keyedBy: Name.self, forKey: Name(entry.shape.name))
            try encode(entry, into: &definition)
        }
    }

    private func encode(_ entry: EventCatalogue.Entry, into definition: inout KeyedEncodingContainer<Name>) throws {
        let shape = entry.shape
        try definition.encode("\(shape.type), version \(shape.schemaVersion)", forKey: Name("title"))
        try definition.encodeIfPresent(entry.description, forKey: Name("description"))
        try definition.encode(shape.status, forKey: Name("x-status"))
        try definition.encode("object", forKey: Name("type"))
        var members = definition.nestedContainer(keyedBy: Name.self, forKey: Name("properties"))
        try members.encode(["const": shape.category], forKey: Name("category"))
        try members.encode(["const": shape.type], forKey: Name("type"))
        try members.encode(["const": shape.schemaVersion], forKey: Name("schemaVersion"))
        try members.encode(entry.data, forKey: Name("data"))
        if let personal = entry.personal {
            try members.encode(Personal(schema: personal), forKey: Name("personal"))
        }
        try definition.encode(["category", "type", "schemaVersion", "data"], forKey: Name("required"))
        try definition.encode(false, forKey: Name("additionalProperties"))
    }

    /// A schema with the mark that what it describes is personal.
    private struct Personal: Encodable {
        let schema: JSONSchema

        func encode(to encoder: any Encoder) throws {
            try schema.encode(to: encoder)
            var container = encoder.container(keyedBy: Name.self)
            try container.encode(true, forKey: Name("x-personal"))
        }
    }
}
