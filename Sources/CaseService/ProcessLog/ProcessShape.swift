import CaseFile
import CaseTiming
import Foundation
import Ledger

/// What a log for process mining tells of events of one shape, found out from the shape's schema.
///
/// Days, numbers and words of a fixed vocabulary become attributes; identifiers become relationships. Texts that people wrote
/// are left out: a process is not found in them, and who reads it has no need to know them.
struct ProcessShape: Sendable {
    /// The types of attributes there are (OCEL 2.0, section 4).
    enum AttributeType: String, Sendable {
        case string, time, integer, float, boolean
    }

    /// What becomes of a member.
    enum Use: Hashable, Sendable {
        case attribute(AttributeType)
        /// An attribute that spells a list of words, with blanks in between.
        case words
        case object(ProcessObject.Kind)
        /// Something with that identifier, whatever it is.
        case anything
        /// A finding, which its key names within the stream.
        case finding
    }

    /// A member of the payload, however deep.
    struct Field: Sendable {
        let path: [String]
        let use: Use

        /// The name of the attribute, or what the object is to the event.
        var name: String { path.joined(separator: ".") }

        /// Whether an object that was not there before begins with an event that names it so.
        var begins: Bool {
            switch use {
            case .finding: true
            case .object(let kind):
                path.count == 1 && !kind.hasStream && path[0].hasSuffix("Id") && path[0] != "counterId"
            default: false
            }
        }
    }

    /// Words of a vocabulary that rules as data hold, and not the program.
    private static let vocabulary: Set<String> = [
        "fact", "ground", "measure.content", "period", "rule.id",
    ]
    /// Times of day on a day in Berlin.
    private static let wallTimes: Set<String> = ["at"]
    private static let offices = Set(Office.allCases.map(\.rawValue))

    /// By name.
    let fields: [Field]
    /// The attributes that say of what kind a thing is: words, and not days or numbers.
    let kindAttributes: Set<String>

    /// What is told of events with such a payload.
    init(_ schema: JSONSchema) {
        fields = Self.fields(of: schema, at: [], isInList: false).sorted { $0.name < $1.name }
        kindAttributes = Set(fields.filter { $0.use == .attribute(.string) }.map(\.name))
    }

    private static func fields(of schema: JSONSchema, at path: [String], isInList: Bool) -> [Field] {
        let name = path.joined(separator: ".")
        let last = path.last ?? ""
        func attribute(_ type: AttributeType) -> [Field] {
            isInList ? [] : [Field(path: path, use: .attribute(type))]
        }
        switch schema {
        case .object(let properties, _):
            return properties.flatMap { fields(of: $0.schema, at: path + [$0.name], isInList: isInList) }
        case .list(.choice(let words)) where !offices.isSuperset(of: words):
            return isInList ? [] : [Field(path: path, use: .words)]
        case .list(let element): return fields(of: element, at: path, isInList: true)
        case .oneOf(let shapes): return shapes.flatMap { fields(of: $0, at: path, isInList: isInList) }
        case .choice(let words):
            return offices.isSuperset(of: words) ? [Field(path: path, use: .object(.office))] : attribute(.string)
        case .boolean: return attribute(.boolean)
        case .integer: return attribute(.integer)
        case .number: return attribute(.float)
        case .text("uuid", _):
            if ProcessObject.Kind.anything.contains(last) { return [Field(path: path, use: .anything)] }
            return ProcessObject.Kind.ofMembers[last].map { [Field(path: path, use: .object($0))] } ?? []
        case .text("date", _), .text("date-time", _): return attribute(.time)
        case .text:
            if let kind = ProcessObject.Kind.ofWords[last] { return [Field(path: path, use: .object(kind))] }
            if last == "key" { return [Field(path: path, use: .finding)] }
            if wallTimes.contains(name) { return attribute(.time) }
            return vocabulary.contains(name) ? attribute(.string) : []
        }
    }
}

extension JSONValue {
    /// All values at a path, through lists on the way and at its end.
    func values(at path: some Collection<String>) -> [JSONValue] {
        if case .array(let elements) = self { return elements.flatMap { $0.values(at: path) } }
        guard let name = path.first else { return [self] }
        return self[name]?.values(at: path.dropFirst()) ?? []
    }
}
