public import CaseTiming
public import Ledger

/// Which version of which rule of law a decision applied.
public struct RuleReference: Codable, Hashable, Sendable {
    /// The rule.
    public var id: String
    /// The day from which the version holds; it tells the versions apart.
    public var version: CalendarDate
    /// Law and paragraph: the legal basis of the decision.
    public var source: String

    /// A version of a rule.
    public init(id: String, version: CalendarDate, source: String) {
        self.id = id
        self.version = version
        self.source = source
    }

    /// That version.
    public init(_ rule: Rule) { self.init(id: rule.id, version: rule.validFrom, source: rule.source) }
}

extension DecisionContext {
    /// The version of a rule under which something is decided on the effective day.
    ///
    /// - Parameter version: the version that whoever decides had in mind, if they said so.
    func ruleInForce(_ id: String, version: CalendarDate? = nil) throws(Rejection) -> Rule {
        guard let rule = rules.rule(id, on: effectiveOn) else {
            throw .ruleNotInForce(id, on: effectiveOn, listed: rules.version(of: id, on: effectiveOn))
        }
        if let version, version != rule.validFrom {
            throw .otherRuleVersion(id, version, on: effectiveOn, inForce: rule.validFrom)
        }
        return rule
    }
}

extension Rejection {
    /// No version of the rule may be applied on that day.
    public static func ruleNotInForce(_ id: String, on day: CalendarDate, listed: Rule?) -> Rejection {
        let reason =
            listed.map { "the version of \($0.validFrom) is \($0.status.rawValue) and is not applied" }
            ?? "it has no version for that day"
        return Rejection(
            rule: "rule-not-in-force",
            detail: "The rule \(id) is not in force on \(day): \(reason); look up what holds then (GET /v1/rules).")
    }

    static func otherRuleVersion(
        _ id: String, _ version: CalendarDate, on day: CalendarDate, inForce: CalendarDate
    ) -> Rejection {
        Rejection(
            rule: "rule-not-in-force",
            detail: "The version \(version) of the rule \(id) is not in force on \(day); decide under the version "
                + "\(inForce), or on another day.")
    }
}
