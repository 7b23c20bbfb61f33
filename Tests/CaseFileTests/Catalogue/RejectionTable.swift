import Foundation

/// Which command can be refused by which rule, read out of the sources of `CaseFile`.
///
/// A command's rules are what its `decide` throws, and what the functions throw that it tries, and those that they try. Calls
/// are told apart by their names and the labels of their arguments. It sees what could be thrown, not whether it ever is;
/// tests compare it with what is.
struct RejectionTable {
    /// The rules by command, as the command is called in routes; those of a family are under ``families``.
    private(set) var commands: [String: Set<String>] = [:]
    /// The rules that every command of a family is subject to, by the family's type.
    private(set) var families: [String: Set<String>] = [:]
    /// The commands of each family, by the family's type.
    private(set) var members: [String: [String]] = [:]
    /// What each rule says. A sentence about something in particular has … in its place.
    private(set) var details: [String: String] = [:]
    /// The names of the rejections in the code, by rule.
    private(set) var names: [String: Set<String>] = [:]

    private var rules: [String: Set<String>] = [:]
    private var functions: [String: [Function]] = [:]

    private struct Function {
        var file: URL
        var name: String
        var head: String
        var labels: [String]
        var body: String
        /// Tells one function from another.
        var index: Int
    }

    init(of folder: URL) throws {
        var sources: [(URL, [String])] = []
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            sources.append((file, lines.map(String.init)))
        }
        for (_, lines) in sources { readRejections(lines) }
        for (file, lines) in sources { readFunctions(lines, in: file) }
        for function in functions["decide"] ?? [] { decide(function) }
    }

    /// The rules that a command is subject to, its family's included.
    func rules(of command: String) -> Set<String> {
        members.filter { $0.value.contains(command) }.keys.reduce(commands[command] ?? []) {
            $0.union(families[$1] ?? [])
        }
    }

    // MARK: Rejections

    private mutating func readRejections(_ lines: [String]) {
        var isInside = false
        var definition: [String] = []
        func name(in line: String) -> String? {
            line.firstMatch(of: /^    (?:public |fileprivate |private )?static (?:let|func) (\w+)/).map { String($0.1) }
        }
        for line in lines + [""] {
            if line.hasPrefix("extension Rejection {") { isInside = true }
            guard isInside else { continue }
            if name(in: line) != nil || line == "}" {
                note(definition)
                definition = []
            }
            if line == "}" { isInside = false }
            if !definition.isEmpty || name(in: line) != nil { definition.append(line) }
        }
    }

    private mutating func note(_ definition: [String]) {
        let text = definition.filter { $0.firstMatch(of: /^ *\/\/\//) == nil }.joined(separator: "\n")
        guard let name = text.firstMatch(of: /static (?:let|func) (\w+)/)?.1,
            let rule = text.firstMatch(of: /rule:\s*"([^"]*)"/)?.1, !rule.contains("\\(")
        else { return }
        rules[String(name), default: []].insert(String(rule))
        names[String(rule), default: []].insert(String(name))
        guard let start = text.range(of: "detail:") else { return }
        // What is put together from something else than literals is something in particular, too.
        let sentence = String(text[start.upperBound...])
            .replacing(/joined\(separator: "[^"]*"\)/, with: "joined")
            .replacing(/\+ [a-z][\w.()]*/, with: "+ \"…\"")
        var detail = ""
        for literal in Self.literals(in: sentence[...]) { detail += literal }
        if detail.isEmpty { detail = "…" }
        if details[String(rule), default: ""].count < detail.count { details[String(rule)] = detail }
    }

    /// The string literals of an expression, in their order, with … for what is put into them.
    private static func literals(in text: Substring) -> [String] {
        var literals: [String] = []
        var current: String?
        var depth = 0
        var rest = text[...]
        while let letter = rest.popFirst() {
            guard current != nil else {
                if letter == "\"" { current = "" }
                continue
            }
            if depth > 0 {
                if letter == "(" { depth += 1 }
                if letter == ")" { depth -= 1 }
            } else if letter == "\\", let next = rest.popFirst() {
                if next == "(" {
                    depth = 1
                    current?.append("…")
                } else {
                    current?.append(next)
                }
            } else if letter == "\"" {
                literals.append(current ?? "")
                current = nil
            } else {
                current?.append(letter)
            }
        }
        return literals
    }

    // MARK: Functions

    private mutating func readFunctions(_ lines: [String], in file: URL) {
        for (first, line) in lines.enumerated() {
            guard
                let match = line.firstMatch(
                    of: /^( *)(?:(?:public|private|fileprivate|static|mutating|package) )*(?:func (\w+)|init)[(<]/)
            else { continue }
            let end = match.1 + "}"
            let isOneLine = line.hasSuffix("}")
            let rest = lines[first...]
            let all = isOneLine ? rest.prefix(1) : rest.prefix((rest.firstIndex { $0 == end } ?? first) - first + 1)
            let head = all.prefix((all.firstIndex { $0.hasSuffix("{") } ?? first) - first + 1).joined(separator: "\n")
            let text = all.joined(separator: "\n")
            guard let parenthesis = head.firstIndex(of: "(") else { continue }
            let name = match.2.map(String.init) ?? "init"
            functions[name, default: []].append(
                Function(
                    file: file, name: name, head: head, labels: Self.labels(head[parenthesis...], ofDeclaration: true),
                    body: String(text.dropFirst(head.count)), index: functions.values.reduce(0) { $0 + $1.count }))
        }
    }

    /// The labels of the arguments in parentheses that `text` begins with, _ for those without.
    private static func labels(_ text: Substring, ofDeclaration isDeclaration: Bool) -> [String] {
        var depth = 0
        var arguments = [""]
        for letter in text {
            if "([{".contains(letter) { depth += 1 }
            if ")]}".contains(letter) { depth -= 1 }
            if depth == 0 { break }
            if depth == 1, letter == "," {
                arguments.append("")
            } else if depth > 1 || letter != "(" {
                arguments[arguments.count - 1].append(letter)
            }
        }
        return arguments.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }.map { text in
            let label =
                isDeclaration
                ? text.firstMatch(of: /^(\w+)(?: \w+)?\s*:/)?.1 : text.firstMatch(of: /^(\w+):/)?.1
            return label.map(String.init) ?? "_"
        }
    }

    // MARK: Deciding

    private mutating func decide(_ function: Function) {
        guard let type = function.head.firstMatch(of: /func decide\(\s*_ command: (\w+)/)?.1 else { return }
        guard type.hasSuffix("Command") else {
            var seen: Set<Int> = []
            commands[Self.kebab(String(type)), default: []].formUnion(thrown(function.body, function, &seen))
            return
        }
        let parts = function.body.components(separatedBy: "\n        case .")
        var seen: Set<Int> = []
        families[String(type)] = thrown(parts[0], function, &seen)
        for part in parts.dropFirst() {
            let command = Self.kebab(String(part.prefix { $0 != "(" }))
            var seen: Set<Int> = []
            commands[command, default: []].formUnion(thrown(part, function, &seen))
            members[String(type), default: []].append(command)
        }
    }

    /// What a piece of a function throws, and what is thrown by what it tries.
    private func thrown(_ text: String, _ function: Function, _ seen: inout Set<Int>) -> Set<String> {
        var thrown: Set<String> = []
        for match in text.matches(of: /throw (?:Rejection)?([^\n]*)/) {
            for name in match.1.matches(of: /\.(\w+)/) { thrown.formUnion(rules[String(name.1)] ?? []) }
        }
        for field in text.matches(of: /\.filled\("(\w+)"\)/) {
            thrown.insert("invalid-" + Self.kebab(String(field.1)))
        }
        for called in calls(in: text, function) where seen.insert(called.index).inserted {
            thrown.formUnion(self.thrown(called.body, called, &seen))
        }
        return thrown
    }

    private func calls(in text: String, _ caller: Function) -> [Function] {
        text.matches(of: /try ([^\n]*)/).flatMap { attempt in
            attempt.1.matches(of: /(\w+)\(/).flatMap { call -> [Function] in
                let name = String(call.1)
                guard !["decide", "evolve", "apply", "filled"].contains(name), let known = functions[name] else {
                    return []
                }
                let labels = Self.labels(text[text.index(before: call.range.upperBound)...], ofDeclaration: false)
                let throwing = known.filter { $0.head.contains("throws") }
                let exact = throwing.filter { $0.labels == labels }
                // Arguments may be left out, in their order.
                let matching = exact.isEmpty ? throwing.filter { Self.isPart(labels, of: $0.labels) } : exact
                let folder = caller.file.deletingLastPathComponent()
                let near = [
                    matching.filter { $0.file == caller.file },
                    matching.filter { $0.file.deletingLastPathComponent() == folder },
                ]
                return near.first { !$0.isEmpty } ?? matching
            }
        }
    }

    private static func isPart(_ labels: [String], of all: [String]) -> Bool {
        var rest = all[...]
        return labels.allSatisfy { label in
            guard let index = rest.firstIndex(of: label) else { return false }
            rest = rest[(index + 1)...]
            return true
        }
    }

    /// `startMeasure` and `StartMeasure` as `start-measure`.
    static func kebab(_ name: String) -> String {
        var kebab = ""
        for letter in name {
            if letter.isUppercase, !kebab.isEmpty { kebab.append("-") }
            kebab += letter.lowercased()
        }
        return kebab
    }
}
