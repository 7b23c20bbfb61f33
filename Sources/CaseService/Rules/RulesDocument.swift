import CaseTiming
import Ledger

/// Rules as the API tells them. What a rule does not say is left out.
enum RulesDocument {
    /// The rules of a day.
    static func value(of rules: [Rule], on day: CalendarDate) -> JSONValue {
        .fields([("on", .text(day)), ("items", .list(rules, rule))])
    }

    private static func rule(_ rule: Rule) -> JSONValue {
        var fields: [(String, JSONValue?)] = [
            ("id", .string(rule.id)), ("title", .string(rule.title)), ("version", .text(rule.validFrom)),
            ("source", .string(rule.source)), ("validFrom", .text(rule.validFrom)), ("validTo", .text(rule.validTo)),
            ("status", .string(rule.status.rawValue)), ("active", .boolean(rule.status == .inForce)),
            ("event", .string(rule.event)), ("facts", rule.facts.isEmpty ? nil : .words(rule.facts)),
            ("periods", .list(rule.periods, period)),
        ]
        switch rule.terms {
        case .wageSubsidy(let terms): fields.append(("wageSubsidy", wageSubsidy(terms)))
        case .reduction(let terms): fields.append(("reduction", reduction(terms)))
        case .voucher(let terms): fields.append(("voucher", voucher(terms)))
        case .retention(let terms): fields.append(("retention", retention(terms)))
        case nil: break
        }
        return .fields(fields + [("note", .text(rule.note))])
    }

    private static func period(_ period: RulePeriod) -> JSONValue {
        .fields([
            ("name", .string(period.name)), ("length", .text(period.length)), ("event", .text(period.event)),
            ("counts", .string(period.isBefore ? "before" : "after")),
            ("movesToWorkingDay", .boolean(period.movesToWorkingDay)), ("starts", facts(period.starts)),
            ("ends", facts(period.ends)), ("endsInCase", facts(period.endsInCase)),
            ("endsEarlier", period.mayEndEarlier ? .boolean(true) : nil),
            ("posted", .boolean(period.isPosted)), ("lapses", .boolean(period.lapses)),
        ])
    }

    private static func facts(_ patterns: [FactPattern]) -> JSONValue? {
        patterns.isEmpty
            ? nil : .list(patterns) { .fields([("fact", .string($0.fact)), ("kind", .text($0.kind))]) }
    }

    private static func wageSubsidy(_ terms: WageSubsidyTerms) -> JSONValue {
        .fields([
            (
                "steps",
                .list(terms.steps) { .fields([("months", .whole($0.months)), ("rate", .decimal($0.rate))]) }
            ),
            ("minimumAge", terms.minimumAge.map(JSONValue.whole)), ("conditions", .words(terms.conditions)),
        ])
    }

    private static func reduction(_ terms: ReductionTerms) -> JSONValue {
        .fields([
            ("grounds", .words(terms.grounds)),
            (
                "steps",
                .list(terms.steps) {
                    .fields([("percentage", .decimal($0.percentage)), ("months", .whole($0.months))])
                }
            ),
            ("repeatWithin", .text(terms.repeatWithin)), ("cap", .decimal(terms.cap)),
            ("decideWithin", .text(terms.decideWithin)), ("leastLength", .text(terms.leastLength)),
            ("requiresHearing", .boolean(terms.requiresHearing)),
            ("requiresHardshipExamination", .boolean(terms.requiresHardshipExamination)),
        ])
    }

    private static func retention(_ terms: RetentionTerms) -> JSONValue {
        var from = "record"
        var age: Int?
        switch terms.begins {
        case .record: break
        case .yearEnd: from = "year-end"
        case .age(let years): (from, age) = ("age", years)
        }
        return .fields([
            ("records", .string(terms.records)), ("length", .text(terms.length)), ("from", .string(from)),
            ("age", age.map(JSONValue.whole)), ("ofMinors", .boolean(terms.isOfMinors)),
        ])
    }

    private static func voucher(_ terms: VoucherTerms) -> JSONValue {
        .fields([
            ("kind", .string(terms.kind)), ("isRegional", .boolean(terms.isRegional)),
            (
                "limits",
                .list(terms.limits) {
                    .fields([
                        ("content", .string($0.content)), ("length", .text($0.length)),
                        ("extended", .text($0.extended)),
                    ])
                }
            ),
        ])
    }
}
