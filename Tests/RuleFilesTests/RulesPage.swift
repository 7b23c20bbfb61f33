import CaseTiming
import Foundation

/// The table of rules in the documentation.
struct RulesPage {
    private let book: RuleBook

    init(_ book: RuleBook) { self.book = book }

    /// The page with the table as it has to be; `nil` when the page has no place for it.
    func replacingTable(in page: String) -> String? {
        let mark = "| rule | source | holds | what it says |\n| --- | --- | --- | --- |\n"
        guard let begin = page.range(of: mark) else { return nil }
        let rest = page[begin.upperBound...]
        let end = rest.range(of: "\n\n")?.lowerBound ?? rest.endIndex
        let rows = book.ids.flatMap { book.versions(of: $0) }.map(row).joined(separator: "\n")
        return page[..<begin.upperBound] + rows + rest[end...]
    }

    private func row(_ rule: Rule) -> String {
        let days = "from \(rule.validFrom)" + (rule.validTo.map { " to \($0)" } ?? "")
        let status = rule.status == .inForce ? "" : ", **\(rule.status.rawValue)**: not applied"
        let says = ([rule.title + "."] + rule.periods.map(period) + terms(rule.terms) + [rule.note].compactMap { $0 })
        return "| `\(rule.id)` | \(rule.source) | \(days)\(status) | \(says.joined(separator: " ")) |"
    }

    private func period(_ period: RulePeriod) -> String {
        "*\(period.name)*: \(period.length)\(period.isBefore ? " before" : "")"
            + "\(period.movesToWorkingDay ? ", then the next working day" : "")."
    }

    private func terms(_ terms: RuleTerms?) -> [String] {
        switch terms {
        case .wageSubsidy(let terms): wageSubsidy(terms)
        case .reduction(let terms): reduction(terms)
        case .voucher(let terms): voucher(terms)
        case .retention(let terms): retention(terms)
        case nil: []
        }
    }

    private func wageSubsidy(_ terms: WageSubsidyTerms) -> [String] {
        let steps = terms.steps.map { "\(number($0.rate)) % for \(count($0.months))" }
        var sentences = ["At most \(steps.joined(separator: ", then "))."]
        if let age = terms.minimumAge { sentences.append("Age \(age) or more.") }
        return sentences + terms.conditions
    }

    private func reduction(_ terms: ReductionTerms) -> [String] {
        let steps = terms.steps.map { "\(number($0.percentage)) % for \(count($0.months))" }
        var sentences = ["Ground: \(terms.grounds.joined(separator: ", "))."]
        sentences.append("\(steps.joined(separator: ", then ")), together at most \(number(terms.cap)) %.")
        if let within = terms.repeatWithin { sentences.append("A repeat within \(within).") }
        if let within = terms.decideWithin { sentences.append("Decided within \(within).") }
        if let length = terms.leastLength { sentences.append("At least \(length), also if somebody complies.") }
        return sentences
    }

    private func voucher(_ terms: VoucherTerms) -> [String] {
        let limits = terms.limits.map { limit in
            "*\(limit.content)*: at most \(limit.length)\(limit.extended.map { ", or \($0)" } ?? "")."
        }
        return ["Voucher: \(terms.kind)\(terms.isRegional ? ", for a region" : "")."] + limits
    }

    private func retention(_ terms: RetentionTerms) -> [String] {
        let from =
            switch terms.begins {
            case .record: "the last record"
            case .yearEnd: "the end of the year of the last record"
            case .age(let years): "the day on which the person turns \(years)"
            }
        return [
            "Records of the class \(terms.records)\(terms.isOfMinors ? " of minors" : "") are kept \(terms.length) from \(from) on."
        ]
    }

    private func count(_ months: Int) -> String { months == 1 ? "1 month" : "\(months) months" }

    private func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }
}
