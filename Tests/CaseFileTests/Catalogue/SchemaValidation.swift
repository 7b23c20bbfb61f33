import Ledger
import LedgerSuite

/// Judges values by a schema, as far as ``JSONSchema`` goes. Written from the draft, not from the code under test.
enum SchemaValidation {
    /// What is wrong with `value`, by place; nothing if it is valid.
    static func faults(of value: AnyJSON?, against schema: JSONSchema, at place: String = "") -> [String] {
        switch (schema, value) {
        case (.text(let format, _), .text(let text)?):
            switch format {
            case "date" where text.wholeMatch(of: /\d{4}-\d\d-\d\d/) == nil: ["\(place) is no date"]
            case "uuid" where text.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) == nil:
                ["\(place) is no UUID"]
            default: []
            }
        case (.choice(let words), .text(let text)?): words.contains(text) ? [] : ["\(place) is none of \(words)"]
        case (.boolean, .boolean?), (.integer, .integer?), (.number, .integer?), (.number, .double?): []
        case (.list(let element), .array(let values)?):
            values.enumerated().flatMap { faults(of: $1, against: element, at: "\(place)/\($0)") }
        case (.oneOf(let shapes), _):
            shapes.count { faults(of: value, against: $0).isEmpty } == 1 ? [] : ["\(place) has no or several shapes"]
        case (.object(let properties, _), .object(let members)?):
            properties.flatMap { property in
                members[property.name].map {
                    faults(of: $0, against: property.schema, at: "\(place)/\(property.name)")
                } ?? (property.isRequired ? ["\(place)/\(property.name) is missing"] : [])
            } + Set(members.keys).subtracting(properties.map(\.name)).map { "\(place)/\($0) is unknown" }
        default: ["\(place) has another type"]
        }
    }
}
