import Foundation
import Ledger

/// One row on its way to become commands, with all that is wrong with it.
struct MappedRow {
    let mapping: ImportMapping
    let fields: [DelimitedText.Field]
    let columns: [String: Int]
    private(set) var flaws: [String] = []

    init(mapping: ImportMapping, fields: [DelimitedText.Field], columns: [String: Int]) {
        self.mapping = mapping
        self.fields = fields
        self.columns = columns
    }

    /// The commands of the row by their names; to be used only if there are no ``flaws``.
    mutating func commands() -> [(name: String, line: MappedValue)] {
        guard let key = key(mapping.key, isRequired: true) else { return [] }
        return mapping.commands.compactMap { command in
            if let column = command.onlyWith, cell(column).text?.isEmpty != false { return nil }
            var data = MappedValue.object([:])
            for field in command.fields {
                if let value = value(of: field) { data.set(value, at: field.path[...]) }
            }
            return (
                command.name,
                .object([
                    "command": .value(.text(command.name)),
                    command.subject: .value(.text(identifier(command.subject, key))), "data": data,
                ])
            )
        }
    }

    private mutating func value(of field: ImportMapping.Field) -> ImportMapping.Value? {
        switch field.source {
        case .constant(let value): return value
        case .derived(let word, let columns):
            return key(columns.isEmpty ? mapping.key : columns, isRequired: columns.isEmpty).map {
                .text(identifier(word, $0))
            }
        case .column(let column): return value(of: column)
        }
    }

    private mutating func value(of column: ImportMapping.Column) -> ImportMapping.Value? {
        let (text, place) = cell(column.name)
        guard let text else { return nil }
        guard !text.isEmpty else {
            if column.isRequired { flaws.append("\(place) is empty.") }
            return nil
        }
        guard let separator = column.listSeparator else { return value(text, column.kind, place) }
        let words = text.split(separator: separator).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        return .list(words.compactMap { value($0, column.kind, place) })
    }

    private mutating func value(
        _ text: String, _ kind: ImportMapping.Kind, _ place: String
    ) -> ImportMapping.Value? {
        switch kind {
        case .text: return .text(text)
        case .germanDate:
            if let day = Self.germanDate(text) { return .text(day.description) }
            flaws.append("\(place) is no day of the form TT.MM.JJJJ, such as 31.12.1999.")
        case .isoDate:
            if let day = CalendarDate(text) { return .text(day.description) }
            flaws.append("\(place) is no day of the form YYYY-MM-DD.")
        case .integer:
            if let number = Int(text) { return .number("\(number)") }
            flaws.append("\(place) is no whole number.")
        case .germanNumber:
            if let number = Self.germanNumber(text) { return .number(number) }
            flaws.append("\(place) is no number such as 1.234,5.")
        case .values(let table):
            if let value = table[text] { return value }
            flaws.append("\(place) is '\(text)', which is not among the values of the mapping.")
        }
        return nil
    }

    // MARK: Cells

    /// A cell's text without the blanks around it, `nil` where it is none, and how its place is called.
    private mutating func cell(_ heading: String) -> (text: String?, place: String) {
        guard let index = columns[heading], fields.indices.contains(index) else { return (nil, heading) }
        let field = fields[index]
        let place = "line \(field.line), column \(field.column) (\(heading))"
        guard let text = mapping.encoding.text(field.bytes) else {
            let flaw = "\(place) \(mapping.encoding.advice)."
            if !flaws.contains(flaw) { flaws.append(flaw) }
            return (nil, place)
        }
        return (text.trimmingCharacters(in: .whitespacesAndNewlines), place)
    }

    /// The cells that identify something; `nil` if one of them has nothing in it.
    private mutating func key(_ headings: [String], isRequired: Bool) -> [String]? {
        var key: [String] = []
        for heading in headings {
            let (text, place) = cell(heading)
            guard let text else { return nil }
            guard !text.isEmpty else {
                if isRequired { flaws.append("\(place) is empty, and it is what the row is known by.") }
                return nil
            }
            key.append(text)
        }
        return key
    }

    private func identifier(_ word: String, _ key: [String]) -> String {
        // However a program writes an ä, as one character or as two, it is the same key.
        let name = ([word] + key).joined(separator: "\n").precomposedStringWithCanonicalMapping
        return UUID(derivedFrom: mapping.namespace, name).uuidString.lowercased()
    }

    // MARK: Forms

    /// `31.12.1999`, also without leading zeros; a year has four digits.
    static func germanDate(_ text: String) -> CalendarDate? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, (1...2).contains(parts[0].utf8.count), (1...2).contains(parts[1].utf8.count),
            parts[2].utf8.count == 4, parts.allSatisfy({ $0.utf8.allSatisfy(Self.isDigit) }),
            let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2])
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// The digits of `1.234,5` as they go into JSON: `1234.5`. Points stand before groups of three digits or not at all.
    static func germanNumber(_ text: String) -> String? {
        guard
            let match = text.wholeMatch(
                of: /(-?)([0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,15})(?:,([0-9]{1,15}))?/)
        else { return nil }
        let whole = match.output.2.filter { $0 != "." }.drop { $0 == "0" }
        return match.output.1 + (whole.isEmpty ? "0" : whole) + (match.output.3.map { "." + $0 } ?? "")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

/// A value on its way into JSON.
enum MappedValue: Encodable {
    case value(ImportMapping.Value)
    case object([String: MappedValue])

    /// Puts a value where the names lead, making the objects on the way.
    mutating func set(_ value: ImportMapping.Value, at path: ArraySlice<String>) {
        guard let name = path.first else {
            self = .value(value)
            return
        }
        var members: [String: MappedValue] = [:]
        if case .object(let present) = self { members = present }
        var member = members[name] ?? .object([:])
        member.set(value, at: path.dropFirst())
        members[name] = member
        self = .object(members)
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .value(let value): try value.encode(to: encoder)
        case .object(let members):
            var container = encoder.container(keyedBy: Name.self)
            // Always in the same order, so that the same row is the same line.
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                try container.encode(value, forKey: Name(stringValue: name))
            }
        }
    }

    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension ImportMapping.Value: Encodable {
    /// As JSON: text, a number, true or false, or a list.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        case .list(let values): try container.encode(values)
        case .number(let digits):
            if let whole = Int(digits) {
                try container.encode(whole)
            } else {
                try container.encode(Double(digits))
            }
        }
    }
}
