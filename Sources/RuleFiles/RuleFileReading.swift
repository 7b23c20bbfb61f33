import CaseTiming
import Ledger
import Yams

/// Reads the versions of a rule from one file, and notes all that it does not say as it should.
struct RuleFileReading {
    private let file: RuleFile
    private(set) var flaws: [String] = []

    init(_ file: RuleFile) { self.file = file }

    /// The versions in the file; none of what is flawed.
    mutating func versions() -> [Rule] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: file.text)
        } catch {
            flaws.append("\(file.name): is not YAML: \(error)")
            return []
        }
        guard let root else {
            flaws.append("\(file.name): is empty.")
            return []
        }
        guard let rule = mapping(root, "a rule", keys: ["id", "title", "versions"]),
            let id = text("id", in: rule, root), let title = text("title", in: rule, root),
            let versions = list("versions", in: rule, root)
        else { return [] }
        if versions.isEmpty { complain("the rule has no versions", at: root) }
        return versions.compactMap { version(of: id, title, $0) }
    }

    private mutating func version(of id: String, _ title: String, _ node: Node) -> Rule? {
        guard
            let version = mapping(
                node, "a version",
                keys: [
                    "source", "validFrom", "validTo", "status", "event", "facts", "periods", "note", "wageSubsidy",
                    "reduction",
                    "voucher", "retention",
                ])
        else { return nil }
        let validTo = date("validTo", in: version)
        let periods = (optionalList("periods", in: version) ?? []).compactMap { period($0) }
        let terms = [
            version["wageSubsidy"].flatMap { wageSubsidy($0) }.map(RuleTerms.wageSubsidy),
            version["reduction"].flatMap { reduction($0) }.map(RuleTerms.reduction),
            version["voucher"].flatMap { voucher($0) }.map(RuleTerms.voucher),
            version["retention"].flatMap { retention($0) }.map(RuleTerms.retention),
        ].compactMap { $0 }
        if terms.count > 1 {
            complain("a version has one of wageSubsidy, reduction, voucher and retention at most", at: node)
        }
        guard let source = text("source", in: version, node), let event = text("event", in: version, node),
            let validFrom = required(date("validFrom", in: version), "validFrom", in: version, node),
            let status = required(
                choice("status", RuleStatus.self, in: version), "status", in: version, node)
        else { return nil }
        return Rule(
            id: id, title: title, source: source, validFrom: validFrom, validTo: validTo, status: status, event: event,
            facts: texts("facts", in: version), periods: periods, terms: terms.first,
            note: optionalText("note", in: version))
    }

    private mutating func period(_ node: Node) -> RulePeriod? {
        guard
            let period = mapping(
                node, "a period",
                keys: [
                    "name", "length", "event", "counts", "movesToWorkingDay", "starts", "ends", "endsInCase",
                    "endsEarlier",
                    "posted", "lapses",
                ]),
            let name = text("name", in: period, node),
            let length = required(length("length", in: period), "length", in: period, node)
        else { return nil }
        let counts = optionalText("counts", in: period)
        if let counts, !["after", "before"].contains(counts), let node = period["counts"] {
            complain("counts is after or before, not '\(counts)'", at: node)
        }
        return RulePeriod(
            name, length, event: optionalText("event", in: period), isBefore: counts == "before",
            movesToWorkingDay: flag("movesToWorkingDay", in: period) ?? false, starts: facts("starts", in: period),
            ends: facts("ends", in: period), endsInCase: facts("endsInCase", in: period),
            mayEndEarlier: flag("endsEarlier", in: period) ?? false,
            isPosted: flag("posted", in: period) ?? false, lapses: flag("lapses", in: period) ?? false)
    }

    /// A list of facts, each a name or a mapping of `fact` and `kind`.
    private mutating func facts(_ key: String, in period: Node.Mapping) -> [FactPattern] {
        (optionalList(key, in: period) ?? []).compactMap { node in
            if let name = node.scalar?.string { return FactPattern(name) }
            guard let pattern = mapping(node, "a fact", keys: ["fact", "kind"]),
                let name = text("fact", in: pattern, node)
            else { return nil }
            return FactPattern(name, kind: optionalText("kind", in: pattern))
        }
    }
}

// MARK: Terms

extension RuleFileReading {
    private mutating func wageSubsidy(_ node: Node) -> WageSubsidyTerms? {
        guard let terms = mapping(node, "a wage subsidy", keys: ["steps", "minimumAge", "conditions"]),
            let steps = list("steps", in: terms, node)
        else { return nil }
        return WageSubsidyTerms(
            steps: steps.compactMap { node in
                guard let step = mapping(node, "a step", keys: ["months", "rate"]),
                    let months = required(whole("months", in: step), "months", in: step, node),
                    let rate = required(number("rate", in: step), "rate", in: step, node)
                else { return nil }
                return WageSubsidyTerms.Step(months: months, rate: rate)
            }, minimumAge: whole("minimumAge", in: terms), conditions: texts("conditions", in: terms))
    }

    private mutating func reduction(_ node: Node) -> ReductionTerms? {
        guard
            let terms = mapping(
                node, "a reduction",
                keys: [
                    "grounds", "steps", "repeatWithin", "cap", "decideWithin", "leastLength", "requiresHearing",
                    "requiresHardshipExamination",
                ]), let steps = list("steps", in: terms, node),
            let cap = required(number("cap", in: terms), "cap", in: terms, node)
        else { return nil }
        return ReductionTerms(
            grounds: texts("grounds", in: terms),
            steps: steps.compactMap { node in
                guard let step = mapping(node, "a step", keys: ["percentage", "months"]),
                    let percentage = required(number("percentage", in: step), "percentage", in: step, node),
                    let months = required(whole("months", in: step), "months", in: step, node)
                else { return nil }
                return ReductionTerms.Step(percentage: percentage, months: months)
            }, repeatWithin: length("repeatWithin", in: terms), cap: cap,
            decideWithin: length("decideWithin", in: terms), leastLength: length("leastLength", in: terms),
            requiresHearing: flag("requiresHearing", in: terms) ?? true,
            requiresHardshipExamination: flag("requiresHardshipExamination", in: terms) ?? true)
    }

    private mutating func voucher(_ node: Node) -> VoucherTerms? {
        guard let terms = mapping(node, "a voucher", keys: ["kind", "isRegional", "limits"]),
            let kind = text("kind", in: terms, node)
        else { return nil }
        return VoucherTerms(
            kind: kind, isRegional: flag("isRegional", in: terms) ?? false,
            limits: (optionalList("limits", in: terms) ?? []).compactMap { node in
                guard let limit = mapping(node, "a limit", keys: ["content", "length", "extended"]),
                    let content = text("content", in: limit, node),
                    let length = required(length("length", in: limit), "length", in: limit, node)
                else { return nil }
                return VoucherTerms.Limit(
                    content: content, length: length, extended: self.length("extended", in: limit))
            })
    }
}

extension RuleFileReading {
    private mutating func retention(_ node: Node) -> RetentionTerms? {
        guard
            let terms = mapping(
                node, "a retention", keys: ["records", "length", "from", "age", "ofMinors"]),
            let records = text("records", in: terms, node),
            let length = required(length("length", in: terms), "length", in: terms, node),
            let from = text("from", in: terms, node)
        else { return nil }
        let age = whole("age", in: terms)
        let begins: RetentionTerms.Beginning
        switch (from, age) {
        case ("record", nil): begins = .record
        case ("year-end", nil): begins = .yearEnd
        case ("age", let age?): begins = .age(age)
        default:
            complain("a retention counts from record, year-end or, with an age, from age", at: node)
            return nil
        }
        return RetentionTerms(
            records: records, length: length, begins: begins, isOfMinors: flag("ofMinors", in: terms) ?? false)
    }
}

// MARK: Values

extension RuleFileReading {
    private mutating func mapping(_ node: Node, _ what: String, keys: [String]) -> Node.Mapping? {
        guard let mapping = node.mapping else {
            complain("\(what) with \(keys.joined(separator: ", ")) is expected", at: node)
            return nil
        }
        for (key, _) in mapping where !keys.contains(key.string ?? "") {
            complain(
                "'\(key.string ?? "")' is not a key of \(what); known are \(keys.joined(separator: ", "))", at: key)
        }
        return mapping
    }

    private mutating func text(_ key: String, in mapping: Node.Mapping, _ parent: Node) -> String? {
        required(optionalText(key, in: mapping), key, in: mapping, parent)
    }

    /// Notes that a value is missing; what is there and wrong was noted where it was read.
    private mutating func required<Value>(
        _ value: Value?, _ key: String, in mapping: Node.Mapping, _ parent: Node
    ) -> Value? {
        if value == nil, mapping[key] == nil { complain("\(key) is missing", at: parent) }
        return value
    }

    private mutating func optionalText(_ key: String, in mapping: Node.Mapping) -> String? {
        value(key, in: mapping, "text") { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    private mutating func date(_ key: String, in mapping: Node.Mapping) -> CalendarDate? {
        value(key, in: mapping, "a day of the form YYYY-MM-DD") { CalendarDate($0) }
    }

    private mutating func length(_ key: String, in mapping: Node.Mapping) -> PeriodLength? {
        value(key, in: mapping, "a length such as P2W, P1M or P1Y") { PeriodLength($0) }
    }

    private mutating func whole(_ key: String, in mapping: Node.Mapping) -> Int? {
        value(key, in: mapping, "a whole number") { Int($0) }
    }

    private mutating func number(_ key: String, in mapping: Node.Mapping) -> Double? {
        value(key, in: mapping, "a number") { text in Double(text).flatMap { $0.isFinite ? $0 : nil } }
    }

    private mutating func flag(_ key: String, in mapping: Node.Mapping) -> Bool? {
        value(key, in: mapping, "true or false") { Bool($0) }
    }

    private mutating func choice<Word: CaseIterable & RawRepresentable<String>>(
        _ key: String, _ words: Word.Type, in mapping: Node.Mapping
    ) -> Word? {
        value(key, in: mapping, "one of " + Word.allCases.map(\.rawValue).joined(separator: ", ")) {
            Word(rawValue: $0)
        }
    }

    private mutating func value<Value>(
        _ key: String, in mapping: Node.Mapping, _ expectation: String, _ read: (String) -> Value?
    ) -> Value? {
        guard let node = mapping[key] else { return nil }
        guard let value = node.scalar.flatMap({ read($0.string) }) else {
            complain("\(key) has to be \(expectation)", at: node)
            return nil
        }
        return value
    }

    private mutating func list(_ key: String, in mapping: Node.Mapping, _ parent: Node) -> [Node]? {
        required(optionalList(key, in: mapping), key, in: mapping, parent)
    }

    private mutating func optionalList(_ key: String, in mapping: Node.Mapping) -> [Node]? {
        guard let node = mapping[key] else { return nil }
        guard let sequence = node.sequence else {
            complain("\(key) has to be a list", at: node)
            return nil
        }
        return Array(sequence)
    }

    private mutating func texts(_ key: String, in mapping: Node.Mapping) -> [String] {
        (optionalList(key, in: mapping) ?? []).compactMap { node in
            guard let text = node.scalar?.string, !text.allSatisfy(\.isWhitespace) else {
                complain("\(key) is a list of texts", at: node)
                return nil
            }
            return text
        }
    }

    private mutating func complain(_ detail: String, at node: Node) {
        flaws.append("\(file.name)\(node.mark.map { ":\($0.line)" } ?? ""): \(detail).")
    }
}
