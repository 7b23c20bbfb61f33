/// Any JSON value, read and written through `Codable`, so that whatever a coder makes of all of JSON can be compared.
public enum AnyJSON: Codable, Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number that an `Int` holds exactly.
    case integer(Int)
    /// Any other number.
    case double(Double)
    /// A string.
    case text(String)
    /// An array.
    case array([AnyJSON])
    /// An object; the order of its members is lost.
    case object([String: AnyJSON])

    /// Reads a value.
    ///
    /// - Throws: what the decoder throws.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .double(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if var elements = try? decoder.unkeyedContainer() {
            var values: [AnyJSON] = []
            while !elements.isAtEnd { values.append(try elements.decode(AnyJSON.self)) }
            self = .array(values)
        } else {
            self = .object(try container.decode([String: AnyJSON].self))
        }
    }

    /// Writes the value.
    ///
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }
}
