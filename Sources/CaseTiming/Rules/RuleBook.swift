public import Ledger

/// All rules with all their versions. It is made once, at start, and never changes while a process runs.
public struct RuleBook: Hashable, Sendable {
    /// Every version by the rule's id, in the order of their days.
    private let versions: [String: [Rule]]

    /// A book without rules: nothing that needs one can be decided.
    public init() { versions = [:] }

    /// A book of these versions of rules.
    ///
    /// - Throws: ``RuleBookFlaws`` that name all that is wrong.
    public init(_ rules: [Rule]) throws(RuleBookFlaws) {
        let flaws = RuleCheck.flaws(of: rules)
        guard flaws.isEmpty else { throw RuleBookFlaws(flaws: flaws) }
        versions = Dictionary(grouping: rules, by: \.id).mapValues { $0.sorted { $0.validFrom < $1.validFrom } }
    }

    /// The ids of all rules, sorted.
    public var ids: [String] { versions.keys.sorted() }

    /// All versions of a rule in the order of their days; empty when there is no such rule.
    public func versions(of id: String) -> [Rule] { versions[id] ?? [] }

    /// The version of a rule that may be applied on `day`; `nil` when there is none, or only one that is not in force.
    public func rule(_ id: String, on day: CalendarDate) -> Rule? {
        version(of: id, on: day).flatMap { $0.status == .inForce ? $0 : nil }
    }

    /// The version of a rule on `day`, in force or not.
    public func version(of id: String, on day: CalendarDate) -> Rule? {
        versions(of: id).first { $0.covers(day) }
    }

    /// Every rule's version of `day`, in force or not, by id.
    public func listed(on day: CalendarDate) -> [Rule] { ids.compactMap { version(of: $0, on: day) } }

    /// What offices can record as facts on `day`, because a period of a rule in force begins or ends with it, sorted.
    public func recordedFacts(on day: CalendarDate) -> [FactPattern] {
        let rules = ids.compactMap { rule($0, on: day) }
        let names = Set(rules.flatMap(\.facts))
        let patterns = Set(rules.flatMap(\.periods).flatMap { $0.starts + $0.ends + $0.endsInCase })
        return patterns.filter { names.contains($0.fact) }
            .sorted { ($0.fact, $0.kind ?? "") < ($1.fact, $1.kind ?? "") }
    }

    /// The ids of the rules with a version, of whatever day and status, whose terms are as asked, sorted.
    public func ids(where matches: (RuleTerms) -> Bool) -> [String] {
        versions.filter { $0.value.contains { $0.terms.map(matches) ?? false } }.keys.sorted()
    }
}
