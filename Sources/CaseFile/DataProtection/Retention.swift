public import CaseTiming
public import Ledger

/// Which records of a case a rule says how long to keep.
public enum RecordClass: String, CaseIterable, Hashable, Sendable {
    /// Everything, from the day on which the case was closed.
    case caseFile = "case-file"
    /// Reductions, wage subsidies and vouchers.
    case benefits
    /// Placements.
    case placements
    /// Support plans of the youth office and their measures.
    case youthSupport = "youth-support"
}

/// That records of a class have to be kept.
public struct Retention: Hashable, Sendable {
    /// What is kept.
    public var records: RecordClass
    /// The last day on which it has to be kept.
    public var through: CalendarDate
    /// What says so.
    public var rule: RuleReference
}

extension CaseState {
    /// For how long the rules in force on a day have records of this case kept, past times included, by class.
    ///
    /// Only what is at rest has an end: of a case that is open, nothing is answered.
    public func retentions(under rules: RuleBook, on day: CalendarDate) -> [Retention] {
        guard isClosed else { return [] }
        let ids = rules.ids { if case .retention = $0 { true } else { false } }
        return ids.compactMap { id -> Retention? in
            guard let rule = rules.rule(id, on: day), case .retention(let terms) = rule.terms,
                let records = RecordClass(rawValue: terms.records), let last = lastDay(of: records, under: terms),
                let through = terms.lastDay(lastRecordOn: last, bornOn: participant?.personal?.bornOn)
            else { return nil }
            return Retention(records: records, through: through, rule: RuleReference(rule))
        }
    }

    /// The last day on which something of a class happened; `nil` when there is nothing of it.
    private func lastDay(of records: RecordClass, under terms: RetentionTerms) -> CalendarDate? {
        switch records {
        case .caseFile: closure?.closed.on
        case .benefits:
            (reductions.map { max($0.decided.on, $0.days.last, $0.lift?.on ?? $0.decided.on) }
                + subsidies.map { max($0.granted.on, $0.days.last) }
                + vouchers.map { max($0.issued.on, $0.scope.until) }).max()
        case .placements:
            placements.map { max($0.offered.on, $0.end?.on ?? $0.offered.on, $0.endsOn ?? $0.offered.on) }.max()
        case .youthSupport:
            plans.filter { $0.kind == .youthSupport && (!terms.isOfMinors || wasMinor(on: $0.draftedOn)) }
                .map { max($0.draftedOn, $0.conclusion?.on ?? closure?.closed.on ?? $0.draftedOn) }.max()
        }
    }

    /// Who may have been one counts as one.
    private func wasMinor(on day: CalendarDate) -> Bool {
        participant?.personal.map { day < $0.bornOn.birthday(18) } ?? true
    }
}
