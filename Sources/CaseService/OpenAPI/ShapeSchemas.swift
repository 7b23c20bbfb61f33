import CaseFile

/// The JSON Schema (2020-12, as OpenAPI 3.1 uses it) of what ``BodyValidator`` lets pass.
extension ValueShape {
    var schema: JSONValue {
        switch self {
        case .text(let length):
            ["type": "string", "minLength": number(length.lowerBound), "maxLength": number(length.upperBound)]
        case .identifier: ["type": "string", "format": "uuid"]
        case .slug: ["type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64]
        case .date: ["type": "string", "format": "date"]
        case .month: ["type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"]
        case .instant: ["type": "string", "format": "date-time"]
        case .positionOrInstant:
            ["anyOf": [["type": "integer", "minimum": 0], ["type": "string", "format": "date-time"]]]
        case .timeOfDay: ["type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"]
        case .wallTime:
            [
                "type": "string",
                "anyOf": [
                    [
                        "format": "date-time",
                        "pattern": "^[0-9-]{10}T[0-9]{2}:[0-9]{2}:00(\\.0{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$",
                    ],
                    ["pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$"],
                ],
            ]
        case .boolean: ["type": "boolean"]
        case .integer(let range):
            ["type": "integer", "minimum": number(range.lowerBound), "maximum": number(range.upperBound)]
        case .number(let range):
            [
                "type": "number", "minimum": .number(PrometheusText.number(range.lowerBound)),
                "maximum": .number(PrometheusText.number(range.upperBound)),
            ]
        case .choice(let words): ["type": "string", "enum": .array(words.map { .string($0) })]
        case .languageTag: ["type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", "maxLength": 35]
        case .occupation: ["type": "string", "pattern": "^[0-9]{1,5}$"]
        case .decimal: ["type": "string", "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,4})?$"]
        case .currency: ["type": "string", "pattern": "^[A-Z]{3}$"]
        case .list(let element, let count):
            [
                "type": "array", "items": element.schema, "minItems": number(count.lowerBound),
                "maxItems": number(count.upperBound),
            ]
        case .anyObject: ["type": "object"]
        case .object(let schema): schema.schema
        }
    }

    private func number(_ value: Int) -> JSONValue { .number(String(value)) }
}

extension BodySchema {
    /// The schema of the object; unknown members are not allowed.
    var schema: JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "type", value: "object"),
            .init(name: "description", value: .string(description)),
            .init(
                name: "properties",
                value: .object(fields.map { JSONValue.Member(name: $0.name, value: $0.schema) })),
        ]
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members.append(.init(name: "required", value: .array(required))) }
        members.append(.init(name: "additionalProperties", value: false))
        return .object(members)
    }
}

extension BodyField {
    /// The schema of the field, with what it is for and an example.
    var schema: JSONValue {
        guard case .object(var members) = shape.schema else { return shape.schema }
        members.removeAll { $0.name == "description" }
        members.append(
            .init(name: "description", value: .string(isOpenText ? "\(description) \(Self.notSealed)" : description)))
        members.append(.init(name: "examples", value: [fullExample]))
        // Personal fields are sealed under the person's key; a client has to know which ones.
        if isPersonal || isOpenText { members.append(.init(name: "x-personal", value: .boolean(isPersonal))) }
        if let category { members.append(.init(name: "x-category", value: .string(category.rawValue))) }
        return .object(members)
    }
}

extension BodyField {
    /// What whoever fills in a text that is not sealed has to know.
    static let notSealed = "Not sealed: it stays when the person is erased, so name nobody."

    /// Whether it is a text about a case that anything can be written into and that is not sealed under the person's key.
    var isOpenText: Bool {
        guard case .text(let length) = shape, length.upperBound >= 300, !isPersonal, let category else { return false }
        return category != .network
    }
}
