import CaseFile

/// What a value of a body or of a query may look like. Validation and the API document are both made from it, so that
/// they cannot say different things.
indirect enum ValueShape: Hashable, Sendable {
    /// Text of that many characters (Unicode scalars), without control characters other than line breaks and tabs.
    case text(length: ClosedRange<Int> = 1...200)
    /// A UUID in its usual form, capitals or not.
    case identifier
    /// Small letters and digits in groups joined by hyphens, at most 64 characters: `frankfurt-gallus`.
    case slug
    /// `YYYY-MM-DD`, a day in Europe/Berlin.
    case date
    /// `YYYY-MM`.
    case month
    /// RFC 3339 with an offset.
    case instant
    /// A position of the ledger, or an instant.
    case positionOrInstant
    /// `HH:MM`.
    case timeOfDay
    /// RFC 3339 with an offset and full minutes, or `YYYY-MM-DDTHH:MM` on the wall clock in Europe/Berlin.
    case wallTime
    case boolean
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// Any number.
    case number(ClosedRange<Double>)
    /// One of these words.
    case choice([String])
    /// A BCP 47 language tag such as `de` or `ar-SY`.
    case languageTag
    /// One to five digits of the classification of occupations (KldB 2010).
    case occupation
    /// A decimal amount in a string.
    case decimal
    /// An ISO 4217 code.
    case currency
    /// So many values of one shape.
    case list(of: ValueShape, count: ClosedRange<Int>)
    /// An object of any kind, checked elsewhere.
    case anyObject
    /// An object with fields of its own.
    case object(BodySchema)

    /// An amount of money: the digits are kept as they are written.
    static let money = ValueShape.object(
        BodySchema(
            title: "Money", description: "An amount of money; the digits are kept exactly.",
            fields: [
                .required("amount", .decimal, "Decimal digits in a string.", example: "1234.50"),
                .required("currency", .currency, "ISO 4217.", example: "EUR"),
            ]))
}

/// The fields of an object.
struct BodySchema: Hashable, Sendable {
    /// The name of the schema in the API document, in PascalCase.
    var title: String
    /// What the object says.
    var description: String
    var fields: [BodyField]

    /// An object that has every field, with the example values of each.
    var fullExample: JSONValue {
        .object(fields.map { JSONValue.Member(name: $0.name, value: $0.fullExample) })
    }

    /// An object with what a first reader wants to see: required fields and those that are marked as usual.
    var example: JSONValue {
        .object(
            fields.filter { $0.isRequired || $0.isUsual }.map { JSONValue.Member(name: $0.name, value: $0.example) })
    }
}

/// One field of an object.
struct BodyField: Hashable, Sendable {
    var name: String
    var shape: ValueShape
    var description: String
    var example: JSONValue
    var isRequired: Bool
    /// Whether the field is shown in the short example although it may be absent.
    var isUsual: Bool
    /// Whether the value is sealed under the person's key.
    var isPersonal: Bool
    /// What the value belongs to, and so who gets it; `nil` where it is nobody's.
    var category: DataCategory?

    static func required(
        _ name: String, _ shape: ValueShape, _ description: String, example: JSONValue, personal: Bool = false
    ) -> BodyField {
        BodyField(
            name: name, shape: shape, description: description, example: example, isRequired: true, isUsual: true,
            isPersonal: personal)
    }

    static func optional(
        _ name: String, _ shape: ValueShape, _ description: String, example: JSONValue, personal: Bool = false,
        usual: Bool = false
    ) -> BodyField {
        BodyField(
            name: name, shape: shape, description: description, example: example, isRequired: false, isUsual: usual,
            isPersonal: personal)
    }

    /// The example with every field of nested objects.
    var fullExample: JSONValue {
        switch shape {
        case .object(let schema): schema.fullExample
        case .list(of: .object(let schema), _): .array([schema.fullExample])
        default: example
        }
    }
}
