import Ledger

/// All that is wrong with the rules that a process was to start with.
public struct RuleBookFlaws: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence each.
    public let flaws: [String]

    /// What is wrong, a sentence each.
    public init(flaws: [String]) { self.flaws = flaws }

    /// The sentences, one a line.
    public var description: String { flaws.joined(separator: "\n") }
}

/// Looks for what cannot be right in rules: a wrong number here would be a wrong decision about somebody's money.
enum RuleCheck {
    static func flaws(of rules: [Rule]) -> [String] {
        let recorded = Set(rules.flatMap(\.facts))
        return rules.flatMap { rule in
            (ownFlaws(of: rule, recorded) + rule.terms.flaws).map { "\(rule.id), version of \(rule.validFrom): \($0)" }
        } + overlaps(in: rules) + ambiguities(in: rules)
    }

    /// - Parameter recorded: the facts that rules have offices record.
    private static func ownFlaws(of rule: Rule, _ recorded: Set<String>) -> [String] {
        var flaws: [String] = []
        if !rule.id.isWord { flaws.append("the id has to be small letters and digits joined by hyphens.") }
        for (name, text) in [("title", rule.title), ("source", rule.source), ("event", rule.event)]
        where text.allSatisfy(\.isWhitespace) {
            flaws.append("the \(name) is missing.")
        }
        if let validTo = rule.validTo, validTo < rule.validFrom {
            flaws.append("validTo \(validTo) lies before validFrom.")
        }
        for fact in rule.facts where !fact.isWord {
            flaws.append("the fact '\(fact)' has to be small letters and digits joined by hyphens.")
        }
        for fact in rule.facts where DatedFact.names.contains(fact) {
            flaws.append("the fact '\(fact)' follows from what other commands record; it is not recorded by itself.")
        }
        for name in repeated(rule.periods.map(\.name)) { flaws.append("the period \(name) is there twice.") }
        for period in rule.periods where !period.name.isWord {
            flaws.append("the period's name '\(period.name)' has to be small letters and digits joined by hyphens.")
        }
        for period in rule.periods {
            let facts = (period.starts + period.ends + period.endsInCase).map(\.fact)
            for fact in Set(facts).subtracting(DatedFact.names).subtracting(recorded).sorted() {
                flaws.append("the period \(period.name) names the fact '\(fact)', which there is not.")
            }
            if period.starts.isEmpty, !facts.isEmpty {
                flaws.append("the period \(period.name) says what ends it and not what starts it.")
            }
        }
        return flaws
    }

    private static func overlaps(in rules: [Rule]) -> [String] {
        Dictionary(grouping: rules, by: \.id).sorted { $0.key < $1.key }.flatMap { id, versions in
            let versions = versions.sorted { $0.validFrom < $1.validFrom }
            return zip(versions, versions.dropFirst()).compactMap { earlier, later -> String? in
                guard earlier.validTo.map({ later.validFrom <= $0 }) ?? true else { return nil }
                return "\(id): the versions of \(earlier.validFrom) and \(later.validFrom) overlap; each day has one "
                    + "version at most."
            }
        }
    }

    /// What a command names has to lead to one rule.
    private static func ambiguities(in rules: [Rule]) -> [String] {
        var owners: [String: Set<String>] = [:]
        for rule in rules {
            switch rule.terms {
            case .reduction(let terms):
                for ground in terms.grounds { owners["the ground \(ground)", default: []].insert(rule.id) }
            case .voucher(let terms): owners["the voucher kind \(terms.kind)", default: []].insert(rule.id)
            case .wageSubsidy, .retention, nil: break
            }
        }
        return owners.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { what, rules in
            "\(what) is that of several rules: \(rules.sorted().joined(separator: ", "))."
        }
    }

    static func repeated(_ words: [String]) -> [String] {
        Dictionary(grouping: words) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }
}

extension RuleTerms? {
    fileprivate var flaws: [String] {
        switch self {
        case .wageSubsidy(let terms): terms.flaws
        case .reduction(let terms): terms.flaws
        case .voucher(let terms): terms.flaws
        case .retention(let terms): terms.flaws
        case nil: []
        }
    }
}

extension WageSubsidyTerms {
    fileprivate var flaws: [String] {
        var flaws: [String] = []
        if steps.isEmpty { flaws.append("the wage subsidy has no steps.") }
        for step in steps {
            if let flaw = step.rate.flawOfPercentage { flaws.append("the rate \(flaw)") }
            if !(1...1200).contains(step.months) { flaws.append("a step lasts 1 to 1200 months, not \(step.months).") }
        }
        if let minimumAge, !(0...120).contains(minimumAge) {
            flaws.append("minimumAge is from 0 to 120, not \(minimumAge).")
        }
        return flaws
    }
}

extension ReductionTerms {
    fileprivate var flaws: [String] {
        var flaws: [String] = []
        if grounds.isEmpty { flaws.append("the reduction has no grounds.") }
        for ground in grounds where !ground.isWord {
            flaws.append("the ground '\(ground)' has to be small letters and digits joined by hyphens.")
        }
        for ground in RuleCheck.repeated(grounds) { flaws.append("the ground \(ground) is there twice.") }
        if steps.isEmpty { flaws.append("the reduction has no steps.") }
        for step in steps {
            if let flaw = step.percentage.flawOfPercentage { flaws.append("the percentage \(flaw)") }
            if !(1...120).contains(step.months) { flaws.append("a step lasts 1 to 120 months, not \(step.months).") }
        }
        if let flaw = cap.flawOfPercentage { flaws.append("the cap \(flaw)") }
        if steps.count > 1, repeatWithin == nil {
            flaws.append("the reduction has several steps and does not say within which time it is a repeat.")
        }
        return flaws
    }
}

extension VoucherTerms {
    fileprivate var flaws: [String] {
        let words = [kind] + limits.map(\.content)
        return words.filter { !$0.isWord }.map { "'\($0)' has to be small letters and digits joined by hyphens." }
            + RuleCheck.repeated(limits.map(\.content)).map { "the limit of \($0) is there twice." }
    }
}

extension RetentionTerms {
    fileprivate var flaws: [String] {
        var flaws: [String] = []
        if !records.isWord { flaws.append("'\(records)' has to be small letters and digits joined by hyphens.") }
        if case .age(let years) = begins, !(0...120).contains(years) {
            flaws.append("the age from which records are kept is from 0 to 120, not \(years).")
        }
        return flaws
    }
}

extension Double {
    fileprivate var flawOfPercentage: String? {
        (0...100).contains(self) ? nil : "is a percentage from 0 to 100, not \(self)."
    }
}

extension String {
    /// Small letters and digits in groups joined by hyphens.
    fileprivate var isWord: Bool {
        split(separator: "-", omittingEmptySubsequences: false).allSatisfy { group in
            !group.isEmpty
                && group.utf8.allSatisfy {
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                }
        }
    }
}
