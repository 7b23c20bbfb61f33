import Foundation
import Ledger
import Yams

extension ImportMapping {
    /// The mapping that a YAML text states.
    ///
    /// - Parameter name: the file's name, for people who are told what is wrong in it.
    /// - Throws: ``ImportMappingFlaws`` that name every flaw: keys that are unknown or missing and values that cannot be.
    public init(yaml text: String, name: String) throws(ImportMappingFlaws) {
        var reading = ImportMappingReading(name: name)
        guard let mapping = reading.mapping(of: text), reading.flaws.isEmpty else {
            throw ImportMappingFlaws(flaws: reading.flaws)
        }
        self = mapping
    }
}

/// Reads a mapping, and notes all that it does not say as it should.
struct ImportMappingReading {
    private let name: String
    private(set) var flaws: [String] = []

    init(name: String) { self.name = name }

    mutating func mapping(of text: String) -> ImportMapping? {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            flaws.append("\(name): is not YAML: \(error)")
            return nil
        }
        guard let root else {
            flaws.append("\(name): is empty.")
            return nil
        }
        guard
            let members = members(
                of: root, "a mapping", keys: ["separator", "encoding", "namespace", "key", "commands"])
        else { return nil }
        let separator = separator(members["separator"], root)
        let encoding = members["encoding"].map { node in
            value(of: node, "encoding", "one of \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))") {
                TextEncoding(rawValue: $0.lowercased())
            }
        }
        let namespace = required(members["namespace"], "namespace", root).flatMap { node in
            value(of: node, "namespace", "a UUID of your own, made once and kept for ever") { UUID(uuidString: $0) }
        }
        let key = required(members["key"], "key", root).map { texts($0, "key") } ?? []
        let commands = required(members["commands"], "commands", root).map { list($0, "commands") } ?? []
        if commands.isEmpty { complain("commands has no command", at: root) }
        if key.isEmpty { complain("key names no column", at: root) }
        let read = commands.compactMap { command($0) }
        guard let separator, let namespace else { return nil }
        return ImportMapping(
            separator: separator, encoding: (encoding ?? .utf8) ?? .utf8, namespace: namespace, key: key, commands: read
        )
    }

    private mutating func separator(_ node: Node?, _ root: Node) -> DelimitedText.Separator? {
        required(node, "separator", root).flatMap { node in
            value(of: node, "separator", "one of \";\", \",\" and tab") {
                $0 == "tab" ? .tab : DelimitedText.Separator(rawValue: $0)
            }
        }
    }

    private mutating func command(_ node: Node) -> ImportMapping.Command? {
        guard
            let members = members(of: node, "a command", keys: ["command", "subject", "onlyWith", "fields"]),
            let name = required(members["command"], "command", node).flatMap({ text($0, "command") })
        else { return nil }
        let subjects = ["caseId", "offerId", "partnerId"]
        let subject = members["subject"].flatMap { node in
            value(of: node, "subject", "one of \(subjects.joined(separator: ", "))") {
                subjects.contains($0) ? $0 : nil
            }
        }
        var fields: [ImportMapping.Field] = []
        if let node = members["fields"] {
            guard let entries = node.mapping else {
                complain("fields has to name each field of the command with its source", at: node)
                return nil
            }
            for (key, source) in entries {
                let path = (key.string ?? "").split(separator: ".", omittingEmptySubsequences: false).map(String.init)
                if path.contains("") { complain("'\(key.string ?? "")' is no field", at: key) }
                if fields.contains(where: { $0.path.starts(with: path) || path.starts(with: $0.path) }) {
                    complain("'\(path.joined(separator: "."))' is there twice, or within another field", at: key)
                }
                if let source = self.source(source) { fields.append(ImportMapping.Field(path: path, source: source)) }
            }
        }
        return ImportMapping.Command(
            name: name, subject: subject ?? "caseId", fields: fields,
            onlyWith: members["onlyWith"].flatMap { text($0, "onlyWith") })
    }
}

// MARK: Fields

extension ImportMappingReading {
    private static let kinds: [String: ImportMapping.Kind] = [
        "text": .text, "german-date": .germanDate, "iso-date": .isoDate, "integer": .integer,
        "german-number": .germanNumber,
    ]

    /// A source: a column's heading alone, or an object.
    private mutating func source(_ node: Node) -> ImportMapping.Source? {
        if let name = node.scalar?.string {
            guard !name.isEmpty else {
                complain("a column's heading is expected", at: node)
                return nil
            }
            return .column(.init(name: name, kind: .text, listSeparator: nil, isRequired: false))
        }
        guard
            let members = members(
                of: node, "a field",
                keys: ["column", "kind", "values", "list", "required", "constant", "derived", "from"])
        else { return nil }
        let named = ["column", "constant", "derived"].filter { members[$0] != nil }
        guard named.count == 1 else {
            complain("a field has exactly one of column, constant and derived", at: node)
            return nil
        }
        let own: [String: Set<String>] = [
            "column": ["column", "kind", "values", "list", "required"], "derived": ["derived", "from"],
        ]
        for key in members.keys.sorted() where !own[named[0], default: [named[0]]].contains(key) {
            complain("'\(key)' has no meaning beside \(named[0])", at: node)
        }
        if let node = members["constant"] { return value(node).map { .constant($0) } }
        if let node = members["derived"] {
            let columns = members["from"].map { texts($0, "from") } ?? []
            return text(node, "derived").map { .derived($0, from: columns) }
        }
        guard let column = members["column"].flatMap({ text($0, "column") }) else { return nil }
        if members["kind"] != nil, members["values"] != nil {
            complain("a column has kind or values, not both", at: node)
        }
        var kind = members["kind"].flatMap { node in
            value(of: node, "kind", "one of \(Self.kinds.keys.sorted().joined(separator: ", "))") { Self.kinds[$0] }
        }
        if let node = members["values"] { kind = .values(table(node)) }
        let list = members["list"].flatMap { node in
            value(of: node, "list", "one character that separates the values in a cell") {
                $0.count == 1 ? $0.first : nil
            }
        }
        let isRequired = members["required"].flatMap { value(of: $0, "required", "true or false") { Bool($0) } }
        return .column(
            .init(name: column, kind: kind ?? .text, listSeparator: list, isRequired: isRequired ?? false))
    }

    private mutating func table(_ node: Node) -> [String: ImportMapping.Value] {
        guard let entries = node.mapping, !entries.isEmpty else {
            complain("values has to name each word with what it stands for", at: node)
            return [:]
        }
        var table: [String: ImportMapping.Value] = [:]
        for (key, node) in entries {
            guard let word = key.scalar?.string else {
                complain("a word is expected", at: key)
                continue
            }
            if let value = value(node) { table[word] = value }
        }
        return table
    }

    private mutating func value(_ node: Node) -> ImportMapping.Value? {
        if let sequence = node.sequence { return .list(sequence.compactMap { value($0) }) }
        guard let scalar = node.scalar else {
            complain("a value or a list of values is expected", at: node)
            return nil
        }
        if scalar.style == .plain {
            if let flag = Bool(scalar.string) { return .flag(flag) }
            if let number = Int(scalar.string) { return .number("\(number)") }
            if scalar.string.isEmpty || scalar.string == "null" || scalar.string == "~" {
                complain("a value is expected; leave the field out where there is none", at: node)
                return nil
            }
        }
        return .text(scalar.string)
    }
}

// MARK: Nodes

extension ImportMappingReading {
    private mutating func members(of node: Node, _ what: String, keys: [String]) -> [String: Node]? {
        guard let mapping = node.mapping else {
            complain("\(what) with \(keys.joined(separator: ", ")) is expected", at: node)
            return nil
        }
        var members: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, keys.contains(name) else {
                complain(
                    "'\(key.string ?? "")' is not a key of \(what); known are \(keys.joined(separator: ", "))", at: key)
                continue
            }
            members[name] = value
        }
        return members
    }

    private mutating func required(_ node: Node?, _ key: String, _ parent: Node) -> Node? {
        if node == nil { complain("\(key) is missing", at: parent) }
        return node
    }

    private mutating func text(_ node: Node, _ key: String) -> String? {
        value(of: node, key, "text") { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    private mutating func value<Value>(
        of node: Node, _ key: String, _ expectation: String, _ read: (String) -> Value?
    ) -> Value? {
        guard let value = node.scalar.flatMap({ read($0.string) }) else {
            complain("\(key) has to be \(expectation)", at: node)
            return nil
        }
        return value
    }

    private mutating func list(_ node: Node, _ key: String) -> [Node] {
        guard let sequence = node.sequence else {
            complain("\(key) has to be a list", at: node)
            return []
        }
        return Array(sequence)
    }

    /// One text, or a list of them.
    private mutating func texts(_ node: Node, _ key: String) -> [String] {
        if node.scalar != nil { return text(node, key).map { [$0] } ?? [] }
        return list(node, key).compactMap { text($0, key) }
    }

    private mutating func complain(_ detail: String, at node: Node) {
        flaws.append("\(name)\(node.mark.map { ":\($0.line)" } ?? ""): \(detail).")
    }
}
