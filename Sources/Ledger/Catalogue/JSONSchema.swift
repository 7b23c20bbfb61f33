/// A JSON Schema (draft 2020-12), as far as recorded values need it.
public indirect enum JSONSchema: Hashable, Sendable {
    /// A text; `format` is one of the draft's, `pattern` a regular expression.
    case text(format: String? = nil, pattern: String? = nil)
    /// One of these texts.
    case choice([String])
    case boolean
    case integer
    case number
    /// Any number of values of one shape.
    case list(JSONSchema)
    /// An object with these members and no others; the title is the name of the type that is recorded so.
    case object([Property], title: String? = nil)
    /// A value of exactly one of these shapes.
    case oneOf([JSONSchema])

    /// A member of an object.
    public struct Property: Hashable, Sendable {
        /// The member's name.
        public var name: String
        /// What the member looks like.
        public var schema: JSONSchema
        /// Whether it is always there.
        public var isRequired: Bool
        /// What it says, for people.
        public var description: String?
        /// What it belongs to, in the words of whoever records it: `x-category`.
        public var category: String?

        /// A member.
        public init(
            _ name: String, _ schema: JSONSchema, isRequired: Bool = true, description: String? = nil,
            category: String? = nil
        ) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
            self.description = description
            self.category = category
        }
    }

    /// The schema without what only people read.
    public var bare: JSONSchema {
        switch self {
        case .list(let element): .list(element.bare)
        case .oneOf(let shapes): .oneOf(shapes.map(\.bare))
        case .object(let properties, _):
            .object(properties.map { Property($0.name, $0.schema.bare, isRequired: $0.isRequired) })
        default: self
        }
    }

    /// The schema with what `text` says of members: it is asked with the title of the object and the member's name.
    public func described(_ text: (_ title: String, _ member: String) -> String?) -> JSONSchema {
        switch self {
        case .list(let element): .list(element.described(text))
        case .oneOf(let shapes): .oneOf(shapes.map { $0.described(text) })
        case .object(let properties, let title):
            .object(
                properties.map { property in
                    Property(
                        property.name, property.schema.described(text), isRequired: property.isRequired,
                        description: title.flatMap { text($0, property.name) } ?? property.description,
                        category: property.category)
                }, title: title)
        default: self
        }
    }

    /// The schema of an object with what its own members belong to; what lies in them belongs to the same.
    public func categorised(_ category: (_ member: String) -> String?) -> JSONSchema {
        guard case .object(let properties, let title) = self else { return self }
        return .object(
            properties.map { property in
                var property = property
                property.category = category(property.name)
                return property
            }, title: title)
    }

    /// The titles of all objects in the schema.
    public var titles: Set<String> {
        switch self {
        case .list(let element): element.titles
        case .oneOf(let shapes): Set(shapes.flatMap(\.titles))
        case .object(let properties, let title): Set(properties.flatMap(\.schema.titles) + (title.map { [$0] } ?? []))
        default: []
        }
    }
}

extension JSONSchema: Encodable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    /// Encodes the schema in its own vocabulary.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        try encode(into: &container, description: nil, category: nil)
    }

    private func encode(
        into container: inout KeyedEncodingContainer<Name>, description: String?, category: String?
    ) throws {
        try container.encodeIfPresent(description, forKey: Name("description"))
        try container.encodeIfPresent(category, forKey: Name("x-category"))
        switch self {
        case .text(let format, let pattern):
            try container.encode("string", forKey: Name("type"))
            try container.encodeIfPresent(format, forKey: Name("format"))
            try container.encodeIfPresent(pattern, forKey: Name("pattern"))
        case .choice(let words):
            try container.encode("string", forKey: Name("type"))
            try container.encode(words, forKey: Name("enum"))
        case .boolean: try container.encode("boolean", forKey: Name("type"))
        case .integer: try container.encode("integer", forKey: Name("type"))
        case .number: try container.encode("number", forKey: Name("type"))
        case .list(let element):
            try container.encode("array", forKey: Name("type"))
            try container.encode(element, forKey: Name("items"))
        case .oneOf(let shapes): try container.encode(shapes, forKey: Name("oneOf"))
        case .object(let properties, let title):
            try container.encode("object", forKey: Name("type"))
            try container.encodeIfPresent(title, forKey: Name("title"))
            var members = container.nestedContainer(keyedBy: Name.self, forKey: Name("properties"))
            for property in properties {
                var member = members.nestedContainer(keyedBy: Name.self, forKey: Name(property.name))
                try property.schema.encode(
                    into: &member, description: property.description, category: property.category)
            }
            let required = properties.filter(\.isRequired).map(\.name).sorted()
            if !required.isEmpty { try container.encode(required, forKey: Name("required")) }
            try container.encode(false, forKey: Name("additionalProperties"))
        }
    }
}

/// A type whose recorded form does not follow from its members, because it writes and reads it in a way of its own.
public protocol SchemaDescribed: Decodable, Sendable {
    /// The shape of the recorded form.
    static var jsonSchema: JSONSchema { get }
    /// Any value, for types that contain one to be put together while their schema is found out.
    static var schemaExample: Self? { get }
}
