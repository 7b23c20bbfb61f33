import Ledger

/// Compares a value with a schema and lists everything that is wrong, not only the first thing.
struct BodyValidator {
    /// Beyond this many problems the rest is left out: a body of nonsense is not answered at its own length.
    static let maximumIssues = 50

    private(set) var issues: [Problem.Issue] = []
    private var path: [String] = []

    /// All that is wrong with `value`, empty if nothing is.
    static func issues(in value: JSONValue, for schema: BodySchema) -> [Problem.Issue] {
        var validator = BodyValidator()
        validator.check(value, against: schema)
        return validator.issues
    }

    /// What is wrong with one value on its own, such as a query parameter; `nil` if nothing is.
    static func complaint(about text: String, for shape: ValueShape) -> String? {
        var validator = BodyValidator()
        validator.check(Self.value(of: text, as: shape), against: shape)
        return validator.issues.first?.detail
    }

    /// The text of a query parameter as the kind of value that its shape is in JSON.
    private static func value(of text: String, as shape: ValueShape) -> JSONValue {
        switch shape {
        case .integer: Int(text) == nil ? .string(text) : .number(text)
        case .number: Double(text) == nil ? .string(text) : .number(text)
        case .boolean: text == "true" ? true : text == "false" ? false : .string(text)
        default: .string(text)
        }
    }

    private mutating func check(_ value: JSONValue, against schema: BodySchema) {
        guard case .object(let members) = value else { return complain("has to be an object, not \(value.kind)") }
        var seen: UInt64 = 0
        for member in members {
            guard issues.count < Self.maximumIssues else { return }
            // A name that is no field of ours may be anything; only so much of it is sent back.
            path.append(String(member.name.prefix(64)))
            defer { path.removeLast() }
            guard let index = schema.fields.firstIndex(where: { $0.name == member.name }) else {
                complain("is not a field here; known are \(schema.fields.map(\.name).joined(separator: ", "))")
                continue
            }
            if seen & 1 << UInt64(index) != 0 { complain("is there twice") }
            seen |= 1 << UInt64(index)
            check(member.value, against: schema.fields[index].shape)
        }
        for (index, field) in schema.fields.enumerated() where field.isRequired && seen & 1 << UInt64(index) == 0 {
            path.append(field.name)
            complain("is missing: \(Self.expectation(of: field.shape))")
            path.removeLast()
        }
    }

    private mutating func check(_ value: JSONValue, against shape: ValueShape) {
        switch (shape, value) {
        case (.object(let schema), _): check(value, against: schema)
        case (.list(let element, let count), .array(let values)):
            if !count.contains(values.count) {
                complain("has to have \(count.lowerBound) to \(count.upperBound) elements, not \(values.count)")
            }
            for (index, value) in values.enumerated() where issues.count < Self.maximumIssues {
                path.append(String(index))
                check(value, against: element)
                path.removeLast()
            }
        case (.text(let length), .string(let text)): check(text, length)
        case (.integer(let range), .number):
            guard let number = value.wholeNumber, range.contains(number) else { return complainAbout(shape) }
        case (.number(let range), .number(let digits)):
            guard let number = Double(digits), range.contains(number) else { return complainAbout(shape) }
        case (.boolean, .boolean), (.anyObject, .object): break
        case (_, .string(let text)) where Self.fits(text, shape): break
        case (_, .null): complain("must not be null; leave the field out when there is nothing to say")
        default: complainAbout(shape)
        }
    }

    private mutating func check(_ text: String, _ length: ClosedRange<Int>) {
        // Bytes bound scalars from above, so that the count is only taken where it can matter.
        if text.utf8.count > length.upperBound, text.unicodeScalars.count > length.upperBound {
            complain("has to have at most \(length.upperBound) characters")
        } else if text.utf8.count < length.lowerBound {
            complain(length.lowerBound == 1 ? "is empty" : "has to have at least \(length.lowerBound) characters")
        } else if TextFormats.hasControlCharacters(text) {
            complain("holds a control character")
        }
    }

    private static func fits(_ text: String, _ shape: ValueShape) -> Bool {
        switch shape {
        case .identifier: TextFormats.isIdentifier(text)
        case .slug: TextFormats.isSlug(text)
        case .date: CalendarDate(text) != nil
        case .month: CalendarMonth(text) != nil
        case .instant: Instant(text) != nil
        case .positionOrInstant: Position(text).map { $0 >= 0 } ?? (Instant(text) != nil)
        case .timeOfDay: TextFormats.isTimeOfDay(text)
        case .wallTime: TextFormats.isWallTime(text)
        case .choice(let words): words.contains(text)
        case .languageTag: TextFormats.isLanguageTag(text)
        case .occupation: TextFormats.isOccupation(text)
        case .decimal: TextFormats.isDecimal(text)
        case .currency: TextFormats.isCurrency(text)
        case .text, .boolean, .integer, .number, .list, .anyObject, .object: false
        }
    }

    /// What a value of that shape has to be, in words.
    static func expectation(of shape: ValueShape) -> String {
        switch shape {
        case .text: "text is expected"
        case .identifier: "a UUID is expected"
        case .slug: "small letters and digits in groups joined by hyphens are expected, such as frankfurt-gallus"
        case .date: "an existing day of the form YYYY-MM-DD is expected"
        case .month: "a month of the form YYYY-MM is expected"
        case .instant: "a moment with an offset (RFC 3339) is expected, such as 2026-03-02T08:30:00Z"
        case .positionOrInstant: "a position or a moment with an offset (RFC 3339) is expected"
        case .timeOfDay: "a time of day of the form HH:MM is expected"
        case .wallTime: "a moment in full minutes is expected, RFC 3339 with an offset or YYYY-MM-DDTHH:MM in Berlin"
        case .boolean: "true or false is expected"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound) is expected"
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound) is expected"
        case .choice(let words): "one of \(words.joined(separator: ", ")) is expected"
        case .languageTag: "a language tag (BCP 47) is expected, such as de or ar-SY"
        case .occupation: "one to five digits of the KldB 2010 are expected"
        case .decimal: "a decimal number in a string is expected, such as \"1234.50\""
        case .currency: "three capital letters (ISO 4217) are expected, such as EUR"
        case .list: "a list is expected"
        case .anyObject: "an object is expected"
        case .object(let schema):
            "an object with \(schema.fields.map(\.name).joined(separator: ", ")) is expected"
        }
    }

    private mutating func complainAbout(_ shape: ValueShape) { complain(Self.expectation(of: shape)) }

    private mutating func complain(_ detail: String) {
        guard issues.count < Self.maximumIssues else { return }
        issues.append(Problem.Issue(place: .pointer(Self.pointer(path)), detail: detail))
    }

    /// The JSON pointer (RFC 6901) to a place.
    static func pointer(_ path: [String]) -> String {
        path.reduce(into: "") { pointer, name in
            pointer += "/"
            pointer +=
                name.contains("~") || name.contains("/")
                ? name.replacing("~", with: "~0").replacing("/", with: "~1") : name
        }
    }
}
